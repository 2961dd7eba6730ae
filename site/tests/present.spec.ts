// A lesson as slides, as a trainer shows it.

import { AxeBuilder } from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { type Block, slidesOf } from "../src/model/slides.ts";
import { expect, looks, test } from "./playground.ts";

const lesson = "/lessons/03-mfa/";

const status = (page: Page): Locator => page.locator(".present-bar [role=status]");
const count = async (page: Page): Promise<number> => Number(/of (\d+)/.exec(await status(page).innerText())?.[1]);

async function present(page: Page): Promise<void> {
  await page.goto(lesson);
  await page.getByRole("button", { name: "Present on the whole screen" }).click();
  await expect(status(page)).toHaveText(/^Slide 1 of \d+$/);
}

test("slides keep a section's heading, what leads on, and scenarios apart", () => {
  const text: Block = { height: 40 };
  const section: Block = { height: 20, section: true };
  const leads: Block = { height: 10, leads: true };
  const alone: Block = { height: 500, alone: true };
  // What comes before the first section is a slide, the section's heading stands on each of its slides.
  expect(slidesOf([text, section, text, text, text], 100)).toEqual([[0], [1, 2, 3], [1, 4]]);
  // A heading never ends a slide.
  expect(slidesOf([section, text, leads, text], 100)).toEqual([
    [0, 1],
    [0, 2, 3],
  ]);
  expect(slidesOf([section, text, leads, alone, text], 100)).toEqual([
    [0, 1],
    [0, 2, 3],
    [0, 4],
  ]);
  // What is too high for any slide has one, and nothing is lost or twice.
  expect(slidesOf([section, { height: 300 }, { height: 300 }], 100)).toEqual([
    [0, 1],
    [0, 2],
  ]);
  expect(slidesOf([section, section, text], 100)).toEqual([[1, 2]]);
  expect(slidesOf([section, leads], 100)).toEqual([[0, 1]]);
  expect(slidesOf([], 100)).toEqual([]);
});

test(
  "a lesson is presented with the keys of a remote control, its scenarios live",
  { tag: ["@main"] },
  async ({ page }) => {
    await present(page);
    await expect(page.locator("header.top")).toBeHidden();
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    const all = await count(page);
    expect(all).toBeGreaterThan(5);
    const seen = new Set<string>();
    let ran = 0;
    for (let slide = 1; slide <= all; slide++) {
      await expect(status(page)).toHaveText(`Slide ${slide} of ${all}`);
      const blocks = page.locator(".lesson > :not([data-away]):not(nav, .place, .edit, fenceline-present, h1, h2)");
      for (const one of await blocks.all()) {
        await expect(one).toBeVisible();
        const text = await one.innerText();
        expect(seen.has(text), `“${text.slice(0, 60)}” stands on two slides`).toBe(false);
        seen.add(text);
      }
      const playground = page.locator(".lesson > :not([data-away]) fenceline-playground");
      if ((await playground.count()) > 0) {
        await expect(playground).toHaveAttribute("data-state", "live");
        ran++;
      }
      await page.keyboard.press("ArrowRight");
    }
    expect(ran).toBeGreaterThan(0);
    await page.keyboard.press("ArrowLeft");
    await expect(status(page)).toHaveText(`Slide ${all - 1} of ${all}`);
    await page.getByRole("button", { name: "Leave" }).click();
    await expect(page.locator(".present-bar")).toHaveCount(0);
    // One reads on, with the keyboard, too, where the presentation ended.
    await expect(page.locator(".lesson > :focus")).toBeInViewport();
    await page.getByRole("button", { name: "Present on the whole screen" }).click();
    await page.keyboard.press("Home");
    await page.keyboard.press("Escape");
    await expect(page.locator("header.top")).toBeVisible();
    await expect(page.getByRole("button", { name: "Present on the whole screen" })).toBeFocused();
    await expect(page).toHaveURL(new RegExp(`${lesson}$`));
  },
);

test("a reload keeps the slide, a smaller window what is on it, and Escape leaves", async ({ page }) => {
  await present(page);
  for (let n = 0; n < 4; n++) await page.keyboard.press("ArrowRight");
  await expect(status(page)).toHaveText(/^Slide 5 of/);
  const shown = page.locator(".lesson > :not([data-away]):not(nav, .place, .edit, fenceline-present, h2)").first();
  const text = await shown.innerText();
  await page.reload();
  await expect(status(page)).toHaveText(/^Slide 5 of/);
  const before = await count(page);
  await page.setViewportSize({ width: 700, height: 420 });
  await expect.poll(() => count(page)).toBeGreaterThan(before);
  await expect(shown).toHaveText(text);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(700);
  await page.keyboard.press("Escape");
  await expect(page.locator(".present-bar")).toHaveCount(0);
});

test("keys stay with the field that they are for, and scroll what is higher than the screen", async ({ page }) => {
  await present(page);
  const all = await count(page);
  const playground = page.locator(".lesson > :not([data-away]) fenceline-playground");
  for (let n = 1; n < all && (await playground.count()) === 0; n++) await page.keyboard.press("ArrowRight");
  const field = playground.getByRole("combobox");
  await expect(field).toBeVisible();
  const at = await status(page).innerText();
  await field.focus();
  await page.keyboard.press("ArrowRight");
  await expect(status(page)).toHaveText(at);
  await page.getByRole("button", { name: "Next slide" }).focus();
  await page.setViewportSize({ width: 1280, height: 500 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollHeight)).toBeGreaterThan(520);
  const now = await status(page).innerText();
  await page.keyboard.press("PageDown");
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(0);
  await expect(status(page)).toHaveText(now);
});

for (const { width, colorScheme } of looks) {
  test.describe(`${width} px, ${colorScheme}`, () => {
    test.use({ viewport: { width, height: 844 }, colorScheme });

    test("axe finds nothing on slides, and nothing is wider than the window", async ({ page }) => {
      await present(page);
      for (let n = 0; n < 6; n++) {
        expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        await page.keyboard.press("ArrowRight");
      }
    });
  });
}
