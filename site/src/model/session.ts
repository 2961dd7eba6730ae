// The state of the page: the work, the engine's last word on it, and what a
// person asked to see. Components read it and call its methods.

import { type EngineClient, EngineStopped } from "../engine/client.ts";
import type { Call } from "../engine/protocol.ts";
import type { Attachment } from "./attach.ts";
import { renamePolicy } from "./references.ts";
import type { Position, Problem, Range, RequestResult, Result } from "./result.ts";
import { readScenario, type Request, type Scenario, writeJson } from "./scenario.ts";
import { forgetWork, keepWork } from "./storage.ts";
import { byteLength, freeName, limits, megabytes, type PolicyText, type Workspace } from "./workspace.ts";

/** What the engine is doing, for people. */
export type EngineState =
  | { readonly kind: "loading" }
  | { readonly kind: "ready" }
  /** It never started. */
  | { readonly kind: "failed"; readonly reason: string }
  /** It died on the present texts; it is asked again when they change. */
  | { readonly kind: "stopped"; readonly reason: string }
  /** It lives, but gave no result for the present texts. */
  | { readonly kind: "refused"; readonly reason: string };

/** A place in a policy's text, or in the scenario's where no policy is named. */
export interface Place extends Range {
  readonly policy?: string;
  /** Whether the cursor goes there, as from the list of problems. */
  readonly focus: boolean;
}

/** Work that was just replaced, and how to call what replaced it. */
export interface Undo {
  readonly what: string;
  readonly workspace: Workspace;
}

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

const firstPosition: Position = { line: 1, column: 0, offset: 0 };

function ownProblem(code: string, message: string, policy?: string): Problem {
  const place = { start: firstPosition, end: firstPosition };
  return { code, severity: "error", message, ...place, ...(policy === undefined ? {} : { policy }) };
}

export class Session {
  readonly #engine: EngineClient;
  readonly #listeners = new Set<() => void>();
  #workspace: Workspace;
  #scenario: Scenario | undefined;
  #lastScenario: Scenario = { requests: [] };
  #tooLarge: readonly Problem[] = [];
  #result: Result | undefined;
  #problems: readonly Problem[] = [];
  #lastGood = new Map<number, RequestResult>();
  #state: EngineState = { kind: "loading" };
  #place: Place | undefined;
  #undo: Undo | undefined;
  #kept = true;
  #answered: Workspace | undefined;
  #busy = false;
  #stale = false;
  #slow = false;

  /** A session on some work; the result is a stored one, shown until the engine has its own. */
  constructor(engine: EngineClient, workspace: Workspace, result?: Result) {
    this.#engine = engine;
    this.#workspace = workspace;
    this.#read();
    if (result) this.#take(result);
  }

  get workspace(): Workspace {
    return this.#workspace;
  }

  /** The scenario as the forms show it: the last one that could be read. */
  get scenario(): Scenario {
    return this.#lastScenario;
  }

  /** Whether the scenario's present text can be read; forms only work while it can. */
  get readable(): boolean {
    return this.#scenario !== undefined;
  }

  get selected(): number {
    return Math.max(0, Math.min(this.#workspace.selected, this.scenario.requests.length - 1));
  }

  get request(): Request | undefined {
    return this.scenario.requests[this.selected];
  }

  get engine(): EngineState {
    return this.#state;
  }

  /** Whether the engine is at work on the present texts. */
  get busy(): boolean {
    return this.#busy;
  }

  get result(): Result | undefined {
    return this.#result;
  }

  /** The first problems of each text. */
  get problems(): readonly Problem[] {
    const mine = new Set(this.#tooLarge.map((problem) => problem.policy));
    return [...this.#tooLarge, ...this.#problems.filter((problem) => !mine.has(problem.policy))];
  }

  /** How many problems are not listed, since their text has too many. */
  get unlisted(): number {
    return (this.#result?.problems.length ?? 0) - this.#problems.length;
  }

  /** What the engine last said about a request, be it about texts that have changed since. */
  resultOf(index: number): RequestResult | undefined {
    return this.#result?.results[index];
  }

  /** What holds for a request's texts as they stand; for the blink of an evaluation, what held before. */
  freshResultOf(index: number): RequestResult | undefined {
    return this.fresh ? this.resultOf(index) : undefined;
  }

  /** Whether the result is about the present texts, or will be in a blink. */
  get fresh(): boolean {
    const { scenario, policies } = this.#workspace;
    const answered = this.#answered?.scenario === scenario && this.#answered.policies === policies;
    return answered || (this.#busy && !this.#slow);
  }

  /** The last result of the selected request that was evaluated. */
  get lastGood(): RequestResult | undefined {
    return this.#lastGood.get(this.selected);
  }

  /** Whether the selected request is evaluated as its texts stand. */
  get current(): boolean {
    const result = this.freshResultOf(this.selected);
    return result !== undefined && !result.error && this.#tooLarge.every((problem) => problem.policy !== undefined);
  }

  /** What keeps the selected request from being evaluated. */
  get blocker(): Problem | undefined {
    const errors = this.problems.filter((problem) => problem.severity === "error");
    const inPlay = new Set(this.lastGood?.layers.flatMap(({ policies }) => policies.map(({ policy }) => policy)));
    return errors.find(({ policy }) => policy !== undefined && inPlay.has(policy)) ?? errors[0];
  }

  get place(): Place | undefined {
    return this.#place;
  }

  get undo(): Undo | undefined {
    return this.#undo;
  }

  /** Whether the browser keeps the work. */
  get kept(): boolean {
    return this.#kept;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Opens other work; what was open can be had back. */
  open(workspace: Workspace, what: string): void {
    this.#undo = { what, workspace: this.#workspace };
    this.#forgetResult();
    this.#place = undefined;
    this.#lastScenario = { requests: [] };
    this.#replace(workspace);
  }

  /** Takes the last replacement back. */
  takeBack(): void {
    const undo = this.#undo;
    if (!undo) return;
    this.open(undo.workspace, undo.what);
    this.dismissUndo();
  }

  dismissUndo(): void {
    this.#undo = undefined;
    this.#tell();
  }

  /** Forgets what the browser kept, and opens other work. */
  startOver(workspace: Workspace): void {
    this.open(workspace, "Started over.");
    forgetWork();
  }

  select(index: number): void {
    this.#place = undefined;
    this.#replace({ ...this.#workspace, selected: index });
  }

  editScenario(text: string): void {
    this.#replace({ ...this.#workspace, scenario: text });
  }

  editPolicy(name: string, text: string): void {
    const policies = this.#workspace.policies.map((policy) => (policy.name === name ? { name, text } : policy));
    this.#replace({ ...this.#workspace, policies });
  }

  /** Changes the scenario's object, and its text with it. */
  change(mutate: (scenario: Scenario) => void): void {
    this.#restructure(mutate, this.#workspace.policies);
  }

  /** Changes the selected request. */
  changeRequest(mutate: (request: Request) => void): void {
    this.change(({ requests }) => {
      const request = requests[this.selected];
      if (request) mutate(request);
    });
  }

  addRequest(): void {
    const { name: _, expect: __, ...like } = this.request ?? {};
    const at = this.scenario.requests.length;
    this.change(({ requests }) => requests.push({ name: `Request ${at + 1}`, ...structuredClone(like) }));
    this.select(at);
  }

  deleteRequest(index: number): void {
    const undo = { what: `Deleted the request "${this.scenario.requests[index]?.name ?? index + 1}".`, workspace: this.#workspace };
    const selected = this.selected > index ? this.selected - 1 : this.selected;
    this.#forgetResult();
    this.change(({ requests }) => requests.splice(index, 1));
    this.#undo = undo;
    this.select(Math.max(0, Math.min(selected, this.scenario.requests.length - 1)));
  }

  /** Adds a policy of a kind to what the selected request meets; its name is the answer. */
  attach(attachment: Attachment): string | undefined {
    const { request } = this;
    if (!request || !this.#scenario) return undefined;
    const name = freeName(this.#workspace, attachment.name);
    const text = writeJson(attachment.document(request));
    this.#restructure(
      (scenario) => {
        const target = scenario.requests[this.selected];
        if (target) attachment.attach(scenario, target, name);
      },
      [...this.#workspace.policies, { name, text }],
    );
    return name;
  }

  /** Renames a policy wherever it is named; false where the name is taken or empty. */
  renamePolicy(from: string, to: string): boolean {
    if (to === "" || this.#workspace.policies.some(({ name }) => name === to)) return false;
    this.#restructure(
      (scenario) => renamePolicy(scenario, from, to),
      this.#workspace.policies.map(({ name, text }) => ({ name: name === from ? to : name, text })),
    );
    return true;
  }

  /** Deletes a policy, and takes its name from wherever it is attached. */
  deletePolicy(name: string): void {
    const undo = { what: `Deleted the policy "${name}".`, workspace: this.#workspace };
    this.#restructure(
      (scenario) => renamePolicy(scenario, name, undefined),
      this.#workspace.policies.filter((policy) => policy.name !== name),
    );
    this.#undo = undo;
    this.#tell();
  }

  /** Shows a place in its editor. */
  show(place: Place): void {
    this.#place = place;
    this.#tell();
  }

  /** Starts the engine, or asks it again after it failed. */
  evaluate(): void {
    this.#stale = true;
    if (!this.#busy) void this.#ask();
  }

  #forgetResult(): void {
    this.#lastGood.clear();
    this.#result = undefined;
    this.#problems = [];
  }

  #restructure(mutate: (scenario: Scenario) => void, policies: readonly PolicyText[]): void {
    if (!this.#scenario) return;
    const scenario = structuredClone(this.#scenario);
    mutate(scenario);
    this.#replace({ ...this.#workspace, policies, scenario: writeJson(scenario) });
  }

  #replace(workspace: Workspace): void {
    this.#workspace = workspace;
    this.#read();
    this.#kept = keepWork(workspace);
    this.evaluate();
    this.#tell();
  }

  #read(): void {
    const { scenario, policies } = this.#workspace;
    this.#tooLarge = [
      ...(byteLength(scenario) > limits.scenario ? [tooLarge("the scenario", scenario, limits.scenario)] : []),
      ...policies
        .filter(({ text }) => byteLength(text) > limits.policy)
        .map(({ name, text }) => tooLarge("this policy", text, limits.policy, name)),
    ];
    const unread = this.#tooLarge.some(({ policy }) => policy === undefined);
    this.#scenario = unread ? undefined : readScenario(scenario);
    if (this.#scenario) this.#lastScenario = this.#scenario;
  }

  #call(): Call {
    const refused = new Set(this.#tooLarge.map(({ policy }) => policy));
    return {
      call: "evaluate",
      scenario: refused.has(undefined) ? "" : this.#workspace.scenario,
      policies: this.#workspace.policies.map(({ name, text }) => ({ name, text: refused.has(name) ? "" : text })),
      trace: [this.selected],
    };
  }

  async #ask(): Promise<void> {
    this.#busy = true;
    while (this.#stale) {
      this.#stale = false;
      this.#slow = false;
      const asked = this.#workspace;
      const timer = setTimeout(() => {
        this.#slow = true;
        this.#tell();
      }, blinkMs);
      try {
        const answer = await this.#engine.ask(this.#call());
        this.#state = answer.ok ? { kind: "ready" } : { kind: "refused", reason: answer.error.message };
        if (answer.ok) this.#take(answer.answer, asked);
      } catch (cause) {
        this.#fail(cause);
      }
      clearTimeout(timer);
      this.#busy = this.#stale;
      this.#tell();
    }
  }

  #fail(cause: unknown): void {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const died = !(cause instanceof EngineStopped) || cause.wasReady;
    this.#state = { kind: died ? "stopped" : "failed", reason };
    if (died) this.#engine.start();
  }

  /** Takes a result, unless the work it is about was replaced by other work meanwhile. */
  #take(result: Result, asked = this.#workspace): void {
    if (asked !== this.#workspace && this.#result === undefined) return;
    this.#result = result;
    this.#answered = asked;
    this.#problems = firstProblems(result.problems);
    result.results.forEach((one, index) => {
      if (!one.error) this.#lastGood.set(index, one);
    });
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

function tooLarge(what: string, text: string, limit: number, policy?: string): Problem {
  const sizes = `${megabytes(byteLength(text))}; at most ${megabytes(limit)} is evaluated`;
  return ownProblem("tooLarge", `${what} has ${sizes}. It is kept as it is`, policy);
}
