// The decision of the selected request, and why: the verdict, the gates that
// the request passed or stopped at, and everything that can be asked about it.

import { html, nothing, type TemplateResult } from "lit";
import { loadRules, type Rule } from "../assets.ts";
import { placeWords } from "../model/positions.ts";
import type { RequestResult } from "../model/result.ts";
import { decidedBy, verdictOf } from "../model/verdict.ts";
import { boundaryCard } from "./boundary.ts";
import { SessionElement } from "./element.ts";
import { paragraphs, sentence } from "./prose.ts";
import { rulesPart } from "./rules.ts";
import { verdictTag } from "./verdict.ts";
import "./changes.ts";
import "./gates.ts";
import "./matrix.ts";
import "./missing.ts";

/** How long loading may take before its progress is told. */
const patienceMs = 2000;

/** How long a changed verdict is lit. */
const pulseMs = 150;

/** Loading with what has arrived so far, where the engine's client tells it. */
interface Progress {
  readonly loaded?: number;
  readonly total?: number;
}

const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1);

export class FencelineDecision extends SessionElement {
  static override properties = {
    ...SessionElement.properties,
    rules: { state: true },
    patient: { state: true },
  };

  /** What the rules say, once somebody could ask. */
  declare rules: ReadonlyMap<string, Rule>;
  /** Whether loading has not yet taken long. */
  declare patient: boolean;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #shown: { readonly of: number; readonly words: string } | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.rules = new Map();
    this.patient = true;
    this.#timer = setTimeout(() => (this.patient = false), patienceMs);
    void loadRules().then((rules) => (this.rules = rules));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  #summary(result: RequestResult): TemplateResult {
    return html`
      <p class="headline">${verdictTag(result)} <span class="cause">${decidedBy(result)}</span></p>
      ${this.#absent(result)}
      <div class="explanation">${paragraphs(result.explanation)}</div>
    `;
  }

  /** Right beside the verdict: what it hangs on that the request does not say. */
  #absent(result: RequestResult): TemplateResult | typeof nothing {
    const keys = result.decision === "depends" ? result.dependsOn : result.missingContextKeys;
    if (keys.length === 0) return nothing;
    const codes = keys.map((key, at) => html`${at > 0 ? ", " : ""}<code>${key}</code>`);
    return html`<p class="absent-keys">
      ${result.decision === "depends" ? "It depends on" : keys.length === 1 ? "Decided without the key" : "Decided without the keys"}
      ${codes}.
      <a href="#missing" @click=${(event: Event) => this.#toMissing(event)}>${result.decision === "depends" ? "Settle it" : keys.length === 1 ? "Give it a value" : "Give them values"}</a>
    </p>`;
  }

  /** Moves the focus to the keys' fields; the address is the work's, and stays. */
  #toMissing(event: Event): void {
    event.preventDefault();
    const fields = this.querySelector("fenceline-missing");
    const field =
      fields?.querySelector<HTMLElement>("input:checked, button") ?? fields?.querySelector<HTMLElement>("input");
    field?.focus();
    field?.scrollIntoView({ block: "center" });
  }

  #notes(result: RequestResult): TemplateResult | typeof nothing {
    if (result.notes.length === 0) return nothing;
    return html`<h3>Assumed, or not modelled</h3>
      <ul class="plain">${result.notes.map((note) => html`<li>${sentence(note)}</li>`)}</ul>`;
  }

  #evidence(result: RequestResult): TemplateResult {
    const { session } = this;
    return html`
      ${
        result.gates.length > 0
          ? html`<h3 class="unseen">Gates</h3>
            <fenceline-gates .session=${session} .result=${result}></fenceline-gates>`
          : nothing
      }
      ${this.#words(result)}
      ${boundaryCard(result.boundary)}
    `;
  }

  /** What AWS itself says: its message, and the rules of its documents. */
  #words(result: RequestResult): TemplateResult {
    return html`
      ${result.message ? html`<h3>What AWS answers</h3><blockquote class="message">${result.message}</blockquote>` : nothing}
      ${rulesPart(result.rules, this.rules)}
    `;
  }

  #body(result: RequestResult): TemplateResult {
    const { session } = this;
    return html`
      ${this.#summary(result)} ${this.#evidence(result)}
      <fenceline-missing .session=${session} .result=${result}></fenceline-missing>
      <fenceline-matrix .session=${session} .result=${result}></fenceline-matrix>
      <fenceline-changes .session=${session}></fenceline-changes>
      ${this.#notes(result)}
    `;
  }

  /** Why there is no answer for the texts as they stand. */
  #cause(): TemplateResult | typeof nothing {
    const { session } = this;
    if (session.waits) {
      return html`<p>
        The texts have changed.
        <button type="button" aria-keyshortcuts="Control+Enter" @click=${() => session.evaluate()}>Evaluate now</button>
      </p>`;
    }
    if (!session.fresh) {
      return session.busy
        ? html`<p>The engine is at work on this text.</p>`
        : html`<p>The engine has no result for this text.</p>`;
    }
    const message = session.resultOf(session.selected)?.error ?? session.blocker?.message;
    return message === undefined ? nothing : html`<p>${sentence(message)}</p>`;
  }

  /** The last answer, under the reason why it is not one for the texts as they stand. */
  #notEvaluated(): TemplateResult {
    const { blocker, lastGood, fresh } = this.session;
    const broke = fresh && blocker ? ` ${blocker.policy ?? "the scenario"} broke, ${placeWords(blocker.start)}` : "";
    return html`
      <p class="headline">${verdictTag(undefined)}</p>
      ${this.#cause()}
      ${
        lastGood
          ? html`<section class="before" aria-label="The last result">
            <p class="before-label">For the text before${broke}:</p>
            ${this.#summary(lastGood)} ${this.#evidence(lastGood)}
          </section>`
          : nothing
      }
    `;
  }

  #loading(): TemplateResult {
    const { loaded, total }: Progress = this.session.engine as Progress;
    const progress = loaded !== undefined && total ? html` ${megabytes(loaded)} of ${megabytes(total)} MB.` : nothing;
    return html`<p class="empty">The engine is loading. The decision appears here.${this.patient ? nothing : progress}</p>`;
  }

  #content(): TemplateResult {
    const { session } = this;
    const result = session.resultOf(session.selected);
    if (!session.request) {
      return html`<p class="empty">There is no request yet. Add one, or open a scenario, and its decision appears here.</p>`;
    }
    if (session.current && result) return this.#body(result);
    if (session.result === undefined && session.problems.length === 0) {
      return session.engine.kind === "loading" ? this.#loading() : html`<p class="empty">There is no decision yet.</p>`;
    }
    return this.#notEvaluated();
  }

  protected override render(): TemplateResult {
    return html`<h2>Decision</h2>
      ${this.#content()}`;
  }

  protected override updated(): void {
    const { session } = this;
    const words = verdictOf(session.current ? session.resultOf(session.selected) : undefined).words;
    const before = this.#shown;
    this.#shown = { of: session.selected, words };
    if (before?.of !== session.selected || before.words === words) return;
    const line = this.querySelector(".headline");
    line?.classList.add("pulse");
    setTimeout(() => line?.classList.remove("pulse"), pulseMs);
  }
}

customElements.define("fenceline-decision", FencelineDecision);
