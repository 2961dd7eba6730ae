// What the caller's policies grant and what his ceilings offer, drawn as areas that overlap, with true counts.

import { html, LitElement, nothing, svg, type TemplateResult } from "lit";
import { type ActionTable, type AreaLayer, type Areas, areasOf } from "../model/everyAction.ts";

const names: Record<AreaLayer, string> = {
  identityPolicy: "identity policies",
  permissionsBoundary: "permissions boundary",
  serviceControlPolicy: "SCPs",
};

const verbs: Record<AreaLayer, string> = {
  identityPolicy: "granted by identity policies",
  permissionsBoundary: "inside the boundary",
  serviceControlPolicy: "allowed by SCPs",
};

/** Where a circle stands, and where its name and the counts of the parts go. */
interface Drawing {
  readonly circles: readonly {
    readonly x: number;
    readonly y: number;
    readonly nameX: number;
    readonly nameY: number;
  }[];
  /** By the set of circles that a part is in. */
  readonly counts: Readonly<Record<number, readonly [number, number]>>;
}

const radius = 70;

const drawings: Readonly<Record<number, Drawing>> = {
  1: { circles: [{ x: 160, y: 100, nameX: 160, nameY: 22 }], counts: { 1: [160, 104] } },
  2: {
    circles: [
      { x: 115, y: 105, nameX: 90, nameY: 24 },
      { x: 205, y: 105, nameX: 235, nameY: 24 },
    ],
    counts: { 1: [82, 109], 2: [238, 109], 3: [160, 109] },
  },
  3: {
    circles: [
      { x: 120, y: 100, nameX: 80, nameY: 20 },
      { x: 200, y: 100, nameX: 245, nameY: 20 },
      { x: 160, y: 165, nameX: 160, nameY: 252 },
    ],
    counts: { 1: [85, 88], 2: [235, 88], 4: [160, 208], 3: [160, 78], 5: [112, 142], 6: [208, 142], 7: [160, 120] },
  },
};

const number = (n: number): string => n.toLocaleString("en");

/** joined lists words: "a", "a and b", "a, b and c". */
function joined(list: readonly string[]): string {
  return list.length < 2 ? (list[0] ?? "") : `${list.slice(0, -1).join(", ")} and ${list.at(-1) ?? ""}`;
}

/** wordsOf says which part of the areas a set is. */
function wordsOf(set: number, present: readonly AreaLayer[]): string {
  const inside = present.filter((_, bit) => set & (1 << bit));
  const outside = present.filter((_, bit) => !(set & (1 << bit)));
  if (inside.length === 0) return "in none of them";
  const text = joined(inside.map((layer) => verbs[layer]));
  const without = joined(outside.map((layer) => names[layer]));
  return outside.length === 0 ? text : `${text}, not by ${without}`;
}

/** What a part means for the caller. */
function meaning(set: number, present: readonly AreaLayer[]): string {
  if (set === (1 << present.length) - 1) return "what remains";
  if (present[0] !== "identityPolicy") return "";
  return set & 1 ? "cut off by a ceiling" : set === 0 ? "" : "offered by a ceiling, granted by nobody";
}

export class FencelineActionAreas extends LitElement {
  static override properties = { table: { attribute: false } };

  declare table: ActionTable;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  #picture({ present, counts }: Areas): TemplateResult | typeof nothing {
    const drawing = drawings[present.length];
    if (!drawing) return nothing;
    return html`<svg class="areas" viewBox="0 0 320 260" aria-hidden="true">
      ${drawing.circles.map(
        ({ x, y, nameX, nameY }, at) => svg`
          <circle class="area area-${present[at] ?? ""}" cx=${x} cy=${y} r=${radius}></circle>
          <text class="area-name" x=${nameX} y=${nameY}>${present[at] ? names[present[at]] : ""}</text>`,
      )}
      ${Object.entries(drawing.counts).map(
        ([set, [x, y]]) => svg`<text class="area-count" x=${x} y=${y}>${number(counts[Number(set)] ?? 0)}</text>`,
      )}
    </svg>`;
  }

  protected override render(): TemplateResult {
    const areas = areasOf(this.table);
    const { present, counts } = areas;
    if (present.length === 0) return html``;
    const sets = counts.map((_, set) => set).reverse();
    return html`<div class="every-areas">
      ${this.#picture(areas)}
      <table class="areas-table">
        <caption>Actions by what allows them, be it only in some case</caption>
        <tbody>
          ${sets.map(
            (set) => html`<tr>
              <td class="figure">${number(counts[set] ?? 0)}</td>
              <th scope="row">${wordsOf(set, present)}</th>
              <td>${meaning(set, present)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }
}

customElements.define("fenceline-action-areas", FencelineActionAreas);
