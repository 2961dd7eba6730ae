// The evaluation as a picture that answers.

import { AxeBuilder } from "@axe-core/playwright";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { type Choices, type Chooser, first, optionsOf, pictured, settled } from "../src/model/picture.ts";
import { openFile } from "../src/model/workspace.ts";
import { evaluate, repository } from "./engine.ts";
import { expect, looks, test } from "./playground.ts";

const lesson = "/lessons/07-how-aws-decides/";
const choosers = Object.keys(first).filter((name) => name !== "caller" && name !== "owner") as Chooser[];

/** Every so many of all choices that can be made, so that all values of each meet most of the others. */
function* someChoices(every: number): Generator<Choices> {
  let at = 0;
  function* from(choices: Choices, left: readonly Chooser[]): Generator<Choices> {
    const [gate, ...more] = left;
    if (!gate) {
      if (at++ % every === 0) yield settled(choices);
      return;
    }
    for (const [value] of optionsOf(gate, choices)) yield* from({ ...choices, [gate]: value } as Choices, more);
  }
  // What is offered of RCPs follows from the SCPs: they are chosen first.
  const order: readonly Chooser[] = [
    "serviceControlPolicy",
    ...choosers.filter((gate) => gate !== "serviceControlPolicy"),
  ];
  for (const caller of ["user", "session"] as const)
    for (const owner of ["same", "other"] as const) yield* from({ ...first, caller, owner }, order);
}

test("it begins with the scenario that stands in the lesson", () => {
  const file = JSON.parse(readFileSync(join(repository, "content/scenarios/gates/picture.json"), "utf8"));
  const { description: _, $schema: __, ...scenario } = file;
  delete scenario.requests[0].expect;
  const { scenario: mine, policies } = pictured(first);
  const stored = openFile(JSON.stringify(scenario));
  expect(JSON.parse(mine)).toEqual(JSON.parse(stored.scenario));
  expect(policies.map(({ name, text }) => [name, JSON.parse(text)])).toEqual(
    stored.policies.map(({ name, text }) => [name, JSON.parse(text)]),
  );
});

test("every choice makes a scenario that the engine decides without a problem, and says what was chosen", async () => {
  test.setTimeout(120_000);
  let count = 0;
  for (const choices of someChoices(53)) {
    count++;
    const said = JSON.stringify(choices);
    const { results, problems } = await evaluate(pictured(choices));
    expect(problems, said).toEqual([]);
    const [result] = results;
    expect(result?.error, said).toBeUndefined();
    const denied = choosers.some((gate) => choices[gate] === "denies");
    expect(result?.decision === "explicitDeny", said).toBe(denied);
    for (const { gate, state } of result?.gates ?? []) {
      if (!choosers.some((one) => one === gate)) continue;
      const chosen = choices[gate as Chooser];
      if (chosen === "none") expect(state, `${said}: ${gate}`).toMatch(/^(absent|shut)$/);
      if (chosen === "allows") expect(state, `${said}: ${gate}`).toBe("open");
    }
  }
  expect(count).toBeGreaterThan(500);
});

const picture = (page: Page): Locator => page.locator("fenceline-picture");
const headline = (page: Page): Locator => picture(page).locator(".headline");

async function open(page: Page): Promise<void> {
  await page.goto(lesson);
  await picture(page).scrollIntoViewIfNeeded();
  await expect(picture(page)).toHaveAttribute("data-state", "live");
}

test(
  "a reader sets what each gate says, and sees where the request turns off",
  { tag: ["@main"] },
  async ({ page }) => {
    await open(page);
    const choose = (label: string, option: string): Promise<unknown> =>
      picture(page).getByRole("combobox", { name: label, exact: true }).selectOption({ label: option });
    const gate = (name: string): Locator => picture(page).locator(".gate").filter({ hasText: name });
    await expect(headline(page)).toHaveText("✖ Denied implicitly no permissions boundary allows it");
    await expect(gate("Permissions boundary")).toHaveClass(/stops/);
    await choose("Resource-based policy", "allows the role");
    await expect(headline(page)).toHaveText("✖ Denied implicitly no permissions boundary allows it");
    await choose("Resource-based policy", "allows the session");
    await expect(headline(page)).toHaveText("✓ Allowed by a resource-based policy");
    await expect(gate("Permissions boundary")).toContainText("would not allow, not needed");
    await choose("Session policy", "denies it");
    await expect(headline(page)).toHaveText("✖ Denied explicitly by a session policy");
    await choose("Who asks to read an object", "a user");
    await expect(picture(page).getByRole("combobox", { name: "Session policy", exact: true })).toBeDisabled();
    await expect(headline(page)).toHaveText("✓ Allowed by a resource-based policy");
    await choose("The bucket belongs to", "another account");
    await expect(picture(page).locator(".lane")).toHaveText([
      /The caller's account .* does not allow/,
      /The resource's account .* allows/,
    ]);
    await choose("Permissions boundary", "allows it");
    await expect(headline(page)).toContainText("✓ Allowed");
    await choose("SCPs", "no organization");
    await expect(headline(page)).toContainText("✓ Allowed");

    // The playground opens the scenario that stands here.
    await picture(page).getByRole("link", { name: "Open in the playground" }).click();
    await expect(page.locator("#decision .headline").first()).toContainText("Allowed");
    await expect(page.locator("fenceline-policy").filter({ hasText: "Bucket_Policy" })).toHaveCount(1);
  },
);

test("on a phone the verdict stays in view while the last gate is set", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 640 });
  await open(page);
  await picture(page).getByRole("combobox", { name: "Permissions boundary", exact: true }).selectOption("allows");
  const session = picture(page).getByRole("combobox", { name: "Session policy", exact: true });
  await session.scrollIntoViewIfNeeded();
  await session.selectOption("silent");
  await expect(headline(page)).toContainText("no session policy allows it");
  await expect(headline(page)).toBeInViewport();
  await expect(session).toBeInViewport();
});

test("Reset goes back to the beginning", async ({ page }) => {
  await open(page);
  const reset = picture(page).getByRole("button", { name: "Reset" });
  await expect(reset).toBeDisabled();
  await picture(page).getByRole("combobox", { name: "Permissions boundary", exact: true }).selectOption("allows");
  await expect(headline(page)).toContainText("Allowed");
  await reset.click();
  await expect(headline(page)).toContainText("Denied implicitly");
  await expect(picture(page).getByRole("combobox", { name: "Permissions boundary", exact: true })).toHaveValue(
    "silent",
  );
});

for (const { width, colorScheme } of looks) {
  test.describe(`${width} px, ${colorScheme}`, () => {
    test.use({ viewport: { width, height: 844 }, colorScheme });

    test("axe finds nothing in it, in one account and across two", async ({ page }) => {
      await open(page);
      for (const owner of ["same", "other"]) {
        await picture(page).getByRole("combobox", { name: "The bucket belongs to" }).selectOption(owner);
        const found = await new AxeBuilder({ page }).include("fenceline-picture").analyze();
        expect(found.violations).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      }
    });
  });
}
