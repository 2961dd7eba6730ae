// What the engine says to an answer. Only decisions count: every answer that comes to what is asked for is right.

import type { EngineClient } from "../../engine/client.ts";
import type { Decision, Layer, Problem, RequestResult, StatementRef } from "../result.ts";
import { type Request, writeJson } from "../scenario.ts";
import type { PolicyText, Workspace } from "../workspace.ts";
import { type Attack, type Check, type Choice, type Exercise, requestsOf, type Wrong, withPolicies } from "./file.ts";

/** What is asked of the engine. */
export type Asked = Pick<EngineClient, "ask">;

/** The engine's answer to an attempt: results of what was asked, or why there are none. */
export type Judged =
  | { readonly results: readonly RequestResult[]; readonly problems: readonly Problem[] }
  | { readonly wrong: string; readonly problems: readonly Problem[] };

/** A check with what it came to. */
export interface Checked {
  readonly check: Check;
  readonly index: number;
  readonly result: RequestResult;
  readonly passed: boolean;
}

/** withRequests is a scenario's text with other requests. */
function withRequests(scenario: string, requests: readonly Request[]): string {
  return writeJson({ ...(JSON.parse(scenario) as object), requests });
}

async function judge(
  engine: Asked,
  scenario: string,
  policies: readonly PolicyText[],
  trace: readonly number[],
): Promise<Judged> {
  const answer = await engine.ask({ call: "evaluate", scenario, policies, trace });
  if (!answer.ok) return { wrong: answer.error.message, problems: [] };
  const { results, problems } = answer.answer;
  const [first] = problems.filter(({ severity }) => severity === "error");
  // A policy is a text with lines; a request is a form.
  const place = first?.policy === undefined ? "" : `${first.policy}, line ${first.start.line}: `;
  if (first) return { wrong: place + first.message, problems };
  return { results: trace.flatMap((at) => results[at] ?? []), problems };
}

const askedBy = (checks: readonly Check[]): Request[] =>
  checks.map(({ says, request, expect }) => ({ ...request, name: says, expect }));

/** judgeChecks decides the checks on a work, after its own requests. */
export function judgeChecks(engine: Asked, { checks }: Exercise, work: Workspace): Promise<Judged> {
  const own = requestsOf(work.scenario);
  const asked = askedBy(checks);
  const trace = asked.map((_, at) => own.length + at);
  return judge(engine, withRequests(work.scenario, [...own, ...asked]), work.policies, trace);
}

/** judgeRequests decides a work's own requests. */
export function judgeRequests(engine: Asked, work: Workspace): Promise<Judged> {
  const trace = requestsOf(work.scenario).map((_, at) => at);
  return judge(engine, work.scenario, work.policies, trace);
}

/** judgeAttack decides a request in the place of the work's last one, and after it what must hold then. */
export function judgeAttack(
  engine: Asked,
  { wants, then = [] }: Attack,
  work: Workspace,
  request: Request,
): Promise<Judged> {
  const before = requestsOf(work.scenario).slice(0, -1);
  const { expect: _, ...asked } = request;
  const requests = [...before, { ...asked, expect: wants }, ...askedBy(then)];
  const trace = requests.flatMap((__, at) => (at < before.length ? [] : [at]));
  return judge(engine, withRequests(work.scenario, requests), work.policies, trace);
}

/** checkedOf puts checks and results together. */
export const checkedOf = ({ checks }: Pick<Exercise, "checks">, results: readonly RequestResult[]): Checked[] =>
  checks.flatMap((check, index) => {
    const result = results[index];
    return result ? [{ check, index, result, passed: result.met === true && !result.error }] : [];
  });

/** hits says whether a request is about what an attack is about. */
export function hits({ target = {} }: Attack, { action, resource }: RequestResult): boolean {
  const about = (pattern: string | undefined, text: string, flags: string): boolean =>
    pattern === undefined || asExpression(pattern, flags).test(text);
  return about(target.action, action, "isu") && about(target.resource, resource, "su");
}

/** A pattern with `*` and `?` as an expression; everything else stands for itself. */
function asExpression(pattern: string, flags: string): RegExp {
  const parts = [...pattern].map((char) => {
    if (char === "*") return ".*";
    return char === "?" ? "." : char.replace(/[\\^$.+()[\]{}|/]/u, "\\$&");
  });
  return new RegExp(`^${parts.join("")}$`, flags);
}

/** A prediction of one request. */
export interface Prediction {
  readonly decision?: Decision;
  readonly decidedBy?: Layer;
}

export const denies = (decision: Decision | undefined): boolean =>
  decision === "explicitDeny" || decision === "implicitDeny";

/** predicted says whether a prediction is what was decided. */
export function predicted({ decision, decidedBy }: Prediction, result: RequestResult): boolean {
  return decision === result.decision && (!denies(decision) || decidedBy === result.decidedBy);
}

/** decidingOf are the statements that are right to point at, as engine/exercise has them. */
export const decidingOf = ({ determining, nearest }: RequestResult): readonly StatementRef[] =>
  determining.length > 0 ? determining : nearest;

/** A known wrong answer, and whether it is this very one or only fails as this one does. */
export interface Known {
  readonly index: number;
  readonly wrong: Wrong;
  readonly exact: boolean;
}

function found(exercise: Exercise, is: (wrong: Wrong) => boolean, exact: boolean): Known | undefined {
  const index = exercise.wrong.findIndex(is);
  const wrong = exercise.wrong[index];
  return wrong ? { index, wrong, exact } : undefined;
}

function sameJson(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const entries = Object.entries(a);
  return (
    entries.length === Object.keys(b).length &&
    entries.every(([name, value]) => name in b && sameJson(value, (b as Record<string, unknown>)[name]))
  );
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return undefined;
  }
}

/** knownEdit recognises policies: by what they say, else by the checks that they fail. */
export function knownEdit(exercise: Exercise, work: Workspace, checked: readonly Checked[]): Known | undefined {
  const textOf = (name: string): string | undefined => work.policies.find((one) => one.name === name)?.text;
  const same = ({ policies = {} }: Wrong): boolean =>
    withPolicies(exercise.start.policies, policies)
      .filter(({ name }) => exercise.editable.includes(name))
      .every(({ name, text }) => sameJson(parsed(text), parsed(textOf(name))));
  const failed = checked.filter(({ passed }) => !passed).map(({ check }) => check.says);
  const alike = ({ fails = [] }: Wrong): boolean =>
    fails.length === failed.length && fails.every((one) => failed.includes(one));
  return found(exercise, same, true) ?? found(exercise, alike, false);
}

/** knownRequest recognises the request of an attack. */
export function knownRequest(exercise: Exercise, request: Request): Known | undefined {
  const { name: _, expect: __, ...asked } = request;
  return found(
    exercise,
    ({ request: wrong = {} }) => {
      const { name: ___, ...known } = wrong;
      return sameJson(known, asked);
    },
    true,
  );
}

/** knownPredictions are the known wrong answers among predictions. */
export function knownPredictions(exercise: Exercise, predictions: readonly Prediction[]): Known[] {
  const gives = ({ request = -1, decision, decidedBy }: Choice): boolean => {
    const mine = predictions[request];
    return mine?.decision === decision && (decidedBy === undefined || mine?.decidedBy === decidedBy);
  };
  return exercise.wrong.flatMap((wrong, index) =>
    (wrong.answers ?? []).every(gives) ? [{ index, wrong, exact: true }] : [],
  );
}

/** knownStatement recognises the statement that was pointed at. */
export const knownStatement = (exercise: Exercise, policy: string, index: number): Known | undefined =>
  found(exercise, ({ answers = [] }) => answers.some((one) => one.policy === policy && one.index === index), true);
