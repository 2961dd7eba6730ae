// What an output is made of, and what it is.

import { readScenario, type Request, type Scenario } from "../scenario.ts";
import type { Range, RequestResult, Result } from "../result.ts";
import type { Workspace } from "../workspace.ts";

/** A work with the engine's answer about exactly its texts. */
export interface Subject {
  readonly workspace: Workspace;
  readonly result: Result;
  /** The address that opens the work, where it is short enough to stand in a text. */
  readonly link?: string;
}

/** A text to copy; or why there is none, in a sentence. */
export type Output = { readonly text: string } | { readonly problem: string };

/** The selected request as it was decided. */
export interface Selected {
  readonly scenario: Scenario;
  readonly request: Request;
  readonly result: RequestResult;
  readonly index: number;
}

/** selectedOf is the selected request; or why it has no decision. */
export function selectedOf({ workspace, result }: Subject): Selected | string {
  const scenario = readScenario(workspace.scenario);
  if (!scenario) return "The scenario's text can't be read: mend it first.";
  const index = Math.max(0, Math.min(workspace.selected, scenario.requests.length - 1));
  const request = scenario.requests[index];
  if (!request) return "The scenario has no request: add one first.";
  const decided = result.results[index];
  if (!decided || decided.error) return "The selected request is not evaluated: mend its problems first.";
  return { scenario, request, result: decided, index };
}

/** nameOf is a request's name, or its number for people, who count from 1. */
export const nameOf = (request: { readonly name?: string } | undefined, index: number): string =>
  request?.name || `Request ${index + 1}`;

/** statementOf is a statement's Sid, or its number for people. */
export const statementOf = ({ sid, index }: { readonly sid: string; readonly index: number }): string =>
  sid === "" ? `statement ${index + 1}` : `statement ${sid}`;

/** linesOf says on which lines a range stands: "line 4", "lines 4 to 9". */
export const linesOf = ({ start, end }: Range): string =>
  start.line === end.line ? `line ${start.line}` : `lines ${start.line} to ${end.line}`;

/** textOf is the text of a range of a policy; a policy without a text of its own is built in. */
export function textOf({ policies }: Workspace, policy: string, { start, end }: Range): string | undefined {
  const text = policies.find(({ name }) => name === policy)?.text;
  if (text === undefined) return undefined;
  const bytes = new TextEncoder().encode(text).subarray(start.offset, end.offset);
  return outdented(new TextDecoder().decode(bytes), start.column);
}

/** A text whose lines after the first lose the indentation that the first one stood at. */
function outdented(text: string, columns: number): string {
  const indentation = new RegExp(`^[ \\t]{0,${Math.max(0, columns)}}`);
  return text
    .split("\n")
    .map((line, at) => (at === 0 ? line : line.replace(indentation, "")))
    .join("\n");
}
