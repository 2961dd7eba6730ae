// What all exercises have: hints, the solution, the outcome of a check, progress and links. Each kind says how it is
// answered and what an answer comes to.

import { html, LitElement, nothing, type TemplateResult } from "lit";
import type { EngineClient } from "../../engine/client.ts";
import type { Parts } from "../../exercise.ts";
import type { Choice, Exercise } from "../../model/exercise/file.ts";
import { type Judged, judgeRequests, type Known } from "../../model/exercise/judge.ts";
import {
  type Answer,
  earlierProgress,
  forgetProgress,
  keepProgress,
  type Progress,
  progressOf,
} from "../../model/exercise/progress.ts";
import { joinLink, splitLink } from "../../model/exercise/link.ts";
import { type Onward, onwardFrom } from "../../model/exercise/onward.ts";
import { decodeLink, isLink } from "../../model/permalink.ts";
import type { RequestResult } from "../../model/result.ts";
import { isUnopened } from "../../model/unopened.ts";
import { textOf, type Workspace } from "../../model/workspace.ts";
import { copy } from "../clipboard.ts";
import { focusSoon } from "../element.ts";
import { inline, sentence } from "../prose.ts";

/** How long a change may rest before it is kept and looked at. */
const restMs = 300;

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}

const wrapped = (nodes: Node): HTMLElement => {
  const element = document.createElement("div");
  element.append(nodes);
  return element;
};

export abstract class Task extends LitElement {
  engine!: EngineClient;
  exercise!: Exercise;
  parts!: Parts;
  name = "";
  hash = "";

  /** The answer that a person is at, and what Reset goes back to. */
  work!: Workspace;
  #start!: Workspace;
  progress!: Progress;
  /** What the last check said; absent before the first one. */
  summary = "";
  /** Whether the answer was changed since. */
  stale = false;
  /** Known wrong answers in what was checked. */
  known: readonly Known[] = [];
  #solved = false;
  #solution = false;
  #note = "";
  #before: Workspace | undefined;
  #linked = false;
  /** The locked parts that a link changes: what is solved on it does not count. */
  #changed: readonly string[] = [];
  #earlier: Progress | undefined;
  /** Where to go on once it is solved. */
  #onward: Onward | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failed: readonly HTMLElement[] = [];
  #wrong: readonly HTMLElement[] = [];

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("hashchange", this.#arrive);
    addEventListener("pagehide", this.#keepNow);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("hashchange", this.#arrive);
    removeEventListener("pagehide", this.#keepNow);
  }

  readonly #arrive = (): void => {
    if (isLink(location.hash)) void this.begin();
  };

  /** Opens what the address or this browser has of the exercise, and asks the engine about the start. */
  async begin(): Promise<void> {
    this.#failed = this.parts.failed.map((part) => wrapped(part.cloneNode(true)));
    this.#wrong = this.parts.wrong.map((part) => wrapped(part.cloneNode(true)));
    this.progress = progressOf(this.name, this.hash);
    this.#earlier = this.progress.attempts === 0 ? earlierProgress(this.name, this.hash) : undefined;
    this.#start = this.exercise.start;
    this.work = this.resumed(this.progress);
    const choices = await this.#openLink();
    let judged = await judgeRequests(this.engine, this.asked());
    if ("wrong" in judged && this.asked() !== this.exercise.start) {
      this.#close(`What this link holds can't be decided: ${judged.wrong}. The exercise is shown instead.`);
      judged = await judgeRequests(this.engine, this.exercise.start);
    }
    this.took(judged);
    this.#chooseAgain(this.#linked ? choices : (this.progress.choices ?? []));
    this.requestUpdate();
  }

  /** Takes choices up again, and says so where they can't be read or fit nothing here. */
  #chooseAgain(choices: readonly Choice[] | undefined): void {
    this.choose(choices ?? []);
    const lost = choices === undefined || (choices.length > 0 && this.draft().choices?.length === 0);
    if (lost) this.#note = "What was chosen in this link can't be read or does not fit this exercise; choose again.";
  }

  /** Takes choices that were kept, or that a link has. */
  protected choose(_choices: readonly Choice[]): void {}

  /** The work whose own requests are asked about at the beginning. */
  protected asked(): Workspace {
    return this.exercise.start;
  }

  /** Goes on without what the address has. */
  #close(note: string): void {
    this.#note = note;
    this.#linked = false;
    this.#changed = [];
    this.#start = this.exercise.start;
    this.work = this.resumed(this.progress);
  }

  /** Opens what the address has, and gives the choices in it. */
  async #openLink(): Promise<readonly Choice[] | undefined> {
    if (!isLink(location.hash)) return undefined;
    const { fragment, choices } = splitLink(location.hash);
    const found = await decodeLink(fragment);
    if (isUnopened(found)) {
      this.#note = found.message;
      return undefined;
    }
    if (!isJson(found.scenario)) {
      this.#close("The scenario of this link is not JSON. The exercise is shown instead.");
      return undefined;
    }
    this.#start = this.work = found;
    this.#linked = true;
    this.#changed = this.lockedChanges(found);
    return choices;
  }

  /** The locked parts in which a linked work differs from the exercise. */
  protected lockedChanges(work: Workspace): string[] {
    const { start, editable } = this.exercise;
    const names = new Set([...start.policies, ...work.policies].map(({ name }) => name));
    const differ = [...names].filter((name) => !editable.includes(name) && textOf(start, name) !== textOf(work, name));
    return work.scenario === start.scenario ? differ : [...differ, "the scenario"];
  }

  /** Takes the engine's first answer in; it throws where there is none. */
  protected took(judged: Judged): void {
    if ("wrong" in judged) throw new Error(judged.wrong);
  }

  /** The answer as it was kept. */
  protected resumed({ policies = [] }: Progress): Workspace {
    const { start, editable } = this.exercise;
    const kept = (name: string): string | undefined =>
      editable.includes(name) ? policies.find((one) => one.name === name)?.text : undefined;
    return { ...start, policies: start.policies.map(({ name, text }) => ({ name, text: kept(name) ?? text })) };
  }

  /** What of the answer is kept. */
  protected draft(): Answer {
    return {};
  }

  /** Takes a changed answer; the browser keeps it soon. */
  protected change(work: Workspace): void {
    this.work = work;
    this.stale = this.summary !== "";
    this.#before = undefined;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#keepNow();
      this.rested();
    }, restMs);
    this.requestUpdate();
  }

  /** The answer was left alone for a moment. */
  protected rested(): void {}

  readonly #keepNow = (): void => {
    if (!this.#linked && this.hasUpdated) this.#keep({});
  };

  #keep(more: Partial<Progress>): void {
    this.progress = { ...this.progress, ...more, ...(this.#linked ? {} : this.draft()) };
    const { attempts, hints, choices = [] } = this.progress;
    const untouched = attempts === 0 && hints === 0 && choices.length === 0 && this.work === this.exercise.start;
    if (untouched) forgetProgress(this.hash);
    else keepProgress(this.progress);
  }

  /** Judges the answer; the kinds say how. */
  protected abstract attempt(): Promise<{ readonly solved: boolean; readonly summary: string } | undefined>;

  protected check = async (): Promise<void> => {
    this.known = [];
    this.summary = "";
    const came = await this.attempt().catch((cause: unknown) => {
      this.#note = `The engine has no answer: ${cause instanceof Error ? cause.message : String(cause)}. Check again.`;
      return undefined;
    });
    if (came) {
      this.#note = "";
      this.summary = came.summary;
      this.stale = false;
      this.#solved = came.solved;
      const counts = came.solved && this.#changed.length === 0;
      this.#keep({ attempts: this.progress.attempts + 1, solved: this.progress.solved || counts });
      if (came.solved) this.#onward = await onwardFrom(this.name).catch(() => undefined);
    }
    this.requestUpdate();
  };

  /** Says why nothing was checked. */
  protected refuse(note: string): undefined {
    this.#note = note;
    return undefined;
  }

  #reset(): void {
    const before = this.work;
    this.work = this.#start;
    this.cleared();
    this.summary = "";
    this.known = [];
    this.#solved = false;
    this.#note = "The exercise is as it was at the beginning.";
    this.change(this.work);
    this.#before = before;
  }

  /** Forgets what is not in the work. */
  protected cleared(): void {}

  #undoReset(): void {
    const before = this.#before;
    if (!before) return;
    this.#note = "Your answer is back.";
    this.change(before);
    this.#focus(".exercise-answer .primary, .exercise-answer button");
  }

  /** Moves the focus on from a control that goes. */
  #focus(selector: string): void {
    focusSoon(() => this.querySelector<HTMLElement>(selector));
  }

  async #copyLink(): Promise<void> {
    const fragment = await joinLink(this.work, this.draft().choices ?? []);
    const ok =
      typeof fragment === "string" && (await copy(Promise.resolve(location.origin + location.pathname + fragment)));
    if (typeof fragment === "string")
      this.#note = ok
        ? "Copied a link to this exercise as it stands here."
        : "The browser did not let the link be copied.";
    else this.#note = fragment.message;
    this.requestUpdate();
  }

  #bringBack(): void {
    const earlier = this.#earlier;
    if (!earlier) return;
    this.#earlier = undefined;
    this.#note = "Your answer from before is back.";
    this.change(this.resumed(earlier));
    this.#focus(".exercise-answer button");
  }

  /** The author's words on a check that failed. */
  protected failedText(index: number): unknown {
    return this.#failed[index] ?? nothing;
  }

  #notices(): TemplateResult {
    return html`${
      this.#linked
        ? html`<p class="notice">From a link. Your own answer is kept.${
            this.#changed.length > 0
              ? ` It changes what is locked in the exercise (${this.#changed.join(", ")}), so solving it here does not count.`
              : ""
          }</p>`
        : nothing
    }
    ${
      this.#earlier
        ? html`<p class="notice">
            This exercise was changed since you worked on it.
            <button type="button" @click=${() => this.#bringBack()}>Bring your answer back</button>
          </p>`
        : nothing
    }`;
  }

  /** The policies that the exercise is about. */
  protected abstract policiesPart(): unknown;
  /** How it is answered. */
  protected abstract answerPart(): unknown;
  /** What the last check came to, one by one. */
  protected abstract outcomePart(): unknown;
  /** The solution, in the kind's own form. */
  protected abstract solutionPart(): unknown;

  /** Who has a policy. */
  protected attachedPart(name: string): unknown {
    return this.parts.attached.get(name) ?? nothing;
  }

  protected checkButton(): unknown {
    return html`<button type="button" class="primary" @click=${this.check}>Check</button>`;
  }

  #tools(): TemplateResult {
    return html`<div class="tools">
        ${this.checkButton()}
        <button type="button" @click=${() => this.#reset()}>Reset</button>
        ${this.#before ? html`<button type="button" @click=${() => this.#undoReset()}>Undo reset</button>` : nothing}
        <button type="button" @click=${() => this.#copyLink()}>Copy link</button>
      </div>
      <p class="exercise-note" role="status">${inline(this.#note || this.summary)}</p>`;
  }

  #feedback(): unknown {
    return this.known.map(
      ({ index, wrong, exact }) =>
        html`<div class="feedback">
          <h4>${exact ? inline(wrong.says) : html`Several answers fail like this. One of them: ${inline(wrong.says)}`}</h4>
          ${this.#wrong[index]}
        </div>`,
    );
  }

  #outcome(): unknown {
    if (this.summary === "") return nothing;
    return html`<div class="exercise-outcome ${this.#solved ? "solved" : ""}">
      <h3>${this.stale ? "What the last check said, before your change" : "What the check said"}</h3>
      ${this.outcomePart()} ${this.#feedback()} ${this.#solved ? this.#lesson() : nothing}
    </div>`;
  }

  /** What the author says of the solution; it stands in one place at a time. */
  #words(): TemplateResult {
    return html`<h4>Why this works</h4>
      ${this.parts.why}
      <h4>What to take away</h4>
      ${this.parts.learned}`;
  }

  #lesson(): TemplateResult {
    return html`${this.#words()}
      ${this.#goOn()}`;
  }

  #goOn(): TemplateResult {
    const { next, done } = this.#onward ?? {};
    if (next)
      return html`<p>Go on with the next exercise that you have not solved: <a class="exercise-next" href="/exercises/${next.name}/">${next.title}</a></p>`;
    return html`<p>${done ? "You have solved every exercise. " : ""}<a class="exercise-next" href="/exercises/">All exercises</a></p>`;
  }

  #openHint(): void {
    this.#keep({ hints: Math.min(this.progress.hints + 1, this.parts.hints.length) });
    this.requestUpdate();
    // With the last hint its button goes.
    if (this.progress.hints === this.parts.hints.length) this.#focus("[aria-describedby=solution-when]");
  }

  #help(): TemplateResult {
    const { hints } = this.parts;
    const opened = Math.min(this.progress.hints, hints.length);
    const may = this.progress.solved || this.#solved || opened === hints.length;
    return html`<section class="exercise-help" aria-labelledby="help-title">
      <h2 id="help-title">Hints and solution</h2>
      ${hints.slice(0, opened).map((hint, at) => html`<div class="help-text"><h3>Hint ${at + 1}</h3>${hint}</div>`)}
      <div class="tools">
        ${
          opened < hints.length
            ? html`<button type="button" @click=${() => this.#openHint()}>Show hint ${opened + 1} of ${hints.length}</button>`
            : nothing
        }
        <button
          type="button"
          aria-expanded=${this.#solution ? "true" : "false"}
          aria-disabled=${may ? "false" : "true"}
          aria-describedby="solution-when"
          @click=${() => (may ? this.#toggleSolution() : undefined)}
        >${this.#solution ? "Hide the solution" : "Show the solution"}</button>
        <span class="hint" id="solution-when">${may ? "" : "The solution opens once you have solved it, or with the third hint."}</span>
      </div>
      ${
        this.#solution
          ? html`<div class="help-text"><h3>Solution</h3>${this.solutionPart()}
              ${this.#solved && this.summary !== "" ? nothing : this.#words()}</div>`
          : nothing
      }
    </section>`;
  }

  #toggleSolution(): void {
    this.#solution = !this.#solution;
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    return html`${this.#notices()}
      <section class="exercise-policies" aria-labelledby="policies-title">
        <h2 id="policies-title">Policies</h2>
        ${this.policiesPart()} ${this.parts.managed ?? nothing}
      </section>
      <section class="exercise-answer" aria-labelledby="answer-title">
        ${this.answerPart()} ${this.#tools()} ${this.#outcome()}
      </section>
      ${this.#help()}`;
  }

  /** The engine's reason in a line. */
  protected reason({ error, explanation }: RequestResult): unknown {
    return error ? sentence(error) : inline(explanation);
  }
}
