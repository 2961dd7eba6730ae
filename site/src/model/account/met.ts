// The policies that a request of one principal meets, each with where it comes from: what can be left out.

import { identityArn } from "../attach.ts";
import { identityWords, type Slot, slotsOf } from "../attached.ts";
import { oneOf } from "../layers.ts";
import type { PolicyLayer } from "../result.ts";
import type { Request, Scenario } from "../scenario.ts";
import type { Origin } from "./answers.ts";

/** A policy that is met, and the ways in which it is. */
export interface Met {
  readonly name: string;
  readonly ways: readonly string[];
}

/** AWS attaches it to every node once RCPs are enabled, and nobody can detach it. */
const undetachable = "RCPFullAWSAccess";

/** bucketOf is the part of a resource that a policy is attached to. */
const holderOf = (resource: string): string => resource.split("/")[0] ?? resource;

/** meets says whether the request meets what is in a place. */
function meets(scenario: Scenario, request: Request): (slot: Slot) => boolean {
  const caller = identityArn(scenario, request);
  const groups = scenario.identities?.find(({ arn }) => arn === caller)?.groups ?? [];
  const callers = new Set([caller, ...groups].flatMap((arn) => (arn === undefined ? [] : [identityWords(arn)])));
  const resource = request.resource ?? "";
  return ({ layer, where }) => {
    switch (layer) {
      case "identityPolicy":
      case "permissionsBoundary":
        return callers.has(where);
      case "trustPolicy":
        return where === identityWords(resource);
      case "resourcePolicy":
        return where === resource || where === holderOf(resource);
      default:
        return true;
    }
  };
}

function wayOf(layer: PolicyLayer, where: string, origin: Origin | undefined): string {
  switch (layer) {
    case "identityPolicy":
      return `${origin === "inline" ? "inline in" : "attached to"} ${where}`;
    case "serviceControlPolicy":
      return `SCP at ${where}`;
    case "resourceControlPolicy":
      return `RCP at ${where}`;
    default:
      return `${oneOf(layer)} of ${where}`;
  }
}

/** metPolicies lists them in the order of their places: the caller's own, his groups', what limits them. */
export function metPolicies(
  scenario: Scenario,
  selected: number,
  origins: ReadonlyMap<string, Origin>,
): readonly Met[] {
  const request = scenario.requests[selected];
  if (!request) return [];
  const ways = new Map<string, string[]>();
  for (const { layer, where, names } of slotsOf(scenario, selected).filter(meets(scenario, request))) {
    for (const name of names) {
      if (name === undetachable) continue;
      ways.set(name, [...(ways.get(name) ?? []), wayOf(layer, where, origins.get(name))]);
    }
  }
  return [...ways].map(([name, list]) => ({ name, ways: [...new Set(list)] }));
}
