// The parts that a report has in every form, in words.

import { manyOf, oneOf } from "../layers.ts";
import type { LayerResult, RequestResult, StatementRef } from "../result.ts";
import { decidedBy, layerVerdicts, verdictOf } from "../verdict.ts";
import type { Selected, Subject } from "./subject.ts";

/** A line of the table of layers. */
export interface LayerLine {
  readonly layer: string;
  readonly at: string;
  readonly says: string;
  readonly policies: readonly string[];
}

function layerLine({ layer, at = "", decision, policies }: LayerResult): LayerLine {
  return {
    layer: manyOf(layer),
    at,
    says: layerVerdicts[decision].words,
    policies: policies.map(({ policy }) => policy),
  };
}

/** layerLines are the layers that the request met, in the order of evaluation. */
export const layerLines = ({ layers }: RequestResult): LayerLine[] => layers.map(layerLine);

/** verdictLine is the decision with its cause: "Denied implicitly: no permissions boundary allows it". */
export function verdictLine(result: RequestResult): string {
  const cause = decidedBy(result);
  return cause === "" ? verdictOf(result).words : `${verdictOf(result).words}: ${cause}`;
}

/** kindOf is how a deciding statement counts: "Deny, identity-based policy". */
export const kindOf = ({ effect, layer }: StatementRef): string => `${effect}, ${oneOf(layer)}`;

/** requestLines are a request's parts with their values, those of its context last. */
export function requestLines({
  request,
  result,
}: Pick<Selected, "request" | "result">): (readonly [string, readonly string[]])[] {
  const { name, user, policies = [], tags = {} } = request.session ?? {};
  const session: (readonly [string, readonly string[]])[] = [
    ["Session name", name === undefined ? [] : [name]],
    ["Session of the user", user === undefined ? [] : [user]],
    ["Session tags", Object.entries(tags).map(([key, value]) => `${key}=${value}`)],
    ["Session policies", policies],
  ];
  const context = result.context
    .filter(({ origin }) => origin !== "derived")
    .map(({ key, values, origin }) => [key, origin === "unknown" ? ["not known"] : values] as const);
  return [
    ["Principal", [result.principal]],
    ["Action", [result.action]],
    ["Resource", [request.unknown?.includes("resource") ? "not known" : result.resource]],
    ...session.filter(([, values]) => values.length > 0),
    ...context,
  ];
}

/** leftOut are the policies that are left out for a moment. */
export const leftOut = ({ workspace }: Subject): readonly string[] => workspace.without;
