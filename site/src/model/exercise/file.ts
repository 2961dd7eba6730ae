// An exercise as its file has it. The generator has proved it; here it is only taken apart.

import type { Decision, Layer } from "../result.ts";
import { type Request, type Scenario, readScenario, splitScenario, writeJson } from "../scenario.ts";
import type { PolicyText, Workspace } from "../workspace.ts";

export type Kind = "predict" | "repair" | "write" | "attack" | "spot";

export interface Check {
  readonly says: string;
  readonly request: Request;
  readonly expect: unknown;
  readonly hidden?: boolean;
}

/** The members of a request that an attack may change. */
export const changeable = ["principal", "action", "resource", "context", "session", "parameters"] as const;
export type Changeable = (typeof changeable)[number];

export interface Attack {
  readonly allowed: readonly Changeable[];
  readonly says: string;
  readonly wants: unknown;
  readonly target?: { readonly action?: string; readonly resource?: string };
  /** What must hold once the request is done. */
  readonly then?: readonly Check[];
}

/** An answer to predict, or to spot. */
export interface Choice {
  readonly request?: number;
  readonly decision?: Decision;
  readonly decidedBy?: Layer;
  readonly policy?: string;
  readonly index?: number;
}

/** Policies for repair and write, a request for attack. */
export interface Solution {
  readonly policies?: Readonly<Record<string, unknown>>;
  readonly request?: Request;
}

export interface Wrong extends Solution {
  readonly says: string;
  readonly answers?: readonly Choice[];
  readonly fails?: readonly string[];
}

export interface Exercise {
  readonly kind: Kind;
  readonly title: string;
  readonly editable: readonly string[];
  readonly checks: readonly Check[];
  readonly attack: Attack | undefined;
  readonly solution: Solution;
  readonly wrong: readonly Wrong[];
  /** The scenario as a work, and its requests. */
  readonly start: Workspace;
  readonly requests: readonly Request[];
}

interface ExerciseFile extends Pick<Exercise, "kind" | "title" | "wrong"> {
  readonly scenario: object;
  readonly editable?: readonly string[];
  readonly checks?: readonly Check[];
  readonly attack?: Attack;
  readonly solution?: Solution;
}

/** readExercise takes the file of an exercise apart. */
export function readExercise(text: string): Exercise {
  const {
    kind,
    title,
    scenario: whole,
    editable = [],
    checks = [],
    attack,
    solution = {},
    wrong,
  } = JSON.parse(text) as ExerciseFile;
  const { scenario, policies } = splitScenario(JSON.stringify(whole));
  const requests = requestsOf(scenario);
  const start = { scenario, policies, selected: Math.max(0, requests.length - 1), without: [] };
  return { kind, title, editable, checks, attack, solution, wrong, start, requests };
}

/** scenarioOf is a text's scenario; it may ask nothing. */
export function scenarioOf(text: string): Scenario {
  const value = JSON.parse(text) as object;
  return readScenario(JSON.stringify({ requests: [], ...value })) ?? { requests: [] };
}

/** requestsOf are the requests of a scenario's text. */
export const requestsOf = (text: string): readonly Request[] => scenarioOf(text).requests;

/** withPolicies are policies with some of their documents replaced. */
export function withPolicies(
  policies: readonly PolicyText[],
  documents: Readonly<Record<string, unknown>> = {},
): PolicyText[] {
  return policies.map(({ name, text }) => ({ name, text: name in documents ? writeJson(documents[name]) : text }));
}
