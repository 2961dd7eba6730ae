// One policy: its name, what it says about the selected request, and its text.

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { type Coverage, coverageIn } from "../model/coverage.ts";
import { countWords, emptinessWords, statementCount } from "../model/documents.ts";
import { namesOf } from "../model/names.ts";
import type { PolicyLayer, Problem, RequestResult, StatementResult } from "../model/result.ts";
import type { Place } from "../model/session.ts";
import type { PolicyText } from "../model/workspace.ts";
import type { EditEvent, FencelineEditor, FixEvent, Mark, WholePasteEvent } from "./editor.ts";
import { focusSoon, SessionElement } from "./element.ts";
import { Printing } from "./printing.ts";
import { policyTag } from "./verdict.ts";
import "./attach.ts";
import "./editor.ts";

/** The most places that are named beside a policy. */
const mostPlaces = 3;

/** Detail of the editor's `point` event: the statement under the pointer or the cursor. */
type PointEvent = CustomEvent<Pick<Coverage, "range"> | undefined>;

const clearValidity = (event: Event): void => (event.target as HTMLInputElement).setCustomValidity("");

export class FencelinePolicy extends SessionElement {
  static override properties = {
    ...SessionElement.properties,
    policy: { attribute: false },
    note: { attribute: false },
    kind: { attribute: false },
    statements: { attribute: false },
    open: { attribute: false },
    where: { attribute: false },
    unfolded: { state: true },
    renaming: { state: true },
    attaching: { state: true },
  };

  declare policy: PolicyText;
  declare note: string;
  /** As what the selected request meets it; undefined where it doesn't. */
  declare kind: PolicyLayer | undefined;
  /** What its statements made of the selected request; none where the request doesn't meet it. */
  declare statements: readonly StatementResult[];
  /** Whether it is open before a person folds or unfolds it. */
  declare open: boolean;
  /** The places where it is attached, in words. */
  declare where: readonly string[];
  /** Whether it is open; its editor is only made then. */
  declare unfolded: boolean;
  declare renaming: boolean;
  /** On paper the whole text stands, be the policy folded or not. */
  readonly #printing = new Printing(this);
  declare attaching: boolean;
  #seen: Place | undefined;
  #revealed: Place | undefined;
  #covered: { by: RequestResult | undefined; name: string; coverage: readonly Coverage[] } = {
    by: undefined,
    name: "",
    coverage: [],
  };

  protected override willUpdate(changed: PropertyValues<this>): void {
    const atWork = this.attaching || this.renaming;
    if (changed.has("open") && !atWork) this.unfolded = this.open;
    const { place } = this.session;
    if (place !== this.#seen && place?.policy === this.policy.name) this.unfolded = true;
    this.#seen = place;
  }

  get #out(): boolean {
    return this.session.workspace.without.includes(this.policy.name);
  }

  #marks(): Mark[] {
    const { session } = this;
    const decisive = session.current ? (session.resultOf(session.selected)?.determining ?? []) : [];
    const marks = decisive
      .filter(({ policy }) => policy === this.policy.name)
      .map((range): Mark => ({ range, kind: range.effect === "Deny" ? "deny" : "allow" }));
    const { place } = session;
    if (place && !place.focus && place.policy === this.policy.name) marks.push({ range: place, kind: "shown" });
    return marks;
  }

  /** What each statement did in the last decision. */
  #coverage(): readonly Coverage[] {
    const { session } = this;
    const result = session.current ? session.resultOf(session.selected) : undefined;
    if (result !== this.#covered.by || this.policy.name !== this.#covered.name) {
      this.#covered = {
        by: result,
        name: this.policy.name,
        coverage: result ? coverageIn(result, this.policy.name) : [],
      };
    }
    return this.#covered.coverage;
  }

  #point(covered: Pick<Coverage, "range"> | undefined): void {
    this.session.point(covered && { ...covered.range, policy: this.policy.name, focus: false });
  }

  #says(errors: number): TemplateResult | typeof nothing {
    if (this.#out) return html`<span class="verdict tone-none">left out</span>`;
    if (errors > 0) {
      return html`<span class="verdict tone-deny"><span class="sign" aria-hidden="true">✖</span> ${errors} ${errors === 1 ? "error" : "errors"}, not evaluated</span>`;
    }
    return this.session.current && this.statements.length > 0 ? policyTag(this.statements) : nothing;
  }

  #rename(event: SubmitEvent): void {
    event.preventDefault();
    const field = this.querySelector<HTMLInputElement>("input[name=policy-name]");
    if (!field) return;
    const name = field.value.trim();
    this.#focusPane();
    const free = name === this.policy.name || this.session.renamePolicy(this.policy.name, name);
    field.setCustomValidity(free ? "" : "Another policy has this name, or it is empty.");
    if (!free) {
      field.reportValidity();
      return;
    }
    this.renaming = false;
  }

  /** What had the focus goes away: the pane takes it, so that the keyboard stays here. */
  #focusPane(): void {
    this.closest<HTMLElement>(".pane")?.focus();
  }

  /** What was pasted as the whole policy may be a document in something else. */
  async #unwrap(pasted: string): Promise<void> {
    const { takeDocument } = await import("./importing.ts");
    await takeDocument(this.session, this.policy.name, pasted);
  }

  #startRenaming(): void {
    this.renaming = true;
    focusSoon(() => this.querySelector<HTMLElement>("input[name=policy-name]"));
  }

  #delete(): void {
    this.#focusPane();
    this.session.deletePolicy(this.policy.name);
  }

  #tools(): TemplateResult | typeof nothing {
    const { session, policy } = this;
    if (!session.readable) return nothing;
    if (this.renaming) {
      return html`<form class="tools" @submit=${this.#rename}>
        <label>Name <input name="policy-name" .value=${policy.name} autocomplete="off" @input=${clearValidity} /></label>
        <button type="submit">Rename</button>
        <button type="button" @click=${() => (this.renaming = false)}>Cancel</button>
      </form>`;
    }
    const { name } = policy;
    const out = this.#out;
    return html`<div class="tools">
        <button type="button" aria-label="Format the policy ${name}" @click=${() => session.format(name)}>Format</button>
        <button type="button" aria-label="Rename the policy ${name}" @click=${() => this.#startRenaming()}>Rename</button>
        <button type="button" aria-label="Duplicate the policy ${name}" @click=${() => session.duplicatePolicy(name)}>Duplicate</button>
        <button
          type="button"
          aria-label="Attach to… ${name}"
          aria-expanded=${this.attaching ? "true" : "false"}
          @click=${() => (this.attaching = !this.attaching)}
        >
          Attach to…
        </button>
        <button
          type="button"
          aria-label="${out ? "Take in again" : "Leave out"}: the policy ${name}"
          title="Decide as if it were attached nowhere"
          @click=${() => session.leaveOut(name, !out)}
        >
          ${out ? "Take in again" : "Leave out"}
        </button>
        <button type="button" aria-label="Delete the policy ${name}" @click=${() => this.#delete()}>Delete</button>
      </div>
      ${this.attaching ? html`<fenceline-attach .session=${session} .policy=${name}></fenceline-attach>` : nothing}`;
  }

  /** Where it is attached, the first places by name. */
  #attachedTo(): TemplateResult {
    const { where } = this;
    const more = where.length > mostPlaces ? `, and ${where.length - mostPlaces} more` : "";
    const words =
      where.length === 0 ? "Attached to nothing." : `Attached to ${where.slice(0, mostPlaces).join(", ")}${more}.`;
    return html`<p class="attached hint">${words}${this.#out ? " Left out: every request is decided as if it were not." : ""}</p>`;
  }

  /** What it means for the request that the policy allows nothing. */
  #emptiness(): TemplateResult | typeof nothing {
    const words = this.kind && !this.#out ? emptinessWords(this.policy, this.kind) : undefined;
    return words === undefined ? nothing : html`<p class="attached">${words}</p>`;
  }

  #editor(problems: readonly Problem[]): TemplateResult {
    const { session, policy } = this;
    return html`<fenceline-editor
      .label=${`Policy ${policy.name}`}
      .text=${policy.text}
      .problems=${problems}
      .marks=${this.#marks()}
      .coverage=${this.#coverage()}
      @point=${(event: PointEvent) => this.#point(event.detail)}
      .names=${() => namesOf(session.scenario, session.workspace, session.catalogue)}
      @edit=${(event: EditEvent) => session.editPolicy(policy.name, event.detail)}
      @whole-paste=${(event: WholePasteEvent) => void this.#unwrap(event.detail)}
      @fix=${({ detail }: FixEvent) => session.fix(detail.problem, detail.fix)}
      @format=${() => session.format(policy.name)}
    ></fenceline-editor>`;
  }

  protected override render(): TemplateResult {
    const { session, policy } = this;
    const problems = session.problems.filter((problem) => problem.policy === policy.name);
    const errors = problems.filter(({ severity }) => severity === "error").length;
    const count = statementCount(policy);
    return html`<details
      class="policy ${this.#out ? "out" : ""}"
      .open=${this.unfolded}
      @toggle=${(event: Event) => (this.unfolded = (event.target as HTMLDetailsElement).open)}
    >
      <summary>
        <span class="policy-name">${policy.name}</span>
        ${this.note ? html`<span class="policy-note">${this.note}</span>` : nothing}
        ${this.#says(errors)}
        ${count === undefined ? nothing : html`<span class="policy-note">${countWords(count)}</span>`}
      </summary>
      ${this.unfolded ? html`${this.#attachedTo()} ${this.#emptiness()} ${this.#editor(problems)} ${this.#tools()}` : nothing}
      </details>
      ${this.#printing.now ? html`<pre class="printed">${policy.text}</pre>` : nothing}`;
  }

  protected override updated(): void {
    const { place } = this.session;
    if (place === this.#revealed) return;
    this.#revealed = place;
    if (place?.policy !== this.policy.name) return;
    this.querySelector<FencelineEditor>("fenceline-editor")?.reveal(place, place.focus);
  }
}

customElements.define("fenceline-policy", FencelinePolicy);
