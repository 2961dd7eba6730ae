// Adding a policy where it belongs for one request: one entry for each kind.

import { setKey } from "./context.ts";
import type { PolicyLayer } from "./result.ts";
import type { Identity, OrganizationNode, Request, Resource, Scenario } from "./scenario.ts";

/** A way to add a policy of one kind to what a request meets. */
export interface Attachment {
  readonly layer: PolicyLayer;
  /** What the button says. */
  readonly label: string;
  /** The wish for the new policy's name. */
  readonly name: string;
  /** What a policy of this kind does, in a few words. */
  readonly does: string;
  /** available says whether a policy of this kind can be added for the request. */
  available(scenario: Scenario, request: Request): boolean;
  /** attach makes the scenario name the policy; call it only where available. */
  attach(scenario: Scenario, request: Request, policy: string): void;
  /** document is what the new policy says at first. */
  document(request: Request): object;
}

interface Caller {
  readonly partition: string;
  readonly account: string;
  readonly kind: string;
  readonly path: string;
}

const callerPattern = /^arn:([^:]+):(?:iam|sts)::(\d{12}):(user|role|assumed-role|federated-user)\/(.+)$/;

function callerOf(request: Request): Caller | undefined {
  const [, partition, account, kind, path] = callerPattern.exec(request.principal ?? "") ?? [];
  return partition && account && kind && path ? { partition, account, kind, path } : undefined;
}

/** identityArn is the user or role whose policies the caller has. */
export function identityArn(scenario: Scenario, request: Request): string | undefined {
  const caller = callerOf(request);
  if (!caller) return undefined;
  if (caller.kind === "user" || caller.kind === "role") return request.principal;
  const kind = caller.kind === "assumed-role" ? "role" : "user";
  const name = kind === "role" ? caller.path.split("/")[0] : request.session?.user;
  if (!name) return undefined;
  const prefix = `arn:${caller.partition}:iam::${caller.account}:${kind}/`;
  const listed = scenario.identities?.find(({ arn }) => arn.startsWith(prefix) && arn.split("/").at(-1) === name);
  return listed?.arn ?? prefix + name;
}

/** canCarrySession says whether the caller is a session that session policies can limit. */
export function canCarrySession(request: Request): boolean {
  return ["role", "assumed-role", "federated-user"].includes(callerOf(request)?.kind ?? "");
}

/** canBeBounded says whether the caller is a user or role, or a session of one. */
export function canBeBounded(scenario: Scenario, request: Request): boolean {
  return identityArn(scenario, request) !== undefined;
}

function entry<T extends { arn: string }>(list: T[], arn: string, make: () => T): T {
  const found = list.find((item) => item.arn === arn);
  if (found) return found;
  const made = make();
  list.push(made);
  return made;
}

function identityOf(scenario: Scenario, request: Request): Identity | undefined {
  const arn = identityArn(scenario, request);
  return scenario.identities?.find((identity) => identity.arn === arn);
}

function ensureIdentity(scenario: Scenario, arn: string): Identity {
  return entry((scenario.identities ??= []), arn, () => ({ arn }));
}

const isRole = (arn: string | undefined): boolean => /^arn:[^:]+:iam::\d{12}:role\//.test(arn ?? "");

/** policyHolder is the ARN whose entry in `resources` carries the policy: an object's is its bucket's. */
export function policyHolder(request: Request): string | undefined {
  const resource = request.resource ?? "";
  if (!resource.startsWith("arn:") || isRole(resource)) return undefined;
  return /^arn:[^:]+:s3:::[^/]+/.exec(resource)?.[0] ?? resource;
}

function resourceOf(scenario: Scenario, request: Request): Resource | undefined {
  const arn = policyHolder(request);
  return scenario.resources?.find((resource) => resource.arn === arn);
}

function findAccount(node: OrganizationNode | undefined, account: string): OrganizationNode | undefined {
  if (!node) return undefined;
  const here = node.accounts?.find(({ id }) => id === account);
  return here ?? node.units?.map((unit) => findAccount(unit, account)).find(Boolean);
}

/** accountNode is the caller's account in the organization. */
function accountNode(scenario: Scenario, request: Request): OrganizationNode | undefined {
  const caller = callerOf(request);
  return caller && findAccount(scenario.organization?.root, caller.account);
}

const managementAccount = "999999999999";

/** canJoin: the caller's account is in the organization, or there is none yet that it could be missing from. */
function canJoin(scenario: Scenario, request: Request): boolean {
  const caller = callerOf(request);
  if (!caller) return false;
  if (scenario.organization) return accountNode(scenario, request) !== undefined;
  return caller.account !== managementAccount;
}

function ensureAccountNode(scenario: Scenario, request: Request): OrganizationNode | undefined {
  const caller = callerOf(request);
  if (caller && !scenario.organization) {
    const root = { id: "r-abcd", accounts: [{ id: caller.account }] };
    scenario.organization = { id: "o-exampleorgid", managementAccount, root };
  }
  return accountNode(scenario, request);
}

function document(statement: object): object {
  return { Version: "2012-10-17", Statement: [statement] };
}

const allowTheAction = (request: Request): object =>
  document({ Effect: "Allow", Action: request.action || "*", Resource: "*" });

const endpointId = "vpce-0a1b2c3d";

/** The kinds in the order of their buttons. */
export const attachments: readonly Attachment[] = [
  {
    layer: "identityPolicy",
    label: "Add an identity-based policy",
    does: "Grants, or denies, to the caller itself.",
    name: "IdentityPolicy",
    available: (scenario, request) => identityArn(scenario, request) !== undefined,
    attach(scenario, request, policy) {
      const arn = identityArn(scenario, request);
      if (arn) (ensureIdentity(scenario, arn).policies ??= []).push(policy);
    },
    document: allowTheAction,
  },
  {
    layer: "permissionsBoundary",
    label: "Add a boundary",
    does: "Limits what the identity-based policies of one user or role can grant. It grants nothing.",
    name: "Boundary",
    available: (scenario, request) =>
      identityArn(scenario, request) !== undefined && identityOf(scenario, request)?.boundary === undefined,
    attach(scenario, request, policy) {
      const arn = identityArn(scenario, request);
      if (arn) ensureIdentity(scenario, arn).boundary = policy;
    },
    document: allowTheAction,
  },
  {
    layer: "sessionPolicy",
    label: "Add a session policy",
    does: "Limits this one session. It grants nothing.",
    name: "SessionPolicy",
    available: (_, request) => canCarrySession(request),
    attach(_, request, policy) {
      ((request.session ??= {}).policies ??= []).push(policy);
    },
    document: allowTheAction,
  },
  {
    layer: "resourcePolicy",
    label: "Add a resource-based policy",
    does: "Says who may do what with this resource, also from other accounts.",
    name: "ResourcePolicy",
    available: (scenario, request) =>
      policyHolder(request) !== undefined && resourceOf(scenario, request)?.policy === undefined,
    attach(scenario, request, policy) {
      const arn = policyHolder(request);
      if (arn) entry<Resource>((scenario.resources ??= []), arn, () => ({ arn })).policy = policy;
    },
    document: (request) =>
      document({
        Effect: "Allow",
        Principal: request.principal?.startsWith("arn:") ? { AWS: request.principal } : "*",
        Action: request.action || "*",
        Resource: request.resource ?? "*",
      }),
  },
  {
    layer: "trustPolicy",
    label: "Add a role trust policy",
    does: "Says who may assume this role.",
    name: "TrustPolicy",
    available: (scenario, request) =>
      isRole(request.resource) &&
      (request.action ?? "").toLowerCase().startsWith("sts:") &&
      scenario.identities?.find(({ arn }) => arn === request.resource)?.trust === undefined,
    attach(scenario, request, policy) {
      ensureIdentity(scenario, request.resource ?? "").trust = policy;
    },
    document: (request) =>
      document({
        Effect: "Allow",
        Principal: request.principal?.startsWith("arn:") ? { AWS: request.principal } : "*",
        Action: request.action || "sts:AssumeRole",
      }),
  },
  {
    layer: "serviceControlPolicy",
    label: "Add an SCP to the account",
    does: "Limits every user and role of the account. It grants nothing.",
    name: "ServiceControlPolicy",
    available: canJoin,
    attach(scenario, request, policy) {
      const account = ensureAccountNode(scenario, request);
      if (account) (account.scps ??= ["FullAWSAccess"]).push(policy);
    },
    document: () => document({ Effect: "Deny", Action: "organizations:LeaveOrganization", Resource: "*" }),
  },
  {
    layer: "resourceControlPolicy",
    label: "Add an RCP to the account",
    does: "Limits what anyone may do with the account's resources. It grants nothing.",
    name: "ResourceControlPolicy",
    available: canJoin,
    attach(scenario, request, policy) {
      const account = ensureAccountNode(scenario, request);
      if (account) (account.rcps ??= []).push(policy);
    },
    document: () =>
      document({
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: "*",
        Condition: { BoolIfExists: { "aws:SecureTransport": "false" } },
      }),
  },
  {
    layer: "vpcEndpointPolicy",
    label: "Send it through a VPC endpoint",
    does: "Limits what passes through one endpoint. It grants nothing.",
    name: "EndpointPolicy",
    available: (scenario, request) =>
      !Object.keys(request.context ?? {}).some((key) => key.toLowerCase() === "aws:sourcevpce") &&
      !scenario.vpcEndpoints?.some(({ id }) => id === endpointId),
    attach(scenario, request, policy) {
      (scenario.vpcEndpoints ??= []).push({ id: endpointId, policy });
      setKey(request, "aws:SourceVpce", "present", [endpointId]);
    },
    document: () => document({ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }),
  },
];
