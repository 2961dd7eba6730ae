import type { Page } from "@playwright/test";
import { expect, firstTitle, mfaScenario, test } from "./playground.ts";

test("work survives a reload, and starting over can be undone", async ({ page, playground }) => {
  await playground.open();
  await playground.choose(mfaScenario);
  await playground.retype("StopNeedsMFA", "aws:MultiFactorAuthPresent", "true", "false");
  await expect(playground.headline).toContainText("Denied implicitly");

  await page.reload();
  await playground.live();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(mfaScenario);
  await expect(playground.headline).toContainText("Denied implicitly");
  await expect(playground.line("StopNeedsMFA", "aws:MultiFactorAuthPresent")).toContainText('"false"');

  await page.getByRole("button", { name: "Start over" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(firstTitle);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(mfaScenario);
  await expect(playground.headline).toContainText("Denied implicitly");
});

test("a 5 MB paste gets a message, and the page stays usable", async ({ page, playground }) => {
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

/** Puts another worker in the engine's place. */
async function withWorker(page: Page, script: string): Promise<void> {
  await page.route("**/assets/worker-*.js", (route) => route.fulfill({ contentType: "text/javascript", body: script }));
}

const readyWorker = (onCall: string): string => `
  addEventListener("message", ({ data }) => {
    if ("engine" in data) postMessage({ kind: "ready" });
    else { ${onCall} }
  });`;

test("an engine that dies is started again, and the text is kept", async ({ page, playground }) => {
  await withWorker(page, readyWorker(`postMessage({ kind: "dead", reason: "RangeError: too much recursion" });`));
  await page.goto("/");
  await expect(page.getByRole("alert")).toContainText(
    "The engine stopped on this text: RangeError: too much recursion",
  );
  await expect(playground.headline).toContainText("Denied implicitly");
  await page.unroute("**/assets/worker-*.js");
  // The worker that was started after the death is still the false one; the next death brings the true one.
  const editor = playground.editor("DynamoDB_Boundary_Frankfurt");
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
