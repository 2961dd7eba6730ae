// One policy: its name, what it says about the selected request, and its text.

import { html, nothing, type TemplateResult } from "lit";
import { coverageOf } from "../model/coverage.ts";
import { namesOf } from "../model/names.ts";
import type { StatementResult } from "../model/result.ts";
import type { Place } from "../model/session.ts";
import type { PolicyText } from "../model/workspace.ts";
import type { EditEvent, FencelineEditor, FixEvent, Mark, WholePasteEvent } from "./editor.ts";
import { focusSoon, SessionElement } from "./element.ts";
import { policyTag } from "./verdict.ts";
import "./editor.ts";

const clearValidity = (event: Event): void => (event.target as HTMLInputElement).setCustomValidity("");

export class FencelinePolicy extends SessionElement {
  static override properties = {
    ...SessionElement.properties,
    policy: { attribute: false },
    note: { attribute: false },
    statements: { attribute: false },
    open: { attribute: false },
    renaming: { state: true },
  };

  declare policy: PolicyText;
  declare note: string;
  /** What its statements made of the selected request; none where the request doesn't meet it. */
  declare statements: readonly StatementResult[];
  /** Whether it is open before a person folds or unfolds it. */
  declare open: boolean;
  declare renaming: boolean;
  #revealed: Place | undefined;

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

  #says(errors: number): TemplateResult | typeof nothing {
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
    return html`<div class="tools">
      <button type="button" aria-label="Format the policy ${policy.name}" @click=${() => session.format(policy.name)}>Format</button>
      <button type="button" aria-label="Rename the policy ${policy.name}" @click=${() => this.#startRenaming()}>Rename</button>
      <button type="button" aria-label="Delete the policy ${policy.name}" @click=${() => this.#delete()}>Delete</button>
    </div>`;
  }

  protected override render(): TemplateResult {
    const { session, policy } = this;
    const problems = session.problems.filter((problem) => problem.policy === policy.name);
    const errors = problems.filter(({ severity }) => severity === "error").length;
    return html`<details class="policy" ?open=${this.open}>
      <summary>
        <span class="policy-name">${policy.name}</span>
        ${this.note ? html`<span class="policy-note">${this.note}</span>` : nothing}
        ${this.#says(errors)}
      </summary>
      <fenceline-editor
        .label=${`Policy ${policy.name}`}
        .text=${policy.text}
        .problems=${problems}
        .marks=${this.#marks()}
        .coverage=${session.current ? coverageOf(this.statements) : []}
        .names=${() => namesOf(session.scenario, session.workspace)}
        @edit=${(event: EditEvent) => session.editPolicy(policy.name, event.detail)}
        @whole-paste=${(event: WholePasteEvent) => void this.#unwrap(event.detail)}
        @fix=${({ detail }: FixEvent) => session.fix(detail.problem, detail.fix)}
        @format=${() => session.format(policy.name)}
      ></fenceline-editor>
      ${this.#tools()}
    </details>`;
  }

  protected override updated(): void {
    const { place } = this.session;
    if (place === this.#revealed) return;
    this.#revealed = place;
    if (place?.policy !== this.policy.name) return;
    this.querySelector("details")?.setAttribute("open", "");
    this.querySelector<FencelineEditor>("fenceline-editor")?.reveal(place, place.focus);
  }
}

customElements.define("fenceline-policy", FencelinePolicy);
