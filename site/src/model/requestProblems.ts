// The problems of one request.

import type { Path, Problem } from "./result.ts";

/** A problem of a request, and the way to it from the request. */
export interface RequestProblem {
  readonly problem: Problem;
  readonly path: Path;
}

/** requestProblems are the problems that stand inside one request of the scenario's text. */
export function requestProblems(problems: readonly Problem[], index: number): RequestProblem[] {
  return problems.flatMap((problem) => {
    const [list, at, ...path] = problem.path ?? [];
    return problem.policy === undefined && list === "requests" && at === index ? [{ problem, path }] : [];
  });
}
