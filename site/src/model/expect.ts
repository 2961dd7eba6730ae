// What a request is expected to come to, and how many came to it.

import { layerWords } from "./layers.ts";
import type { Decision, RequestResult } from "./result.ts";
import type { Request, Scenario } from "./scenario.ts";

/** A decision that can be expected; `denied` is either kind of denial. */
export type Expected = Decision | "denied";

const words: Record<Expected, string> = {
  allowed: "Allowed",
  denied: "Denied",
  explicitDeny: "Denied explicitly",
  implicitDeny: "Denied implicitly",
  depends: "Depends",
};

/** The decisions in the order in which they are offered. */
export const expectable = Object.keys(words) as readonly Expected[];

const isExpected = (value: unknown): value is Expected => expectable.some((one) => one === value);

/** expectedWords writes a decision that is expected; one that is none stands as it is. */
export const expectedWords = (expected: string): string => (isExpected(expected) ? words[expected] : expected);

/** The object form of an expectation. */
export interface Expectation {
  readonly decision?: unknown;
  readonly decidedBy?: unknown;
  readonly determining?: unknown;
}

/** expectationOf is what a request expects, in the object form; undefined where it expects nothing. */
export function expectationOf({ expect }: Request): Expectation | undefined {
  if (expect === undefined) return undefined;
  return typeof expect === "object" && expect !== null ? expect : { decision: expect };
}

/** expectedDecision is the decision that a request expects, as it is written. */
export function expectedDecision(request: Request): string {
  const decision = expectationOf(request)?.decision;
  return typeof decision === "string" ? decision : "";
}

/** setExpectation changes members of an expectation and keeps the others; without a decision nothing is expected. */
export function setExpectation(request: Request, members: Expectation): void {
  const given = Object.entries({ ...expectationOf(request), ...members }).filter(([, value]) => value !== undefined);
  const next: Expectation = Object.fromEntries(given);
  if (next.decision === undefined) delete request.expect;
  else request.expect = given.length === 1 ? next.decision : next;
}

/** expectNow makes a request expect what it came to; what else was expected of it is brought up to date. */
export function expectNow(request: Request, result: RequestResult): void {
  const before = expectationOf(request);
  setExpectation(request, {
    decision: result.decision,
    ...(before?.decidedBy === undefined ? {} : { decidedBy: result.decidedBy }),
    ...(before?.determining === undefined ? {} : { determining: determiningOf(result) }),
  });
}

/** determiningOf names the statements that determined a decision, as an expectation writes them. */
export function determiningOf({ determining }: RequestResult): string[] {
  return determining.map(({ policy, sid, index }) => `${policy}#${sid || index}`);
}

/** expectAllNow makes every request that expects nothing expect what it came to. */
export function expectAllNow(scenario: Scenario, results: readonly RequestResult[]): void {
  scenario.requests.forEach((request, at) => {
    const result = results[at];
    if (request.expect === undefined && result && !result.error) expectNow(request, result);
  });
}

/** setExpectedList sets the statements that should determine the decision; an empty text expects none in particular. */
export function setExpectedList(request: Request, text: string): void {
  const names = text.split(/[\s,]+/).filter((name) => name !== "");
  setExpectation(request, { determining: names.length > 0 ? names : undefined });
}

/** How many of the requests that expect something came to it. */
export interface Score {
  readonly judged: number;
  readonly met: number;
  /** Those that could not be evaluated. */
  readonly failed: number;
}

/** scoreOf counts the results that were expected to be something. */
export function scoreOf(results: readonly RequestResult[]): Score {
  const judged = results.filter(({ met }) => met !== undefined);
  return {
    judged: judged.length,
    met: judged.filter(({ met, error }) => met && !error).length,
    failed: judged.filter(({ error }) => error).length,
  };
}

/** isUnmet says whether a result is not what was expected, or is none. */
export const isUnmet = (result: RequestResult | undefined): boolean =>
  result !== undefined && (result.met === false || (result.error !== undefined && result.error !== ""));

/** differenceWords says what is not as expected: the decision, else who made it, else by which statements. */
export function differenceWords(request: Request, result: RequestResult): string {
  const expected = expectationOf(request);
  const decision = expectedDecision(request);
  const denial = result.decision === "explicitDeny" || result.decision === "implicitDeny";
  if (decision !== result.decision && !(decision === "denied" && denial)) return expectedWords(decision);
  if (typeof expected?.decidedBy === "string" && expected.decidedBy !== result.decidedBy) {
    return `decided by ${layerWords(expected.decidedBy)}`;
  }
  return "other statements";
}
