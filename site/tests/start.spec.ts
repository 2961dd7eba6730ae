// How the page starts, and what it says where it can't.

import { expect, firstTitle, test } from "./playground.ts";

const stillDecision = /Denied implicitly/;

test("without WebAssembly the page says so, and its decision stays readable", async ({ page, playground }) => {
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, "WebAssembly"));
  await page.goto("/play/");
  const notice = page.getByRole("alert");
  await expect(notice).toContainText("This browser lacks WebAssembly, in which the engine is written");
  await expect(notice).toContainText("go run ./engine/cmd/fenceline eval FILE");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(firstTitle);
  await expect(playground.headline).toContainText(stillDecision);
  await expect(page.locator("fenceline-app")).toHaveCount(0);
});

test("a feature that is not needed to decide is named, and the page starts", async ({ page, playground }) => {
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, "CompressionStream"));
  await playground.open();
  await expect(page.getByRole("alert")).toContainText("lacks CompressionStream, which makes links");
  await expect(playground.headline).toContainText(stillDecision);
});

test("a browser that has everything is told nothing", async ({ page, playground }) => {
  await playground.open();
  await expect(page.locator("#lacking")).toBeHidden();
  await expect(page.locator("#unstarted")).toBeHidden();
});

for (const script of ["page", "start"]) {
  test(`where ${script}.js is held back the page says so`, async ({ page, playground, complaints }) => {
    await page.route(`**/assets/${script}-*.js`, (route) => route.abort("blockedbyclient"));
    await page.goto("/play/");
    await expect(page.getByRole("alert")).toContainText("The page's script did not load");
    await expect(playground.headline).toContainText(stillDecision);
    // A module that can't be imported is the page's own error here.
    complaints.length = 0;
  });
}

test("where the script never comes the page says so after a while", async ({ page }) => {
  await page.clock.install();
  await page.route("**/assets/page-*.js", () => {});
  await page.goto("/play/", { waitUntil: "commit" });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(firstTitle);
  await expect(page.locator("#unstarted")).toBeHidden();
  await page.clock.fastForward(20_000);
  await expect(page.getByRole("alert")).toContainText("The page's script did not load");
  await page.unrouteAll({ behavior: "ignoreErrors" });
});

test("an old browser, without modules, is told so", async ({ page }) => {
  await page.goto("/play/");
  const address = (await page.locator("script[nomodule]").getAttribute("src")) ?? "";
  const script = await (await page.request.get(address)).text();
  await page.route("**/assets/page-*.js", (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
  await page.goto("/play/");
  // What this browser passes over, since it has modules, is run all the same.
  await page.evaluate(script);
  await expect(page.getByRole("alert")).toContainText("This browser lacks JavaScript modules");
});

test("while the engine loads the page hears how far it is, and it is loaded once", async ({ page, playground }) => {
  await page.addInitScript(() => {
    const heard: unknown[] = [];
    Object.assign(globalThis, { heard });
    globalThis.Worker = class extends Worker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        this.addEventListener("message", ({ data }: MessageEvent<{ kind: string }>) => heard.push(data));
      }
    };
  });
  let engines = 0;
  page.context().on("request", (request) => {
    if (request.url().endsWith(".wasm")) engines++;
  });
  const network = await page.context().newCDPSession(page);
  await network.send("Network.enable");
  const perSecond = 1_500_000;
  await network.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 0,
    downloadThroughput: perSecond,
    uploadThroughput: perSecond,
  });
  await playground.open();
  const heard = (await page.evaluate("heard")) as { kind: string; loaded: number; total: number }[];
  const progress = heard.filter(({ kind }) => kind === "progress");
  expect(progress.length).toBeGreaterThan(1);
  expect(progress.every(({ loaded, total }, at) => loaded > (progress[at - 1]?.loaded ?? 0) && loaded <= total)).toBe(
    true,
  );
  expect(engines).toBe(1);
});

test("a chosen theme is there before anything is drawn, whatever the system's is", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await page.addInitScript(() => localStorage.setItem("fenceline.settings.1", `{"theme":"dark","live":"yes"}`));
  await page.route("**/assets/page-*.js", (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
  await page.goto("/play/");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.locator("body")).toHaveCSS("background-color", "rgb(22, 24, 26)");
  const frame = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLMetaElement>("meta[name=theme-color]")]
      .filter(({ media }) => matchMedia(media).matches)
      .map(({ content }) => content),
  );
  expect(frame).toEqual(["#16181a"]);
});

test("settings that can't be read are as if there were none", async ({ page, playground }) => {
  await page.addInitScript(() => localStorage.setItem("fenceline.settings.1", `{"theme":`));
  await playground.open();
  await expect(page.locator("html")).not.toHaveAttribute("data-theme");
});
