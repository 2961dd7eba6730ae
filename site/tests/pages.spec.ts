// The pages beside the playground: scenarios, rules, help, and what is said where there is nothing.

import { AxeBuilder } from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { expect, looks, test } from "./playground.ts";

const scenario = "/scenarios/frankfurt/frankfurt-application/";
const pages = [
  "/account/",
  "/scenarios/",
  scenario,
  "/lessons/",
  "/search/",
  "/rules/",
  "/reference/",
  "/help/",
  "/private/",
  "/nothing/here",
];

const widget = (page: Page): Locator => page.locator("fenceline-playground");
const live = (page: Page): Promise<void> => expect(widget(page)).toHaveAttribute("data-state", "live");

for (const { width, colorScheme } of looks) {
  test.describe(`${width} px, ${colorScheme}`, () => {
    test.use({ viewport: { width, height: 844 }, colorScheme });

    for (const path of pages) {
      test(`axe finds nothing on ${path}, and nothing is wider than the window`, async ({ page }) => {
        // The rules are a book's worth of text to look through.
        test.slow(path === "/rules/");
        await page.goto(path);
        if (path === scenario) await live(page);
        expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      });
    }
  });
}

test.describe("at 320 px", () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test("nothing is wider than the window", async ({ page }) => {
    for (const path of [...pages, "/play/"]) {
      await page.goto(path);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(320);
    }
  });
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a scenario's page shows its texts, its decision and why", async ({ page }) => {
    await page.goto(scenario);
    await expect(page.getByRole("heading", { level: 1 })).toContainText("What the application may do");
    await expect(widget(page).locator(".headline")).toContainText("Denied implicitly");
    await expect(widget(page).locator(".headline")).toContainText("no permissions boundary allows it");
    await expect(widget(page).locator(".explanation")).toContainText("A boundary is a ceiling");
    await expect(widget(page).getByLabel("Policy DynamoDB_Boundary_Frankfurt")).toHaveValue(/"dynamodb:PutItem"/);
    await expect(page.locator(".request-table tbody tr")).toHaveCount(8);
    await expect(page.locator(".request-table tbody tr").first()).toContainText("Allowed");
    await expect(page.locator("#unstarted")).toBeHidden();
  });
});

test("every link of every page leads somewhere", async ({ page }) => {
  const ids = new Map<string, Set<string>>();
  const links = new Map<string, string>();
  const waiting = ["/", "/lessons/", "/scenarios/", "/rules/", "/help/", "/private/", "/search/"];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (ids.has(path)) continue;
    const response = await page.request.get(path);
    expect(response.status(), `${path}, linked from ${links.get(path) ?? "nowhere"}`).toBe(200);
    const text = response.headers()["content-type"]?.startsWith("text/html") ? await response.text() : "";
    ids.set(path, new Set([...text.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id ?? "")));
    for (const [, href = ""] of text.matchAll(/ href="([^"]*)"/g)) {
      const { origin, pathname, hash } = new URL(href, `https://site${path}`);
      if (origin !== "https://site") continue;
      links.set(`${pathname}${pathname === "/play/" ? "" : hash}`, path);
      waiting.push(pathname);
    }
  }
  expect(ids.size).toBeGreaterThan(25);
  for (const [link, from] of links) {
    const [path = "", id] = link.split("#");
    if (id) expect(ids.get(path)?.has(decodeURIComponent(id)), `${link}, linked from ${from}`).toBe(true);
  }
});

test("a rule's number is an address", async ({ page }) => {
  await page.goto("/rules/#S-042");
  await expect(page.locator("#S-042")).toBeInViewport();
  await expect(page.locator("#S-042")).toContainText("prefix:name");
});

test("where there is nothing, a page says what to do", async ({ page }) => {
  const response = await page.goto("/scenarios/mfa/none/");
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("There is no such page");
  await page.locator("main").getByRole("link", { name: "All scenarios" }).click();
  await expect(page).toHaveURL(/\/scenarios\/$/);
});

test("a playground in a page decides live, is edited and reset", async ({ page }) => {
  await page.goto(scenario);
  await live(page);
  const headline = widget(page).locator(".headline");
  await expect(headline).toContainText("Denied implicitly");
  await widget(page).getByLabel("Request", { exact: true }).selectOption("Put an item into the Frankfurt table");
  await expect(headline).toContainText("Allowed");
  const reset = widget(page).getByRole("button", { name: "Reset" });
  await expect(reset).toBeDisabled();
  const open = widget(page).getByRole("link", { name: "Open in the playground" });
  await expect(open).toHaveAttribute("href", "/play/#scenario=frankfurt/frankfurt-application&request=0");

  await widget(page).getByLabel("Policy DynamoDB_Boundary_Frankfurt").focus();
  const editor = widget(page).locator("fenceline-editor .cm-content");
  await expect(editor).toBeFocused();
  await editor.getByText('"dynamodb:PutItem"').dblclick();
  await page.keyboard.type("x");
  await expect(headline).toContainText("Denied implicitly");
  await expect(headline).toContainText("no permissions boundary allows it");

  await expect(open).toHaveAttribute("href", /^\/play\/#v1\./);
  const [playground] = await Promise.all([page.context().waitForEvent("page"), open.click({ modifiers: ["Control"] })]);
  await expect(playground.locator("#decision .headline").first()).toContainText("Denied implicitly");
  await playground.close();

  await reset.click();
  await expect(headline).toContainText("Allowed");
  await expect(editor).toContainText("dynamodb:PutItem");
});

test("a text that breaks says where, and the next good one decides again", async ({ page }) => {
  await page.addInitScript(() => {
    // As on a telephone: the text field stays a text field.
    const real = window.matchMedia.bind(window);
    window.matchMedia = (query) => real(query === "(pointer: fine)" ? "not all" : query);
  });
  await page.goto(scenario);
  await live(page);
  const text = widget(page).getByLabel("Policy DynamoDB_Boundary_Frankfurt");
  const before = await text.inputValue();
  await text.fill(`${before.slice(0, 30)}\n`);
  await expect(widget(page).locator(".headline")).toContainText("Not evaluated");
  await expect(widget(page).locator(".hint")).toContainText("Line ");
  await text.fill(before.replace(`"dynamodb:PutItem"`, `"dynamodb:GetItem"`));
  await expect(widget(page).locator(".headline")).toContainText("Allowed");
});

test("becoming live moves nothing, and loads no editor", async ({ page }) => {
  await page.addInitScript(() => {
    const shifts: number[] = [];
    Object.assign(globalThis, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push((entry as PerformanceEntry & { value: number }).value);
    }).observe({ type: "layout-shift", buffered: true });
  });
  const requested: string[] = [];
  page.on("request", (request) => requested.push(request.url()));
  await page.goto(scenario);
  const height = await widget(page).evaluate((element) => element.getBoundingClientRect().height);
  await live(page);
  expect(await widget(page).evaluate((element) => element.getBoundingClientRect().height)).toBeCloseTo(height, -1);
  const shifts = (await page.evaluate("shifts")) as number[];
  expect(shifts.reduce((sum, value) => sum + value, 0)).toBeLessThan(0.02);
  const script = requested.filter((url) => url.endsWith(".js"));
  const sizes = await Promise.all(script.map(async (url) => (await (await page.request.get(url)).body()).length));
  // CodeMirror alone has more than this.
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(150_000);
});

test("where the engine can't start, what the page says stays", async ({ page }) => {
  await page.route("**/assets/engine-*.wasm", (route) => route.abort());
  await page.goto(scenario);
  await expect(widget(page)).toHaveAttribute("data-state", "failed");
  await expect(widget(page).locator(".headline")).toContainText("Denied implicitly");
});

test("a playground out of sight loads nothing", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 400 });
  const engines: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith(".wasm")) engines.push(request.url());
  });
  await page.route(`**${scenario}`, async (route) => {
    const response = await route.fetch();
    const spacer = `<pre>${"\n".repeat(120)}</pre>`;
    await route.fulfill({ response, body: (await response.text()).replace("<h1>", `${spacer}<h1>`) });
  });
  await page.goto(scenario);
  await page.waitForTimeout(500);
  expect(engines).toEqual([]);
  await widget(page).scrollIntoViewIfNeeded();
  await live(page);
});
