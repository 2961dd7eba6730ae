// Every place of a scenario where a policy is attached, or could be.

import { setMember } from "./context.ts";
import type { PolicyLayer } from "./result.ts";
import type { Identity, OrganizationNode, Scenario } from "./scenario.ts";
import { canCarrySession, identityArn, policyHolder } from "./attach.ts";

/** A place for policies, in one scenario object. */
export interface Slot {
  readonly layer: PolicyLayer;
  /** What has the policies there, for people: "the user Alex". */
  readonly where: string;
  /** The policies that are there. */
  readonly names: readonly string[];
  /** Whether there is room for one only. */
  readonly single: boolean;
  /** put attaches a policy; where there is room for one only, it takes the place of another. */
  put(name: string): void;
  /** take detaches a policy. */
  take(name: string): void;
}

type Set = (names: string[]) => void;

function many(layer: PolicyLayer, where: string, names: readonly string[], set: Set): Slot {
  const put = (name: string): void => set([...names.filter((one) => one !== name), name]);
  const take = (name: string): void => set(names.filter((one) => one !== name));
  return { layer, where, names, single: false, put, take };
}

function one(layer: PolicyLayer, where: string, name: string | undefined, set: (name?: string) => void): Slot {
  const names = name === undefined ? [] : [name];
  return { layer, where, names, single: true, put: set, take: () => set(undefined) };
}

/** The kinds of identity, by their ARNs. */
export type IdentityKind = "user" | "group" | "role";

/** identityKind is what an ARN names. */
export function identityKind(arn: string): IdentityKind | undefined {
  const kind = /^arn:[^:]+:iam::\d{12}:(user|group|role)\//.exec(arn)?.[1];
  return kind === "user" || kind === "group" || kind === "role" ? kind : undefined;
}

/** shortName is the last part of an ARN, or the whole of what is none. */
export const shortName = (arn: string): string => arn.split(/[/:]/).at(-1) || arn;

/** identityWords names an identity for people: "the role Deploy". */
export const identityWords = (arn: string): string => `the ${identityKind(arn) ?? "identity"} ${shortName(arn)}`;

const isDefined = <T>(value: T | undefined): value is T => value !== undefined;
const unlisted = (wanted: readonly (string | undefined)[], listed: readonly { arn: string }[]): string[] =>
  [...new Set(wanted.filter(isDefined))].filter((arn) => !listed.some((entry) => entry.arn === arn));

function identitySlots(identity: Identity, listed: () => Identity): Slot[] {
  const { arn } = identity;
  const words = identityWords(arn);
  const kind = identityKind(arn);
  const policies = many("identityPolicy", words, identity.policies ?? [], (names) => (listed().policies = names));
  if (kind === "group") return [policies];
  const boundary = one("permissionsBoundary", words, identity.boundary, (name) =>
    setMember(listed(), "boundary", name),
  );
  if (kind !== "role") return [policies, boundary];
  return [policies, boundary, one("trustPolicy", words, identity.trust, (name) => setMember(listed(), "trust", name))];
}

/** ofIdentities also offers the callers that are not listed yet: attaching lists them. */
function ofIdentities(scenario: Scenario): Slot[] {
  const listed = scenario.identities ?? [];
  const callers = scenario.requests.map((request) => identityArn(scenario, request));
  return [
    ...listed.flatMap((identity) => identitySlots(identity, () => identity)),
    ...unlisted(callers, listed).flatMap((arn) => {
      const identity: Identity = { arn };
      return identitySlots(identity, () => {
        (scenario.identities ??= []).push(identity);
        return identity;
      });
    }),
  ];
}

function ofResources(scenario: Scenario): Slot[] {
  const listed = scenario.resources ?? [];
  const slot = (arn: string, policy: string | undefined, set: (name?: string) => void): Slot =>
    one("resourcePolicy", arn, policy, set);
  return [
    ...listed.map((resource) => slot(resource.arn, resource.policy, (name) => setMember(resource, "policy", name))),
    ...unlisted(scenario.requests.map(policyHolder), listed).map((arn) =>
      slot(arn, undefined, (name) => {
        if (name !== undefined) (scenario.resources ??= []).push({ arn, policy: name });
      }),
    ),
  ];
}

/** nodeWords names a node of the organization for people. */
export const nodeWords = ({ id, name }: OrganizationNode): string => (name ? `${name} (${id})` : id);

function nodeSlots(node: OrganizationNode): Slot[] {
  const words = nodeWords(node);
  return [
    many("serviceControlPolicy", words, node.scps ?? ["FullAWSAccess"], (names) => (node.scps = names)),
    many("resourceControlPolicy", words, node.rcps ?? [], (names) => (node.rcps = names)),
    ...[...(node.units ?? []), ...(node.accounts ?? [])].flatMap(nodeSlots),
  ];
}

/** slotsOf lists the places of a scenario; the session is that of one request. */
export function slotsOf(scenario: Scenario, selected: number): Slot[] {
  const sessions = scenario.requests.flatMap((request, index): Slot[] => {
    const policies = request.session?.policies ?? [];
    const mine = index === selected && canCarrySession(request);
    if (!mine && policies.length === 0) return [];
    const words = `the session of ${request.name || `request ${index + 1}`}`;
    return [many("sessionPolicy", words, policies, (names) => ((request.session ??= {}).policies = names))];
  });
  return [
    ...ofIdentities(scenario),
    ...sessions,
    ...ofResources(scenario),
    ...(scenario.organization ? nodeSlots(scenario.organization.root) : []),
    ...(scenario.vpcEndpoints ?? []).map((endpoint) =>
      one("vpcEndpointPolicy", endpoint.id, endpoint.policy, (name) => setMember(endpoint, "policy", name)),
    ),
  ];
}

/** moveAll moves a policy from one kind to another wherever the same identity has room for it; it says whether it moved. */
export function moveAll(scenario: Scenario, policy: string, from: PolicyLayer, to: PolicyLayer): boolean {
  const slots = slotsOf(scenario, -1);
  let moved = false;
  for (const { layer, where, names, take } of slots) {
    if (layer !== from || !names.includes(policy)) continue;
    const target = slots.find((slot) => slot.layer === to && slot.where === where);
    if (!target) continue;
    take(policy);
    target.put(policy);
    moved = true;
  }
  return moved;
}
