// What the account's page calls things.

import type { Attachment, HeldDocument, IdentityKind, Inventory, Level, Origin } from "./answers.ts";
import { type Catalogue, nameOf } from "./search.ts";

export const kinds: Record<IdentityKind, { readonly one: string; readonly many: string }> = {
  user: { one: "user", many: "users" },
  group: { one: "group", many: "groups" },
  role: { one: "role", many: "roles" },
};

/** counted is a number with its noun. */
export const counted = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString("en")} ${n === 1 ? one : many}`;

export const origins: Record<Origin, string> = {
  customerManaged: "customer managed",
  awsManaged: "AWS managed",
  inline: "inline",
  trust: "trust policy",
  serviceControlPolicy: "service control policy",
  resourceControlPolicy: "resource control policy",
  resource: "resource-based policy",
  endpoint: "VPC endpoint policy",
  unknown: "not known",
};

/** wayWords says how a principal has a policy. */
export const wayWords = ({ way, group }: Attachment): string =>
  group === undefined ? way : `${way} ${way === "inline" ? "in" : "to"} the group ${nameOf(group)}`;

/** shortName is a policy's own name, where what stands beside it says whose it is. */
export const shortName = ({ name, origin }: Pick<HeldDocument, "name" | "origin">): string =>
  origin === "awsManaged" || origin === "inline" ? nameOf(name) : name;

const nodes: Record<Level["kind"], string> = { root: "root", unit: "organizational unit", account: "account" };

/** levelWords names a node of the organization. */
export const levelWords = ({ kind, id, name }: Level): string =>
  `${nodes[kind]} ${name === undefined || name === id ? id : `${name} (${id})`}`;

/** accountWords names the accounts of an inventory. */
export function accountWords({ accounts, resources }: Inventory): string {
  const names = accounts.map(({ id, name }) => (name === undefined ? id : `${id} (${name})`));
  if (names.length === 0) return resources.length > 0 ? "Resources alone" : "No account";
  return names.length > 3 ? counted(names.length, "account") : `Account ${names.join(", ")}`;
}

/** countWords is what there is of each kind. */
export function countWords(catalogue: Catalogue): string {
  const { policies, resources } = catalogue.inventory;
  return [
    ...(["user", "group", "role"] as const).map((kind) =>
      counted(catalogue.count(kind), kinds[kind].one, kinds[kind].many),
    ),
    counted(policies.length, "policy", "policies"),
    ...(resources.length > 0 ? [counted(resources.length, "resource with a policy", "resources with policies")] : []),
  ].join(", ");
}
