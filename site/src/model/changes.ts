// The nearest changes to a decision, as `engine/change/change.go` writes them, and how one is made.

import type { Decision, Edit, Position } from "./result.ts";
import type { PolicyText, Workspace } from "./workspace.ts";

/** What a change is about; of several parts the one that reaches deepest. */
export type ChangeKind =
  "context" | "tag" | "condition" | "action" | "resource" | "principal" | "statement" | "attachment";

/** An edit of a policy's text, or of the scenario's where it names none. */
export interface TextEdit extends Edit {
  readonly policy?: string;
}

/** Another request that is then decided otherwise. */
export interface AlsoChanged {
  /** Its index. */
  readonly request: number;
  readonly name: string;
  readonly from: Decision;
  readonly to: Decision;
}

/** A change that flips the decision of one request. Names and values in its sentences stand in backquotes. */
export interface Change {
  readonly kind: ChangeKind;
  /** Exactly what to do. */
  readonly title: string;
  /** What was in the way. */
  readonly why: string;
  /** Those of one text lie apart; all places are those before any of them. */
  readonly edits: readonly TextEdit[];
  /** New policies, which the edits attach. */
  readonly policies: readonly PolicyText[];
  /** What the request comes to. */
  readonly decision: Decision;
  readonly also: readonly AlsoChanged[];
}

/** What the engine answers to `changes`, the nearest first. */
export interface Changes {
  readonly changes: readonly Change[];
}

/** offsetOf is a position's offset in UTF-16 units; one outside the text moves to its nearest end. */
export function offsetOf(text: string, position: Position): number {
  let start = 0;
  for (let line = 1; line < position.line; line++) {
    const end = text.indexOf("\n", start);
    if (end < 0) return text.length;
    start = end + 1;
  }
  const next = text.indexOf("\n", start);
  const end = next < 0 ? text.length : next;
  let at = start;
  for (let points = 0; points < position.column && at < end; points++) {
    at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  }
  return at;
}

/** applyEdits makes edits of one text whose places are all those before any of them. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const placed = edits
    .map(({ start, end, text: by }) => ({ from: offsetOf(text, start), to: offsetOf(text, end), by }))
    .sort((a, b) => a.from - b.from);
  let out = "";
  let at = 0;
  for (const { from, to, by } of placed) {
    out += text.slice(at, from) + by;
    at = to;
  }
  return out + text.slice(at);
}

/** canApply says whether the workspace has every text that a change edits, and no policy that it adds. */
export function canApply(workspace: Workspace, change: Change): boolean {
  const names = new Set(workspace.policies.map((policy) => policy.name));
  return (
    change.edits.every((edit) => edit.policy === undefined || names.has(edit.policy)) &&
    change.policies.every((policy) => !names.has(policy.name))
  );
}

/** applyChange is the workspace with a change made; where it can't be made, the workspace as it is. */
export function applyChange(workspace: Workspace, change: Change): Workspace {
  if (!canApply(workspace, change)) return workspace;
  const of = (name: string | undefined): TextEdit[] => change.edits.filter((edit) => edit.policy === name);
  const policies = workspace.policies.map((policy) => {
    const edits = of(policy.name);
    return edits.length === 0 ? policy : { ...policy, text: applyEdits(policy.text, edits) };
  });
  return {
    ...workspace,
    scenario: applyEdits(workspace.scenario, of(undefined)),
    policies: [...policies, ...change.policies.map(({ name, text }) => ({ name, text }))],
  };
}
