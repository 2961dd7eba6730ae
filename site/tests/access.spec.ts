import { AxeBuilder } from "@axe-core/playwright";
import type { Locator } from "@playwright/test";
import { expect, firstTitle, mfaScenario, test } from "./playground.ts";

const sizes = { wide: { width: 1280, height: 800 }, narrow: { width: 390, height: 844 } };

for (const [name, viewport] of Object.entries(sizes)) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${name}, ${colorScheme}`, () => {
      test.use({ viewport, colorScheme });

      test("axe finds nothing", async ({ page, playground }) => {
        await playground.open();
        await expect(playground.headline).toContainText("Denied");
        expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

        await playground.choose(mfaScenario);
        await playground.choice("State of aws:MultiFactorAuthPresent", "unknown").check();
        await expect(playground.headline).toContainText("Depends");
        expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

        const policy = page.locator("fenceline-policy", { hasText: "StopNeedsMFA" });
        if (name === "narrow") await policy.locator("summary").first().click();
        await playground.paste(playground.editor("StopNeedsMFA"), '{ "Version": "2012-10-17", }');
        await expect(playground.headline).toContainText("Not evaluated");
        await page.getByRole("button", { name: "Scenarios", exact: true }).click();
        expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
      });

      test("nothing is wider than the window", async ({ page, playground }) => {
        await playground.open();
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width);
      });
    });
  }
}

test.describe("at 320 px, as at 400 % zoom", () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test("nothing is wider than the window", async ({ page, playground }) => {
    await playground.open();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });
});

test.describe("without JavaScript", () => {
  test("axe finds nothing before the script starts", async ({ page }) => {
    await page.route("**/assets/page-*.js", (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
    await page.goto("/");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(firstTitle);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  });
});

test("Tab leaves an editor, and F6 goes round the panes", { tag: "@main" }, async ({ page, playground }) => {
  await playground.open();
  const editor = playground.editor("DynamoDB_Boundary_Frankfurt");
  await editor.click();
  const before = await editor.innerText();
  await page.keyboard.press("Tab");
  await expect(editor).not.toBeFocused();
  expect(await editor.innerText()).toBe(before);
  await editor.click();
  await page.keyboard.press("F6");
  await expect(page.locator("#decision")).toBeFocused();
  await page.keyboard.press("Shift+F6");
  await expect(page.locator("#policies")).toBeFocused();
});

test("skip links come first", { tag: "@main" }, async ({ page, playground }) => {
  await playground.open();
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "To the request" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.locator("#decision")).toBeFocused();
});

test(
  "the verdict is said once typing rests, and only when it changes",
  { tag: "@main" },
  async ({ page, playground }) => {
    await playground.open();
    await playground.choose(mfaScenario);
    await expect(playground.status).toHaveText(/Allowed, by an identity-based policy\./);
    await playground.status.evaluate((region) => {
      const changes: string[] = [];
      new MutationObserver(() => changes.push(region.textContent ?? "")).observe(region, {
        childList: true,
        characterData: true,
        subtree: true,
      });
      Object.assign(window, { changes });
    });
    const value = (option: string): Locator => playground.choice("Value 1 of aws:MultiFactorAuthPresent", option);
    await value("false").check();
    await expect(playground.headline).toContainText("Denied implicitly");
    await value("true").check();
    await expect(playground.headline).toContainText("Allowed");
    await page.waitForTimeout(1500);
    expect(await page.evaluate("changes")).toEqual([]);
    await value("false").check();
    await expect(playground.status).toContainText("Denied implicitly");
  },
);

test(
  "the palette finds commands, requests, policies and scenarios, and gives the focus back",
  { tag: "@main" },
  async ({ page, playground }) => {
    await playground.open();
    const action = page.getByLabel("Action", { exact: true });
    await action.focus();
    await page.keyboard.press("ControlOrMeta+k");
    const search = page.getByRole("combobox", { name: /Find a command/ });
    await expect(search).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(action).toBeFocused();

    await page.keyboard.press("ControlOrMeta+k");
    await expect(search).toBeFocused();
    await page.keyboard.type("scenario form holds");
    await expect(page.getByRole("dialog").getByRole("option")).toHaveCount(1);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Refusing without MFA: the form that holds");

    await page.keyboard.press("ControlOrMeta+k");
    await expect(search).toBeFocused();
    await page.keyboard.type("request nomfa");
    await page.keyboard.press("ArrowDown");
    const title = await page.locator("[aria-selected=true] .choice-title").innerText();
    await page.keyboard.press("Enter");
    await expect(page.locator(".request[aria-current=true]")).toContainText(title);
  },
);

test("? lists the shortcuts, but not while a person types", { tag: "@main" }, async ({ page, playground }) => {
  await playground.open();
  await page.getByLabel("Action", { exact: true }).focus();
  await page.keyboard.type("?");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.locator("#request").focus();
  await page.keyboard.type("?");
  const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(dialog).toContainText("Ctrl+K");
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(dialog).toHaveCount(0);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("the verdict's bar leads to the decision, and a change there is tried", async ({ page, playground }) => {
    await playground.open();
    const bar = page.getByRole("link", { name: /^To the decision\. / });
    await bar.tap();
    const heading = page.getByRole("heading", { name: "Decision", exact: true });
    await expect(heading).toBeInViewport();
    const room = async (): Promise<number> => {
      const [under, over] = [await heading.boundingBox(), await bar.boundingBox()];
      return (under?.y ?? 0) - (over?.y ?? 0) - (over?.height ?? 0);
    };
    await expect.poll(room, "the bar leaves the heading free").toBeGreaterThanOrEqual(0);
    await playground.decision.getByRole("button", { name: "Try it" }).first().tap();
    await expect(bar).toContainText("Allowed");
  });
});
