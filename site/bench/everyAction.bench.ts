// From a key that goes down in a policy to all actions of AWS, decided anew and on the page.

import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { openFile } from "../src/model/workspace.ts";
import { median, quantile, report } from "./figures.ts";
import { decided, watch } from "./watch.ts";

const keystrokes = 40;

/** All actions are decided before the next key. */
const betweenMs = 250;

/** The mark that the page sets then. */
const mark = "fenceline-actions";

const file = new URL("../../engine/analysis/testdata/developer.json", import.meta.url).pathname;

for (const [what, resource] of [
  ["of any resource", undefined],
  ["of one object", "arn:aws:s3:::customer-x-data/a"],
] as const) {
  test(what, async ({ browser }) => {
    const page = await browser.newPage();
    await watch(page);
    const workspace = openFile(readFileSync(file, "utf8"));
    const scenario = JSON.parse(workspace.scenario) as { requests: Record<string, unknown>[] };
    Object.assign(scenario.requests[0] ?? {}, resource ? { resource } : { unknown: ["resource"] });
    const kept = JSON.stringify({ ...workspace, scenario: JSON.stringify(scenario) });
    await page.addInitScript((text) => localStorage.setItem("fenceline.work.1", text), kept);
    await page.goto("/");
    await decided(page);
    await page.getByRole("button", { name: "Ask about every action" }).click();
    await expect(page.locator(".every-counts")).toBeVisible({ timeout: 20_000 });
    const name = workspace.policies[0]?.name ?? "";
    const editor = page.getByRole("textbox", { name: `Policy ${name}`, exact: true });
    if (!(await editor.isVisible()))
      await page.locator("details.policy > summary .policy-name").getByText(name).click();
    await editor.locator(".cm-line").first().click();
    await page.keyboard.press("End");
    await page.waitForTimeout(1000);
    await page.evaluate((name) => {
      performance.clearMarks(name);
      watched.keys.length = 0;
    }, mark);
    for (let at = 0; at < keystrokes; at++) {
      await page.keyboard.press(" ");
      await page.waitForTimeout(betweenMs);
    }
    const took = await page.evaluate((name) => {
      const marks = performance.getEntriesByName(name).map(({ startTime }) => startTime);
      return watched.keys.map((key) => (marks.find((at) => at > key) ?? Infinity) - key);
    }, mark);
    report({
      what: `every action, ${what}: key to all decisions, median`,
      value: median(took),
      unit: "ms",
      limit: 100,
    });
    report({ what: `every action, ${what}: key to all decisions, 95 of 100`, value: quantile(took, 0.95), unit: "ms" });
    await page.close();
  });
}
