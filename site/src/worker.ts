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

async function start(url: string): Promise<void> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the server answered ${response.status} for the engine`);
  const go = new Go();
  const { instance } = await WebAssembly.instantiateStreaming(response, go.importObject);
  void go.run(instance).then(() => die("the engine's program ended"), die);
  if (globalThis.fencelineCall) send({ kind: "ready" });
  else die("the engine registered no function");
}

function answer(id: number, call: string): void {
  try {
    if (!globalThis.fencelineCall) throw new Error("the engine is not running");
    send({ kind: "answer", id, answer: globalThis.fencelineCall(call) });
  } catch (cause) {
    // An exception that crossed the boundary leaves the Go program in pieces.
    die(cause);
  }
}

self.addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  if ("engine" in data) start(data.engine).catch(die);
  else answer(data.id, data.call);
});
