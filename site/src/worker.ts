// The engine's worker: starts the Go program and passes calls to it. Whatever
// ends the program is told to the page, which starts a new worker.

import "wasm_exec";
import type { FromWorker, ToWorker } from "./engine/protocol.ts";

declare global {
  /** The one function that the Go program registers: a call in, an answer out. */
  var fencelineCall: ((call: string) => string) | undefined;
}

function send(message: FromWorker): void {
  self.postMessage(message);
}

function die(reason: unknown): void {
  send({ kind: "dead", reason: reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason) });
}

/**
 * How far the engine's heap may grow between collections, in percent. What lives is small, a few megabytes, and a
 * collection stands in the way of a key that was pressed: fewer of them are worth some more memory.
 */
const heapGrowth = "400";

/** How often the page hears how far the engine is loaded. */
const progressMs = 100;

/** counted passes a response on, and tells the page how much of it has come. */
function counted(response: Response, total: number): Response {
  let loaded = 0;
  let told = performance.now();
  const count = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      controller.enqueue(chunk);
      loaded += chunk.byteLength;
      const now = performance.now();
      if (now - told < progressMs) return;
      told = now;
      send({ kind: "progress", loaded, total });
    },
  });
  const { headers, status, statusText } = response;
  return new Response(response.body?.pipeThrough(count) ?? null, { headers, status, statusText });
}

async function start(url: string, bytes: number): Promise<void> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the server answered ${response.status} for the engine`);
  const go = new Go();
  go.env = { GOGC: heapGrowth };
  const { instance } = await WebAssembly.instantiateStreaming(counted(response, bytes), go.importObject);
  void go.run(instance).then(() => die("the engine's program ended"), die);
  if (globalThis.fencelineCall) send({ kind: "ready" });
  else die("the engine registered no function");
}

function run(call: string): string | undefined {
  try {
    if (!globalThis.fencelineCall) throw new Error("the engine is not running");
    return globalThis.fencelineCall(call);
  } catch (cause) {
    // An exception that crossed the boundary leaves the Go program in pieces.
    die(cause);
    return undefined;
  }
}

/** Browsers compile well only what ran often: for so long the engine runs its first call again, unheard. */
const rehearsalMs = 400;

/** A rehearsal begins after a rest, and is over when one run takes so long that a call would have to wait for it. */
const restMs = 300;
const longestRunMs = 60;

/** The first call runs before anything is compiled well; what takes longer even so is never rehearsed. */
const longestFirstMs = 300;

/** rehearse makes the first keys as quick as the later ones. Calls that come meanwhile are answered between two runs. */
function rehearse(call: string, spent = 0): void {
  const began = performance.now();
  const alive = run(call) !== undefined;
  const took = performance.now() - began;
  if (alive && took < longestRunMs && spent + took < rehearsalMs) {
    setTimeout(() => rehearse(call, spent + took), took);
  }
}

/** A rehearsal may run a call again only if that changes nothing: an account that is read keeps what it was given. */
const harmless = (call: string): boolean => !call.startsWith('{"call":"account');

/** Whether the first call was answered, and is rehearsed if it is to be. */
let rehearsed = false;

function answer(id: number, call: string): void {
  const began = performance.now();
  const answer = run(call);
  if (answer === undefined) return;
  send({ kind: "answer", id, answer });
  const first = !rehearsed;
  rehearsed = true;
  if (first && harmless(call) && performance.now() - began < longestFirstMs) setTimeout(() => rehearse(call), restMs);
}

self.addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  if ("engine" in data) start(data.engine, data.bytes).catch(die);
  else answer(data.id, data.call);
});
