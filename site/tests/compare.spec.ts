import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, firstTitle, mfaScenario, type Playground, test } from "./playground.ts";

const chip = (page: Page, words: string): ReturnType<Page["getByRole"]> =>
  page.getByRole("button", { name: words, exact: true });

/** Keeps the MFA scenario and changes a word in its policy, so that decisions differ. */
async function compareWithChange(page: Page, playground: Playground): Promise<void> {
  await playground.open();
  await playground.choose(mfaScenario);
  await playground.command("Keep this as the one to compare with");
  await expect(chip(page, "No decision differs")).toBeVisible();
  // On a phone policies begin folded.
  const folded = page.locator("details.policy:not([open]) > summary", { hasText: "StopNeedsMFA" });
  if ((await folded.count()) > 0) await folded.click();
  await playground.retype("StopNeedsMFA", "aws:MultiFactorAuthPresent", "true", "false");
  await expect(playground.headline).toContainText("Denied implicitly");
}

test("what a change does to the decisions is counted and shown", async ({ page, playground }) => {
  await compareWithChange(page, playground);
  await chip(page, "4 decisions differ").click();
  const dialog = page.getByRole("dialog", { name: "Compare" });
  await expect(dialog.getByRole("status")).toHaveText("4 changed, 0 new, 0 gone, 8 unchanged.");
  const rows = dialog.getByRole("region", { name: "Decisions that differ" }).locator("tbody tr");
  await expect(rows).toHaveCount(4);
  await expect(rows.first()).toContainText(/terminate.*changed.*Allowed.*Denied implicitly/s);
  await expect(dialog.getByRole("textbox", { name: "StopNeedsMFA, before" })).toContainText('"true"');
  await expect(dialog.getByRole("textbox", { name: "StopNeedsMFA, after" })).toContainText('"false"');
  await expect(dialog).toContainText("Unchanged: the scenario.");
  await dialog.getByRole("button", { name: "Swap" }).click();
  await expect(rows.first()).toContainText(/changed.*Denied implicitly.*Allowed/s);
  await rows.nth(1).getByRole("button").click();
  await expect(dialog).toHaveCount(0);
  await expect(page.locator(".request[aria-current=true]")).toContainText("GetSessionToken");
});

test("a new and a deleted request are told apart", async ({ page, playground }) => {
  await compareWithChange(page, playground);
  await page.getByRole("button", { name: /^Delete the request/ }).click();
  await page.getByRole("combobox", { name: "Add a request for an action" }).fill("sqs:SendMessage");
  await page.keyboard.press("Enter");
  await chip(page, "3 decisions differ").click();
  await expect(page.getByRole("dialog").getByRole("status")).toHaveText("3 changed, 1 new, 1 gone, 8 unchanged.");
});

test("the kept work survives a reload, going back to it can be undone, and comparing stops", async ({
  page,
  playground,
}) => {
  await compareWithChange(page, playground);
  await expect(chip(page, "4 decisions differ")).toBeVisible();
  await page.reload();
  await playground.live();
  await chip(page, "4 decisions differ").click();
  await page.getByRole("button", { name: "Go back to the kept one" }).click();
  await expect(playground.headline).toContainText("Allowed");
  await expect(chip(page, "No decision differs")).toBeVisible();
  await playground.notices.getByRole("button", { name: "Undo" }).click();
  await expect(playground.headline).toContainText("Denied implicitly");
  await chip(page, "4 decisions differ").click();
  await page.getByRole("button", { name: "Stop comparing" }).click();
  await expect(page.getByRole("dialog")).toContainText("Nothing is kept to compare with.");
  await page.keyboard.press("Escape");
  await expect(page.locator(".comparing")).toHaveCount(0);
  await page.reload();
  await playground.live();
  await expect(page.locator(".comparing")).toHaveCount(0);
});

test("a file, a link or another kept work is the other side", async ({ page, playground }) => {
  await playground.open();
  await playground.choose(mfaScenario);
  await playground.command("Compare…");
  const dialog = page.getByRole("dialog", { name: "Compare" });
  const file = await (await page.request.get("/scenarios/mfa/mfa-deny.json")).body();
  const input = dialog.getByLabel("A scenario file");
  await input.setInputFiles({ name: "broken.json", mimeType: "application/json", buffer: Buffer.from("[") });
  await expect(dialog.getByRole("alert")).toContainText("broken.json is no scenario file");
  await input.setInputFiles({ name: "mfa-deny.json", mimeType: "application/json", buffer: file });
  await expect(dialog.getByRole("status")).toContainText("new");
  await expect(dialog.getByRole("alert")).toHaveCount(0);

  await dialog.getByText("Compare with something else").click();
  await dialog.getByLabel("A link to the playground").fill("#v9999.nothing");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("alert")).not.toBeEmpty();
});

test("another work that this browser keeps is the other side", async ({ page, playground }) => {
  await playground.open();
  await playground.choose(mfaScenario);
  await page.getByLabel("Action", { exact: true }).fill("ec2:RunInstances");
  await expect(playground.headline).toContainText("Denied implicitly");
  await playground.choose(firstTitle);
  await page.getByLabel("Action", { exact: true }).fill("ec2:RunInstances");
  await playground.command("Compare…");
  const dialog = page.getByRole("dialog", { name: "Compare" });
  const select = dialog.getByLabel("Another work that this browser keeps");
  const option = select.locator("option", { hasText: mfaScenario });
  await select.selectOption((await option.getAttribute("value")) ?? "");
  await expect(dialog).toContainText(`Before: the kept work, "${mfaScenario}".`);
  await expect(dialog.getByRole("status")).toContainText("12 gone");
});

for (const { name, viewport, side } of [
  { name: "wide", viewport: { width: 1280, height: 800 }, side: "after" },
  { name: "narrow", viewport: { width: 390, height: 844 }, side: "what changed" },
]) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${name}, ${colorScheme}`, () => {
      test.use({ viewport, colorScheme });

      test("axe finds nothing in a comparison", async ({ page, playground }) => {
        await compareWithChange(page, playground);
        await chip(page, "4 decisions differ").click();
        const text = page.getByRole("textbox", { name: `StopNeedsMFA, ${side}` });
        await expect(text).toBeVisible();
        await expect(text).toContainText('"false"');
        await expect(page.getByRole("dialog").getByRole("button", { name: "Close" })).toBeInViewport();
        expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width);
      });
    });
  }
}
