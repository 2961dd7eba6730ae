// A first visit, from a cold cache.

import { type Browser, test } from "@playwright/test";
import { median, report } from "./figures.ts";
import { openLink } from "./link.ts";
import { decided, watch } from "./watch.ts";

const visits = 7;

interface Visit {
  readonly paint: number;
  readonly decision: number;
  readonly engine: number;
}

async function visit(browser: Browser, address: string): Promise<Visit> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await watch(page);
  await page.goto(address);
  await decided(page);
  const seen = await page.evaluate(() => ({
    paint: performance.getEntriesByName("first-paint")[0]?.startTime ?? NaN,
    decision: watched.decisions[0] ?? NaN,
    engine: watched.engineReady ?? NaN,
  }));
  await context.close();
  return seen;
}

const medianOf = (all: readonly Visit[], key: keyof Visit): number => median(all.map((one) => one[key]));

test("a first visit on this machine", async ({ browser, baseURL }) => {
  const all: Visit[] = [];
  for (let i = 0; i < visits; i++) all.push(await visit(browser, baseURL ?? ""));
  report({ what: "first visit: first paint", value: medianOf(all, "paint"), unit: "ms", limit: 500 });
  report({ what: "first visit: the engine is ready", value: medianOf(all, "engine"), unit: "ms" });
  report({ what: "first visit: first live decision", value: medianOf(all, "decision"), unit: "ms", limit: 1500 });
});

test("a first visit over a slow line", async ({ browser, baseURL }) => {
  const all: Visit[] = [];
  const bytes: number[] = [];
  for (let i = 0; i < visits; i++) {
    const link = await openLink(baseURL ?? "", { bits: 10e6, delayMs: 40 });
    all.push(await visit(browser, link.origin));
    bytes.push(link.bytes);
    await link.close();
  }
  const line = "first visit, 10 Mbit/s and 40 ms";
  report({ what: `${line}: on the wire`, value: median(bytes) / 1024, unit: "KB" });
  report({ what: `${line}: first paint`, value: medianOf(all, "paint"), unit: "ms" });
  report({ what: `${line}: the engine is ready`, value: medianOf(all, "engine"), unit: "ms" });
  report({ what: `${line}: first live decision`, value: medianOf(all, "decision"), unit: "ms", limit: 3000 });
});
