// How identity and boundary go together: two areas that overlap, with the line
// round what both allow, and the request's place among them.

import { html, nothing, type TemplateResult } from "lit";
import type { BoundaryResult, Outcome } from "../model/result.ts";
import { inline } from "./prose.ts";

const cells = [
  [
    { identity: "match", boundary: "match", words: "what both allow" },
    { identity: "match", boundary: "noMatch", words: "beyond the boundary: no effect" },
  ],
  [
    { identity: "noMatch", boundary: "match", words: "the boundary alone grants nothing" },
    { identity: "noMatch", boundary: "noMatch", words: "neither allows" },
  ],
] as const;

const heads: Record<"match" | "noMatch", string> = { match: "allows", noMatch: "does not allow" };

/** Whether a request that says `outcome` may be in a row or column. */
const fits = (outcome: Outcome, head: "match" | "noMatch"): boolean => outcome === "unknown" || outcome === head;

function cell(result: BoundaryResult, { identity, boundary, words }: (typeof cells)[number][number]): TemplateResult {
  const here = fits(result.identity, identity) && fits(result.boundary, boundary);
  const certain = result.identity !== "unknown" && result.boundary !== "unknown";
  const both = identity === "match" && boundary === "match";
  return html`<td class="${both ? "both" : "outside"} ${here ? "here" : ""}">
    <span class="area-words">${words}</span>
    ${here ? html`<strong class="area-here"><span aria-hidden="true">●</span> ${certain ? "this request" : "perhaps this request"}</strong>` : nothing}
  </td>`;
}

/** boundaryCard is the card, where the caller has a boundary; where he could have one, it is a sentence. */
export function boundaryCard(result: BoundaryResult | undefined): TemplateResult | typeof nothing {
  if (!result) return nothing;
  const sentence = html`<p>${inline(result.reason)}</p>`;
  if (!result.present) return html`<h3>Identity and boundary</h3>${sentence}`;
  return html`<h3>Identity and boundary</h3>
    <table class="areas">
      <caption class="unseen">Which of identity-based policies and permissions boundary allow the request</caption>
      <thead>
        <tr>
          <td></td>
          <th scope="col">the boundary allows</th>
          <th scope="col">the boundary does not</th>
        </tr>
      </thead>
      <tbody>
        ${cells.map(
          (row, at) => html`<tr>
            <th scope="row">the identity ${at === 0 ? heads.match : "does not"}</th>
            ${row.map((one) => cell(result, one))}
          </tr>`,
        )}
      </tbody>
    </table>
    ${sentence}`;
}
