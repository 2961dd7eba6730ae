// The page's side of the engine: one worker at a time, one call after the other.

import { scriptAddress } from "../trusted.ts";
import type { Answer, AnswerOf, Call, FromWorker, ToWorker } from "./protocol.ts";

/** How long a call may take before its worker is taken for dead. */
export const patienceMs = 5000;

/** Addresses of the worker's script and of the engine that it starts, and the engine's size. */
export interface EngineFiles {
  readonly worker: string;
  readonly engine: string;
  /** What there is to load, in bytes: a response only tells how many are sent, which is fewer. */
  readonly bytes: number;
}

/** How far the engine is loaded, in bytes. */
export interface Loading {
  readonly loaded: number;
  readonly total: number;
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

/** A half of a character, which a program may make but UTF-8 can't carry, becomes the character for what can't be shown. */
const wellFormed = (_: string, value: unknown): unknown =>
  typeof value === "string" ? value.replace(/\p{Cs}/gu, "\ufffd") : value;

interface Pending {
  readonly id: number;
  readonly call: string;
  resolve(answer: Answer<unknown>): void;
  reject(cause: EngineStopped): void;
}

/** EngineClient starts a worker when it is first asked, and a new one after each death. */
export class EngineClient {
  #files: EngineFiles;
  #worker: Worker | undefined;
  #ready = false;
  #calls = 0;
  /** Calls in their order; the first is with the worker once that is ready. */
  readonly #calling: Pending[] = [];
  #posted = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #watchers = new Set<(loading: Loading) => void>();
  /** What a worker was told that answers to later calls need: a new worker is told it first. */
  #told: string | undefined;

  constructor(files: EngineFiles) {
    this.#files = files;
  }

  /** ask sends a call, after those before it. */
  ask<C extends Call>(call: C): Promise<Answer<AnswerOf<C>>> {
    return new Promise((resolve, reject) => {
      const text = JSON.stringify(call, wellFormed);
      // What the engine answers to a call is what the protocol says.
      const give = resolve as (answer: Answer<unknown>) => void;
      this.#calling.push({ id: ++this.#calls, call: text, resolve: give, reject });
      if (this.#worker) this.#post();
      else this.start();
    });
  }

  /** tell is ask for a call that the engine keeps something of: each new worker gets it again. There is one such call. */
  async tell<C extends Call>(call: C): Promise<Answer<AnswerOf<C>>> {
    const answer = await this.ask(call);
    if (answer.ok) this.#told = JSON.stringify(call);
    return answer;
  }

  /** start makes the worker ready before the first call. */
  start(): void {
    if (this.#worker) return;
    const worker = new Worker(scriptAddress(this.#files.worker), { type: "module" });
    this.#worker = worker;
    this.#tellAgain();
    worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => this.#hear(worker, data));
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.#bury(worker, event.message || "its worker could not be loaded");
    });
    this.#tell({ engine: this.#files.engine, bytes: this.#files.bytes });
  }

  #tellAgain(): void {
    const call = this.#told;
    if (call === undefined) return;
    // Where this is what kills the engine, it does without from then on.
    this.#told = undefined;
    const resolve = (answer: Answer<unknown>): void => {
      if (answer.ok) this.#told ??= call;
    };
    this.#calling.unshift({ id: ++this.#calls, call, resolve, reject: () => {} });
  }

  /** watchLoading tells how far the engine is loaded, while it is; the answer stops that. */
  watchLoading(watcher: (loading: Loading) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  #tell(message: ToWorker): void {
    this.#worker?.postMessage(message);
  }

  #post(): void {
    const worker = this.#worker;
    const [next] = this.#calling;
    if (!worker || !this.#ready || this.#posted || !next) return;
    this.#posted = true;
    this.#tell({ id: next.id, call: next.call });
    const seconds = patienceMs / 1000;
    this.#timer = setTimeout(() => this.#bury(worker, `it gave no answer in ${seconds} seconds`), patienceMs);
  }

  #hear(worker: Worker, message: FromWorker): void {
    if (worker !== this.#worker) return;
    switch (message.kind) {
      case "progress":
        for (const watcher of this.#watchers) watcher({ loaded: message.loaded, total: message.total });
        return;
      case "ready":
        this.#ready = true;
        this.#post();
        return;
      case "dead":
        this.#bury(worker, message.reason);
        return;
      case "answer": {
        if (message.id !== this.#calling[0]?.id) return;
        clearTimeout(this.#timer);
        const answered = this.#calling.shift();
        this.#posted = false;
        this.#post();
        answered?.resolve(JSON.parse(message.answer) as Answer<unknown>);
      }
    }
  }

  #bury(worker: Worker, reason: string): void {
    if (worker !== this.#worker) return;
    worker.terminate();
    clearTimeout(this.#timer);
    const wasReady = this.#ready;
    // A call that was not yet with the worker is not to blame; without an engine it can't be answered either.
    const lost = this.#posted ? this.#calling.splice(0, 1) : this.#calling.splice(0);
    this.#worker = undefined;
    this.#ready = false;
    this.#posted = false;
    for (const { reject } of lost) reject(new EngineStopped(reason, wasReady));
    if (this.#calling.length > 0) this.start();
  }
}
