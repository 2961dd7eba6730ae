// From a key that goes down to the new decision on the page.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, expect, type Locator, type Page, test } from "@playwright/test";
import { openFile, type Workspace } from "../src/model/workspace.ts";
import { median, quantile, report } from "./figures.ts";
import { largeScenario } from "./large.ts";
import { longestTask, startTrace } from "./trace.ts";
import { decided, type Watched, watch } from "./watch.ts";

const keystrokes = 50;

/** The record of the browser's tasks takes time itself, so tasks are looked at apart from how long keys take. */
const tracedKeystrokes = 20;

/** How long a quick typist's keys are apart. */
const betweenMs = 60;

/** After this rest the page writes down what was typed. */
const restMs = 500;

/** Opens the page on some work, as the browser would have kept it. */
async function open(browser: Browser, workspace: Workspace): Promise<Page> {
  const page = await browser.newPage();
  await watch(page);
  await page.addInitScript((kept) => localStorage.setItem("fenceline.work.1", kept), JSON.stringify(workspace));
  await page.goto("/");
  await decided(page);
  const { requests } = JSON.parse(workspace.scenario) as { requests: unknown[] };
  await expect(page.locator(".request")).toHaveCount(requests.length);
  return page;
}

/** Puts the cursor into the first policy, where everything below moves with what is typed. */
async function atFirstPolicy(page: Page, { policies }: Workspace): Promise<void> {
  const name = policies[0]?.name ?? "";
  const editor = page.getByRole("textbox", { name: `Policy ${name}`, exact: true });
  const title = page.locator("details.policy > summary .policy-name").getByText(name, { exact: true });
  if (!(await editor.isVisible())) await title.click();
  await editor.locator(".cm-line").first().click();
  await page.keyboard.press("End");
}

/** Puts the cursor at the end of a field. */
async function atField(field: Locator): Promise<void> {
  await field.click();
  await field.press("End");
}

/** How long each key took, of keys that go down one after the other. */
function latencies({ keys, decisions }: Watched): number[] {
  return keys.map((key) => {
    const shown = decisions.find((decision) => decision > key);
    if (shown === undefined) throw new Error("a key was not followed by a decision");
    return shown - key;
  });
}

/** Types, with a rest in the middle. */
async function type(page: Page, key: (at: number) => string, count = keystrokes): Promise<number[]> {
  await page.waitForTimeout(restMs);
  await page.evaluate(() => {
    watched.keys.length = 0;
    watched.decisions.length = 0;
    watched.longTasks.length = 0;
  });
  for (let at = 0; at < count; at++) {
    await page.keyboard.press(key(at));
    await page.waitForTimeout(at === count / 2 ? restMs : betweenMs);
  }
  await page.waitForTimeout(restMs);
  return latencies(await page.evaluate(() => watched));
}

const spaces = (at: number): string => (at % 5 === 4 ? "Enter" : " ");
const letters = (at: number): string => (at < keystrokes / 2 ? ("abcde"[at % 5] ?? "") : "Backspace");

function reportTyping(what: string, took: readonly number[], limit: number): void {
  report({ what: `${what}: key to decision, median`, value: median(took), unit: "ms", limit });
  report({ what: `${what}: key to decision, 95 of 100`, value: quantile(took, 0.95), unit: "ms" });
}

async function measure(browser: Browser, what: string, workspace: Workspace, limit: number): Promise<void> {
  const page = await open(browser, workspace);
  const policy = { where: "in a policy", key: spaces, go: () => atFirstPolicy(page, workspace) };
  const form = { where: "in the form", key: letters, go: () => atField(page.getByLabel("Resource", { exact: true })) };
  // A scenario may have none but AWS's own policies, which can't be edited.
  const places = workspace.policies.length > 0 ? [policy, form] : [form];
  const tasks: number[] = [];
  for (const { where, key, go } of places) {
    await go();
    reportTyping(`${what}, ${where}`, await type(page, key), limit);
    tasks.push(...(await page.evaluate(() => watched.longTasks)));
  }
  const trace = await startTrace(browser, page);
  for (const { key, go } of places) {
    await go();
    await type(page, key, tracedKeystrokes);
  }
  tasks.push(longestTask(await trace()));
  report({ what: `${what}: longest task of the main thread`, value: Math.max(...tasks), unit: "ms", limit: 50 });
  await page.close();
}

const scenarios = new URL("../../content/scenarios/", import.meta.url).pathname;
const files = readdirSync(scenarios, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json"));

for (const name of files.sort()) {
  test(name, async ({ browser }) => {
    await measure(browser, name, openFile(readFileSync(join(scenarios, name), "utf8")), 16);
  });
}

test("50 requests and 20 policies", async ({ browser }) => {
  const workspace = openFile(largeScenario());
  expect(workspace.policies).toHaveLength(20);
  await measure(browser, "50 requests and 20 policies", workspace, 50);
});
