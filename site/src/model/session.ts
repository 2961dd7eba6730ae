// The state of the page: the work, what the engine says of it, and what a
// person asked to see. Components read it and call its methods.

import type { EngineClient } from "../engine/client.ts";
import type { Answer, AnswerOf, Call } from "../engine/protocol.ts";
import type { Attachment } from "./attach.ts";
import { type Catalogue, catalogueOf } from "./catalogue.ts";
import { Comparison } from "./compare.ts";
import { Evaluation, type EngineState, type Question } from "./evaluation.ts";
import { expectAllNow } from "./expect.ts";
import { renamePolicy } from "./references.ts";
import { applyFix, fixWords } from "./fixes.ts";
import type { Fix, Position, Problem, Range, RequestResult, Result } from "./result.ts";
import { readScenario, type Request, type Scenario, writeJson } from "./scenario.ts";
import { Managed } from "./managed.ts";
import { Desk } from "./desk.ts";
import type { Step } from "./history.ts";
import { copiedIn, likeRequest, type Order, reorder, swappedIn, withoutIn } from "./order.ts";
import { settings } from "./settings.ts";
import { slotsOf } from "./attached.ts";
import type { Keeping, Kept } from "./storage.ts";
import { tooLargeIn } from "./size.ts";
import { freeName, type PolicyText, textOf, type Workspace, withText } from "./workspace.ts";

/** A place in a policy's text, or in the scenario's where no policy is named. */
export interface Place extends Range {
  readonly policy?: string;
  /** Whether the cursor goes there, as from the list of problems. */
  readonly focus: boolean;
}

/** Something that just happened, told until the next change. */
export interface Notice {
  readonly text: string;
  /** Whether undo takes back what is told. */
  readonly undo: boolean;
}

const firstPosition: Position = { line: 1, column: 0, offset: 0 };

/** Other policies are other work, about which the last results say nothing. */
const namesOf = ({ policies }: Workspace): string => policies.map(({ name }) => name).join("\n");

/** Session is the one object that components share; it tells its subscribers of every change. */
export class Session {
  readonly #engine: EngineClient;
  readonly #evaluation: Evaluation;
  readonly #storage: Keeping;
  readonly #desk: Desk;
  /** The other work that this one is compared with. */
  readonly comparison: Comparison;
  /** The policies that ship with the engine. */
  readonly managed = new Managed((name) => this.ask({ call: "managed", name }));
  /** AWS's actions, once something asks for them; with them the engine finds more problems. */
  readonly catalogue: Catalogue;
  readonly #listeners = new Set<() => void>();
  /** The scenario's text as it was read last, and what was read. */
  #text: string | undefined;
  #scenario: Scenario | undefined;
  #lastScenario: Scenario = { requests: [] };
  #tooLarge: readonly Problem[] = [];
  #place: Place | undefined;
  #pointed: Place | undefined;
  #notice: Notice | undefined;
  #dialog: string | undefined;
  /**
   * A session on some work; the result is a stored one, shown until the engine has its own. Sessions with one engine
   * may share its list of actions.
   */
  constructor(
    engine: EngineClient,
    storage: Keeping,
    workspace: Workspace,
    result?: Result,
    catalogue: Catalogue = catalogueOf(engine),
  ) {
    this.#engine = engine;
    this.catalogue = catalogue;
    catalogue.onArrival(() => (settings().now.live ? this.evaluate() : this.#tell()));
    this.#storage = storage;
    this.#desk = new Desk(storage, workspace, result === undefined);
    storage.onChange(() => this.#tell());
    this.#evaluation = new Evaluation(
      engine,
      () => this.#question(),
      () => this.#tell(),
    );
    this.comparison = new Comparison(engine, () => this.#tell());
    this.comparison.take(storage.baseline);
    this.#read();
    if (result) this.#evaluation.take(result, workspace);
  }

  get workspace(): Workspace {
    return this.#desk.work;
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
    return Math.max(0, Math.min(this.workspace.selected, this.scenario.requests.length - 1));
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
    return this.#evaluation.isAbout(this.workspace);
  }

  /** Whether the texts changed and a person wants to say when they are decided. */
  get waits(): boolean {
    return !settings().now.live && !this.busy && !this.fresh;
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

  /** Where the cursor stands in a policy's editor. */
  get pointed(): Place | undefined {
    return this.#pointed;
  }

  /** What just happened. */
  get notice(): Notice | undefined {
    return this.#notice;
  }

  /** What undo would take back, and redo do again. */
  get undoable(): string | undefined {
    return this.#desk.undoable;
  }

  get redoable(): string | undefined {
    return this.#desk.redoable;
  }

  /** The dialog that is open. */
  get dialog(): string | undefined {
    return this.#dialog;
  }

  /** Whether the browser keeps the work. */
  get kept(): boolean {
    return this.#storage.kept;
  }

  /** Where the browser keeps the work; other work has another place. */
  get slot(): string {
    return this.#storage.slot;
  }

  /** Whether the work is a person's own: kept from before, or changed since it was opened. */
  get own(): boolean {
    return this.#desk.own;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Opens other work; undo goes back to what was open, and the browser keeps it too. */
  open(workspace: Workspace, what: string): void {
    this.#desk.open(workspace, what);
    this.#entered({ text: `${what}.`, undo: true });
  }

  /** Opens work that its address can bring back: the browser keeps it once it is changed. */
  openPassing(workspace: Workspace, what: string): void {
    this.#desk.open(workspace, what, true);
    this.#entered({ text: `${what}.`, undo: false });
  }

  /** Goes on with a kept work in its place; where another tab has that open, with a copy. */
  async openKept(kept: Kept): Promise<void> {
    const what = `Opened "${kept.title}"`;
    await this.#desk.openKept(kept, what);
    this.#entered({ text: `${what}.`, undo: true });
  }

  /** Goes back to work that was open before what is open now, in its own place. */
  returnTo(workspace: Workspace): void {
    const what = "Went back to your own work";
    this.#desk.returnTo(workspace, what);
    this.#evaluation.forget();
    this.#turned({ text: `${what}.`, undo: true });
  }

  /** Removes what the browser kept of this work, and opens other work. */
  startOver(workspace: Workspace): void {
    const what = "Started over";
    this.#desk.startOver(workspace, what);
    this.#entered({ text: `${what}.`, undo: true });
  }

  undo(): void {
    this.#go(() => this.#desk.undo(), "Undone");
  }

  redo(): void {
    this.#go(() => this.#desk.redo(), "Done again");
  }

  /** Tells something until the next change. */
  say(text: string, undo = false): void {
    this.#notice = { text, undo };
    this.#tell();
  }

  dismissNotice(): void {
    this.#notice = undefined;
    this.#tell();
  }

  openDialog(name: string): void {
    this.#dialog = name;
    this.#tell();
  }

  closeDialog(): void {
    if (this.#dialog === undefined) return;
    this.#dialog = undefined;
    this.#tell();
  }

  select(index: number): void {
    this.#desk.put({ ...this.workspace, selected: index });
    this.#place = undefined;
    this.#show();
  }

  /** Goes to the request before or after the selected one; at the end it stays. */
  goStep(step: 1 | -1): void {
    const to = this.selected + step;
    if (to >= 0 && to < this.scenario.requests.length) this.select(to);
  }

  editScenario(text: string): void {
    this.#change(withText(this.workspace, undefined, text), "Edited the scenario's JSON", "scenario");
  }

  editPolicy(name: string, text: string): void {
    this.#change(withText(this.workspace, name, text), `Edited ${name}`, `policy ${name}`);
  }

  /** Replaces the work by a changed copy of itself, as one step. */
  apply(workspace: Workspace, what: string): void {
    this.#change(workspace, what);
    this.say(`${what}.`, true);
  }

  /** Changes the scenario's object, and its text with it. Typing names the place where it happens, so that it is one step. */
  change(mutate: (scenario: Scenario) => void, what: string, place?: string): void {
    this.#restructure(mutate, this.workspace.policies, what, place);
  }

  /** Changes the selected request. */
  changeRequest(mutate: (request: Request) => void, what = "Changed the request", place?: string): void {
    this.changeRequestAt(this.selected, mutate, what, place);
  }

  /** Changes one request, whichever is selected. */
  changeRequestAt(index: number, mutate: (request: Request) => void, what: string, place?: string): void {
    const inRequest = ({ requests }: Scenario): void => {
      const request = requests[index];
      if (request) mutate(request);
    };
    this.change(inRequest, what, place === undefined ? undefined : `request ${index} ${place}`);
  }

  /** Puts a whole request in the place of the selected one. */
  replaceRequest(request: Request): void {
    const at = this.selected;
    this.change(({ requests }) => requests.splice(at, 1, request), "Edited the request's JSON", `request ${at} json`);
  }

  /** Adds a request like the selected one, or with another action, and selects it. */
  addRequest(action?: string): void {
    const at = this.scenario.requests.length;
    const added = likeRequest(this.request ?? {}, at + 1, action);
    this.change(({ requests }) => requests.push(added), action ? `Added a request for ${action}` : "Added a request");
    this.select(at);
  }

  /** Adds a copy of a request below it, and selects it. */
  duplicateRequest(index: number): void {
    this.#reorder(copiedIn(this.scenario.requests.length, index), index + 1, `Duplicated ${this.#requestName(index)}`);
  }

  /** Moves a request up or down; at the end it stays. */
  moveRequest(index: number, step: 1 | -1): void {
    const to = index + step;
    const order = swappedIn(this.scenario.requests.length, index, to);
    if (order) this.#reorder(order, to, `Moved ${this.#requestName(index)} ${step < 0 ? "up" : "down"}`);
  }

  deleteRequest(index: number): void {
    const what = `Deleted ${this.#requestName(index)}`;
    const order = withoutIn(this.scenario.requests.length, index);
    const selected = this.selected > index ? this.selected - 1 : this.selected;
    this.#reorder(order, Math.max(0, Math.min(selected, order.length - 1)), what);
    this.say(`${what}.`, true);
  }

  /** Makes every request that expects nothing expect what it came to. */
  expectAllNow(): void {
    const results = this.fresh ? (this.result?.results ?? []) : [];
    this.change((scenario) => expectAllNow(scenario, results), "Expected what is decided of all requests");
  }

  #requestName(index: number): string {
    return `the request "${this.scenario.requests[index]?.name ?? index + 1}"`;
  }

  /** Puts the requests in the order of where they stood; one that is named twice is copied. */
  #reorder(order: Order, selected: number, what: string): void {
    if (!this.readable) return;
    this.#evaluation.rearrange(order);
    this.change((scenario) => reorder(scenario, order), what);
    this.select(selected);
  }

  /** Adds a policy of a kind to what the selected request meets; its name is the answer. */
  attach(attachment: Attachment): string | undefined {
    const { request } = this;
    if (!request || !this.#scenario) return undefined;
    const name = freeName(this.workspace, attachment.name);
    const text = writeJson(attachment.document(request));
    this.#restructure(
      (scenario) => {
        const target = scenario.requests[this.selected];
        if (target) attachment.attach(scenario, target, name);
      },
      [...this.workspace.policies, { name, text }],
      `Added ${name}`,
    );
    return name;
  }

  /** Renames a policy wherever it is named; false where the name is taken or empty. */
  renamePolicy(from: string, to: string): boolean {
    if (to === "" || this.workspace.policies.some(({ name }) => name === to)) return false;
    this.#restructure(
      (scenario) => renamePolicy(scenario, from, to),
      this.workspace.policies.map(({ name, text }) => ({ name: name === from ? to : name, text })),
      `Renamed ${from} to ${to}`,
    );
    return true;
  }

  /** Deletes a policy, and takes its name from wherever it is attached. */
  deletePolicy(name: string): void {
    const what = `Deleted the policy "${name}"`;
    this.#restructure(
      (scenario) => renamePolicy(scenario, name, undefined),
      this.workspace.policies.filter((policy) => policy.name !== name),
      what,
    );
    this.say(`${what}.`, true);
  }

  /** Makes a fix in the text that has the problem, as one step; not while the engine looks at a newer text. */
  fix({ policy }: Problem, fix: Fix): void {
    if (!this.fresh || this.busy) return;
    const text = textOf(this.workspace, policy);
    if (text === undefined) return;
    const what = `${fixWords(fix)} in ${policy ?? "the scenario"}`;
    this.apply(withText(this.workspace, policy, applyFix(text, fix)), what);
  }

  /** Lays a text out afresh, as one step: a policy's, or the scenario's where none is named. */
  async format(policy?: string): Promise<void> {
    const text = textOf(this.workspace, policy);
    if (text === undefined) return;
    const answer = await this.ask({ call: "format", text }).catch(() => undefined);
    if (!answer?.ok || textOf(this.workspace, policy) !== text) return;
    const name = policy ?? "the scenario";
    if (!answer.answer.formatted)
      return this.say(`${name} is not JSON yet, so it can't be formatted. See its problems.`);
    if (answer.answer.text === text) return this.say(`${name} is formatted already.`);
    this.apply(withText(this.workspace, policy, answer.answer.text), `Formatted ${name}`);
  }

  /** Adds a copy of a policy, which is attached to nothing yet; its name is the answer. */
  duplicatePolicy(name: string): string {
    const copy = freeName(this.workspace, name);
    const policies = this.workspace.policies.flatMap((policy) =>
      policy.name === name ? [policy, { name: copy, text: policy.text }] : [policy],
    );
    this.#restructure(() => {}, policies, `Duplicated ${name}`);
    this.say(`Duplicated ${name} as ${copy}, which is attached to nothing.`, true);
    return copy;
  }

  /** Attaches a policy, or detaches it, in one of the places that `slotsOf` lists. */
  setAttached(policy: string, slot: number, attached: boolean): void {
    this.change(
      (scenario) => {
        const place = slotsOf(scenario, this.selected)[slot];
        if (attached) place?.put(policy);
        else place?.take(policy);
      },
      attached ? `Attached ${policy}` : `Detached ${policy}`,
    );
  }

  /** Compares the work with another from now on, or with none. */
  compareWith(other: Workspace | undefined): void {
    this.#storage.compare(this.workspace, other);
    this.comparison.take(other);
    this.#tell();
  }

  /** Leaves a policy out of every decision, or takes it in again. */
  leaveOut(name: string, out: boolean): void {
    const rest = this.workspace.without.filter((one) => one !== name);
    const what = out ? `Left ${name} out` : `Took ${name} in again`;
    this.#change({ ...this.workspace, without: out ? [...rest, name] : rest }, what);
  }

  /** Shows a place in its editor. */
  show(place: Place): void {
    this.#place = place;
    this.#tell();
  }

  /** Takes note of where a person points in an editor, so that what it is about can be lit elsewhere. */
  point(place: Place | undefined): void {
    const before = this.#pointed;
    const same =
      before?.policy === place?.policy &&
      before?.start.offset === place?.start.offset &&
      before?.end.offset === place?.end.offset;
    if (same) return;
    this.#pointed = place;
    this.#tell();
  }

  /** Goes to the problem after the one that was shown last, or before it. */
  showProblem(step: 1 | -1): void {
    const { problems } = this;
    if (problems.length === 0) return;
    const at = problems.findIndex(
      ({ policy, start }) => policy === this.#place?.policy && start === this.#place?.start,
    );
    const next = problems[(at < 0 && step < 0 ? problems.length - 1 : at + step + problems.length) % problems.length];
    if (!next) return;
    const { start, end, policy } = next;
    this.show({ start, end, focus: true, ...(policy === undefined ? {} : { policy }) });
  }

  /** Goes to a policy's text. */
  showPolicy(policy: string): void {
    this.show({ policy, start: firstPosition, end: firstPosition, focus: true });
  }

  /** Asks the engine about the present texts, again if it failed. */
  evaluate(): void {
    this.#evaluation.begin();
  }

  /** Asks the engine something beside the decisions. */
  ask<C extends Call>(call: C): Promise<Answer<AnswerOf<C>>> {
    return this.#engine.ask(call);
  }

  #restructure(
    mutate: (scenario: Scenario) => void,
    policies: readonly PolicyText[],
    what: string,
    place?: string,
  ): void {
    if (!this.#scenario) return;
    const scenario = structuredClone(this.#scenario);
    mutate(scenario);
    const without = this.workspace.without.filter((out) => policies.some(({ name }) => name === out));
    this.#change({ ...this.workspace, policies, scenario: writeJson(scenario), without }, what, place);
  }

  #go(turn: () => Step | undefined, how: string): void {
    const before = namesOf(this.workspace);
    const step = turn();
    if (!step) return;
    if (namesOf(step.workspace) !== before) this.#evaluation.forget();
    this.#turned({ text: `${how}: ${step.what}.`, undo: false });
  }

  /** Shows other work, about which nothing is known yet. */
  #entered(notice: Notice): void {
    this.#evaluation.forget();
    this.#lastScenario = { requests: [] };
    this.#turned(notice);
  }

  /** Shows the work after a turn to it. */
  #turned(notice: Notice | undefined): void {
    this.#place = undefined;
    this.#notice = notice;
    this.#show();
  }

  /** Every change of the work comes through here and is remembered. */
  #change(workspace: Workspace, what: string, place?: string): void {
    this.#desk.change(workspace, what, place);
    this.#place = undefined;
    this.#notice = undefined;
    this.#show(place !== undefined);
  }

  /** Brings the page to the work as it is now. */
  #show(typing = false): void {
    this.comparison.take(this.#storage.baseline);
    this.#read();
    if (settings().now.live || this.#evaluation.isAbout(this.workspace)) this.evaluate();
    // What is typed stands in its field; the rest of the page follows with the answer, or after a blink without one.
    if (!typing || !this.#evaluation.answersSoon) this.#tell();
  }

  #read(): void {
    const { scenario: text } = this.workspace;
    this.#tooLarge = tooLargeIn(this.workspace);
    const unread = this.#tooLarge.some(({ policy }) => policy === undefined);
    if (text !== this.#text) this.#scenario = unread ? undefined : readScenario(text);
    this.#text = text;
    if (this.#scenario) this.#lastScenario = this.#scenario;
  }

  #question(): Question {
    const workspace = this.workspace;
    const refused = new Set(this.#tooLarge.map(({ policy }) => policy));
    const call = {
      call: "evaluate",
      scenario: refused.has(undefined) ? "" : workspace.scenario,
      policies: workspace.policies.map(({ name, text }) => ({ name, text: refused.has(name) ? "" : text })),
      trace: [this.selected],
      ...(workspace.without.length > 0 ? { without: workspace.without } : {}),
    } as const;
    return { workspace, call };
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
