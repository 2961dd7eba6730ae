// What can be said of a policy's text without the engine.

import type { PolicyText } from "./workspace.ts";

const counts = new WeakMap<PolicyText, number | undefined>();

function count(text: string): number | undefined {
  try {
    const document = JSON.parse(text) as { Statement?: unknown } | null;
    const statement = document?.Statement;
    return Array.isArray(statement) ? statement.length : statement === undefined ? 0 : 1;
  } catch {
    return undefined;
  }
}

/** statementCount is how many statements a policy has; undefined where its text is no JSON. A text is read once. */
export function statementCount(policy: PolicyText): number | undefined {
  if (!counts.has(policy)) counts.set(policy, count(policy.text));
  return counts.get(policy);
}

/** countWords writes a number of statements. */
export const countWords = (statements: number): string =>
  `${statements} ${statements === 1 ? "statement" : "statements"}`;
