// What a scenario has that a policy may name: for what an editor offers.

import type { Catalogue } from "./catalogue.ts";
import type { Scenario } from "./scenario.ts";
import type { Workspace } from "./workspace.ts";

/** What a policy of a scenario may name. */
export interface Names {
  readonly actions: readonly string[];
  readonly arns: readonly string[];
  /** Callers: ARNs and account ids. */
  readonly principals: readonly string[];
  readonly policies: readonly string[];
  /** AWS's actions, where they can be looked up. */
  readonly catalogue?: Catalogue;
}

export const noNames: Names = { actions: [], arns: [], principals: [], policies: [] };

const action = /"([a-z0-9-]+:[A-Za-z*?]+)"/g;
const accountOf = (arn: string): string => arn.split(":")[4] ?? "";

const distinct = (names: readonly (string | undefined)[]): string[] =>
  [...new Set(names.filter((name) => name !== undefined && name !== ""))] as string[];

/** namesOf collects the names of a work. */
export function namesOf(
  { identities = [], resources = [], requests }: Scenario,
  { policies }: Workspace,
  catalogue?: Catalogue,
): Names {
  const people = [...identities.map(({ arn }) => arn), ...requests.map(({ principal }) => principal)];
  const things = [...resources.map(({ arn }) => arn), ...requests.map(({ resource }) => resource)];
  const accounts = people.map((arn) => accountOf(arn ?? "")).filter((id) => /^\d{12}$/.test(id));
  const written = policies.flatMap(({ text }) => [...text.matchAll(action)].map((match) => match[1]));
  return {
    actions: distinct([...requests.map((request) => request.action), ...written]),
    arns: distinct(things).filter((arn) => arn !== "*"),
    principals: distinct([...people, ...accounts]),
    policies: distinct(policies.map(({ name }) => name)),
    ...(catalogue ? { catalogue } : {}),
  };
}
