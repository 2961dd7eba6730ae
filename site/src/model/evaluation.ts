// The engine's last word on the work, and which texts it is about.

import { type EngineClient, EngineStopped } from "../engine/client.ts";
import type { EvaluateCall } from "../engine/protocol.ts";
import type { Problem, RequestResult, Result } from "./result.ts";
import type { Workspace } from "./workspace.ts";

/** What the engine is doing, for people. */
export type EngineState =
  /** How far it is loaded, in bytes, as soon as that is known. */
  | { readonly kind: "loading"; readonly loaded?: number; readonly total?: number }
  | { readonly kind: "ready" }
  /** It never started. */
  | { readonly kind: "failed"; readonly reason: string }
  /** It died on the present texts; it is asked again when they change. */
  | { readonly kind: "stopped"; readonly reason: string }
  /** It lives, but gave no result for the present texts. */
  | { readonly kind: "refused"; readonly reason: string };

/** How long an evaluation may take before the result from before it no longer stands in for its own. */
const blinkMs = 500;

/** The most problems of one text that are listed and underlined. */
const mostProblems = 100;

/** firstProblems keeps the first problems of each text. */
function firstProblems(all: readonly Problem[]): Problem[] {
  const counts = new Map<string | undefined, number>();
  return all.filter(({ policy }) => {
    const count = (counts.get(policy) ?? 0) + 1;
    counts.set(policy, count);
    return count <= mostProblems;
  });
}

/** What is evaluated: the work, and the call that asks about it. */
export interface Question {
  readonly workspace: Workspace;
  readonly call: EvaluateCall;
}

/** Evaluation asks the engine about the newest texts, one call at a time. */
export class Evaluation {
  readonly #engine: EngineClient;
  readonly #question: () => Question;
  readonly #tell: () => void;
  readonly #lastGood = new Map<number, RequestResult>();
  #state: EngineState = { kind: "loading" };
  #result: Result | undefined;
  #problems: readonly Problem[] = [];
  #answered: Workspace | undefined;
  #busy = false;
  #stale = false;
  #slow = false;
  readonly #unwatch: () => void;

  /** An evaluation of whatever the question is when the engine is free; each change of its answer is told. */
  constructor(engine: EngineClient, question: () => Question, tell: () => void) {
    this.#engine = engine;
    this.#question = question;
    this.#tell = tell;
    this.#unwatch = engine.watchLoading((loading) => {
      if (this.#state.kind !== "loading") return;
      this.#state = { kind: "loading", ...loading };
      this.#tell();
    });
  }

  get state(): EngineState {
    return this.#state;
  }

  get result(): Result | undefined {
    return this.#result;
  }

  /** The first problems of each text. */
  get problems(): readonly Problem[] {
    return this.#problems;
  }

  /** Whether the engine is at work on the present texts. */
  get busy(): boolean {
    return this.#busy;
  }

  /** Whether the engine, which answered last time, is at work: then its answer is told within a blink, or that there is none yet. */
  get answersSoon(): boolean {
    return this.#busy && !this.#slow && this.#state.kind === "ready";
  }

  /** The last result of a request that was evaluated. */
  lastGoodOf(index: number): RequestResult | undefined {
    return this.#lastGood.get(index);
  }

  /** Whether the result is about these texts, or will be in a blink. */
  isAbout({ scenario, policies, without }: Workspace): boolean {
    const about = this.#answered;
    const answered = about?.scenario === scenario && about.policies === policies && about.without === without;
    return answered || (this.#busy && !this.#slow);
  }

  /** Takes a result that is known to be about the work. */
  take(result: Result, about: Workspace): void {
    this.#result = result;
    this.#answered = about;
    this.#problems = firstProblems(result.problems);
    result.results.forEach((one, index) => {
      if (!one.error) this.#lastGood.set(index, one);
    });
  }

  /** Forgets all results, since the work was replaced by other work. */
  forget(): void {
    this.#lastGood.clear();
    this.#result = undefined;
    this.#problems = [];
    this.#answered = undefined;
  }

  /** Keeps results with their requests where these change places: the order names where each request stood. */
  rearrange(order: readonly number[]): void {
    if (this.#result) {
      const { results } = this.#result;
      this.#result = { ...this.#result, results: order.flatMap((at) => results[at] ?? []) };
    }
    const before = new Map(this.#lastGood);
    this.#lastGood.clear();
    order.forEach((from, to) => {
      const result = before.get(from);
      if (result) this.#lastGood.set(to, result);
    });
  }

  /** Asks the engine about the present texts, at once or as soon as it is free. */
  begin(): void {
    this.#stale = true;
    if (!this.#busy) void this.#run();
  }

  async #run(): Promise<void> {
    this.#busy = true;
    while (this.#stale) {
      this.#stale = false;
      this.#slow = false;
      const timer = setTimeout(() => {
        this.#slow = true;
        this.#tell();
      }, blinkMs);
      await this.#ask();
      clearTimeout(timer);
      this.#busy = this.#stale;
      this.#tell();
    }
  }

  async #ask(): Promise<void> {
    const { workspace, call } = this.#question();
    try {
      const answer = await this.#engine.ask(call);
      this.#unwatch();
      this.#state = answer.ok ? { kind: "ready" } : { kind: "refused", reason: answer.error.message };
      const replaced = this.#result === undefined && this.#stale;
      if (answer.ok && !replaced) this.take(answer.answer, workspace);
    } catch (cause) {
      this.#fail(cause);
    }
  }

  #fail(cause: unknown): void {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const died = !(cause instanceof EngineStopped) || cause.wasReady;
    this.#state = { kind: died ? "stopped" : "failed", reason };
    if (died) this.#engine.start();
  }
}
