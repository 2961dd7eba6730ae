import { expect, firstTitle, mfaScenario, test } from "./playground.ts";

test("a first visit shows a scenario that is already decided", { tag: "@main" }, async ({ page, playground }) => {
  await playground.open();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(firstTitle);
  await expect(playground.headline).toContainText("Denied implicitly");
  await expect(playground.headline).toContainText("no permissions boundary allows it");
  await expect(playground.decision.locator(".message")).toContainText("is not authorized to perform");
});

test("changing true to false in the MFA policy flips the decision", { tag: "@main" }, async ({ page, playground }) => {
  await playground.open();
  await playground.choose(mfaScenario);
  await expect(playground.headline).toContainText("Allowed");
  await expect(page.getByText("12 of 12 as expected")).toBeVisible();

  await playground.retype("StopNeedsMFA", "aws:MultiFactorAuthPresent", "true", "false");

  await expect(playground.headline).toContainText("Denied implicitly");
  await expect(page.locator("[aria-current=true]")).toContainText("not as expected");
  await expect(playground.status).toContainText("Denied implicitly");

  await page.keyboard.press("ControlOrMeta+z");
  await expect(playground.headline).toContainText("Allowed");
});

test(
  "a broken policy shows its problem in its line, and the rest still decides",
  { tag: "@main" },
  async ({ page, playground }) => {
    await playground.open();
    const boundary = playground.editor("DynamoDB_Boundary_Frankfurt");
    await expect(boundary).toBeVisible();
    await playground.line("DynamoDB_Boundary_Frankfurt", '"Version"').click();
    await page.keyboard.press("End");
    await page.keyboard.press("Backspace");

    await expect(playground.headline).toContainText("Not evaluated");
    await expect(playground.decision.getByText(/For the text before DynamoDB_Boundary_Frankfurt broke/)).toBeVisible();
    await expect(playground.decision.locator(".before")).toContainText("Denied implicitly");
    const problem = playground.problems.getByRole("button", {
      name: /Error.*DynamoDB_Boundary_Frankfurt, line 2, .*A comma is missing/,
    });
    await expect(problem).toBeVisible();
    await expect(boundary.locator(".cm-line").nth(1).locator(".cm-lintRange-error")).toBeVisible();

    await problem.click();
    await expect(boundary).toBeFocused();

    await playground.line("DynamoDB_Boundary_Frankfurt", '"Version"').click();
    await page.keyboard.press("End");
    await page.keyboard.type(",");
    await expect(playground.headline).toContainText("Denied implicitly");
    await expect(playground.problems).toContainText("None found");
  },
);

test("a request that meets no broken policy keeps its decision", async ({ page, playground }) => {
  await playground.open();
  await playground.choose(mfaScenario);
  await page.getByRole("button", { name: "Add a boundary" }).click();
  const boundary = playground.editor("Boundary");
  await playground.paste(boundary, "{");
  await expect(playground.headline).toContainText("Not evaluated");
  await page.locator(".request", { hasText: "UserNoMFA, console sign-in: list" }).click();
  await expect(playground.headline).toContainText("Allowed");
});

test("a request with a half-typed action leaves the others decided", async ({ page, playground }) => {
  await playground.open();
  await playground.choose(mfaScenario);
  await page.getByLabel("Action", { exact: true }).fill("ec2");
  await expect(playground.headline).toContainText("Not evaluated");
  await expect(playground.decision).toContainText("ec2 is no action");
  await expect(playground.problems.getByRole("button", { name: /Error.*The rest of the scenario/ })).toBeVisible();
  await page.locator(".request", { hasText: "UserNoMFA, console sign-in: list" }).click();
  await expect(playground.headline).toContainText("Allowed");
});

test("a click on a gate shows the deciding lines", { tag: "@main" }, async ({ playground }) => {
  await playground.open();
  await playground.choose(mfaScenario);
  await playground.decision.getByRole("button", { name: /Identity-based policies/ }).click();
  const shown = playground.editor("StopNeedsMFA").locator(".line-shown");
  await expect(shown.filter({ hasText: "StopAndTerminateWithMfa" })).toBeVisible();
  await expect(shown.filter({ hasText: "LookAround" })).toHaveCount(0);
});

test("a click on a condition shows its line", { tag: "@main" }, async ({ playground }) => {
  await playground.open();
  await playground.choose(mfaScenario);
  await playground.decision.getByRole("button", { name: "Bool aws:MultiFactorAuthPresent", exact: true }).click();
  const shown = playground.editor("StopNeedsMFA").locator(".line-shown");
  await expect(shown).toHaveCount(1);
  await expect(shown).toContainText("aws:MultiFactorAuthPresent");
});

test("another request shows its own decision", { tag: "@main" }, async ({ page, playground }) => {
  await playground.open();
  await playground.choose(mfaScenario);
  await page.locator(".request", { hasText: "UserNoMFA, console sign-in: terminate" }).click();
  await expect(playground.headline).toContainText("Denied implicitly");
  await expect(playground.decision.locator(".message")).toContainText("UserNoMFA");
});

test("the request's form re-decides", { tag: "@main" }, async ({ page, playground }) => {
  await playground.open();
  await playground.choose(mfaScenario);
  const key = "aws:MultiFactorAuthPresent";
  await playground.choice(`Value 1 of ${key}`, "false").check();
  await expect(playground.headline).toContainText("Denied implicitly");
  await playground.choice(`State of ${key}`, "unknown").check();
  await expect(playground.headline).toContainText("Depends");
  await expect(playground.decision).toContainText(`It depends on ${key}`);
  await playground.choice(`State of ${key}`, "absent").check();
  await expect(playground.headline).toContainText("Denied implicitly");
  await playground.decision.getByRole("link", { name: "Give it a value" }).click();
  await expect(playground.choice(`State of ${key}`, "absent", playground.decision)).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await playground.choice(`Value 1 of ${key}`, "true", playground.decision).check();
  await expect(playground.headline).toContainText("Allowed");
  await page.getByLabel("Action", { exact: true }).fill("ec2:RunInstances");
  await expect(playground.headline).toContainText("Denied implicitly");
});

test("what is typed just before another value is added is not lost", async ({ page, playground }) => {
  await playground.open();
  await playground.choose(mfaScenario);
  await page.getByLabel("Add a key").fill("aws:TagKeys");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Value 1 of aws:TagKeys")).toBeFocused();
  // Both come before the page has shown the first.
  await page.evaluate(() => {
    const field = document.querySelector<HTMLInputElement>('#request [aria-label="Value 1 of aws:TagKeys"]');
    if (!field) throw new Error("there is no field");
    field.value = "team";
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    document.querySelector<HTMLElement>('[aria-label="Add a value to aws:TagKeys"]')?.click();
  });
  await expect(page.getByLabel("Value 1 of aws:TagKeys", { exact: true })).toHaveValue("team");
  await expect(page.getByLabel("Value 2 of aws:TagKeys", { exact: true })).toHaveValue("");
});

test("a context key is added, given several values, and removed", { tag: "@main" }, async ({ page, playground }) => {
  // The editor renders only what is in view: the window holds the whole scenario.
  await page.setViewportSize({ width: 1280, height: 3000 });
  await playground.open();
  await playground.choose(mfaScenario);
  await page.locator(".request").first().click();
  await page.getByLabel("Add a key").pressSequentially("aws:TagKeys");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Value 1 of aws:TagKeys")).toBeFocused();
  await page.keyboard.type("team");
  await page.getByRole("button", { name: "Add a value to aws:TagKeys" }).click();
  await page.getByLabel("Value 2 of aws:TagKeys", { exact: true }).fill("cost");
  const form = page.getByRole("button", { name: "Form", exact: true });
  const json = page.getByRole("button", { name: "JSON", exact: true });
  const text = page.getByRole("textbox", { name: "The selected request" });
  await json.click();
  await expect(text).toContainText(/"aws:TagKeys": \[\s*"team",\s*"cost"\s*\]/);
  await form.click();
  await page.getByRole("button", { name: "Remove the key aws:TagKeys" }).click();
  await expect(page.getByLabel("Add a key")).toBeFocused();
  await json.click();
  await expect(text).not.toContainText("aws:TagKeys");
});

test(
  "a boundary is added in one click, renamed, emptied of its grant and deleted",
  { tag: "@main" },
  async ({ page, playground }) => {
    await playground.open();
    await playground.choose(mfaScenario);
    await page.getByRole("button", { name: "Add a boundary" }).click();
    await expect(page.locator("#policies").getByRole("heading", { name: "Permissions boundary" })).toBeVisible();
    await expect(playground.headline).toContainText("Allowed");

    await page.getByRole("button", { name: "Rename the policy Boundary" }).click();
    const name = page.locator("input[name=policy-name]");
    await expect(name).toBeFocused();
    await name.fill("StopNeedsMFA");
    await page.keyboard.press("Enter");
    await expect(name).toHaveValue("StopNeedsMFA");
    await name.fill("Fence");
    await page.keyboard.press("Enter");
    await expect(playground.editor("Fence")).toBeVisible();
    await expect(playground.headline).toContainText("Allowed");

    await playground.retype("Fence", '"Effect"', "Allow", "Deny");
    await expect(playground.headline).toContainText("Denied explicitly");

    await page.getByRole("button", { name: "Delete the policy Fence" }).click();
    await expect(playground.headline).toContainText("Allowed");
    await playground.notices.getByRole("button", { name: "Undo" }).click();
    await expect(playground.headline).toContainText("Denied explicitly");
  },
);

test("whatever is added to what a request meets, the engine takes", async ({ page, playground }) => {
  await playground.open();
  const adding = page.getByRole("list", { name: "Add a policy to what this request meets" });
  const menu = page.getByText("Add a policy…", { exact: true });
  await menu.click();
  const labels = await adding.locator("li > button").allInnerTexts();
  await menu.click();
  expect(labels).toEqual([
    "Add an identity-based policy",
    "Add a session policy",
    "Add a resource-based policy",
    "Add an SCP to the account",
    "Add an RCP to the account",
    "Send it through a VPC endpoint",
  ]);
  for (const label of labels) {
    const before = await page.locator("fenceline-policy").count();
    await menu.click();
    await adding.getByRole("button", { name: label }).click();
    await expect(page.locator("fenceline-policy"), label).toHaveCount(before + 1);
    await expect(playground.problems.getByText("Error"), label).toHaveCount(0);
    await expect(playground.headline, label).not.toContainText("Not evaluated");
  }
  for (const [kind, gate] of [
    ["Session policies", "Session policy"],
    ["Resource-based policies", "Resource-based policy"],
    ["Service control", "SCPs"],
    ["Resource control", "RCPs"],
    ["VPC endpoint", "Endpoint policy"],
  ] as const) {
    await expect(page.locator("#policies").getByRole("heading", { name: kind })).toBeVisible();
    await expect(playground.decision.getByRole("button", { name: gate }).first()).not.toContainText("not present");
  }
  await expect(playground.problems.getByText("Error")).toHaveCount(0);
});

test("requests are added and deleted", async ({ page, playground }) => {
  await playground.open();
  await playground.choose(mfaScenario);
  await page.getByRole("button", { name: "Add a request" }).click();
  await expect(page.locator(".request")).toHaveCount(13);
  await expect(page.locator("[aria-current=true]")).toContainText("Request 13");
  await page.getByRole("button", { name: "Delete the request Request 13" }).click();
  await expect(page.locator(".request")).toHaveCount(12);
  await playground.notices.getByRole("button", { name: "Undo" }).click();
  await expect(page.locator(".request")).toHaveCount(13);
});

test(
  "the rest of the scenario is edited as JSON, and the form follows",
  { tag: "@main" },
  async ({ page, playground }) => {
    await playground.open();
    await page.getByText("The rest of the scenario", { exact: true }).click();
    const editor = page.getByRole("textbox", { name: "Scenario without its policies" });
    await playground.paste(
      editor,
      '{ "version": 1, "title": "Mine", "requests": [ { "principal": "anonymous", "action": "s3:GetObject", "resource": "*" } ] }',
    );
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Mine");
    await expect(page.getByLabel("Principal")).toHaveValue("anonymous");
    await playground.paste(editor, '{ "version": 1,');
    await expect(page.getByLabel("Principal")).toBeDisabled();
    await expect(playground.headline).toContainText("Not evaluated");
    await expect(playground.decision).toContainText("For the text before the scenario broke");
    await expect(
      playground.problems.getByRole("button", { name: /The rest of the scenario, line 1/ }).first(),
    ).toBeVisible();
  },
);

test("an empty scenario says what emptiness means", async ({ page, playground }) => {
  await playground.open();
  await playground.choose(firstTitle);
  await page.getByRole("button", { name: "Scenarios", exact: true }).click();
  await page.getByRole("button", { name: "An empty scenario" }).click();
  await expect(page.getByText("This scenario has no policies.")).toBeVisible();
  await expect(page.getByText("There is no request yet.")).toBeVisible();
  await page.getByRole("button", { name: "Add a request" }).click();
  await expect(page.getByLabel("Principal")).toBeVisible();
});

test("every scenario of the menu opens with its expectations met", async ({ page, playground }) => {
  await playground.open();
  await page.getByRole("button", { name: "Scenarios", exact: true }).click();
  const entries = page.locator("#scenarios").getByRole("button");
  await expect(entries.first()).toBeVisible();
  const titles = await entries.allInnerTexts();
  await page.keyboard.press("Escape");
  expect(titles.length).toBeGreaterThan(10);
  for (const title of titles.filter((one) => one !== "An empty scenario" && !one.endsWith("…"))) {
    await playground.choose(title);
    const score = page.locator(".score");
    await expect(score, title).toHaveText(/^(\d+) of \1 as expected$/);
    await expect(playground.headline, title).not.toContainText("Not evaluated");
  }
});
