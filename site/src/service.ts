// The service worker: keeps one whole version of the site, so that it works without a network, and nothing else.
// The generator gives it the list of files. A new version is fetched beside the old one, byte for byte as listed,
// and waits until a person takes it or the last tab of the old one is closed.

const scope = self as unknown as ServiceScope;
const prefix = "fenceline-";
const cacheName = prefix + siteVersion;

/** How many files are fetched at a time, so that the page's own requests are not kept waiting. */
const atATime = 4;

const isHashed = (path: string): boolean => path.startsWith("/assets/");

/** A name that changes with its content may come from whatever cache has it. */
async function fetched(path: string): Promise<Response> {
  const integrity = `sha256-${siteFiles[path]}`;
  const response = await fetch(path, { integrity, cache: isHashed(path) ? "default" : "no-cache", redirect: "error" });
  if (!response.ok) throw new Error(`${path}: the server answered ${response.status}`);
  return response;
}

async function install(): Promise<void> {
  const cache = await caches.open(cacheName);
  const paths = Object.keys(siteFiles);
  const next = async (): Promise<void> => {
    for (let path = paths.shift(); path !== undefined; path = paths.shift()) {
      const kept = isHashed(path) ? await caches.match(path, { ignoreVary: true }) : undefined;
      await cache.put(path, kept ?? (await fetched(path)));
    }
  };
  try {
    await Promise.all(Array.from({ length: atATime }, next));
  } catch (cause) {
    await caches.delete(cacheName);
    throw cause;
  }
}

async function activate(): Promise<void> {
  for (const name of await caches.keys()) {
    if (name.startsWith(prefix) && name !== cacheName) await caches.delete(name);
  }
  await scope.clients.claim();
}

/** A page's address may lack its last slash. */
function listed({ url, mode }: Request): string | undefined {
  const { origin, pathname } = new URL(url);
  if (origin !== location.origin) return undefined;
  const path = mode === "navigate" && !Object.hasOwn(siteFiles, pathname) ? `${pathname}/` : pathname;
  return Object.hasOwn(siteFiles, path) ? path : undefined;
}

/** Whatever is wrong with the cache, there is still the network. */
async function answer(path: string, request: Request): Promise<Response> {
  if (request.mode === "navigate" && new URL(request.url).pathname !== path) return Response.redirect(path, 301);
  try {
    const cache = await caches.open(cacheName);
    const kept = await cache.match(path, { ignoreVary: true });
    if (kept) return kept;
  } catch {
    // A browser may refuse or lose its cache.
  }
  return fetch(request);
}

scope.addEventListener("install", (event) => event.waitUntil(install()));
scope.addEventListener("activate", (event) => event.waitUntil(activate()));
scope.addEventListener("message", ({ data }) => {
  if (data === "use") void scope.skipWaiting();
});
scope.addEventListener("fetch", (event) => {
  const { request } = event;
  const path = request.method === "GET" ? listed(request) : undefined;
  if (path !== undefined) event.respondWith(answer(path, request));
});

export {};
