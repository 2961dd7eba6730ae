// AWS's evaluation as a picture that answers: at each gate a reader chooses what its policies say, and the engine
// decides the scenario that this makes.

import { html, LitElement, nothing, type TemplateResult } from "lit";
import type { EngineClient } from "../engine/client.ts";
import { Evaluation } from "../model/evaluation.ts";
import { type Gate, gateNote, type Lane, lanesOf, laneVerdict } from "../model/gates.ts";
import { encodeLink } from "../model/permalink.ts";
import { type Choices, type Chooser, first, optionsOf, pictured, settled } from "../model/picture.ts";
import type { RequestResult } from "../model/result.ts";
import { readScenario } from "../model/scenario.ts";
import { decidedBy } from "../model/verdict.ts";
import type { Workspace } from "../model/workspace.ts";
import { gateClasses, gateLabel, gatePost } from "./gatePost.ts";
import { option } from "./option.ts";
import { paragraphs } from "./prose.ts";
import { tagged, verdictTag } from "./verdict.ts";

const isChooser = (kind: Gate["kind"]): kind is Chooser => kind in first;

const callers = [
  ["user", "a user"],
  ["session", "a session of a role"],
] as const;

const owners = [
  ["same", "the caller's account"],
  ["other", "another account"],
] as const;

export class FencelineDecision extends LitElement {
  static override properties = { link: { state: true } };

  declare link: string;
  #choices = first;
  #work: Workspace = pictured(first);
  /** The last result, and the work that it is about. */
  #shown: { readonly result: RequestResult; readonly work: Workspace } | undefined;
  readonly #evaluation: Evaluation;

  constructor(engine: EngineClient) {
    super();
    this.link = "";
    let answer = (): void => {};
    this.answered = new Promise((resolve) => {
      answer = resolve;
    });
    this.#evaluation = new Evaluation(
      engine,
      () => this.#question(),
      () => {
        const result = this.#evaluation.isAbout(this.#work) ? this.#evaluation.result?.results[0] : undefined;
        if (result) this.#shown = { result, work: this.#work };
        if (this.#evaluation.state.kind !== "loading") answer();
        this.requestUpdate();
      },
    );
    this.#evaluation.begin();
    this.#writeLink();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** answered resolves once the engine has answered, or can't. */
  readonly answered: Promise<void>;

  /** Whether there is something live to show. */
  get alive(): boolean {
    return this.#shown !== undefined;
  }

  #question() {
    const { scenario, policies } = this.#work;
    return { workspace: this.#work, call: { call: "evaluate", scenario, policies, trace: [0] } } as const;
  }

  #put(choices: Choices): void {
    this.#choices = choices;
    this.#work = pictured(this.#choices);
    this.#evaluation.begin();
    this.#writeLink();
    this.requestUpdate();
  }

  #writeLink(): void {
    const work = this.#work;
    void encodeLink(work).then((fragment) => {
      if (typeof fragment === "string" && this.#work === work) this.link = fragment;
    });
  }

  #select(label: unknown, name: keyof Choices, options: readonly (readonly [string, string])[]): TemplateResult {
    const chosen = this.#choices[name];
    return html`<label class="field">${label}
      <select
        name=${name}
        ?disabled=${options.length === 1}
        @change=${(event: Event) => this.#put(settled({ ...this.#choices, [name]: (event.target as HTMLSelectElement).value }))}
      >${options.map(([value, words]) => option(value, words, value === chosen))}</select></label
    >`;
  }

  #gate(gate: Gate, chooses: boolean): TemplateResult {
    const note = gateNote(gate);
    return html`<li class="gate ${gateClasses(gate)}">
      ${gatePost(gate.state)}
      <div class="gate-name">${gateLabel(gate)} ${gate.level ? html`<span class="gate-level">${gate.level}</span>` : nothing}</div>
      ${
        chooses && isChooser(gate.kind)
          ? this.#select(html`<span class="unseen">${gate.name}</span>`, gate.kind, optionsOf(gate.kind, this.#choices))
          : nothing
      }
      <div class="gate-says">${tagged(gate.verdict)}${note ? html`<span class=${gate.stops ? "gate-note" : "hint"}>, ${note}</span>` : nothing}</div>
    </li>`;
  }

  #lane({ title, gates }: Lane): TemplateResult {
    // A kind with several levels has one choice, at the last of them.
    const last = (gate: Gate, at: number): boolean => gates[at + 1]?.kind !== gate.kind;
    const verdict = title ? laneVerdict({ title, gates }) : undefined;
    return html`<div class="picture-lane">
      ${title ? html`<p class="lane">${title} ${verdict ? tagged(verdict) : nothing}</p>` : nothing}
      <ol class="picture-gates" aria-label=${title || "Gates, in the order in which AWS evaluates them"}>
        ${gates.map((gate, at) => this.#gate(gate, last(gate, at)))}
      </ol>
    </div>`;
  }

  #answer({ result }: { readonly result: RequestResult }): TemplateResult {
    return html`<div class="picture-answer">
      ${result.message ? html`<blockquote class="message">${result.message}</blockquote>` : nothing}
      <div class="explanation">${paragraphs(result.explanation)}</div>
    </div>`;
  }

  protected override render(): TemplateResult {
    const shown = this.#shown;
    if (!shown) return html``;
    const scenario = readScenario(shown.work.scenario) ?? { requests: [] };
    const [common, ...accounts] = lanesOf(shown.result, scenario);
    const { state } = this.#evaluation;
    return html`<div class="picture-ask">
        ${this.#select(html`<span>Who asks to read an object</span>`, "caller", callers)}
        ${this.#select(html`<span>The bucket belongs to</span>`, "owner", owners)}
      </div>
      <p class="headline" role="status">
        ${verdictTag(shown.result)} <span class="cause">${decidedBy(shown.result)}</span>
      </p>
      <div class="picture-path">
        ${common ? this.#lane(common) : nothing}
        ${accounts.length > 0 ? html`<div class="picture-accounts">${accounts.map((lane) => this.#lane(lane))}</div>` : nothing}
      </div>
      ${this.#answer(shown)}
      ${"reason" in state ? html`<p class="hint">The engine has no answer to this: ${state.reason}.</p>` : nothing}
      <div class="tools">
        <button type="button" ?disabled=${this.#choices === first} @click=${() => this.#put(first)}>Reset</button>
        <a href="/play/${this.link}">Open in the playground</a>
      </div>`;
  }
}

customElements.define("fenceline-decision", FencelineDecision);
