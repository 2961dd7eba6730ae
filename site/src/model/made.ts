// The texts of the policies that calls bring.

import { parametersOf } from "./parameters.ts";
import type { CallDocument, Range, Result } from "./result.ts";
import type { Scenario } from "./scenario.ts";

/** documentOf is where a policy's text is, if a call brings it. */
export const documentOf = (result: Result | undefined, policy: string): CallDocument | undefined =>
  result?.documents?.find((one) => one.policy === policy);

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A text in three pieces, of which the second is shown. */
export type Pieces = readonly [before: string, shown: string, after: string];

/** madeText is a policy's text as the call has it, in the scenario's text: with a piece that is to be shown, and not indented as there. */
export function madeText(text: string, scenario: Scenario, document: CallDocument, shown: Range | undefined): Pieces {
  const { request, parameter, start, end } = document;
  const value = parametersOf(scenario.requests[request] ?? {})[parameter];
  const bytes =
    typeof value === "string" ? encoder.encode(value) : encoder.encode(text).subarray(start.offset, end.offset);
  const [from, to] = shown ? [shown.start.offset, shown.end.offset] : [bytes.length, bytes.length];
  const indent = /\n([ \t]*)[^\n]*$/.exec(decoder.decode(bytes))?.[1] ?? "";
  const piece = (a: number, b: number): string => decoder.decode(bytes.subarray(a, b)).replaceAll(`\n${indent}`, "\n");
  return [piece(0, from), piece(from, to), piece(to, bytes.length)];
}
