// Where a policy that was pasted can be attached.

import { attachments } from "./attach.ts";
import type { ImportedPolicy } from "./intake.ts";
import { oneOf } from "./layers.ts";
import type { PolicyLayer } from "./result.ts";
import type { Identity, Request, Scenario } from "./scenario.ts";

/** A way to attach a policy, or to leave it alone. */
export interface AttachPlace {
  readonly id: string;
  readonly label: string;
  readonly layer?: PolicyLayer;
  /** The identity whose policy it becomes. */
  readonly identity?: string;
  /** Makes the scenario, or the request in it, name the policy. */
  attach(scenario: Scenario, request: Request | undefined, policy: string): void;
}

const nowhere: AttachPlace = { id: "nowhere", label: "Nothing yet", attach: () => undefined };

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const nameOf = (arn: string): string => arn.split("/").at(-1) ?? arn;

function identityIn(scenario: Scenario, arn: string): Identity {
  const list = (scenario.identities ??= []);
  const found = list.find((one) => one.arn === arn);
  if (found) return found;
  const made = { arn };
  list.push(made);
  return made;
}

/** The places that one user, group or role has. */
function placesOf(arn: string, listed: Identity | undefined): AttachPlace[] {
  const name = nameOf(arn);
  const places: AttachPlace[] = [
    {
      id: `identityPolicy ${arn}`,
      label: `Identity-based policy of ${name}`,
      layer: "identityPolicy",
      identity: arn,
      attach: (scenario, _, policy) => (identityIn(scenario, arn).policies ??= []).push(policy),
    },
  ];
  if (!arn.includes(":group/")) {
    const before = listed?.boundary;
    places.push({
      id: `permissionsBoundary ${arn}`,
      label: `Permissions boundary of ${name}${before === undefined ? "" : `, in place of ${before}`}`,
      layer: "permissionsBoundary",
      identity: arn,
      attach: (scenario, _, policy) => (identityIn(scenario, arn).boundary = policy),
    });
  }
  if (arn.includes(":role/")) {
    const before = listed?.trust;
    places.push({
      id: `trustPolicy ${arn}`,
      label: `Trust policy of ${name}${before === undefined ? "" : `, in place of ${before}`}`,
      layer: "trustPolicy",
      identity: arn,
      attach: (scenario, _, policy) => (identityIn(scenario, arn).trust = policy),
    });
  }
  return places;
}

const account = /:(\d{12}):/;

/** The ARN of the user, group or role to which a text says that a policy belongs. */
function named(scenario: Scenario, request: Request | undefined, { attachTo }: ImportedPolicy): string | undefined {
  if (!attachTo || attachTo.kind === "resource" || attachTo.kind === "endpoint") return undefined;
  const { kind, name, arn } = attachTo;
  if (arn) return arn;
  if (!name) return undefined;
  const listed = scenario.identities?.find((one) => one.arn.includes(`:${kind}/`) && nameOf(one.arn) === name);
  const near = [request?.principal, ...(scenario.identities ?? []).map((one) => one.arn)];
  const here = near.map((text) => account.exec(text ?? "")?.[1]).find(Boolean) ?? "111122223333";
  return listed?.arn ?? `arn:aws:iam::${here}:${kind}/${name}`;
}

/** The resource or the endpoint to which a text says that a policy belongs. */
function namedResource({ attachTo }: ImportedPolicy): AttachPlace[] {
  if (attachTo?.kind === "resource" && attachTo.arn) {
    const { arn } = attachTo;
    return [
      {
        id: `resourcePolicy ${arn}`,
        label: `Resource-based policy of ${arn}`,
        layer: "resourcePolicy",
        attach(scenario, _, policy) {
          const list = (scenario.resources ??= []);
          const found = list.find((one) => one.arn === arn);
          if (found) found.policy = policy;
          else list.push({ arn, policy });
        },
      },
    ];
  }
  if (attachTo?.kind === "endpoint" && attachTo.name) {
    const { name } = attachTo;
    return [
      {
        id: `vpcEndpointPolicy ${name}`,
        label: `VPC endpoint policy of ${name}`,
        layer: "vpcEndpointPolicy",
        attach(scenario, _, policy) {
          const list = (scenario.vpcEndpoints ??= []);
          const found = list.find(({ id }) => id === name);
          if (found) found.policy = policy;
          else list.push({ id: name, policy });
        },
      },
    ];
  }
  return [];
}

/** placesFor lists where a policy can be attached: what it says of itself first, then what the request meets, then the other identities. */
export function placesFor(scenario: Scenario, request: Request | undefined, policy: ImportedPolicy): AttachPlace[] {
  const places = namedResource(policy);
  const arns = [named(scenario, request, policy), ...(scenario.identities ?? []).map(({ arn }) => arn)];
  for (const attachment of request ? attachments : []) {
    const { layer } = attachment;
    if (!request || !attachment.available(scenario, request)) continue;
    if (["identityPolicy", "permissionsBoundary", "trustPolicy"].includes(layer)) {
      // These belong to an identity, which is listed below by its name.
      const probe = structuredClone(scenario);
      attachment.attach(probe, structuredClone(request), "");
      arns.push(...(probe.identities ?? []).map(({ arn }) => arn));
      continue;
    }
    places.push({
      id: layer,
      label: `${capital(oneOf(layer))} for this request`,
      layer,
      attach: (into, of, name) => of && attachment.attach(into, of, name),
    });
  }
  for (const arn of new Set(arns)) {
    if (arn)
      places.push(
        ...placesOf(
          arn,
          scenario.identities?.find((one) => one.arn === arn),
        ),
      );
  }
  return [...places, nowhere];
}

/** The layer that the request's expectation names, when the request has no policy of that kind yet. */
function awaited(request: Request | undefined, has: readonly PolicyLayer[]): unknown {
  const { expect } = request ?? {};
  const layer = typeof expect === "object" && expect !== null && "decidedBy" in expect ? expect.decidedBy : undefined;
  return has.some((one) => one === layer) ? undefined : layer;
}

/** defaultPlace is where a policy most likely belongs. */
export function defaultPlace(
  places: readonly AttachPlace[],
  policy: ImportedPolicy,
  scenario: Scenario,
  request: Request | undefined,
  has: readonly PolicyLayer[],
): AttachPlace {
  const layer = policy.layer ?? awaited(request, has) ?? "identityPolicy";
  const mine = named(scenario, request, policy) ?? callerOf(scenario, request);
  const fitting = places.filter((place) => place.layer === layer);
  return fitting.find(({ identity }) => identity === mine) ?? fitting[0] ?? nowhere;
}

/** The user or role whose policies a request's caller has. */
export function callerOf(scenario: Scenario, request: Request | undefined): string | undefined {
  const principal = request?.principal ?? "";
  const role = /^(arn:[^:]+):sts::(\d{12}):assumed-role\/([^/]+)\//.exec(principal);
  if (!role) return principal;
  const [, partition, owner, name] = role;
  const prefix = `${partition}:iam::${owner}:role/`;
  const listed = scenario.identities?.find(({ arn }) => arn.startsWith(prefix) && nameOf(arn) === name);
  return listed?.arn ?? `${prefix}${name}`;
}
