// The page on paper, and in the few colours of a system that forces its own.

import type { Locator, Page } from "@playwright/test";
import { expect, mfaScenario, type Playground, test } from "./playground.ts";

const long = JSON.stringify(
  { Version: "2012-10-17", Statement: Array.from({ length: 200 }, (_, at) => ({ Sid: `S${at}`, Effect: "Deny" })) },
  undefined,
  2,
);

const policy = "MyTestApp_DDB_Permissions";

async function onPaper(page: Page, playground: Playground): Promise<void> {
  await playground.open();
  await playground.paste(playground.editor(policy), long);
  await page.emulateMedia({ media: "print" });
}

test("on paper stand the decision, its gates and every policy in full, without the tools", async ({
  page,
  playground,
}) => {
  await onPaper(page, playground);
  await expect(playground.headline).toBeVisible();
  await expect(page.locator(".request-name", { hasText: "Read an item" })).toBeVisible();
  for (const tool of ["Share", "Format the policy", "Duplicate the request", "Add a request"]) {
    await expect(page.getByRole("button", { name: tool }).first(), tool).toBeHidden();
  }
  const printed = page.locator("pre.printed");
  await expect(printed.first()).toHaveText(long);
  await expect(printed).toHaveCount(await page.locator("fenceline-policy").count());
  for (const one of await printed.all()) await expect(one).toBeVisible();
  await page.emulateMedia({ media: "screen" });
  await expect(printed).toHaveCount(0);
});

test("the request is on paper as a list that cuts nothing off", async ({ page, playground }) => {
  await playground.open();
  await playground.choose(mfaScenario);
  await page.emulateMedia({ media: "print" });
  const request = page.locator("fenceline-request");
  await expect(request.getByRole("term")).toContainText([
    "Principal",
    "Action",
    "Resource",
    "aws:MultiFactorAuthPresent",
  ]);
  await expect(request.getByRole("definition").first()).toContainText(/^arn:aws:iam::\d{12}:/);
  await expect(request.getByRole("textbox")).toHaveCount(0);
  await page.emulateMedia({ media: "screen" });
  await expect(request.getByLabel("Principal", { exact: true })).toBeVisible();
});

test("the gates are on paper", async ({ page, playground }) => {
  await playground.open();
  await page.emulateMedia({ media: "print" });
  await expect(page.locator(".gate.stops .gate-name")).toBeVisible();
  await expect(page.locator(".gate.stops")).toContainText("stops here");
});

/** A border of an element, or of what is drawn before it. */
const border = (element: Locator, side: "Left" | "Top", pseudo?: string): Promise<string> =>
  element.evaluate((drawn, [edge, before]) => getComputedStyle(drawn, before)[`border${edge as "Left" | "Top"}Color`], [
    side,
    pseudo,
  ] as const);

/** A system colour as it comes out. */
const system = (page: Page, name: string): Promise<string> =>
  page.evaluate((color) => {
    const probe = document.body.appendChild(document.createElement("div"));
    probe.style.color = color;
    const computed = getComputedStyle(probe).color;
    probe.remove();
    return computed;
  }, name);

for (const [name, viewport, side] of [
  ["wide", { width: 1280, height: 800 }, "Left"],
  ["narrow", { width: 390, height: 844 }, "Top"],
] as const) {
  test.describe(name, () => {
    test.use({ viewport });

    test("forced colours keep the line, the chosen row and the signs", async ({ page, playground }) => {
      await page.emulateMedia({ forcedColors: "active" });
      await playground.open();
      const [canvas, text, highlight] = await Promise.all(
        ["Canvas", "CanvasText", "Highlight"].map((color) => system(page, color)),
      );
      expect(new Set([canvas, text, highlight]).size).toBe(3);
      expect(await border(page.locator(".gate.stops"), side, "::before")).toBe(text);
      await expect(page.locator(".gate.stops .sign")).toHaveText("✖");
      expect(await border(page.locator(".request[aria-current=true]"), "Left")).toBe(highlight);
      expect(await border(page.locator(".request[aria-current=false]").first(), "Left")).toBe(canvas);
      const pressed = page.locator(".switch [aria-pressed=true]");
      expect(await pressed.evaluate((button) => getComputedStyle(button).backgroundColor)).toBe(highlight);
    });
  });
}
