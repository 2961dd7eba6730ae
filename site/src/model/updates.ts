// Keeps the site for when there is no network, and tells when a new version of it is ready.

import { scriptAddress } from "../trusted.ts";

const script = "/service.js";

/** How long a new version may take to take over before the page is loaded again all the same. */
const patienceMs = 3000;

/** How often a page that stays open asks for a new version. */
const askMs = 60 * 60 * 1000;

/** whenInstalled calls back once with a worker that is ready to take over. */
function whenInstalled(worker: ServiceWorker | null, ready: (worker: ServiceWorker) => void): void {
  const look = (): void => {
    if (worker?.state !== "installed") return;
    worker.removeEventListener("statechange", look);
    ready(worker);
  };
  worker?.addEventListener("statechange", look);
  look();
}

let reloading = false;

function reload(): void {
  if (reloading) return;
  reloading = true;
  location.reload();
}

/** Lets a waiting version take over, and loads the page again, once. */
function take(container: ServiceWorkerContainer, worker: ServiceWorker): void {
  container.addEventListener("controllerchange", reload);
  setTimeout(reload, patienceMs);
  worker.postMessage("use");
}

/** A person who asked the browser to save data isn't sent the whole site. */
function savesData(): boolean {
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  return connection?.saveData === true;
}

/**
 * watchUpdates registers the service worker once the page has loaded, and calls back when another version of the site
 * is ready; `use` shows it, by loading the page again. Where there can be no service worker, nothing happens.
 */
export function watchUpdates(onReady: (use: () => void) => void): void {
  const container = "serviceWorker" in navigator ? navigator.serviceWorker : undefined;
  if (!container || savesData()) return;
  const controlled = container.controller !== null;
  const watch = (registration: ServiceWorkerRegistration | undefined): void => {
    // What blocks service workers for a browser may answer nothing at all.
    if (!registration) return;
    const offered = new Set<ServiceWorker>();
    const offer = (worker: ServiceWorker): void => {
      // The first version of all has nothing to take over from.
      if (!registration.active || offered.has(worker)) return;
      offered.add(worker);
      onReady(() => take(container, worker));
    };
    whenInstalled(registration.waiting, offer);
    whenInstalled(registration.installing, offer);
    registration.addEventListener("updatefound", () => whenInstalled(registration.installing, offer));
    setInterval(() => void registration.update().catch(() => {}), askMs);
  };
  // Another tab took the new version: this one is of the old.
  if (controlled) container.addEventListener("controllerchange", () => onReady(reload), { once: true });
  const register = (): void => {
    container.register(scriptAddress(script), { updateViaCache: "none" }).then(watch, () => {});
  };
  if (document.readyState === "complete") register();
  else addEventListener("load", register, { once: true });
}
