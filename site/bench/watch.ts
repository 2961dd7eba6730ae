// What is watched in a page: its marks, its long tasks, and its engine's start.

import type { Page } from "@playwright/test";
import { decisionMark } from "../src/view/timing.ts";

/** What the page knows of its own time, in milliseconds from its beginning. */
export interface Watched {
  /** When decisions were on the page. */
  readonly decisions: number[];
  /** When the keys before them went down. */
  readonly keys: number[];
  /** Tasks of the main thread over 50 ms. */
  readonly longTasks: number[];
  /** From asking for the engine's worker until it was ready for calls. */
  engineReady?: number;
}

declare global {
  var watched: Watched;
}

/** watch begins with the page's next address. */
export async function watch(page: Page): Promise<void> {
  await page.addInitScript((mark) => {
    const watched: Watched = { decisions: [], keys: [], longTasks: [] };
    globalThis.watched = watched;
    addEventListener("keydown", ({ timeStamp }) => watched.keys.push(timeStamp), true);
    new PerformanceObserver((list) => {
      for (const { startTime } of list.getEntriesByName(mark)) watched.decisions.push(startTime);
    }).observe({ type: "mark", buffered: true });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) watched.longTasks.push(duration);
    }).observe({ type: "longtask", buffered: true });
    globalThis.Worker = class extends Worker {
      constructor(...given: ConstructorParameters<typeof Worker>) {
        const began = performance.now();
        super(...given);
        const hear = ({ data }: MessageEvent<{ kind?: string }>): void => {
          if (data.kind !== "ready") return;
          watched.engineReady = performance.now() - began;
          this.removeEventListener("message", hear);
        };
        this.addEventListener("message", hear);
      }
    };
  }, decisionMark);
}

/** decided waits until the page showed some decisions. */
export async function decided(page: Page, count = 1): Promise<void> {
  await page.waitForFunction((least) => watched.decisions.length >= least, count);
}
