// Texts that are too large to be evaluated: they are kept, and said to be.

import type { Position, Problem } from "./result.ts";
import { byteLength, limits, megabytes, type Workspace } from "./workspace.ts";

const start: Position = { line: 1, column: 0, offset: 0 };

function tooLarge(what: string, text: string, limit: number, policy?: string): Problem[] {
  // A unit of UTF-16 has at most three bytes: most texts need not be encoded to be known as small.
  if (text.length * 3 <= limit || byteLength(text) <= limit) return [];
  const message = `${what} has ${megabytes(byteLength(text))}; at most ${megabytes(limit)} is evaluated. It is kept as it is`;
  const problem: Problem = { code: "tooLarge", severity: "error", message, start, end: start };
  return [policy === undefined ? problem : { ...problem, policy }];
}

/** tooLargeIn names the texts of a workspace that are too large. */
export const tooLargeIn = ({ scenario, policies }: Workspace): readonly Problem[] => [
  ...tooLarge("the scenario", scenario, limits.scenario),
  ...policies.flatMap(({ name, text }) => tooLarge("this policy", text, limits.policy, name)),
];
