// The scenario's requests as a table: what each came to, what it should come to, and whether it did.

import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { live } from "lit/directives/live.js";
import {
  differenceWords,
  expectable,
  expectedDecision,
  expectedWords,
  expectNow,
  isUnmet,
  scoreOf,
  setExpectation,
} from "../model/expect.ts";
import type { RequestResult } from "../model/result.ts";
import type { Request } from "../model/scenario.ts";
import { dialogs } from "./dialogs.ts";
import { focusSoon, SessionElement } from "./element.ts";
import { option } from "./option.ts";
import { sentence } from "./prose.ts";
import { verdictTag } from "./verdict.ts";
import "./actions.ts";
import "./expectation.ts";

/** From so many requests on, those that are as expected can be hidden. */
const filterFrom = 9;

/** requestName is a request's name, or its number for people. */
export const requestName = (request: Request, index: number): string => request.name || `Request ${index + 1}`;

/** What a request can be expected to come to; what is written and is no decision stands among it. */
const options = (expected: string): TemplateResult[] =>
  [...new Set(["", ...expectable, expected])].map((one) => option(one, expectedWords(one) || "none", one === expected));

/** A control of the row that does its own thing with a click. */
const isControl = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest("select, input, .row-tools, fenceline-expectation") !== null;

export class FencelineRequests extends SessionElement {
  static override properties = { ...SessionElement.properties, unmetOnly: { state: true } };

  /** Whether requests that are as expected are hidden. */
  declare unmetOnly: boolean;
  /** The row that was last scrolled into view: where it is, and of how many. */
  #inView = "";

  constructor() {
    super();
    this.unmetOnly = false;
  }

  #expect(index: number, value: string): void {
    const decision = value === "" ? undefined : value;
    this.session.changeRequestAt(index, (request) => setExpectation(request, { decision }), "Changed an expectation");
  }

  /** Moves the selection to the row above or below, or the request itself with Alt and Shift. */
  #key(event: KeyboardEvent, shown: readonly number[]): void {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey) return;
    const { session } = this;
    if (event.altKey && event.shiftKey) {
      event.preventDefault();
      this.#move(session.selected, step < 0 ? -1 : 1);
    } else if (!event.altKey && event.target instanceof HTMLButtonElement && event.target.matches(".request-name")) {
      event.preventDefault();
      const next = shown[shown.indexOf(session.selected) + step];
      if (next === undefined) return;
      session.select(next);
      this.#focusRow();
    }
  }

  #move(index: number, step: 1 | -1): void {
    const inTools = document.activeElement?.closest(".row-tools") !== null;
    this.session.moveRequest(index, step);
    const label = step < 0 ? "Move up" : "Move down";
    focusSoon(() => {
      const again = this.querySelector<HTMLButtonElement>(`.row-tools button[name="${label}"]:enabled`);
      return (inTools ? again : null) ?? this.#row();
    });
  }

  #row(): HTMLElement | null {
    return this.querySelector<HTMLElement>(".request[aria-current=true] .request-name");
  }

  #focusRow(): void {
    focusSoon(() => this.#row());
  }

  #tools(request: Request, index: number): TemplateResult {
    const { session } = this;
    const name = requestName(request, index);
    const last = session.scenario.requests.length - 1;
    const then = (action: () => void): (() => void) => {
      return () => {
        action();
        this.#focusRow();
      };
    };
    return html`<div class="tools row-tools">
      <button type="button" aria-label="Duplicate the request ${name}" @click=${then(() => session.duplicateRequest(index))}>Duplicate</button>
      <button type="button" name="Move up" aria-label="Move up ${name}" ?disabled=${index === 0} @click=${() => this.#move(index, -1)}>Up</button>
      <button type="button" name="Move down" aria-label="Move down ${name}" ?disabled=${index === last} @click=${() => this.#move(index, 1)}>Down</button>
      <button type="button" aria-label="Delete the request ${name}" @click=${then(() => session.deleteRequest(index))}>Delete</button>
    </div>`;
  }

  #met(request: Request, result: RequestResult | undefined): TemplateResult | typeof nothing {
    if (result?.error) return html`<span class="wrong">${sentence(result.error)}</span>`;
    const failed = result?.call?.error
      ? html`<span class="wrong">Not carried out: ${result.call.error.code}.</span> `
      : nothing;
    if (result?.met === undefined) return failed;
    if (result.met) return html`${failed}<span class="met">as expected</span>`;
    return html`${failed}<span class="unmet">not as expected: ${differenceWords(request, result)}</span>`;
  }

  #cells(request: Request, index: number, result: RequestResult | undefined, selected: boolean): TemplateResult {
    const { session } = this;
    const name = requestName(request, index);
    const expected = expectedDecision(request);
    return html`
      <td role="cell" class="request-decision">${verdictTag(result)}</td>
      <th role="rowheader" scope="row">
        <button
          type="button"
          class="request-name"
          tabindex=${selected ? "0" : "-1"}
          aria-pressed=${selected ? "true" : "false"}
        >${name}</button>
        <span class="request-action">${request.action ?? ""}</span>
      </th>
      <td role="cell" class="request-expected">
        <select
          aria-label="Expected of ${name}"
          tabindex=${selected ? "0" : "-1"}
          ?disabled=${!session.readable}
          @change=${(event: Event) => this.#expect(index, (event.target as HTMLSelectElement).value)}
        >${options(expected)}</select>
      </td>
      <td role="cell" class="request-met">${this.#met(request, result)}</td>`;
  }

  #request(index: number): TemplateResult {
    const { session } = this;
    const request = session.scenario.requests[index] ?? {};
    const result = session.freshResultOf(index);
    const selected = index === session.selected;
    const { readable } = session;
    const shown = [
      request.name,
      request.action,
      JSON.stringify(request.expect),
      result?.decision,
      result?.decidedBy,
      result?.met,
      result?.error,
      result?.call?.error?.code,
      selected,
      readable,
      index,
    ];
    return html`<tr
        role="row"
        class="request"
        aria-current=${selected ? "true" : "false"}
        @click=${(event: Event) => {
          if (isControl(event.target)) return;
          session.select(index);
          this.#focusRow();
        }}
      >${guard(shown, () => this.#cells(request, index, result, selected))}</tr>
      ${selected ? this.#detail(request, index, result) : nothing}`;
  }

  /** What only the selected request shows. */
  #detail(request: Request, index: number, result: RequestResult | undefined): TemplateResult | typeof nothing {
    const { session } = this;
    if (!session.readable) return nothing;
    const decided = result !== undefined && !result.error;
    return html`<tr role="row" class="request-detail">
      <td role="cell" colspan="4">
        ${request.expect === undefined ? nothing : html`<fenceline-expectation .session=${session}></fenceline-expectation>`}
        ${
          decided && (request.expect === undefined || result.met === false)
            ? html`<div class="tools row-tools">
              <button type="button" @click=${() => {
                session.changeRequestAt(index, (changed) => expectNow(changed, result), "Expected what is decided");
                this.#focusRow();
              }}>Expect what is decided now</button>
            </div>`
            : nothing
        }
        ${this.#tools(request, index)}
      </td>
    </tr>`;
  }

  #score(): TemplateResult | typeof nothing {
    const { session } = this;
    const results = session.fresh ? (session.result?.results ?? []) : [];
    const { judged, met, failed } = scoreOf(results);
    const open = results.filter(
      ({ error }, at) => !error && session.scenario.requests[at]?.expect === undefined,
    ).length;
    const all = (): void => {
      session.expectAllNow();
      this.#focusRow();
    };
    return html`<div class="score-line">
      ${judged === 0 ? nothing : html`<p class="score">${met} of ${judged} as expected${failed > 0 ? `, ${failed} not evaluated` : ""}</p>`}
      ${
        open > 1
          ? html`<button type="button" ?disabled=${!session.readable} @click=${all}>Expect what is decided now of ${open} requests</button>`
          : nothing
      }
    </div>`;
  }

  #filter(count: number): TemplateResult | typeof nothing {
    if (count < filterFrom) return nothing;
    return html`<label class="check">
      <input
        type="checkbox"
        .checked=${live(this.unmetOnly)}
        @change=${(event: Event) => (this.unmetOnly = (event.target as HTMLInputElement).checked)}
      />
      Only those not as expected
    </label>`;
  }

  /** The requests that are shown; the selected one always is. */
  #shown(): number[] {
    const { session } = this;
    const all = session.scenario.requests.map((_, index) => index);
    if (!this.unmetOnly || all.length < filterFrom) return all;
    return all.filter((index) => index === session.selected || isUnmet(session.freshResultOf(index)));
  }

  #table(shown: readonly number[]): TemplateResult {
    return html`<div class="requests" @keydown=${(event: KeyboardEvent) => this.#key(event, shown)}>
      <table role="table" aria-label="Requests">
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">Decision</th>
            <th role="columnheader" scope="col">Request</th>
            <th role="columnheader" scope="col">Expected</th>
            <th role="columnheader" scope="col">Met</th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${shown.map((index) => this.#request(index))}
        </tbody>
      </table>
    </div>`;
  }

  /** The table scrolls by itself where it stands in a column. */
  #keepInView(): void {
    const list = this.querySelector<HTMLElement>(".requests");
    const row = list?.querySelector<HTMLElement>("[aria-current=true]");
    if (!list || !row) return;
    const box = list.getBoundingClientRect();
    const { top, bottom } = row.getBoundingClientRect();
    if (top < box.top) list.scrollTop += top - box.top;
    else if (bottom > box.bottom) list.scrollTop += bottom - box.bottom;
  }

  /** The ways to begin with nothing. */
  #ways(): TemplateResult {
    const { session } = this;
    const scenarios = (): void => document.querySelector<HTMLElement>("#scenarios[popover]")?.showPopover();
    return html`<p class="empty">Nothing is asked yet. There are these ways to begin:</p>
      <ul class="ways">
        ${
          "start" in dialogs
            ? html`<li><button type="button" @click=${() => session.openDialog("start")}>Paste an error or a policy</button></li>`
            : nothing
        }
        <li><button type="button" ?disabled=${!session.readable} @click=${() => {
          session.addRequest();
          this.#focusRow();
        }}>Add the first request</button></li>
        <li><button type="button" @click=${scenarios}>Open a scenario</button></li>
      </ul>`;
  }

  protected override updated(): void {
    const { selected, scenario } = this.session;
    const row = `${selected} of ${scenario.requests.length}`;
    if (this.#inView === row || this.closest("[hidden]")) return;
    this.#inView = row;
    this.#keepInView();
  }

  protected override render(): TemplateResult {
    const { session } = this;
    const { requests } = session.scenario;
    return html`
      <h2>Requests</h2>
      ${
        requests.length === 0
          ? this.#ways()
          : html`${this.#score()} ${this.#filter(requests.length)} ${this.#table(this.#shown())}`
      }
      <fenceline-actions .session=${session}></fenceline-actions>
      <div class="tools">
        <button type="button" ?disabled=${!session.readable} @click=${() => {
          session.addRequest();
          this.#focusRow();
        }}>Add a request</button>
        ${requests.length > 0 ? html`<button type="button" @click=${() => this.dispatchEvent(new CustomEvent("every-action", { bubbles: true }))}>Ask about every action</button>` : nothing}
        ${requests.length > 1 ? html`<button type="button" @click=${() => session.openDialog("requests")}>Show as a full table</button>` : nothing}
      </div>
    `;
  }
}

customElements.define("fenceline-requests", FencelineRequests);
