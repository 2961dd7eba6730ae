// What the last decision made of a policy's statements, for the margin of its editor.

import type { Effect, LayerResult, Outcome, Range, RequestResult, StatementResult } from "./result.ts";

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

/** Every Deny is looked at before anything else, but where a rule of the service comes first. */
function reached(result: RequestResult, layer: LayerResult, effect: Effect): boolean {
  return result.gates.some(({ gate, at, needed }) => {
    if (effect === "Deny") return gate === "explicitDeny" && needed;
    return gate === layer.layer && (at === undefined || at === layer.at) && needed;
  });
}

const ranks: Record<Coverage["outcome"], number> = { match: 0, unknown: 1, noMatch: 2, notReached: 3 };

/**
 * coverageIn tells a policy's statements in a decision. A policy that acts in several places,
 * on two levels of an organization for one, shows the most that a statement did.
 */
export function coverageIn(result: RequestResult, policy: string): Coverage[] {
  const found = new Map<number, Coverage>();
  for (const layer of result.layers) {
    for (const { statements } of layer.policies.filter((one) => one.policy === policy)) {
      coverageOf(statements).forEach((one, at) => {
        const covered = reached(result, layer, one.effect) ? one : { ...one, outcome: "notReached" as const };
        const before = found.get(at);
        if (!before || ranks[covered.outcome] < ranks[before.outcome]) found.set(at, covered);
      });
    }
  }
  return [...found].sort(([a], [b]) => a - b).map(([, one]) => one);
}
