// The page's side of the engine: one worker at a time, one call at a time.

import type { Answer, Call, FromWorker, ToWorker } from "./protocol.ts";

/** How long a call may take before its worker is taken for dead. */
export const patienceMs = 5000;

/** Addresses of the worker's script and of the engine that it starts. */
export interface EngineFiles {
  readonly worker: string;
  readonly engine: string;
}

/** The engine died on a call, or never started. */
export class EngineStopped extends Error {
  constructor(
    reason: string,
    /** Whether it had started: then the call is to blame. */
    readonly wasReady: boolean,
  ) {
    super(reason);
  }
}

/** The only script address that this page makes. */
const scripts = window.trustedTypes?.createPolicy("fenceline", { createScriptURL: (url) => url });

interface Pending {
  readonly id: number;
  resolve(answer: Answer): void;
  reject(cause: EngineStopped): void;
}

/** EngineClient starts a worker when it is first asked, and a new one after each death. */
export class EngineClient {
  #files: EngineFiles;
  #worker: Worker | undefined;
  #ready = false;
  #calls = 0;
  #pending: Pending | undefined;
  #queued: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(files: EngineFiles) {
    this.#files = files;
  }

  /** ask sends one call; the one before must have been answered. */
  ask(call: Call): Promise<Answer> {
    if (this.#pending) return Promise.reject(new Error("the engine is still at the call before"));
    return new Promise((resolve, reject) => {
      this.#pending = { id: ++this.#calls, resolve, reject };
      this.#queued = JSON.stringify(call);
      if (this.#worker) this.#post();
      else this.start();
    });
  }

  /** start makes the worker ready before the first call. */
  start(): void {
    if (this.#worker) return;
    const address = scripts?.createScriptURL(this.#files.worker) ?? this.#files.worker;
    const worker = new Worker(address as string, { type: "module" });
    this.#worker = worker;
    worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => this.#hear(worker, data));
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.#bury(worker, event.message || "its worker could not be loaded");
    });
    this.#tell({ engine: this.#files.engine });
  }

  #tell(message: ToWorker): void {
    this.#worker?.postMessage(message);
  }

  #post(): void {
    const worker = this.#worker;
    if (!worker || !this.#ready || !this.#pending || this.#queued === undefined) return;
    this.#tell({ id: this.#pending.id, call: this.#queued });
    this.#queued = undefined;
    const seconds = patienceMs / 1000;
    this.#timer = setTimeout(() => this.#bury(worker, `it gave no answer in ${seconds} seconds`), patienceMs);
  }

  #hear(worker: Worker, message: FromWorker): void {
    if (worker !== this.#worker) return;
    switch (message.kind) {
      case "ready":
        this.#ready = true;
        this.#post();
        return;
      case "dead":
        this.#bury(worker, message.reason);
        return;
      case "answer": {
        if (message.id !== this.#pending?.id) return;
        clearTimeout(this.#timer);
        const { resolve } = this.#pending;
        this.#pending = undefined;
        resolve(JSON.parse(message.answer) as Answer);
      }
    }
  }

  #bury(worker: Worker, reason: string): void {
    if (worker !== this.#worker) return;
    worker.terminate();
    clearTimeout(this.#timer);
    const pending = this.#pending;
    const wasReady = this.#ready;
    this.#worker = undefined;
    this.#ready = false;
    this.#pending = undefined;
    this.#queued = undefined;
    pending?.reject(new EngineStopped(reason, wasReady));
  }
}
