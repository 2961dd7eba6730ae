// A policy that a call brings: it is read here, and changed where the call has it.

import { html, nothing, type TemplateResult } from "lit";
import { countWords } from "../model/documents.ts";
import { documentOf, madeText } from "../model/made.ts";
import type { CallDocument, StatementResult } from "../model/result.ts";
import type { Place } from "../model/session.ts";
import { SessionElement } from "./element.ts";
import { requestName } from "./requests.ts";
import { policyTag } from "./verdict.ts";

export class FencelineMade extends SessionElement {
  static override properties = {
    ...SessionElement.properties,
    name: { attribute: false },
    statements: { attribute: false },
  };

  declare name: string;
  /** What its statements made of the selected request. */
  declare statements: readonly StatementResult[];

  /** The place that is shown, and the details' state before a person changes it. */
  #place: Place | undefined;

  protected override updated(): void {
    const { place } = this.session;
    if (place === this.#place) return;
    this.#place = place;
    if (place?.policy !== this.name) return;
    this.querySelector("details")?.setAttribute("open", "");
    this.querySelector("mark")?.scrollIntoView({ block: "nearest" });
  }

  #text(document: CallDocument): unknown {
    const { session, name } = this;
    const { place, workspace, scenario } = session;
    const shown = place?.policy === name ? place : undefined;
    const [before, marked, after] = madeText(workspace.scenario, scenario, document, shown);
    return html`${before}${marked === "" ? nothing : html`<mark>${marked}</mark>`}${after}`;
  }

  protected override render(): TemplateResult {
    const { session, name, statements } = this;
    const document = session.fresh ? documentOf(session.result, name) : undefined;
    const step = document?.request ?? 0;
    const maker = requestName(session.scenario.requests[step] ?? {}, step);
    return html`<details class="policy made">
      <summary>
        <span class="policy-name">${name}</span>
        <span class="policy-note">made in step ${step + 1}</span>
        ${session.current ? policyTag(statements) : nothing}
        <span class="policy-note">${countWords(statements.length)}</span>
      </summary>
      <pre class="still-text" tabindex="0" aria-label="Policy ${name}">${document ? this.#text(document) : nothing}</pre>
      <div class="tools">
        <button type="button" @click=${() => session.select(step)}>Go to the step: ${maker}</button>
      </div>
    </details>`;
  }
}

customElements.define("fenceline-made", FencelineMade);
