// Part of the site only while `./build.sh serve` watches its texts: loads the page again once they were saved.
let present;
new EventSource("/reload").onmessage = async ({ data }) => {
  present ??= data;
  if (data === present) return;
  // What the service worker keeps is the site as it was.
  for (const one of (await navigator.serviceWorker?.getRegistrations()) ?? []) await one.unregister();
  for (const name of (await globalThis.caches?.keys()) ?? []) await caches.delete(name);
  location.reload();
};
