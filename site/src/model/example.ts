// A scenario that a page shows: what its author made, what a reader changed in it, and what the engine says.
// It keeps nothing and remembers nothing; a session is for a person's own work.

import type { EngineClient } from "../engine/client.ts";
import { Evaluation, type EngineState, type Question } from "./evaluation.ts";
import type { Problem, RequestResult } from "./result.ts";
import { readScenario, type Request, type Scenario, writeJson } from "./scenario.ts";
import { byteLength, limits, megabytes, type Workspace } from "./workspace.ts";

/** Example tells its one listener of every change. */
export class Example {
  readonly #evaluation: Evaluation;
  readonly #original: Workspace;
  readonly #tell: () => void;
  #scenario: Scenario;
  #workspace: Workspace;

  constructor(engine: EngineClient, workspace: Workspace, tell: () => void) {
    this.#original = workspace;
    this.#workspace = workspace;
    this.#tell = tell;
    this.#scenario = readScenario(workspace.scenario) ?? { requests: [] };
    this.#evaluation = new Evaluation(engine, () => this.#question(), tell);
    this.#evaluation.begin();
  }

  get scenario(): Scenario {
    return this.#scenario;
  }

  get requests(): readonly Request[] {
    return this.#scenario.requests;
  }

  get workspace(): Workspace {
    return this.#workspace;
  }

  get engine(): EngineState {
    return this.#evaluation.state;
  }

  /** Whether a reader changed a text. */
  get changed(): boolean {
    const { policies, scenario } = this.#workspace;
    return policies !== this.#original.policies || scenario !== this.#original.scenario;
  }

  /** The selected request's result, if it is about the texts as they stand, or was a blink ago. */
  get result(): RequestResult | undefined {
    if (this.tooLarge !== undefined || !this.#evaluation.isAbout(this.#workspace)) return undefined;
    return this.#evaluation.result?.results[this.#workspace.selected];
  }

  /** The last result that was about evaluated texts: it tells which policies the request meets. */
  get lastGood(): RequestResult | undefined {
    return this.#evaluation.lastGoodOf(this.#workspace.selected);
  }

  /** Why a text is not sent to the engine. */
  get tooLarge(): string | undefined {
    const large = this.#workspace.policies.find(({ text }) => byteLength(text) > limits.policy);
    if (!large) return undefined;
    return `${large.name} has ${megabytes(byteLength(large.text))}; at most ${megabytes(limits.policy)} is evaluated`;
  }

  problemsOf(policy: string): Problem[] {
    return this.#evaluation.problems.filter((problem) => problem.policy === policy);
  }

  select(index: number): void {
    this.#change({ ...this.#workspace, selected: index });
  }

  edit(name: string, text: string): void {
    const policies = this.#workspace.policies.map((policy) => (policy.name === name ? { name, text } : policy));
    this.#change({ ...this.#workspace, policies });
  }

  /** Gives the selected request another context. */
  editContext(context: Request["context"]): void {
    const { scenario, selected } = this.#workspace;
    const value = JSON.parse(scenario) as Scenario;
    const requests = value.requests.map((one, at) => {
      const { context: _, ...others } = one;
      return at !== selected ? one : context ? { ...others, context } : others;
    });
    this.#change({ ...this.#workspace, scenario: writeJson({ ...value, requests }) });
  }

  /** Takes back what a reader changed; the request stays the one that they look at. */
  reset(): void {
    this.#change({ ...this.#original, selected: this.#workspace.selected });
  }

  evaluate(): void {
    this.#evaluation.begin();
  }

  #change(workspace: Workspace): void {
    if (workspace.scenario !== this.#workspace.scenario)
      this.#scenario = readScenario(workspace.scenario) ?? this.#scenario;
    this.#workspace = workspace;
    if (this.tooLarge === undefined) this.#evaluation.begin();
    this.#tell();
  }

  #question(): Question {
    const { scenario, policies, selected } = this.#workspace;
    return { workspace: this.#workspace, call: { call: "evaluate", scenario, policies, trace: [selected] } };
  }
}
