// The table of statements: a cell says on focus, hover or click why it came out
// so, and shows its place in the editor.

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { gateName, levelName } from "../model/gates.ts";
import { type Cell, covers, isShown, type Matrix, matrixOf, type Row } from "../model/matrix.ts";
import type { Outcome, Range, RequestResult } from "../model/result.ts";
import { SessionElement } from "./element.ts";
import { inline } from "./prose.ts";
import { hasEditor, statementName } from "./trace.ts";

const signs: Record<Outcome, { sign: string; words: string }> = {
  match: { sign: "✓", words: "matches" },
  noMatch: { sign: "✗", words: "does not match" },
  unknown: { sign: "?", words: "is not known" },
};

/** A table this small is not folded. */
const fewRows = 4;

export class FencelineMatrix extends SessionElement {
  static override properties = {
    ...SessionElement.properties,
    result: { attribute: false },
    unfolded: { state: true },
    told: { state: true },
  };

  declare result: RequestResult;
  /** Whether the statements that don't match are listed, too. */
  declare unfolded: boolean;
  /** The sentence of the cell that is looked at. */
  declare told: { readonly title: string; readonly text: string } | undefined;
  #of: RequestResult | undefined;
  #matrix: Matrix | undefined;

  protected override willUpdate(): void {
    if (this.#of === this.result) return;
    this.#of = this.result;
    this.#matrix = matrixOf(this.result);
    this.told = undefined;
  }

  #show(row: Row, { start, end }: Range): void {
    if (hasEditor(this.session, row.policy)) this.session.show({ policy: row.policy, start, end, focus: false });
  }

  /** Whether the row's text is what is shown in an editor, or where the cursor stands. */
  #lit(row: Row): boolean {
    const { place, pointed } = this.session;
    return [place, pointed].some(
      (at) => at?.policy === row.policy && covers(row, at.start.offset) && covers(row, at.end.offset),
    );
  }

  #cell(row: Row, cell: Cell | undefined): TemplateResult {
    if (!cell)
      return html`<td><span class="cell none" aria-hidden="true">–</span><span class="unseen">not asked</span></td>`;
    const { sign, words } = signs[cell.outcome];
    const tell = (): void => {
      this.told = { title: cell.what, text: cell.reason };
    };
    return html`<td>
      <button
        type="button"
        class="cell outcome-${cell.outcome}"
        @focus=${tell}
        @pointerenter=${tell}
        @click=${() => this.#show(row, cell)}
      >
        <span aria-hidden="true">${sign}</span><span class="unseen">${cell.what} ${words}: ${cell.reason.replaceAll("`", "")}</span>
      </button>
    </td>`;
  }

  #row(row: Row, matrix: Matrix): TemplateResult {
    const { words, sign } = signs[row.outcome];
    const classes = [row.decides && "decides", row.near && "near-miss", this.#lit(row) && "lit", row.outcome];
    return html`<tr class=${classes.filter(Boolean).join(" ")}>
      <th scope="row">
        <button type="button" class="place" @click=${() => this.#show(row, row)}>${statementName(row)}</button>
        <span class="matrix-policy">${row.policy}, ${gateName(row.layer)}${row.at ? `, ${levelName(row.at, this.session.scenario.organization?.root)}` : ""}</span>
      </th>
      <td class="applies"><span aria-hidden="true">${sign}</span> ${row.outcome === "match" ? "yes" : row.outcome === "unknown" ? "may" : "no"}<span class="unseen">, ${words}</span></td>
      <td><span class="effect-${row.effect}">${row.effect}</span></td>
      ${this.#cell(row, row.action)} ${this.#cell(row, row.resource)}
      ${matrix.principals ? this.#cell(row, row.principal) : nothing}
      ${row.conditions.map((cell) => this.#cell(row, cell))}
    </tr>`;
  }

  protected override render(): TemplateResult | typeof nothing {
    const matrix = this.#matrix;
    if (!matrix || matrix.rows.length === 0) return nothing;
    const whole = this.unfolded || matrix.rows.length <= fewRows;
    const rows = whole ? matrix.rows : matrix.rows.filter(isShown);
    const more = matrix.rows.length - rows.length;
    return html`
      <h3 id="matrix-title">Statements</h3>
      <div class="matrix-scroll" role="region" aria-labelledby="matrix-title" tabindex="0">
        <table class="matrix">
          <thead>
            <tr>
              <th scope="col">Statement</th>
              <th scope="col">Applies</th>
              <th scope="col">Effect</th>
              <th scope="col">Action</th>
              <th scope="col">Resource</th>
              ${matrix.principals ? html`<th scope="col">Principal</th>` : nothing}
              ${matrix.conditions.map((name) => {
                const [operator = "", key = ""] = name.split(" ");
                return html`<th scope="col" class="matrix-condition"><span>${operator}</span> <code>${key}</code></th>`;
              })}
            </tr>
          </thead>
          <tbody>${repeat(
            rows,
            ({ key }) => key,
            (row) => this.#row(row, matrix),
          )}</tbody>
        </table>
      </div>
      <p class="matrix-told">${this.told ? html`<strong>${this.told.title}</strong>: ${inline(this.told.text)}` : html`<span class="hint">Point at a cell, or move the focus there, to read why.</span>`}</p>
      ${
        more > 0 || this.unfolded
          ? html`<button type="button" class="matrix-more" aria-expanded=${this.unfolded ? "true" : "false"} @click=${() => (this.unfolded = !this.unfolded)}>
            ${this.unfolded ? "Fold the statements that don't match" : `${more} more ${more === 1 ? "statement doesn't" : "statements don't"} match`}
          </button>`
          : nothing
      }
    `;
  }
}

customElements.define("fenceline-matrix", FencelineMatrix);
