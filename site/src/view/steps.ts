// A story step by step: forward and back, what each step changed, and the ways off it.

import { html, nothing, type TemplateResult } from "lit";
import { deedsUpTo, isCall, leaveStory, stepSentence } from "../model/story.ts";
import { deedsPart } from "./deeds.ts";
import { SessionElement } from "./element.ts";
import { sentence } from "./prose.ts";
import { requestName } from "./requests.ts";
import { verdictTag } from "./verdict.ts";

export class FencelineSteps extends SessionElement {
  /** The step that was last told to listeners; the first one that is shown needs no telling. */
  #told = -1;
  #said = "";

  #step(label: string, step: 1 | -1, key: string): TemplateResult {
    const { selected, scenario } = this.session;
    const to = selected + step;
    const ends = to < 0 || to >= scenario.requests.length;
    // A button that went away at the end would take the focus with it.
    return html`<button
      type="button"
      aria-disabled=${ends ? "true" : "false"}
      aria-keyshortcuts=${key}
      @click=${() => this.session.goStep(step)}
    >${label}</button>`;
  }

  #untilHere(): TemplateResult | typeof nothing {
    const { session } = this;
    const results = session.fresh ? (session.result?.results ?? []) : [];
    const deeds = deedsUpTo(results, session.selected);
    const count = deeds.reduce((sum, { texts }) => sum + texts.length, 0);
    if (count === 0) return nothing;
    return html`<details class="until-here">
      <summary>The account until here: ${count} ${count === 1 ? "change" : "changes"}</summary>
      <ol class="plain">
        ${deeds.map(
          ({ step, texts }) => html`<li>
            <button type="button" class="quiet" @click=${() => session.select(step)} aria-label="Go to step ${step + 1}">Step ${step + 1}</button>
            ${texts.map((text) => html`<span>${sentence(text)}</span> `)}
          </li>`,
        )}
      </ol>
    </details>`;
  }

  #ways(): TemplateResult {
    const { session } = this;
    const way = (after: boolean, label: string): TemplateResult =>
      html`<button type="button" ?disabled=${!session.readable || !session.current} @click=${() => void leaveStory(session, after)}>${label}</button>`;
    return html`<details class="leave">
      <summary>Leave the story and try something else</summary>
      <p class="hint">Opens a copy whose account is as it is then. Change its requests and policies as you like; undo comes back here.</p>
      <div class="tools">${way(false, "Leave before this step")} ${way(true, "Leave after this step")}</div>
    </details>`;
  }

  /** What listeners hear once the step is decided. */
  #telling(): string {
    const { session } = this;
    const { selected, scenario } = session;
    const result = session.freshResultOf(selected);
    if (this.#told < 0) this.#told = selected;
    if (this.#told !== selected && result) {
      this.#told = selected;
      const name = requestName(scenario.requests[selected] ?? {}, selected);
      this.#said = stepSentence(selected, scenario.requests.length, name, result);
    }
    return this.#said;
  }

  protected override render(): TemplateResult {
    const { session } = this;
    const { scenario, selected, request } = session;
    if (!request) return html``;
    const result = session.freshResultOf(selected);
    return html`<div class="head-line">
        <h2>Steps</h2>
        <div class="switch" role="group" aria-label="Steps">${this.#step("Back", -1, ",")}${this.#step("Forward", 1, ".")}</div>
      </div>
      <p class="step-count">Step ${selected + 1} of ${scenario.requests.length}${isCall(request) ? "" : ", a request that changes nothing"}</p>
      <p class="step-name">${requestName(request, selected)} ${verdictTag(result)}</p>
      ${deedsPart(result)}
      ${this.#untilHere()} ${this.#ways()}
      <p class="unseen" aria-live="polite">${this.#telling()}</p>`;
  }
}

customElements.define("fenceline-steps", FencelineSteps);
