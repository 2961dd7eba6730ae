import { html, type TemplateResult } from "lit";
import type { Effect, Outcome, RequestResult, StatementResult } from "../model/result.ts";
import { type Verdict, verdictOf } from "../model/verdict.ts";

/** A verdict's sign, words and colour. */
export function tagged({ sign, words, tone }: Verdict): TemplateResult {
  return html`<span class="verdict tone-${tone}"><span class="sign" aria-hidden="true">${sign}</span> ${words}</span>`;
}

/** A result's verdict: sign, words and colour. */
export const verdictTag = (result: RequestResult | undefined): TemplateResult => tagged(verdictOf(result));

/** What a policy's statements together say. */
export function policyTag(statements: readonly StatementResult[]): TemplateResult {
  const matches = (effect: Effect): boolean =>
    statements.some((one) => one.effect === effect && one.outcome === "match");
  if (matches("Deny")) return tagged({ sign: "✖", words: "denies", tone: "deny" });
  if (statements.some(({ outcome }) => outcome === "unknown"))
    return tagged({ sign: "?", words: "depends", tone: "depends" });
  if (matches("Allow")) return tagged({ sign: "✓", words: "allows", tone: "allow" });
  return tagged({ sign: "○", words: "no statement matches", tone: "none" });
}

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
