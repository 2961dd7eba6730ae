// The decision of the selected request, and why.

import { html, nothing, type TemplateResult } from "lit";
import { setKey } from "../model/context.ts";
import { oneOf } from "../model/layers.ts";
import { placeWords } from "../model/positions.ts";
import type { NearMiss, RequestResult } from "../model/result.ts";
import type { KeyState } from "../model/scenario.ts";
import { decidedBy } from "../model/verdict.ts";
import { valueField } from "./context.ts";
import { focusSoon, SessionElement } from "./element.ts";
import { inline, paragraphs, sentence } from "./prose.ts";
import { layersPart, placeButton, statementName } from "./trace.ts";
import { verdictTag } from "./verdict.ts";

function list(title: string, items: readonly unknown[]): TemplateResult | typeof nothing {
  if (items.length === 0) return nothing;
  return html`<h3>${title}</h3>
    <ul class="plain">${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}

export class FencelineDecision extends SessionElement {
  #setKey(key: string, state: KeyState): void {
    this.session.changeRequest((request) => setKey(request, key, state, [""]), `Set ${key}`);
    focusSoon(() => (state === "present" ? valueField(key) : this.closest<HTMLElement>(".pane")));
  }

  #missing(key: string): TemplateResult {
    if (!this.session.readable) return html`<code>${key}</code>`;
    return html`<code>${key}</code>
      <button type="button" aria-label="Set ${key}" @click=${() => this.#setKey(key, "present")}>Set</button>
      <button type="button" aria-label="Mark ${key} as unknown" @click=${() => this.#setKey(key, "unknown")}>Mark unknown</button>`;
  }

  #nearest(miss: NearMiss): TemplateResult {
    const range = { start: miss.failedStart, end: miss.failedEnd };
    const name = `${miss.policy}, ${statementName(miss)}`;
    return html`${placeButton(this.session, miss.policy, range, name)}
      <span class="near">${oneOf(miss.layer)}${miss.at ? ` at ${miss.at}` : ""}: ${inline(miss.reason)}</span>`;
  }

  #body(result: RequestResult): TemplateResult {
    const { session } = this;
    return html`
      <p class="headline">${verdictTag(result)} <span class="cause">${decidedBy(result)}</span></p>
      ${result.message ? html`<blockquote class="message">${result.message}</blockquote>` : nothing}
      <div class="explanation">${paragraphs(result.explanation)}</div>
      ${list(
        "It depends on",
        result.dependsOn.map((key) => html`<code>${key}</code>`),
      )}
      ${list(
        "Keys that a policy names and the request lacks",
        result.missingContextKeys.map((key) => this.#missing(key)),
      )}
      ${list(
        "Closest to allowing it",
        result.nearest.map((miss) => this.#nearest(miss)),
      )}
      ${layersPart(session, result)} ${list("Notes", result.notes.map(inline))}
      ${result.rules.length > 0 ? html`<p class="hint">Rules that settled it: ${result.rules.join(", ")}</p>` : nothing}
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
            ${this.#body(lastGood)}
          </section>`
          : nothing
      }
    `;
  }

  #content(): TemplateResult {
    const { session } = this;
    const result = session.resultOf(session.selected);
    if (!session.request) {
      return html`<p class="empty">There is no request yet. Add one, or open a scenario, and its decision appears here.</p>`;
    }
    if (session.current && result) return this.#body(result);
    if (session.result === undefined && session.problems.length === 0) {
      return html`<p class="empty">${session.engine.kind === "loading" ? "The engine is loading. The decision appears here." : "There is no decision yet."}</p>`;
    }
    return this.#notEvaluated();
  }

  protected override render(): TemplateResult {
    return html`<h2>Decision</h2>
      ${this.#content()}`;
  }
}

customElements.define("fenceline-decision", FencelineDecision);
