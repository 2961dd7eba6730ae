// What the last decision made of a policy's statements, for the margin of its editor.

import type { Effect, Outcome, Range, StatementResult } from "./result.ts";

/** What the last decision made of a statement. */
export interface Coverage {
  /** The statement. */
  readonly range: Range;
  readonly outcome: Outcome | "notReached";
  readonly effect: Effect;
  /** The first element that failed. */
  readonly element?: Range;
  /** Which one that is, in words. */
  readonly reason?: string;
}

/** The first element of a statement that failed, with what to say of it. */
function failure({
  action,
  principal,
  resource,
  conditions,
}: StatementResult): { element: Range; reason: string } | undefined {
  for (const one of [action, principal, resource]) {
    if (one?.outcome === "noMatch") return { element: one, reason: `its ${one.element} does not cover it` };
  }
  const condition = conditions.find(({ outcome }) => outcome === "noMatch");
  return condition && { element: condition, reason: condition.reason };
}

/** coverageOf says of each statement whether it matched, and what failed. */
export const coverageOf = (statements: readonly StatementResult[]): Coverage[] =>
  statements.map((one) => ({
    range: one,
    outcome: one.outcome,
    effect: one.effect,
    ...(one.outcome === "noMatch" ? failure(one) : {}),
  }));
