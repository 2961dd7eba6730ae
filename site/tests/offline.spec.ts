// The service worker: the site without a network, and new versions of it.

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { BrowserContext, Page } from "@playwright/test";
import type { ScenarioEntry } from "../src/catalog.ts";
import { expect, firstTitle, mfaScenario, Playground, test } from "./playground.ts";

test.use({ serviceWorkers: "allow" });

/** The whole site is kept once its service worker is at work. */
async function kept(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    if (active?.state === "activated") return;
    await new Promise((resolve) => active?.addEventListener("statechange", resolve, { once: true }));
  });
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
}

/** The addresses of everything in the browser's caches. */
function cachedAddresses(page: Page): Promise<string[][]> {
  return page.evaluate(async () => {
    const names = await caches.keys();
    return Promise.all(
      names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)),
    );
  });
}

test("after one visit the playground opens and decides without a network", async ({ page, playground, context }) => {
  await playground.open();
  await kept(page);
  await context.setOffline(true);
  await page.reload();
  await playground.live();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(firstTitle);
  await playground.choose(mfaScenario);
  await expect(playground.headline).toContainText("Allowed");
  await playground.retype("StopNeedsMFA", "aws:MultiFactorAuthPresent", "true", "false");
  await expect(playground.headline).toContainText("Denied implicitly");
  for (const address of ["/", "/play", "/play/?from=home"]) {
    await page.goto(address);
    await playground.live();
  }
});

test("every scenario opens without a network", async ({ page, playground, context }) => {
  await playground.open();
  await kept(page);
  await context.setOffline(true);
  await page.reload();
  const entries: ScenarioEntry[] = await page.evaluate(async () => (await fetch("/scenarios/index.json")).json());
  expect(entries.length).toBeGreaterThan(15);
  for (const { path, title, start } of entries) {
    await page.goto(`/play/#scenario=${path.replace(/^\/scenarios\/|\.json$/g, "")}&request=${start}`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  }
  await playground.live();
  await expect(playground.headline).toContainText(/Allowed|Denied|Depends/);
});

test("nothing but the site's own files is kept, and nothing else is asked for", async ({
  page,
  playground,
  context,
}) => {
  const elsewhere: string[] = [];
  context.on("request", (request) => {
    if (new URL(request.url()).hostname !== "127.0.0.1") elsewhere.push(request.url());
  });
  await playground.open();
  await kept(page);
  const response = await page.evaluate(async () => (await fetch("/schemas/scenario.schema.json")).status);
  expect(response).toBe(200);
  const [files = [], ...others] = await cachedAddresses(page);
  expect(others).toEqual([]);
  expect(files).toContain("/play/");
  expect(files.filter((file) => file.startsWith("/schemas/"))).toEqual([]);
  for (const file of files) expect((await page.request.get(file)).status(), file).toBe(200);
  expect(elsewhere).toEqual([]);
});

test("a browser that refuses its caches still has the network", async ({ page, playground }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator.serviceWorker, "register", {
      value: () => Promise.reject(new DOMException("refused", "SecurityError")),
    });
  });
  await playground.open();
  await expect(playground.headline).toContainText("Denied implicitly");
});

test("a cache that lost its files is no hindrance", async ({ page, playground }) => {
  await playground.open();
  await kept(page);
  await page.evaluate(async () => {
    for (const name of await caches.keys()) await caches.delete(name);
  });
  await page.reload();
  await playground.live();
  expect(await page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
});

/** A server in front of the site's, which can have a later version of it. */
class Deployment {
  readonly #server: Server;
  later = false;
  /** Whether a file of the later version is another than its list says. */
  damaged = false;
  reachable = true;

  constructor(site: string) {
    this.#server = createServer((request, response) => {
      if (!this.reachable) return void response.destroy();
      void (async () => {
        const upstream = await fetch(site + request.url, { redirect: "manual" });
        const headers = new Map(upstream.headers);
        headers.delete("content-encoding");
        headers.delete("content-length");
        headers.delete("etag");
        response.writeHead(upstream.status, Object.fromEntries(headers));
        response.end(this.#edit(request.url ?? "", Buffer.from(await upstream.arrayBuffer())));
      })();
    });
  }

  /** The later version only differs in the name of its cache, as if some file had changed. */
  #edit(address: string, body: Buffer): Buffer {
    if (this.damaged && address === "/scenarios/index.json") return Buffer.from("[]");
    if (!this.later || address !== "/service.js") return body;
    const script = body.toString();
    const changed = script.replace(/"[0-9a-f]{12}"/, '"aaaaaaaaaaaa"');
    if (changed === script) throw new Error("the script names no version");
    return Buffer.from(changed);
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

/** Opens the playground from a deployment of its own. */
async function deployed(
  baseURL: string | undefined,
  context: BrowserContext,
  run: (deployment: Deployment, page: Page, origin: string) => Promise<void>,
): Promise<void> {
  const deployment = new Deployment(baseURL ?? "");
  const origin = await deployment.open();
  try {
    const page = await context.newPage();
    await page.goto(`${origin}/play/`);
    await new Playground(page).live();
    await kept(page);
    await run(deployment, page, origin);
  } finally {
    deployment.close();
  }
}

const askForUpdate = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    await (await navigator.serviceWorker.getRegistration())?.update();
  });

test("a new version is offered, taken, and finds the work as it was", async ({ baseURL, context }) => {
  await deployed(baseURL, context, async (deployment, page, origin) => {
    const playground = new Playground(page);
    await playground.choose(mfaScenario);
    await playground.retype("StopNeedsMFA", "aws:MultiFactorAuthPresent", "true", "false");
    await expect(playground.headline).toContainText("Denied implicitly");
    await expect(page.getByRole("button", { name: "Use it" })).toHaveCount(0);

    deployment.later = true;
    await askForUpdate(page);
    await expect(page.getByText("A new version is ready")).toBeVisible();
    expect(await page.evaluate(() => caches.keys())).toHaveLength(2);

    let loads = 0;
    page.on("load", () => loads++);
    const loaded = page.waitForEvent("load");
    await page.getByRole("button", { name: "Use it" }).click();
    await loaded;
    await expect.poll(() => page.evaluate(() => caches.keys())).toEqual(["fenceline-aaaaaaaaaaaa"]);
    await playground.live();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(mfaScenario);
    await expect(playground.headline).toContainText("Denied implicitly");
    await expect(page.getByText("A new version is ready")).toHaveCount(0);
    expect(loads).toBe(1);

    deployment.reachable = false;
    await page.goto(`${origin}/play/`);
    await playground.live();
  });
});

test(
  "without its server the page opens and decides from what it kept",
  { tag: "@main" },
  async ({ baseURL, context }) => {
    await deployed(baseURL, context, async (deployment, page) => {
      deployment.reachable = false;
      await page.reload();
      const playground = new Playground(page);
      await playground.live();
      await playground.choose(mfaScenario);
      await playground.retype("StopNeedsMFA", "aws:MultiFactorAuthPresent", "true", "false");
      await expect(playground.headline).toContainText("Denied implicitly");
    });
  },
);

test("a version that is turned down waits until the tabs of the old one are closed", async ({ baseURL, context }) => {
  await deployed(baseURL, context, async (deployment, page, origin) => {
    deployment.later = true;
    await askForUpdate(page);
    await page.getByRole("button", { name: "Later" }).click();
    await expect(page.getByText("A new version is ready")).toHaveCount(0);
    expect(await page.evaluate(() => caches.keys())).toHaveLength(2);
    await page.close();
    const next = await context.newPage();
    // A tab that opens before the browser has let go of the old one is still of the old version.
    await expect(async () => {
      await next.goto("about:blank");
      await next.goto(`${origin}/play/`);
      expect(await next.evaluate(() => caches.keys())).toEqual(["fenceline-aaaaaaaaaaaa"]);
    }).toPass();
  });
});

test("a version that does not arrive as it is listed is not offered", async ({ baseURL, context }) => {
  await deployed(baseURL, context, async (deployment, page) => {
    const before = await page.evaluate(() => caches.keys());
    deployment.later = true;
    deployment.damaged = true;
    const fate = await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      await registration?.update();
      const worker = registration?.installing;
      await new Promise((resolve) => worker?.addEventListener("statechange", resolve, { once: true }));
      return worker?.state;
    });
    expect(fate).toBe("redundant");
    expect(await page.evaluate(() => caches.keys())).toEqual(before);
    await expect(page.getByText("A new version is ready")).toHaveCount(0);
    await page.reload();
    await new Playground(page).live();
  });
});
