// The scenario's requests, each with its decision, and whether that was expected.

import { html, nothing, type TemplateResult } from "lit";
import type { RequestResult } from "../model/result.ts";
import type { Request } from "../model/scenario.ts";
import { SessionElement } from "./element.ts";
import { verdictTag } from "./verdict.ts";

function expectation(result: RequestResult | undefined): TemplateResult | typeof nothing {
  if (result?.met === undefined || result.error) return nothing;
  return result.met
    ? html`<span class="met">as expected</span>`
    : html`<span class="unmet">not as expected: ${expectedWords(result.expected)}</span>`;
}

function expectedWords(expected: RequestResult["expected"]): string {
  const decision = typeof expected === "string" ? expected : expected?.decision;
  return decision ?? "another cause";
}

export class FencelineRequests extends SessionElement {
  #inView: Request | undefined;

  #row(request: Request, index: number): TemplateResult {
    const { session } = this;
    const name = request.name || `Request ${index + 1}`;
    const result = session.freshResultOf(index);
    return html`<li>
      <button
        type="button"
        class="request"
        aria-current=${index === session.selected ? "true" : "false"}
        @click=${() => session.select(index)}
      >
        <span class="request-name">${name}</span>
        <span class="request-action">${request.action ?? ""}</span>
        <span class="request-decision">${verdictTag(result)} ${expectation(result)}</span>
      </button>
    </li>`;
  }

  #score(): TemplateResult | typeof nothing {
    const { fresh, result } = this.session;
    const judged = (fresh ? (result?.results ?? []) : []).filter(({ met }) => met !== undefined);
    if (judged.length === 0) return nothing;
    const failed = judged.filter(({ error }) => error).length;
    const met = judged.filter((result) => result.met && !result.error).length;
    return html`<p class="score">${met} of ${judged.length} as expected${failed > 0 ? `, ${failed} not evaluated` : ""}</p>`;
  }

  /** The list scrolls by itself where it stands in a column. */
  #keepInView(): void {
    const list = this.querySelector("ul");
    const row = list?.querySelector<HTMLElement>("[aria-current=true]");
    if (!list || !row) return;
    const above = row.offsetTop - list.offsetTop - list.scrollTop;
    if (above < 0) list.scrollTop += above;
    else if (above + row.offsetHeight > list.clientHeight)
      list.scrollTop += above + row.offsetHeight - list.clientHeight;
  }

  protected override updated(): void {
    if (this.#inView === this.session.request) return;
    this.#inView = this.session.request;
    this.#keepInView();
  }

  protected override render(): TemplateResult {
    const { session } = this;
    const { requests } = session.scenario;
    return html`
      <h2>Requests</h2>
      ${this.#score()}
      ${requests.length === 0 ? html`<p class="empty">Nothing is asked yet. Add a request to see a decision.</p>` : nothing}
      <ul class="requests">${requests.map((request, index) => this.#row(request, index))}</ul>
      <div class="tools">
        <button type="button" ?disabled=${!session.readable} @click=${() => session.addRequest()}>Add a request</button>
        ${
          requests.length > 0
            ? html`<button type="button" ?disabled=${!session.readable} @click=${() => session.deleteRequest(session.selected)}>
              Delete this request
            </button>`
            : nothing
        }
      </div>
    `;
  }
}

customElements.define("fenceline-requests", FencelineRequests);
