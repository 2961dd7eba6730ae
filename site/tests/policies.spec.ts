import { AxeBuilder } from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { expect, firstTitle, looks, mfaScenario, test } from "./playground.ts";

const policy = (page: Page, name: string): Locator =>
  page.locator("details.policy").filter({ has: page.locator(".policy-name", { hasText: new RegExp(`^${name}$`) }) });

test("a policy says what it is, where it is attached, and what it says", async ({ page, playground }) => {
  await playground.open();
  await playground.choose(mfaScenario);
  const summary = policy(page, "StopNeedsMFA").locator("summary");
  await expect(summary).toContainText("allows");
  await expect(summary).toContainText("2 statements");
  await expect(policy(page, "StopNeedsMFA")).toContainText("Attached to the user UserMFA, the user UserNoMFA.");
});

test("a policy is left out for a moment, and taken in again", async ({ page, playground }) => {
  await playground.open();
  await playground.choose(mfaScenario);
  await page.getByRole("button", { name: "Leave out: the policy StopNeedsMFA" }).click();
  await expect(playground.headline).toContainText("Denied implicitly");
  await expect(policy(page, "StopNeedsMFA").locator("summary")).toContainText("left out");
  await expect(policy(page, "StopNeedsMFA")).toContainText("every request is decided as if it were not");
  const headings = page.locator("#policies h3.kind");
  await expect(headings.first()).toHaveText("Identity-based policies");
  await page.reload();
  await playground.live();
  await expect(playground.headline).toContainText("Denied implicitly");
  await page.getByRole("button", { name: "Take in again: the policy StopNeedsMFA" }).click();
  await expect(playground.headline).toContainText("Allowed");
});

test("no boundary, an empty one and one that allows all are three things", async ({ page, playground }) => {
  await playground.open();
  await playground.choose(mfaScenario);
  await expect(page.getByText("Permissions boundary: none. Does not limit.")).toBeVisible();
  await page.getByRole("button", { name: "Add a boundary" }).click();
  await expect(page.getByText("Permissions boundary: none. Does not limit.")).toHaveCount(0);
  await expect(policy(page, "Boundary").locator("summary")).toBeFocused();
  await expect(playground.headline).toContainText("Allowed");
  const document = (statement: string): string => `{"Version":"2012-10-17","Statement":[${statement}]}`;
  await playground.paste(playground.editor("Boundary"), document(""));
  await expect(playground.headline).toContainText("Denied implicitly");
  await expect(policy(page, "Boundary")).toContainText("An empty permissions boundary allows nothing");
  await playground.paste(playground.editor("Boundary"), document('{"Effect":"Allow","Action":"s3:*","Resource":"*"}'));
  await expect(playground.headline).toContainText("no permissions boundary allows it");
  await expect(policy(page, "Boundary")).not.toContainText("allows nothing");
  await playground.paste(playground.editor("Boundary"), document('{"Effect":"Allow","Action":"*","Resource":"*"}'));
  await expect(playground.headline).toContainText("Allowed");
});

test("a policy is detached, attached elsewhere, and made the boundary", async ({ page, playground }) => {
  await playground.open();
  await playground.choose(mfaScenario);
  await page.getByRole("button", { name: "Attach to… StopNeedsMFA" }).click();
  const places = page.getByRole("group", { name: "Where StopNeedsMFA is attached" });
  const permissions = places.getByRole("group", { name: "Identity-based policies" });
  const box = permissions.getByLabel("the user UserMFA");
  await expect(box).toBeChecked();
  await box.uncheck();
  await expect(playground.headline).toContainText("Denied implicitly");
  await expect(box).not.toBeChecked();
  await expect(page.locator("#policies h3.kind").first()).toHaveText("Not met by this request");
  await expect(box).toBeFocused();
  await box.check();
  await expect(playground.headline).toContainText("Allowed");

  await places.getByRole("button", { name: "Make it the boundary instead" }).click();
  await expect(playground.headline).toContainText("Denied implicitly");
  await expect(
    places.getByRole("group", { name: "Permissions boundary" }).getByLabel("the user UserMFA"),
  ).toBeChecked();
  await expect(page.locator("#policies h3.kind").first()).toHaveText("Permissions boundary");
  await places.getByRole("button", { name: "Make it a permission policy instead" }).click();
  await expect(playground.headline).toContainText("Allowed");
});

test("a copy is attached to nothing, and its deletion can be undone", async ({ page, playground }) => {
  await playground.open();
  await playground.choose(mfaScenario);
  await page.getByRole("button", { name: "Duplicate the policy StopNeedsMFA" }).click();
  await expect(playground.notices).toContainText(
    "Duplicated StopNeedsMFA as StopNeedsMFA2, which is attached to nothing.",
  );
  await policy(page, "StopNeedsMFA2").locator("summary").click();
  await expect(policy(page, "StopNeedsMFA2")).toContainText("Attached to nothing.");
  await page.getByRole("button", { name: "Delete the policy StopNeedsMFA2" }).click();
  await expect(policy(page, "StopNeedsMFA2")).toHaveCount(0);
  await playground.notices.getByRole("button", { name: "Undo" }).click();
  await expect(policy(page, "StopNeedsMFA2")).toHaveCount(1);
});

test("an AWS managed policy is attached by name and can be read", async ({ page, playground }) => {
  await playground.open();
  await playground.choose(mfaScenario);
  await page.locator(".request", { hasText: "UserNoMFA, console sign-in: terminate" }).click();
  await expect(playground.headline).toContainText("Denied implicitly");
  await page.getByText("Add a policy…", { exact: true }).click();
  await page.getByLabel("AWS managed policy").selectOption("AdministratorAccess");
  await page.getByRole("button", { name: "Attach this AWS managed policy" }).click();
  await expect(playground.headline).toContainText("Allowed");
  await policy(page, "AdministratorAccess").locator("summary").click();
  await expect(page.getByLabel("Policy arn:aws:iam::aws:policy/AdministratorAccess")).toContainText('"Action": "*"');
  await page.getByRole("button", { name: "Attach arn:aws:iam::aws:policy/AdministratorAccess to…" }).click();
  await page
    .getByRole("group", { name: "Where arn:aws:iam::aws:policy/AdministratorAccess is attached" })
    .getByRole("group", { name: "Identity-based policies" })
    .getByLabel("the user UserNoMFA")
    .click();
  await expect(playground.headline).toContainText("Denied implicitly");
});

test("a scenario is built from nothing without its JSON", async ({ page, playground }) => {
  await playground.open();
  await playground.choose(firstTitle);
  await page.getByRole("button", { name: "Scenarios", exact: true }).click();
  await page.getByRole("button", { name: "An empty scenario" }).click();
  await page.getByRole("button", { name: "Add the first request" }).click();
  await page.getByLabel("Principal").fill("arn:aws:iam::111122223333:user/Alex");
  await page.getByLabel("Action", { exact: true }).fill("s3:GetObject");
  await page.getByLabel("Resource", { exact: true }).fill("arn:aws:s3:::reports/1");
  await expect(playground.headline).toContainText("Denied implicitly");
  await page.getByText("Add a policy…", { exact: true }).click();
  await page.getByRole("button", { name: "Add an identity-based policy" }).click();
  await expect(playground.headline).toContainText("Allowed");

  await page.getByText("Who and what is there", { exact: true }).first().click();
  const there = page.getByRole("group", { name: "Who and what is there" });
  await there.getByRole("button", { name: "Add a group" }).click();
  await there.getByText("user Alex").click();
  await there.getByLabel("Groups, by ARN").fill("arn:aws:iam::111122223333:group/Developers");
  await page.keyboard.press("Tab");
  await there.getByLabel("Key of tag 1 of the user Alex").fill("team");
  await page.keyboard.press("Tab");
  await page.keyboard.type("blue");
  await page.keyboard.press("Tab");
  await there.getByRole("button", { name: "Add an organization" }).click();
  await there.getByText("root r-abcd").click();
  await there.getByRole("button", { name: "Add a unit under r-abcd" }).click();
  await there.getByRole("button", { name: "Add a resource" }).click();
  await there.getByRole("button", { name: "Add an endpoint" }).click();
  await expect(playground.problems).toContainText("None found");
  await expect(playground.headline).toContainText("Allowed");

  // An editor draws only what is near the window.
  await page.setViewportSize({ width: 1280, height: 3000 });
  await page.getByText("The rest of the scenario", { exact: true }).click();
  const scenario = page.getByRole("textbox", { name: "Scenario without its policies" });
  await expect(scenario).toContainText(/"tags": \{\s*"team": "blue"\s*\}/);
  await expect(scenario).toContainText(/"groups": \[\s*"arn:aws:iam::111122223333:group\/Developers"\s*\]/);
  await expect(there.getByText("unit ou-abcd-00000001")).toBeVisible();
  await there.getByRole("button", { name: "Delete the organization" }).click();
  await playground.notices.getByRole("button", { name: "Undo" }).click();
  await expect(there.getByText("unit ou-abcd-00000001")).toBeVisible();
});

test("panes are resized by keys, pointer and command, and stay so", async ({ page, playground }) => {
  await playground.open();
  const separator = page.getByRole("separator", { name: "Width of the request pane" });
  const width = async (): Promise<number> => Math.round((await page.locator("#request").boundingBox())?.width ?? 0);
  await expect(separator).toHaveAttribute("aria-valuenow", "352");
  await separator.focus();
  await page.keyboard.press("Shift+ArrowRight");
  await expect(separator).toHaveAttribute("aria-valuenow", "416");
  expect(await width()).toBe(416);
  await page.reload();
  await playground.live();
  await expect(separator).toHaveAttribute("aria-valuenow", "416");
  const box = await separator.boundingBox();
  if (!box) throw new Error("no separator");
  await page.mouse.move(box.x, 300);
  await page.mouse.down();
  await page.mouse.move(box.x - 100, 300, { steps: 4 });
  await page.mouse.up();
  await expect(separator).toHaveAttribute("aria-valuenow", "316");
  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.getByRole("combobox", { name: /Find a command/ })).toBeFocused();
  await page.keyboard.type("request pane wider");
  await page.keyboard.press("Enter");
  await expect(separator).toHaveAttribute("aria-valuenow", "380");
  await separator.dblclick();
  await expect(separator).toHaveAttribute("aria-valuenow", "352");
});

for (const { width, colorScheme } of looks) {
  test.describe(`${width} px, ${colorScheme}`, () => {
    test.use({ viewport: { width, height: 844 }, colorScheme });

    test("axe finds nothing in the policies' tools", async ({ page, playground }) => {
      await playground.open();
      await playground.choose(mfaScenario);
      const summary = policy(page, "StopNeedsMFA").locator("summary");
      const leave = page.getByRole("button", { name: "Leave out: the policy StopNeedsMFA" });
      if (width === 390) {
        await expect(leave).toHaveCount(0);
        await expect(summary).toContainText("2 statements");
        await summary.click();
      }
      await page.getByRole("button", { name: "Attach to… StopNeedsMFA" }).click();
      await leave.click();
      await page.getByText("Add a policy…", { exact: true }).click();
      await page.getByText("Who and what is there", { exact: true }).first().click();
      await page.getByText("user UserMFA").first().click();
      await page.getByRole("button", { name: "JSON", exact: true }).click();
      await expect(playground.headline).toContainText("Denied implicitly");
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    });
  });
}
