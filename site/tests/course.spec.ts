// The course: lessons as people read them, with scenarios that run in them, and the search over the site.

import { AxeBuilder } from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { excerptOf } from "../src/model/finding.ts";
import { expect, looks, test } from "./playground.ts";

/** The addresses of all lessons, in their order. */
async function lessons(page: Page): Promise<string[]> {
  const text = await (await page.request.get("/lessons/")).text();
  return [...text.matchAll(/<h2><a href="([^"]+)"/g)].map(([, path = ""]) => path);
}

/** A lesson with a playground in it. */
async function lessonThatRuns(page: Page): Promise<string> {
  for (const path of await lessons(page)) {
    if ((await (await page.request.get(path)).text()).includes("<fenceline-playground")) return path;
  }
  throw new Error("no lesson has a playground");
}

const widgets = (page: Page): Locator => page.locator("fenceline-playground");

for (const { width, colorScheme } of looks) {
  test.describe(`${width} px, ${colorScheme}`, () => {
    test.use({ viewport: { width, height: 844 }, colorScheme });

    test("axe finds nothing on the course's pages, and nothing is wider than the window", async ({ page }) => {
      test.setTimeout(240_000);
      for (const path of ["/lessons/", ...(await lessons(page))]) {
        await page.goto(path);
        expect((await new AxeBuilder({ page }).analyze()).violations, path).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(width);
      }
    });

    test("axe finds nothing on the search, and nothing is wider than the window", async ({ page }) => {
      await page.goto("/search/?q=boundary");
      await expect(page.locator(".found li").first()).toBeVisible();
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    });
  });
}

test("at 360 px nothing is wider than the window", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 640 });
  for (const path of ["/lessons/", "/search/?q=boundary", ...(await lessons(page))]) {
    await page.goto(path);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(360);
  }
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a lesson shows its question, its scenarios with their decisions, and the way on", async ({ page }) => {
    await page.goto("/lessons/");
    const first = page.locator(".lessons a").first();
    const title = await first.innerText();
    await first.click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
    await expect(page.locator(".question")).toContainText("?");
    await page.goto(await lessonThatRuns(page));
    await expect(widgets(page).locator(".headline").first()).toContainText(/Allowed|Denied|Depends/);
    await expect(page.getByRole("navigation", { name: "Other lessons" })).toBeVisible();
    await expect(page.locator("#unstarted")).toBeHidden();
  });

  test("the search says where to look instead", async ({ page }) => {
    await page.goto("/search/");
    await expect(page.locator("main")).toContainText("needs JavaScript");
    await page.locator("main").getByRole("link", { name: "the rules" }).click();
    await expect(page).toHaveURL(/\/rules\/$/);
  });
});

test("every lesson's scenarios become live and say what they said when the site was built", async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000);
  const said = async (playground: Locator): Promise<string[]> => {
    // A context that may be changed stands in fields once it is live.
    const fields = (await playground.getAttribute("edit"))?.split(" ").includes("context");
    const facts = fields ? ".request-facts dd:not(dt:has-text('Context') + dd)" : ".request-facts :is(dt, dd)";
    const texts = playground.locator(`${facts}, .headline, .message, .explanation`);
    return (await texts.allTextContents()).map((text) => text.replace(/\s+/g, ""));
  };
  const still = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  for (const path of await lessons(page)) {
    await page.goto(path);
    await still.goto(page.url());
    const count = await widgets(still).count();
    for (let at = 0; at < count; at++) {
      const widget = widgets(page).nth(at);
      await widget.scrollIntoViewIfNeeded();
      await expect(widget).toHaveAttribute("data-state", "live");
      expect(await said(widget), `${path}, playground ${at + 1}`).toEqual(await said(widgets(still).nth(at)));
    }
  }
});

test("a reader changes the context of a lesson's request, and takes it back", async ({ page }) => {
  await page.goto("/lessons/03-mfa/");
  const widget = widgets(page).first();
  await widget.scrollIntoViewIfNeeded();
  await expect(widget).toHaveAttribute("data-state", "live");
  const headline = widget.locator(".headline");
  await expect(headline).toContainText("Allowed");
  const value = widget.getByLabel("Value of context key 1");
  await expect(widget.getByLabel("Context key 1", { exact: true })).toHaveValue("aws:MultiFactorAuthPresent");
  await value.fill("false");
  await value.press("Enter");
  await expect(headline).toContainText("Denied implicitly");
  await value.fill("true");
  await value.blur();
  await expect(headline).toContainText("Allowed");
  await widget.getByRole("button", { name: "Remove context key 1" }).click();
  await expect(widget.getByLabel("Context key 1", { exact: true })).not.toHaveValue("aws:MultiFactorAuthPresent");
  await expect(headline).toContainText("Denied implicitly");
  await expect(widget.getByRole("link", { name: "Open in the playground" })).toHaveAttribute("href", /#v1\./);
  await widget.getByRole("button", { name: "Reset" }).click();
  await expect(headline).toContainText("Allowed");
  await expect(widget.getByLabel("Context key 1", { exact: true })).toHaveValue("aws:MultiFactorAuthPresent");
});

test("with the keyboard alone one follows a heading's link and goes on to the next lesson", async ({ page }) => {
  const [first = "", second = ""] = await lessons(page);
  await page.goto(first);
  const heading = page.locator(".permalink").first();
  await heading.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`${first}#.+`));
  await expect(page.locator("h2:target")).toBeInViewport();
  await page.locator(".between a[rel=next]").focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`${second}$`));
});

test("on paper a lesson shows the policies whole and no buttons", async ({ page }) => {
  await page.goto(await lessonThatRuns(page));
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("button", { name: "Reset" }).first()).toBeHidden();
  await expect(page.locator(".between")).toBeHidden();
  await expect(widgets(page).locator(".headline, .explanation").first()).toBeVisible();
});

test("the search finds a rule by its number, and by words, with the keyboard alone", async ({ page }) => {
  await page.goto("/lessons/");
  await page.getByRole("navigation", { name: "Fenceline" }).getByRole("link", { name: "Search" }).focus();
  await page.keyboard.press("Enter");
  const field = page.getByRole("searchbox", { name: "Words, or a rule's number" });
  await field.focus();
  await page.keyboard.type("S-169");
  const found = page.locator(".found li");
  await expect(found.first().getByRole("link")).toHaveText("S-169");
  await expect(page.getByRole("status")).toHaveText(/\d+ places?/);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/rules\/#S-169$/);
  await expect(page.locator("#S-169")).toBeInViewport();

  await page.goBack();
  await expect(field).toHaveValue("S-169");
  await field.fill("permissions boundary ceiling");
  await expect(found.first()).toBeVisible();
  await expect(found.locator("mark").first()).toHaveText(/permissions|boundar|ceiling/i);
  await expect(page).toHaveURL(/q=permissions%20boundary%20ceiling$/);
  await field.fill("zzzzqqqq");
  await expect(page.getByRole("status")).toHaveText("Nothing has all of these words.");
});

test("what is searched for is text, never markup", async ({ page }) => {
  await page.goto(`/search/?q=${encodeURIComponent('<img src=x onerror="document.title=1"> (')}`);
  await expect(page.getByRole("status")).toHaveText(/Nothing|place/);
  await expect(page.locator("main img")).toHaveCount(0);
  await expect(page).toHaveTitle(/^Search/);
});

test.describe("offline", () => {
  test.use({ serviceWorkers: "allow" });

  test("lessons and the search are there after one visit", async ({ page, playground, context }) => {
    await playground.open();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
    const [first = ""] = await lessons(page);
    await context.setOffline(true);
    await page.goto(first);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await page.goto("/search/?q=S-042");
    await expect(page.locator(".found a").first()).toHaveText("S-042");
  });
});

test("an excerpt is cut between words, round the first word that was found", () => {
  const text = `${"before ".repeat(30)}needle ${"after ".repeat(60)}`.trim();
  const pieces = excerptOf(text, ["needle"]);
  expect(pieces.filter(({ marked }) => marked).map((one) => one.text)).toEqual(["needle"]);
  const all = pieces.map((one) => one.text).join("");
  expect(all).toMatch(/^… before .* after …$/);
  expect(all.length).toBeLessThan(230);
  expect(excerptOf("A short text", ["absent"])).toEqual([{ text: "A short text", marked: false }]);
  expect(excerptOf("x".repeat(500), ["absent"])[0]?.text).toHaveLength(221);
  expect(excerptOf("a (b", ["(b"])).toEqual([
    { text: "a ", marked: false },
    { text: "(b", marked: true },
  ]);
});
