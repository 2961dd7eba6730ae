// What can be said of a policy's text without the engine.

import { oneOf } from "./layers.ts";
import type { PolicyLayer } from "./result.ts";
import type { PolicyText } from "./workspace.ts";

type Statements = readonly unknown[];

const read = new WeakMap<PolicyText, Statements | undefined>();

function statementsIn(text: string): Statements | undefined {
  try {
    const document = JSON.parse(text) as { Statement?: unknown } | null;
    const statement = document?.Statement;
    return Array.isArray(statement) ? statement : statement === undefined ? [] : [statement];
  } catch {
    return undefined;
  }
}

/** The statements of a policy; undefined where its text is no JSON. A text is read once. */
function statementsOf(policy: PolicyText): Statements | undefined {
  if (!read.has(policy)) read.set(policy, statementsIn(policy.text));
  return read.get(policy);
}

/** statementCount is how many statements a policy has; undefined where its text is no JSON. */
export const statementCount = (policy: PolicyText): number | undefined => statementsOf(policy)?.length;

const isAllow = (statement: unknown): boolean =>
  typeof statement === "object" && statement !== null && "Effect" in statement && statement.Effect === "Allow";

/** What a policy without an Allow statement means, where it is more than that it allows nothing itself. */
const allowsNothing: Partial<Record<PolicyLayer, string>> = {
  permissionsBoundary: "allows nothing: whatever the policies of its identity allow has no effect.",
  sessionPolicy:
    "allows nothing: without another session policy beside it, whatever the identity allows has no effect.",
  serviceControlPolicy: "allows nothing: a request needs the Allow of another SCP beside it.",
  vpcEndpointPolicy: "allows nothing: every request through its endpoint is denied.",
};

/** Layers that limit by what they allow; the others give, or only take away. */
const emptyAlone = "says nothing: what is allowed or denied comes from elsewhere.";

/** emptinessWords says what it means that a policy allows nothing, or has no statement at all. */
export function emptinessWords(policy: PolicyText, layer: PolicyLayer): string | undefined {
  const statements = statementsOf(policy);
  if (!statements || statements.some(isAllow)) return undefined;
  const limits = allowsNothing[layer];
  if (statements.length === 0) return `An empty ${oneOf(layer)} ${limits ?? emptyAlone}`;
  return limits && `A ${oneOf(layer)} without an Allow statement ${limits}`;
}

/** countWords writes a number of statements. */
export const countWords = (statements: number): string =>
  `${statements} ${statements === 1 ? "statement" : "statements"}`;
