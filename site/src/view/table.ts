// All requests with all that matters of them, sorted by any column.

import { html, nothing, type TemplateResult } from "lit";
import { isUnmet } from "../model/expect.ts";
import { type Column, columns, type Order, type Row, rowOf, sortRows } from "../model/rows.ts";
import { focusSoon, SessionElement } from "./element.ts";
import { verdictTag } from "./verdict.ts";

export class FencelineTable extends SessionElement {
  static override properties = { ...SessionElement.properties, order: { state: true } };

  declare order: Order;

  constructor() {
    super();
    this.order = { column: undefined, down: false };
  }

  /** A column sorts upwards, then downwards, then no more. */
  #sort(column: Column): void {
    const { order } = this;
    if (order.column !== column) this.order = { column, down: false };
    else this.order = order.down ? { column: undefined, down: false } : { column, down: true };
  }

  #choose(index: number): void {
    const { session } = this;
    session.closeDialog();
    session.select(index);
    focusSoon(() => document.querySelector<HTMLElement>(".request[aria-current=true] .request-name"));
  }

  #heading(column: Column, title: string): TemplateResult {
    const { order } = this;
    const sorted = order.column === column;
    const sign = sorted ? (order.down ? "▼" : "▲") : "";
    return html`<th scope="col" aria-sort=${sorted ? (order.down ? "descending" : "ascending") : nothing}>
      <button type="button" class="quiet" @click=${() => this.#sort(column)}>${title} <span aria-hidden="true">${sign}</span></button>
    </th>`;
  }

  #cell({ cells, result }: Row, column: Column): TemplateResult {
    if (column === "decision") return html`<td>${verdictTag(result)}</td>`;
    const unmet = column === "expected" && isUnmet(result);
    const code = ["principal", "action", "resource", "context"].includes(column);
    return html`<td class="${code ? "code" : ""} ${unmet ? "unmet" : ""}">${cells[column]}</td>`;
  }

  #row(row: Row): TemplateResult {
    const current = row.index === this.session.selected;
    return html`<tr aria-current=${current ? "true" : "false"} @click=${() => this.#choose(row.index)}>
      <th scope="row"><button type="button" class="quiet" ?autofocus=${current}>${row.cells.name}</button></th>
      ${columns.slice(1).map(([column]) => this.#cell(row, column))}
    </tr>`;
  }

  protected override render(): TemplateResult {
    const { session } = this;
    const { requests } = session.scenario;
    const rows = requests.map((request, index) => rowOf(request, index, session.freshResultOf(index)));
    return html`<div class="full-table" role="region" aria-label="All requests" tabindex="0">
      <table>
        <thead>
          <tr>${columns.map(([column, title]) => this.#heading(column, title))}</tr>
        </thead>
        <tbody>${sortRows(rows, this.order).map((row) => this.#row(row))}</tbody>
      </table>
    </div>`;
  }
}

customElements.define("fenceline-table", FencelineTable);
