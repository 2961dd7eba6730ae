// Where a scenario names its policies.

import { setMember } from "./context.ts";
import type { OrganizationNode, Scenario } from "./scenario.ts";

/**
 * renamePolicy puts `to` wherever the scenario names the policy `from`, and
 * takes the name out where `to` is undefined. A list that becomes empty stays:
 * on a node of the organization it means that nothing is attached.
 */
export function renamePolicy(scenario: Scenario, from: string, to: string | undefined): void {
  const one = <T extends object, K extends keyof T & string>(owner: T, member: K): void => {
    if (owner[member] === from) setMember(owner, member, to as T[K] | undefined);
  };
  const list = (names: string[] | undefined): void => {
    for (let at = names?.indexOf(from) ?? -1; names && at >= 0; at = names.indexOf(from)) {
      names.splice(at, 1, ...(to === undefined ? [] : [to]));
    }
  };
  const node = (at: OrganizationNode): void => {
    list(at.scps);
    list(at.rcps);
    for (const child of [...(at.units ?? []), ...(at.accounts ?? [])]) node(child);
  };
  for (const identity of scenario.identities ?? []) {
    list(identity.policies);
    one(identity, "boundary");
    one(identity, "trust");
  }
  for (const resource of scenario.resources ?? []) one(resource, "policy");
  for (const endpoint of scenario.vpcEndpoints ?? []) one(endpoint, "policy");
  for (const request of scenario.requests) list(request.session?.policies);
  if (scenario.organization) node(scenario.organization.root);
}
