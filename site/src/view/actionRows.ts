// The actions that are shown, a page of them at a time, with what decided each.

import { html, LitElement, nothing, type TemplateResult } from "lit";
import { csvCell } from "../model/export/results.ts";
import {
  type ActionClass,
  answerOf,
  answerWords,
  type Asked,
  classOf,
  type Column,
  decider,
  differenceOf,
  exportRow,
  type Order,
} from "../model/everyAction.ts";
import { accessLevels } from "../model/catalogue.ts";
import { mostRequests, scenarioOf } from "../model/everyActionQuestion.ts";
import { decisionVerdict, type Verdict } from "../model/verdict.ts";
import { oneOf } from "../model/layers.ts";
import type { Session } from "../model/session.ts";
import type { StatementRef } from "../model/result.ts";
import { save } from "./clipboard.ts";
import { inline, sentence } from "./prose.ts";
import { tagged } from "./verdict.ts";

/** How many rows stand on a page. */
const pageRows = 100;

const columns: readonly (readonly [Column, string])[] = [
  ["action", "Action"],
  ["access", "Access level"],
  ["answer", "Decision"],
  ["by", "Decided by"],
];

/** Denied in any case: whether a Deny statement refuses as well is open. */
const anyway: Verdict = { sign: "✖", words: "Denied in any case", tone: "deny" };

const verdictOf = ({ decision, never }: ActionClass): Verdict =>
  never && decision === "depends" ? anyway : decisionVerdict(decision);

export class FencelineActionRows extends LitElement {
  static override properties = {
    asked: { attribute: false },
    shown: { attribute: false },
    order: { attribute: false },
    several: { attribute: false },
    session: { attribute: false },
    page: { state: true },
  };

  declare asked: Asked;
  declare shown: readonly number[];
  declare order: Order;
  /** Whether the rows are about several resources, so that each names its own. */
  declare several: boolean;
  declare session: Session;
  declare page: number;

  constructor() {
    super();
    this.page = 0;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(): void {
    this.page = Math.max(0, Math.min(this.page, Math.ceil(this.shown.length / pageRows) - 1));
  }

  /** A column sorts upwards, then downwards. */
  #sort(column: Column): void {
    const { order } = this;
    const detail: Order = { column, down: order.column === column && !order.down };
    this.page = 0;
    this.dispatchEvent(new CustomEvent("sorted", { detail }));
  }

  #heading([column, title]: readonly [Column, string]): TemplateResult {
    const { order } = this;
    const sorted = order.column === column;
    return html`<th scope="col" aria-sort=${sorted ? (order.down ? "descending" : "ascending") : nothing}>
      <button type="button" class="quiet" @click=${() => this.#sort(column)}>
        ${title} <span aria-hidden="true">${sorted ? (order.down ? "▼" : "▲") : ""}</span>
      </button>
    </th>`;
  }

  /** A statement, with the way to its lines. */
  #statement(ref: StatementRef): TemplateResult {
    const name = ref.sid || `statement ${ref.index + 1}`;
    const show = (): void => this.session.show({ policy: ref.policy, start: ref.start, end: ref.end, focus: true });
    return html`<button type="button" class="quiet" @click=${show}>${ref.policy}: ${name}, line ${ref.start.line}</button>`;
  }

  #ground(one: ActionClass): TemplateResult | typeof nothing {
    if (one.error) return html`<span class="wrong">${sentence(one.error)}</span>`;
    const layer = decider(one);
    if (one.never && !one.decidedBy) return html`${layer ? `no ${oneOf(layer)} allows it` : nothing}`;
    if (one.decision === "depends") {
      return html`<ul class="plain every-terms">
        ${one.terms.map(
          (term) =>
            html`<li>${term.effect === "Deny" ? "denied" : "allowed"} where ${inline(term.text)} ${this.#statement(term)}</li>`,
        )}
        ${one.inexact ? html`<li>not everything could be tried: it may be more certain than this</li>` : nothing}
      </ul>`;
    }
    const refs = one.determining.slice(0, 3);
    const by = layer ? oneOf(layer) : "";
    return html`${by}${refs.length > 0 ? html`: ${refs.map((ref) => this.#statement(ref))}` : nothing}`;
  }

  #change(action: number): TemplateResult | typeof nothing {
    const { before, table } = this.asked;
    if (!before) return nothing;
    const was = classOf(before, action);
    const difference = differenceOf(before, table, action);
    return html`<td>${difference === "same" ? "" : html`<strong>${difference}</strong>, was: ${was ? answerWords[answerOf(was)] : "not asked"}`}</td>`;
  }

  #row(action: number): TemplateResult | typeof nothing {
    const { list, table } = this.asked;
    const one = classOf(table, action);
    const name = list.names[action] ?? "";
    if (!one) return nothing;
    const drill = (): void => {
      this.dispatchEvent(new CustomEvent("drilled", { detail: { action: name, resource: one.resource } }));
    };
    return html`<tr>
      <th scope="row"><button type="button" class="quiet" aria-label="Why: ${name}" @click=${drill}>${name}</button>${this.several ? html` <span class="hint">on ${one.resource || "any resource"}</span>` : nothing}</th>
      <td>${accessLevels[list.access[action] ?? ""]}</td>
      <td>${tagged(verdictOf(one))}</td>
      <td>${this.#ground(one)}</td>
      ${this.#change(action)}
    </tr>`;
  }

  #csv(): string {
    const rows = this.shown.map((action) => exportRow(this.asked, action));
    const head = Object.keys(rows[0] ?? {}) as (keyof (typeof rows)[number])[];
    return [head, ...rows.map((row) => head.map((column) => row[column]))]
      .map((cells) => `${cells.map(csvCell).join(",")}\r\n`)
      .join("");
  }

  #exports(): TemplateResult {
    const none = this.shown.length === 0;
    const json = (): string =>
      `${JSON.stringify(
        this.shown.map((action) => exportRow(this.asked, action)),
        undefined,
        2,
      )}\n`;
    const { session, asked, shown } = this;
    const scenario = (): void => {
      const file = scenarioOf(session.workspace, session.selected, asked, shown);
      if ("text" in file) save("actions-scenario.json", file.text);
      else session.say(file.problem);
    };
    return html`<div class="tools" role="group" aria-label="Save what is shown">
      <button type="button" ?disabled=${none} @click=${scenario}>Save as a scenario${shown.length > mostRequests ? ` of the first ${mostRequests.toLocaleString("en")}` : ""}</button>
      <button type="button" ?disabled=${none} @click=${() => save("actions.csv", this.#csv())}>Save as CSV</button>
      <button type="button" ?disabled=${none} @click=${() => save("actions.json", json())}>Save as JSON</button>
    </div>`;
  }

  #pages(): TemplateResult | typeof nothing {
    const { page, shown } = this;
    const last = Math.ceil(shown.length / pageRows) - 1;
    if (last < 1) return nothing;
    const go = (step: number): void => {
      this.page += step;
      this.querySelector<HTMLElement>(".every-table")?.scrollTo({ top: 0 });
    };
    const to = Math.min((page + 1) * pageRows, shown.length);
    return html`<nav class="tools" aria-label="Pages of actions">
      <button type="button" ?disabled=${page === 0} @click=${() => go(-1)}>Previous ${pageRows}</button>
      <span>${page * pageRows + 1} to ${to} of ${shown.length.toLocaleString("en")}</span>
      <button type="button" ?disabled=${page === last} @click=${() => go(1)}>Next ${pageRows}</button>
    </nav>`;
  }

  protected override render(): TemplateResult {
    const rows = this.shown.slice(this.page * pageRows, (this.page + 1) * pageRows);
    if (rows.length === 0) return html`<p class="empty">No action is like this.</p>`;
    return html`<div class="full-table every-table" role="region" aria-label="Actions" tabindex="0">
        <table>
          <thead><tr>${columns.map((column) => this.#heading(column))}${this.asked.before ? html`<th scope="col">Change</th>` : nothing}</tr></thead>
          <tbody>${rows.map((action) => this.#row(action))}</tbody>
        </table>
      </div>
      ${this.#pages()} ${this.#exports()}`;
  }
}

customElements.define("fenceline-action-rows", FencelineActionRows);
