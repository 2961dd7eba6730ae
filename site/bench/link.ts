// A slow line between the browser and the site: it holds for every request, be it the page's or the worker's.

import http from "node:http";
import type { AddressInfo } from "node:net";

export interface Line {
  /** Bits that pass in a second, over all connections together. */
  readonly bits: number;
  /** How long a request is on its way, there and back, and how long it takes to connect. */
  readonly delayMs: number;
}

export interface Link {
  readonly origin: string;
  /** Bytes of the answers so far, with their heads. */
  readonly bytes: number;
  close(): Promise<void>;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** openLink serves what another address of this machine serves, as it comes through a line. */
export async function openLink(to: string, line: Line): Promise<Link> {
  let bytes = 0;
  let freeAt = 0;
  const connected = new WeakSet<object>();

  /** Takes the line for some bytes, and waits until they have passed. */
  async function pass(count: number): Promise<void> {
    bytes += count;
    freeAt = Math.max(freeAt, performance.now()) + (count * 8 * 1000) / line.bits;
    await pause(freeAt - performance.now());
  }

  async function answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const connects = connected.has(request.socket) ? 0 : line.delayMs;
    connected.add(request.socket);
    await pause(connects + line.delayMs);
    const headers = { ...request.headers, connection: "close" };
    const from = await new Promise<http.IncomingMessage>((resolve, reject) => {
      http.get(new URL(request.url ?? "/", to), { headers }, resolve).on("error", reject);
    });
    const { connection: _, ...kept } = from.headers;
    await pass(from.rawHeaders.reduce((sum, part) => sum + part.length + 2, 0));
    response.writeHead(from.statusCode ?? 502, kept);
    for await (const chunk of from as AsyncIterable<Buffer>) {
      for (let at = 0; at < chunk.length; at += 4096) {
        const piece = chunk.subarray(at, at + 4096);
        await pass(piece.length);
        response.write(piece);
      }
    }
    response.end();
  }

  const server = http.createServer((request, response) => {
    answer(request, response).catch((cause: unknown) => response.destroy(cause instanceof Error ? cause : undefined));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get bytes() {
      return bytes;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
