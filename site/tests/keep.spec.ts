import type { Page } from "@playwright/test";
import { expect, firstTitle, mfaScenario, test } from "./playground.ts";

test("work survives a reload, and starting over can be undone", { tag: "@main" }, async ({ page, playground }) => {
  await playground.open();
  await playground.choose(mfaScenario);
  await playground.retype("StopNeedsMFA", "aws:MultiFactorAuthPresent", "true", "false");
  await expect(playground.headline).toContainText("Denied implicitly");

  await page.reload();
  await playground.live();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(mfaScenario);
  await expect(playground.headline).toContainText("Denied implicitly");
  await expect(playground.line("StopNeedsMFA", "aws:MultiFactorAuthPresent")).toContainText('"false"');

  await playground.command("Start over");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(firstTitle);
  await playground.notices.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(mfaScenario);
  await expect(playground.headline).toContainText("Denied implicitly");
});

test(
  "undo and redo go through texts, forms and opened scenarios, one step at a time",
  { tag: "@main" },
  async ({ page, playground }) => {
    await playground.open();
    await playground.choose(mfaScenario);
    await playground.retype("StopNeedsMFA", "aws:MultiFactorAuthPresent", "true", "false");
    await expect(playground.headline).toContainText("Denied implicitly");
    await page.getByLabel("Action", { exact: true }).fill("ec2:DescribeInstances");
    await expect(playground.headline).toContainText("Allowed");

    await page.keyboard.press("ControlOrMeta+z");
    await expect(playground.headline).toContainText("Denied implicitly");
    await expect(page.getByLabel("Action", { exact: true })).toHaveValue("ec2:TerminateInstances");
    await page.keyboard.press("ControlOrMeta+z");
    await expect(playground.headline).toContainText("Allowed");
    await expect(playground.notices).toContainText("Undone: Edited StopNeedsMFA.");
    await page.keyboard.press("ControlOrMeta+z");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(firstTitle);
    await expect(page.getByRole("button", { name: "Undo", exact: true })).toBeDisabled();

    await page.keyboard.press("ControlOrMeta+Shift+z");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(mfaScenario);
    await page.keyboard.press("ControlOrMeta+y");
    await expect(playground.headline).toContainText("Denied implicitly");
  },
);

test(
  "two tabs keep their own work, and a copied tab is told apart",
  { tag: "@main" },
  async ({ page, playground, context }) => {
    await playground.open();
    await playground.choose(mfaScenario);
    await page.getByLabel("Action", { exact: true }).fill("ec2:RunInstances");
    await page.waitForTimeout(500);

    const second = await context.newPage();
    await second.goto("/");
    const action = second.getByLabel("Action", { exact: true });
    await expect(action).toHaveValue("ec2:RunInstances");
    await action.fill("ec2:StopInstances");
    await second.waitForTimeout(500);

    await page.getByLabel("Action", { exact: true }).fill("ec2:RebootInstances");
    await page.reload();
    await expect(page.getByLabel("Action", { exact: true })).toHaveValue("ec2:RebootInstances");
    await second.reload();
    await expect(action).toHaveValue("ec2:StopInstances");

    // A tab that the browser duplicates begins with the same session storage.
    const copied = await second.evaluate(() => sessionStorage.getItem("fenceline.tab"));
    const third = await context.newPage();
    await third.addInitScript((id) => sessionStorage.setItem("fenceline.tab", id ?? ""), copied);
    await third.goto("/");
    await expect(third.getByLabel("Action", { exact: true })).toHaveValue("ec2:StopInstances");
    expect(await third.evaluate(() => sessionStorage.getItem("fenceline.tab"))).not.toBe(copied);
  },
);

test("work that an earlier version kept is opened", async ({ page, playground }) => {
  await page.addInitScript(() => {
    const scenario = JSON.stringify({ version: 1, title: "From before", requests: [] });
    localStorage.setItem("fenceline.work.1", JSON.stringify({ scenario, policies: [], selected: 0 }));
  });
  await playground.open();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("From before");
});

test("a 5 MB paste gets a message, and the page stays usable", { tag: "@main" }, async ({ page, playground }) => {
  await playground.open();
  await playground.choose(mfaScenario);
  const editor = playground.editor("StopNeedsMFA");
  const line = `    { "Effect": "Allow", "Action": "s3:*", "Resource": "*" },\n`;
  await playground.paste(editor, line.repeat(Math.ceil((5 << 20) / line.length)));

  await expect(playground.problems).toContainText("5.0 MB; at most 1.0 MB is evaluated");
  await expect(playground.headline).toContainText("Not evaluated");
  await page.keyboard.press("ControlOrMeta+z");
  await expect(playground.headline).toContainText("Allowed");
  await expect(playground.problems).toContainText("None found");
});

test("a 5 MB paste in one line, deeply nested, leaves the page usable", async ({ page, playground }) => {
  await playground.open();
  await playground.choose(mfaScenario);
  await playground.paste(playground.editor("StopNeedsMFA"), "[".repeat(5 << 20));
  await expect(playground.problems).toContainText("5.0 MB; at most 1.0 MB is evaluated");
  await page.keyboard.press("ControlOrMeta+z");
  await expect(playground.headline).toContainText("Allowed");
});

test("deep nesting is a problem of the text, not the engine's death", async ({ page, playground }) => {
  await playground.open();
  await playground.choose(mfaScenario);
  await playground.paste(playground.editor("StopNeedsMFA"), "[".repeat(5000) + "]".repeat(5000));
  await expect(playground.problems.getByRole("button", { name: /Error.*StopNeedsMFA/ }).first()).toBeVisible();
  await page.getByText("The rest of the scenario", { exact: true }).click();
  const scenario = page.getByRole("textbox", { name: "Scenario without its policies" });
  await playground.paste(scenario, `{"version":1,"title":"deep","requests":${"[".repeat(100_000)}`);
  await expect(playground.problems.getByRole("button", { name: /The rest of the scenario/ }).first()).toBeVisible();
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
});

/** Puts another worker in the engine's place, always or so many times. */
async function withWorker(page: Page, script: string, times?: number): Promise<void> {
  const answer = { contentType: "text/javascript", headers: { "Cache-Control": "no-store" }, body: script };
  await page.route("**/assets/worker-*.js", (route) => route.fulfill(answer), times === undefined ? {} : { times });
}

const readyWorker = (onCall: string): string => `
  addEventListener("message", ({ data }) => {
    if ("engine" in data) postMessage({ kind: "ready" });
    else { ${onCall} }
  });`;

test("an engine that dies is started again, and the text is kept", { tag: "@main" }, async ({ page, playground }) => {
  // The worker that is started after the death is still a false one; the next death brings the true one.
  const dies = `postMessage({ kind: "dead", reason: "RangeError: too much recursion" });`;
  await withWorker(page, readyWorker(dies), 2);
  await page.goto("/");
  await expect(page.getByRole("alert")).toContainText(
    "The engine stopped on this text: RangeError: too much recursion",
  );
  await expect(playground.headline).toContainText("Denied implicitly");
  const editor = playground.editor("DynamoDB_Boundary_Frankfurt");
  // A plain field stands in for the code editor until that is there.
  await expect(editor).toHaveClass(/cm-content/);
  await editor.click();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type(" ");
  await expect(playground.headline).toContainText("Not evaluated");
  await expect(playground.decision.locator(".before")).toContainText("For the text before");
  await page.keyboard.type(" ");
  await playground.live();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await expect(editor).toContainText("DeleteItem");
});

test("an engine that gives no answer is taken for dead", async ({ page, playground }) => {
  await withWorker(page, readyWorker(""));
  await page.goto("/");
  await expect(playground.decision.getByText("The engine is at work on this text.")).toHaveCount(0);
  await page.getByLabel("Action", { exact: true }).fill("s3:GetObject");
  await expect(playground.decision.getByText("The engine is at work on this text.")).toBeVisible();
  await expect(page.getByRole("alert")).toContainText("it gave no answer in 5 seconds");
});

test("an engine that can't start says why, and can be tried again", async ({ page, playground }) => {
  await page.route("**/assets/engine-*.wasm", (route) => route.fulfill({ status: 403, body: "no" }));
  await page.goto("/");
  await expect(page.getByRole("alert")).toContainText("the server answered 403 for the engine");
  await expect(playground.editor("DynamoDB_Boundary_Frankfurt")).toBeVisible();
  await page.unroute("**/assets/engine-*.wasm");
  await page.getByRole("button", { name: "Try again" }).click();
  await playground.live();
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("a stored verdict is shown while the engine loads", async ({ page, playground }) => {
  await page.route("**/assets/engine-*.wasm", () => {});
  await page.goto("/");
  await expect(playground.headline).toContainText("Denied implicitly");
  await expect(page.getByText("Loading the engine")).toBeVisible();
  await page.unrouteAll({ behavior: "ignoreErrors" });
});

test("where storage is refused the page works, and says so", async ({ page, playground }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("refused", "SecurityError");
      },
    });
  });
  await playground.open();
  await playground.choose(mfaScenario);
  await expect(page.getByText("This browser does not keep this work")).toBeVisible();
  await expect(playground.headline).toContainText("Allowed");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the page says what it is and needs, and shows a decision", async ({ page }) => {
    await page.goto("/");
    await expect(page.locator("noscript p")).toContainText("needs JavaScript, WebAssembly and module workers");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(firstTitle);
    await expect(page.locator(".headline")).toContainText("Denied implicitly");
  });
});
