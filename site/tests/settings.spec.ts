import { AxeBuilder } from "@axe-core/playwright";
import { expect, mfaScenario, test } from "./playground.ts";

test("the theme is switched, kept, and shared by the tabs", { tag: "@main" }, async ({ page, playground, context }) => {
  await playground.open();
  const paper = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await paper();
  await page.getByLabel("Theme").selectOption("Dark");
  expect(await paper()).not.toBe(light);
  const second = await context.newPage();
  await second.goto("/");
  await expect(second.getByLabel("Theme")).toHaveValue("dark");
  await second.getByLabel("Theme").selectOption("Light");
  await expect(page.getByLabel("Theme")).toHaveValue("light");
  expect(await paper()).toBe(light);
});

test("with live off the engine waits to be asked", async ({ page, playground }) => {
  await playground.open();
  await playground.choose(mfaScenario);
  await playground.command("Settings");
  const dialog = page.getByRole("dialog", { name: "Settings" });
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await dialog.getByLabel("Decide while I type").uncheck();
  await page.keyboard.press("Escape");

  await page.getByLabel("Action", { exact: true }).fill("ec2:RunInstances");
  await expect(playground.headline).toContainText("Not evaluated");
  await expect(playground.decision).toContainText("The texts have changed.");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(playground.headline).toContainText("Denied implicitly");

  await page.locator(".request").first().click();
  await expect(playground.headline).toContainText(/Allowed|Denied/);
});

test("shortcuts of one key can be switched off", async ({ page, playground }) => {
  await playground.open();
  await playground.command("Settings");
  await page.getByRole("dialog").getByLabel("Shortcuts of one key").uncheck();
  await page.keyboard.press("Escape");
  await page.locator("#request").focus();
  await page.keyboard.type("?");
  await page.waitForTimeout(300);
  await expect(page.getByRole("dialog")).toHaveCount(0);
});
