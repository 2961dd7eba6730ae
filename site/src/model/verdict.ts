// A decision in words. Colour only repeats what the words and the sign say.

import { oneOf } from "./layers.ts";
import type { Decision, Layer, RequestResult } from "./result.ts";

export interface Verdict {
  readonly sign: string;
  readonly words: string;
  /** The class that colours it. */
  readonly tone: "allow" | "deny" | "depends" | "none";
}

const verdicts: Record<Decision, Verdict> = {
  allowed: { sign: "✓", words: "Allowed", tone: "allow" },
  explicitDeny: { sign: "✖", words: "Denied explicitly", tone: "deny" },
  implicitDeny: { sign: "✖", words: "Denied implicitly", tone: "deny" },
  depends: { sign: "?", words: "Depends", tone: "depends" },
};

const notEvaluated: Verdict = { sign: "–", words: "Not evaluated", tone: "none" };

/** verdictOf is the verdict of a result; without one, or with an error, it is "not evaluated". */
export function verdictOf(result: Pick<RequestResult, "decision" | "error"> | undefined): Verdict {
  return result === undefined || result.error ? notEvaluated : verdicts[result.decision];
}

/** decisionVerdict is the verdict of a decision alone. */
export const decisionVerdict = (decision: Decision): Verdict => verdicts[decision];

/** What one layer says. */
export const layerVerdicts: Record<Decision, Verdict> = {
  allowed: { sign: "✓", words: "allows", tone: "allow" },
  explicitDeny: { sign: "✖", words: "denies", tone: "deny" },
  implicitDeny: { sign: "✖", words: "does not allow", tone: "deny" },
  depends: { sign: "?", words: "depends", tone: "depends" },
};

const aPolicy = (layer: Layer): string => (layer === "identityPolicy" ? "an " : "a ") + oneOf(layer);

/** decidedBy says which layer settled it: "no permissions boundary allows it". */
export function decidedBy(result: Pick<RequestResult, "decision" | "decidedBy" | "error">): string {
  if (result.error || !result.decidedBy) return "";
  if (result.decidedBy === "service") return "by a rule of the service";
  return result.decision === "implicitDeny"
    ? `no ${oneOf(result.decidedBy)} allows it`
    : `by ${aPolicy(result.decidedBy)}`;
}

/** verdictSentence is what a listener hears. */
export function verdictSentence(result: RequestResult | undefined): string {
  const { words } = verdictOf(result);
  if (result === undefined) return `${words}.`;
  const cause = decidedBy(result);
  return `${result.action || "The request"}: ${words}${cause ? `, ${cause}` : ""}.`;
}
