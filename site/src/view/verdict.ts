import { html, type TemplateResult } from "lit";
import type { Decision, Outcome, RequestResult } from "../model/result.ts";
import { type Verdict, verdictOf } from "../model/verdict.ts";

function tagged({ sign, words, tone }: Verdict): TemplateResult {
  return html`<span class="verdict tone-${tone}"><span class="sign" aria-hidden="true">${sign}</span> ${words}</span>`;
}

/** A result's verdict: sign, words and colour. */
export const verdictTag = (result: RequestResult | undefined): TemplateResult => tagged(verdictOf(result));

const layerVerdicts: Record<Decision, Verdict> = {
  allowed: { sign: "✓", words: "allows", tone: "allow" },
  explicitDeny: { sign: "✖", words: "denies", tone: "deny" },
  implicitDeny: { sign: "✖", words: "does not allow", tone: "deny" },
  depends: { sign: "?", words: "depends", tone: "depends" },
};

/** What one layer says. */
export const layerTag = (decision: Decision): TemplateResult => tagged(layerVerdicts[decision]);

const outcomes: Record<Outcome, { sign: string; words: string }> = {
  match: { sign: "●", words: "matches" },
  noMatch: { sign: "○", words: "does not match" },
  unknown: { sign: "?", words: "is not known" },
};

/** Whether a statement or one of its elements matched. */
export function outcomeTag(outcome: Outcome): TemplateResult {
  const { sign, words } = outcomes[outcome];
  return html`<span class="outcome outcome-${outcome}"><span class="sign" aria-hidden="true">${sign}</span> ${words}</span>`;
}
