// What the service worker uses of its own world, which the types of a page don't have.

interface ServiceEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface ServiceFetchEvent extends ServiceEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

interface ServiceScope {
  addEventListener(type: "install" | "activate", listener: (event: ServiceEvent) => void): void;
  addEventListener(type: "fetch", listener: (event: ServiceFetchEvent) => void): void;
  addEventListener(type: "message", listener: (event: MessageEvent<unknown>) => void): void;
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
}

/** The site's files, by path, with the SHA-256 of each in base64; the generator writes them into the script. */
declare const siteFiles: Readonly<Record<string, string>>;

/** Changes with any of the files. */
declare const siteVersion: string;
