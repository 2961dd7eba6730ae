// The numbers of the rules that settled a decision, each with what it says.

import { html, nothing, type TemplateResult } from "lit";
import type { Rule } from "../assets.ts";
import { inline } from "./prose.ts";

const marks: Record<string, string> = {
  D: "Documented by AWS.",
  O: "Observed, not documented by AWS.",
  U: "AWS's documents leave this open; it is this engine's choice.",
};

function rule(number: string, known: Rule | undefined): TemplateResult {
  const link = html`<a href="/rules/#${number}">${known ? `All about ${number}` : number}</a>`;
  if (!known) return html`<li>${link}</li>`;
  const pages = known.urls ?? [];
  return html`<li>
    <details class="rule">
      <summary>${number}</summary>
      <p>${inline(known.text)} ${known.mark ? html`<span class="hint">${marks[known.mark.charAt(0)]}</span>` : nothing}</p>
      <p class="rule-links">
        ${link}
        ${pages.map((url, at) => html`<a href=${url} rel="noreferrer">AWS's page${pages.length > 1 ? ` ${at + 1}` : ""}</a>`)}
      </p>
    </details>
  </li>`;
}

/** rulesPart lists the rules, the decisive one first. */
export function rulesPart(
  numbers: readonly string[],
  known: ReadonlyMap<string, Rule>,
): TemplateResult | typeof nothing {
  if (numbers.length === 0) return nothing;
  return html`<div class="rules">
    <span class="hint" id="rules-title">${numbers.length === 1 ? "The rule" : "The rules"} that settled it:</span>
    <ul aria-labelledby="rules-title">${numbers.map((number) => rule(number, known.get(number)))}</ul>
  </div>`;
}
