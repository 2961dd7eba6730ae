// The state of the page: the work, what the engine says of it, and what a
// person asked to see. Components read it and call its methods.

import type { EngineClient } from "../engine/client.ts";
import type { Attachment } from "./attach.ts";
import { Evaluation, type EngineState, type Question } from "./evaluation.ts";
import { renamePolicy } from "./references.ts";
import type { Position, Problem, Range, RequestResult, Result } from "./result.ts";
import { readScenario, type Request, type Scenario, writeJson } from "./scenario.ts";
import { forgetWork, keepWork } from "./storage.ts";
import { byteLength, freeName, limits, megabytes, type PolicyText, type Workspace } from "./workspace.ts";

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

const firstPosition: Position = { line: 1, column: 0, offset: 0 };

function tooLarge(what: string, text: string, limit: number, policy?: string): Problem {
  return {
    code: "tooLarge",
    severity: "error",
    message: `${what} has ${megabytes(byteLength(text))}; at most ${megabytes(limit)} is evaluated. It is kept as it is`,
    start: firstPosition,
    end: firstPosition,
    ...(policy === undefined ? {} : { policy }),
  };
}

/** Session is the one object that components share; it tells its subscribers of every change. */
export class Session {
  readonly #evaluation: Evaluation;
  readonly #listeners = new Set<() => void>();
  #workspace: Workspace;
  #scenario: Scenario | undefined;
  #lastScenario: Scenario = { requests: [] };
  #tooLarge: readonly Problem[] = [];
  #place: Place | undefined;
  #undo: Undo | undefined;
  #kept = true;

  /** A session on some work; the result is a stored one, shown until the engine has its own. */
  constructor(engine: EngineClient, workspace: Workspace, result?: Result) {
    this.#evaluation = new Evaluation(
      engine,
      () => this.#question(),
      () => this.#tell(),
    );
    this.#workspace = workspace;
    this.#read();
    if (result) this.#evaluation.take(result, workspace);
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
    return this.#evaluation.state;
  }

  /** Whether the engine is at work on the present texts. */
  get busy(): boolean {
    return this.#evaluation.busy;
  }

  /** What the engine last said, be it about texts that have changed since. */
  get result(): Result | undefined {
    return this.#evaluation.result;
  }

  /** Whether the result is about the present texts, or will be in a blink. */
  get fresh(): boolean {
    return this.#evaluation.isAbout(this.#workspace);
  }

  /** The first problems of each text. */
  get problems(): readonly Problem[] {
    const mine = new Set(this.#tooLarge.map((problem) => problem.policy));
    return [...this.#tooLarge, ...this.#evaluation.problems.filter((problem) => !mine.has(problem.policy))];
  }

  /** How many problems are not listed, since their text has too many. */
  get unlisted(): number {
    return (this.result?.problems.length ?? 0) - this.#evaluation.problems.length;
  }

  /** What the engine last said about a request, be it about texts that have changed since. */
  resultOf(index: number): RequestResult | undefined {
    return this.result?.results[index];
  }

  /** What holds for a request's texts as they stand; for the blink of an evaluation, what held before. */
  freshResultOf(index: number): RequestResult | undefined {
    return this.fresh ? this.resultOf(index) : undefined;
  }

  /** The last result of the selected request that was evaluated. */
  get lastGood(): RequestResult | undefined {
    return this.#evaluation.lastGoodOf(this.selected);
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
    this.#evaluation.forget();
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
    const undo = {
      what: `Deleted the request "${this.scenario.requests[index]?.name ?? index + 1}".`,
      workspace: this.#workspace,
    };
    const selected = this.selected > index ? this.selected - 1 : this.selected;
    this.#evaluation.forget();
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

  /** Asks the engine about the present texts, again if it failed. */
  evaluate(): void {
    this.#evaluation.begin();
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

  #question(): Question {
    const workspace = this.#workspace;
    const refused = new Set(this.#tooLarge.map(({ policy }) => policy));
    const call = {
      call: "evaluate",
      scenario: refused.has(undefined) ? "" : workspace.scenario,
      policies: workspace.policies.map(({ name, text }) => ({ name, text: refused.has(name) ? "" : text })),
      trace: [this.selected],
    } as const;
    return { workspace, call };
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
