import { AxeBuilder } from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { expect, mfaScenario, type Playground, test } from "./playground.ts";

const row = (page: Page, text: string): Locator => page.locator(".request", { hasText: text });
const current = (page: Page): Locator => page.locator(".request[aria-current=true]");

const known = (page: Page): Locator => page.getByRole("listbox", { name: "Known actions" });

/** Opens the scenario's JSON and puts another in its place. */
async function putScenario(page: Page, playground: Playground, scenario: object): Promise<void> {
  await page.getByText("The rest of the scenario", { exact: true }).click();
  await playground.paste(
    page.getByRole("textbox", { name: "Scenario without its policies" }),
    JSON.stringify(scenario),
  );
}

test("expectations are set in the table, counted, and taken from what is decided", async ({ page, playground }) => {
  await playground.open();
  await playground.choose(mfaScenario);
  const expected = current(page).getByRole("combobox");
  await expect(expected).toHaveValue("allowed");
  await expected.selectOption("implicitDeny");
  await expect(page.locator(".score")).toHaveText("11 of 12 as expected");
  await expect(current(page)).toContainText("not as expected: Denied implicitly");
  await expect(page.getByText(/Also expected: identity-based policy; StopNeedsMFA#/)).toBeVisible();
  await page.getByRole("button", { name: "Expect what is decided now" }).click();
  await expect(page.locator(".score")).toHaveText("12 of 12 as expected");

  await page.getByText(/Also expected: identity-based policy/).click();
  await page.getByLabel("decided by").selectOption("sessionPolicy");
  await expect(current(page)).toContainText("not as expected: decided by session policy");
  await page.getByLabel("decided by").selectOption("");
  await page.getByLabel("by statements").fill("StopNeedsMFA#LookAround");
  await page.keyboard.press("Enter");
  await expect(current(page)).toContainText("not as expected: other statements");
  await expected.selectOption("none");
  await expect(page.locator(".score")).toHaveText("11 of 11 as expected");
});

test("what a request expects stands in its row from the first", { tag: "@main" }, async ({ page, playground }) => {
  await playground.open();
  const chosen = current(page).getByRole("combobox");
  await expect(chosen).toHaveValue("implicitDeny");
  await expect(chosen.locator("option:checked")).toHaveText("Denied implicitly");
  await chosen.selectOption("Allowed");
  await expect(current(page)).toContainText("not as expected: Allowed");
  await chosen.selectOption("Denied");
  await expect(current(page).locator(".met")).toHaveText("as expected");
  await expect(chosen).toHaveValue("denied");
  await page.locator("#request").focus();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(chosen).toHaveValue("allowed");
  await page.keyboard.press("ControlOrMeta+z");
  await expect(chosen).toHaveValue("implicitDeny");
});

test("an expectation that is no decision stands as it is written", async ({ page, playground }) => {
  await playground.open();
  const requests = [{ principal: "anonymous", action: "s3:GetObject", resource: "*", expect: "maybe" }];
  await putScenario(page, playground, { version: 1, title: "T", requests });
  await expect(current(page).getByRole("combobox")).toHaveValue("maybe");
});

test("what is decided becomes what is expected of all that expect nothing", async ({ page, playground }) => {
  await playground.open();
  const request = (name: string): object => ({ name, principal: "anonymous", action: "s3:GetObject", resource: "*" });
  await putScenario(page, playground, { version: 1, title: "T", requests: [request("a"), request("b")] });
  await page.getByRole("button", { name: "Expect what is decided now of 2 requests" }).click();
  await expect(page.locator(".score")).toHaveText("2 of 2 as expected");
  await expect(current(page).getByRole("combobox")).toHaveValue("implicitDeny");
  await page.keyboard.press("ControlOrMeta+z");
  await expect(page.locator(".score")).toHaveCount(0);
});

test(
  "the keyboard goes through the rows, moves, copies and deletes them",
  { tag: "@main" },
  async ({ page, playground }) => {
    await playground.open();
    await playground.choose(mfaScenario);
    await current(page).getByRole("button").first().focus();
    await page.keyboard.press("ArrowUp");
    await expect(page.locator(".request").first()).toHaveAttribute("aria-current", "true");
    await expect(page.locator(".request").first().getByRole("button")).toBeFocused();
    await page.keyboard.press("ArrowUp");
    await expect(page.locator(".request").first().getByRole("button")).toBeFocused();

    const name = await page.locator(".request-name").first().innerText();
    const decision = await page.locator(".request-decision").first().innerText();
    await page.keyboard.press("Alt+Shift+ArrowDown");
    await page.keyboard.press("Alt+Shift+ArrowDown");
    await expect(page.locator(".request-name").nth(2)).toHaveText(name);
    await expect(page.locator(".request-name").nth(2)).toBeFocused();
    await expect(page.locator(".request-decision").nth(2)).toHaveText(decision);
    await expect(page.locator(".score")).toHaveText("12 of 12 as expected");

    const up = page.getByRole("button", { name: `Move up ${name}` });
    await up.click();
    await expect(up).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.locator(".request-name").first()).toHaveText(name);
    await expect(page.locator(".request-name").first()).toBeFocused();

    await page.getByRole("button", { name: `Duplicate the request ${name}` }).click();
    await expect(page.locator(".request")).toHaveCount(13);
    await expect(page.locator(".request-name").nth(1)).toHaveText(name);
    await expect(page.locator(".request-name").nth(1)).toBeFocused();
    await page.getByRole("button", { name: `Delete the request ${name}` }).click();
    await expect(page.locator(".request")).toHaveCount(12);
    await expect(page.locator(".request-name").nth(1)).toBeFocused();
    await page.keyboard.press("ControlOrMeta+z");
    await expect(page.locator(".request")).toHaveCount(13);
  },
);

test("an action that a policy names is asked for by name", async ({ page, playground }) => {
  await playground.open();
  await playground.choose(mfaScenario);
  const search = page.getByRole("combobox", { name: "Add a request for an action" });
  await search.fill("stop");
  // What a policy names comes first, before all that AWS lists.
  await expect(known(page).getByRole("option").first()).toHaveText(/ec2:StopInstances/);
  await page.keyboard.press("ArrowDown");
  await expect(known(page).getByRole("option", { selected: true })).toContainText("in a policy");
  await page.keyboard.press("Enter");
  await expect(page.locator(".request")).toHaveCount(13);
  await expect(current(page)).toContainText("ec2:StopInstances");
  await expect(current(page).getByRole("button")).toBeFocused();
  await expect(page.getByLabel("Principal")).toHaveValue(/UserMFA/);
  await expect(known(page).getByRole("option")).toHaveCount(0);

  await search.fill("sqs:SendMessage");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Action", { exact: true })).toHaveValue("sqs:SendMessage");
});

test("a pattern is completed by typing, and Escape closes the list", async ({ page, playground }) => {
  await playground.open();
  await putScenario(page, playground, {
    version: 1,
    title: "T",
    requests: [{ principal: "arn:aws:iam::111122223333:user/U", action: "s3:ListBucket", resource: "*" }],
  });
  await page.getByRole("button", { name: "Add a boundary" }).click();
  await playground.paste(
    playground.editor("Boundary"),
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}]}',
  );
  const search = page.getByRole("combobox", { name: "Add a request for an action" });
  await search.fill("get");
  await known(page)
    .getByRole("option", { name: /s3:Get\*.*complete it/ })
    .click();
  await expect(search).toHaveValue("s3:Get");
  await expect(search).toBeFocused();
  await expect(page.locator(".request")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(known(page).getByRole("option")).toHaveCount(0);
  await page.keyboard.type("Object");
  await page.keyboard.press("Enter");
  await expect(current(page)).toContainText("s3:GetObject");
});

test("only those not as expected are shown when asked for", async ({ page, playground }) => {
  await playground.open();
  await playground.choose(mfaScenario);
  await row(page, "UserNoMFA, console sign-in: list").getByRole("combobox").selectOption("depends");
  await page.getByLabel("Only those not as expected").check();
  await expect(page.locator(".request")).toHaveCount(2);
  await expect(row(page, "UserNoMFA, console sign-in: list")).toBeVisible();
  await page.getByLabel("Only those not as expected").uncheck();
  await expect(page.locator(".request")).toHaveCount(12);
});

test("the full table sorts by its columns, and a row is chosen in it", async ({ page, playground }) => {
  await playground.open();
  await playground.choose(mfaScenario);
  await page.getByRole("button", { name: "Show as a full table" }).click();
  const dialog = page.getByRole("dialog", { name: "Requests" });
  await expect(dialog.locator("tbody tr")).toHaveCount(12);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  const principal = dialog.getByRole("columnheader", { name: "Principal" });
  await principal.getByRole("button").click();
  await expect(principal).toHaveAttribute("aria-sort", "ascending");
  await expect(dialog.locator("tbody tr").first()).toContainText("user/UserMFA");
  await principal.getByRole("button").click();
  await expect(principal).toHaveAttribute("aria-sort", "descending");
  const first = dialog.locator("tbody tr").first();
  await expect(first).toContainText("user/UserNoMFA");
  const name = await first.getByRole("button").innerText();
  await first.getByText("user/UserNoMFA").click();
  await expect(dialog).toHaveCount(0);
  await expect(current(page)).toContainText(name);
  await expect(current(page).getByRole("button")).toBeFocused();
});

test("the request's JSON and its form are one thing", async ({ page, playground }) => {
  await playground.open();
  await playground.choose(mfaScenario);
  await page.getByRole("button", { name: "JSON", exact: true }).click();
  const json = page.getByRole("textbox", { name: "The selected request" });
  await expect(json).toContainText('"aws:MultiFactorAuthPresent"');
  await json.getByText('"true"', { exact: true }).dblclick();
  await page.keyboard.type("false");
  await expect(playground.headline).toContainText("Denied implicitly");

  await playground.paste(json, '{ "action": "s3:GetObject", ');
  await expect(page.getByRole("alert")).toContainText("This is not yet a request");
  await expect(json).toContainText('{ "action": "s3:GetObject", ');
  await expect(current(page)).toContainText("ec2:TerminateInstances");
  await page.getByRole("button", { name: "Form", exact: true }).click();
  await expect(page.getByLabel("Action", { exact: true })).toHaveValue("ec2:TerminateInstances");
  await expect(playground.choice("Value 1 of aws:MultiFactorAuthPresent", "false")).toBeChecked();

  await page.getByRole("button", { name: "JSON", exact: true }).click();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await page.locator("#request").focus();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(json).toContainText('"aws:MultiFactorAuthPresent": "true"');
});

test("a request's own problems stand in its row and at its field", async ({ page, playground }) => {
  await playground.open();
  await playground.choose(mfaScenario);
  const action = page.getByLabel("Action", { exact: true });
  await action.fill("s3GetObject");
  await expect(current(page)).toContainText("s3GetObject is no action");
  await expect(action).toHaveAttribute("aria-invalid", "true");
  await expect(action).toHaveAccessibleDescription(/s3GetObject is no action; write service:Operation/);
  await page.getByRole("button", { name: "JSON", exact: true }).click();
  const json = page.getByRole("textbox", { name: "The selected request" });
  await expect(json.locator(".cm-lintRange-error")).toHaveText('"s3GetObject"');
  await page.getByRole("button", { name: "Form", exact: true }).click();
  await action.fill("s3:GetObject");
  await expect(action).not.toHaveAttribute("aria-invalid");
});

test("a role's session has a name and tags, and its tags decide", async ({ page, playground }) => {
  await playground.open();
  await putScenario(page, playground, {
    version: 1,
    title: "T",
    requests: [{ principal: "arn:aws:iam::111122223333:role/R", action: "s3:ListAllMyBuckets", resource: "*" }],
  });
  await page.getByLabel("Session name").fill("alice");
  await page.getByLabel("Key of tag 1 of the session").fill("team");
  await page.keyboard.press("Tab");
  await page.keyboard.type("blue");
  await page.keyboard.press("Tab");
  await page.getByText(/more keys follow from the scenario/).click();
  await expect(page.locator(".filled-in dt", { hasText: "aws:PrincipalTag/team" })).toBeVisible();
  // An editor draws only what is near the window.
  await page.setViewportSize({ width: 1280, height: 3000 });
  const scenario = page.getByRole("textbox", { name: "Scenario without its policies" });
  await expect(scenario).toContainText(/"session": \{\s*"name": "alice",\s*"tags": \{\s*"team": "blue"\s*\}\s*\}/);
  await page.getByLabel("Key of tag 1 of the session").fill("");
  await page.keyboard.press("Tab");
  await expect(scenario).not.toContainText('"tags"');
});

test("the title and description are edited in their place", async ({ page, playground }) => {
  await playground.open();
  await page.getByRole("button", { name: "Edit title" }).click();
  await expect(page.getByLabel("Title", { exact: true })).toBeFocused();
  await page.getByLabel("Title", { exact: true }).fill("Mine");
  await page.getByLabel("Description, with").fill("One `word`.");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Mine");
  await expect(page.locator(".description code")).toHaveText("word");
  await expect(page.getByRole("button", { name: "Edit title" })).toBeFocused();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText("Mine");
});

test("200 requests are decided together, and each again when it changes", async ({ page, playground }) => {
  await playground.open();
  const requests = Array.from({ length: 200 }, (_, at) => ({
    name: `Request number ${at}`,
    principal: "arn:aws:iam::111122223333:user/U",
    action: `s3:Get${at}`,
    resource: "*",
    expect: at === 0 ? "allowed" : "implicitDeny",
  }));
  await putScenario(page, playground, { version: 1, title: "Many", requests });
  await expect(page.locator(".score")).toHaveText("199 of 200 as expected");
  await page.getByLabel("Expected of Request number 0").selectOption("implicitDeny");
  await expect(page.locator(".score")).toHaveText("200 of 200 as expected");
});
