// One request and every kind of policy that can meet it, each set to say what a reader wants: the scenario behind the
// picture of AWS's evaluation. The engine decides it like any other.

import { type OrganizationNode, type Scenario, writeJson } from "./scenario.ts";
import type { GateResult } from "./result.ts";
import type { PolicyText, Workspace } from "./workspace.ts";

/** What a kind of policy may say: it is not there, it is silent about the request, it allows it, or it denies it. */
export type Say = "none" | "silent" | "allows" | "denies";

/** Whom the resource's policy allows. */
export type Names = "identity" | "session" | "account" | "everyone";

/** What a reader has chosen. */
export interface Choices {
  /** Who asks: a user, or a session of a role. */
  readonly caller: "user" | "session";
  /** Whose the resource is: the caller's account's, or another's. */
  readonly owner: "same" | "other";
  readonly resourceControlPolicy: Exclude<Say, "silent">;
  readonly serviceControlPolicy: Say;
  readonly vpcEndpointPolicy: Say;
  readonly resourcePolicy: Exclude<Say, "allows"> | Names;
  readonly identityPolicy: Say;
  readonly permissionsBoundary: Say;
  readonly sessionPolicy: Say;
}

/** A gate at which a reader chooses. */
export type Chooser = Exclude<keyof Choices, "caller" | "owner"> & GateResult["gate"];

/** What the picture begins with; content/scenarios/gates/picture.json is the same, for pages without a script. */
export const first: Choices = {
  caller: "session",
  owner: "same",
  resourceControlPolicy: "allows",
  serviceControlPolicy: "allows",
  vpcEndpointPolicy: "none",
  resourcePolicy: "none",
  identityPolicy: "allows",
  permissionsBoundary: "silent",
  sessionPolicy: "none",
};

const says: Record<Say, string> = {
  none: "not there",
  silent: "silent",
  allows: "allows it",
  denies: "denies it",
};

/** optionsOf are what may be chosen at a gate, in words. */
export function optionsOf(
  gate: Chooser,
  { caller, owner, serviceControlPolicy }: Choices,
): readonly (readonly [string, string])[] {
  const some = (...list: readonly Say[]): (readonly [string, string])[] => list.map((one) => [one, says[one]]);
  switch (gate) {
    case "resourceControlPolicy":
      // In one account the organization is the same that has the SCPs, or there is none.
      if (owner === "same" && serviceControlPolicy === "none") return [["none", "no organization"]];
      return [
        ...(owner === "same" ? [] : [["none", "no organization"] as const]),
        ["allows", "deny nothing"],
        ["denies", "deny it"],
      ];
    case "serviceControlPolicy":
      return [
        ["none", "no organization"],
        ["allows", "allow it at each level"],
        ["silent", "silent at one level"],
        ["denies", "deny it"],
      ];
    case "resourcePolicy": {
      const identity = caller === "user" ? "the user" : "the role";
      const session = caller === "user" ? [] : [["session", "allows the session"] as const];
      return [
        ...some("none", "silent"),
        ["identity", `allows ${identity}`],
        ...session,
        ["account", "allows the caller's account"],
        ["everyone", 'allows "*"'],
        ...some("denies"),
      ];
    }
    case "identityPolicy":
      return [
        ["none", "none"],
        ["silent", "silent"],
        ["allows", "one allows it"],
        ["denies", "one denies it"],
      ];
    case "sessionPolicy":
      return caller === "user" ? [["none", "no session"]] : some("none", "silent", "allows", "denies");
    default:
      return some("none", "silent", "allows", "denies");
  }
}

/** settled are choices that can be together: what is no longer offered becomes what is. */
export function settled(choices: Choices): Choices {
  const next = { ...choices };
  if (next.caller === "user" && next.resourcePolicy === "session") next.resourcePolicy = "identity";
  if (next.caller === "user") next.sessionPolicy = "none";
  if (next.owner === "same" && next.serviceControlPolicy === "none") next.resourceControlPolicy = "none";
  else if (next.owner === "same" && next.resourceControlPolicy === "none") next.resourceControlPolicy = "allows";
  return next;
}

const account = "111122223333";
const other = "444455556666";
const action = "s3:GetObject";
const bucket = "arn:aws:s3:::reports";
const endpoint = "vpce-0a1b2c3d";

const names: Record<Chooser, string> = {
  resourceControlPolicy: "Organizations_RCP",
  serviceControlPolicy: "Accounts_SCP",
  vpcEndpointPolicy: "Endpoint_Policy",
  resourcePolicy: "Bucket_Policy",
  identityPolicy: "Analyst_Policy",
  permissionsBoundary: "Analyst_Boundary",
  sessionPolicy: "Session_Policy",
};

/** A document that says so of a resource; who is named where principals are. */
function document(say: Say, who?: unknown, Resource = "*"): object {
  const principal = who === undefined ? {} : { Principal: who };
  const one = (Sid: string, Effect: "Allow" | "Deny", Action: string) => [
    { Sid, Effect, ...principal, Action, Resource },
  ];
  const statements: Record<Say, readonly object[]> = {
    none: [],
    silent: one("SaysNothingOfReading", "Allow", "s3:PutObject"),
    allows: one("AllowsReading", "Allow", action),
    denies: one("DeniesReading", "Deny", action),
  };
  return { Version: "2012-10-17", Statement: statements[say] };
}

/** The document of the resource's policy; a silent one allows the caller something else. */
function bucketPolicy(choice: Choices["resourcePolicy"], callers: Record<Names, string>): object {
  const [say, names]: [Say, Names] =
    choice === "denies"
      ? ["denies", "everyone"]
      : choice === "silent" || choice === "none"
        ? [choice, "identity"]
        : ["allows", choice];
  return document(say, names === "everyone" ? "*" : { AWS: callers[names] }, `${bucket}/*`);
}

/** pictured is the scenario that the choices make, with the one request that is looked at. */
export function pictured(choices: Choices): Workspace {
  const user = choices.caller === "user";
  const identity = `arn:aws:iam::${account}:${user ? "user/nina" : "role/Analyst"}`;
  const session = `arn:aws:sts::${account}:assumed-role/Analyst/nina`;
  const callers = { identity, session, account: `arn:aws:iam::${account}:root`, everyone: "*" };
  const owner = choices.owner === "same" ? account : other;
  const policies: PolicyText[] = [];
  const put = (gate: Chooser, one: object): string => {
    policies.push({ name: names[gate], text: writeJson(one) });
    return names[gate];
  };
  const named = (gate: Chooser, member: string): object => {
    const say = choices[gate] as Say;
    return say === "none" ? {} : { [member]: put(gate, document(say, gate === "vpcEndpointPolicy" ? "*" : undefined)) };
  };
  const listed = (gate: Chooser): string[] => {
    const say = choices[gate] as Say;
    return say === "none" ? [] : [put(gate, document(say))];
  };

  const of = { arn: identity, policies: listed("identityPolicy"), ...named("permissionsBoundary", "boundary") };
  const inSession = listed("sessionPolicy");
  const resource = {
    arn: bucket,
    account: owner,
    ...(choices.resourcePolicy === "none"
      ? {}
      : { policy: put("resourcePolicy", bucketPolicy(choices.resourcePolicy, callers)) }),
  };
  const endpoints = named("vpcEndpointPolicy", "policy");
  const through = choices.vpcEndpointPolicy !== "none";
  const root = organization(choices, owner, put);
  const request = {
    name: "Reads a report",
    principal: user ? identity : session,
    action,
    resource: `${bucket}/q3.csv`,
    ...(through ? { context: { "aws:SourceVpce": endpoint } } : {}),
    ...(inSession.length > 0 ? { session: { policies: inSession } } : {}),
  };
  const scenario: Scenario = {
    version: 1,
    title: "One request, and every policy that can meet it",
    identities: [of],
    resources: [resource],
    ...(through ? { vpcEndpoints: [{ id: endpoint, ...endpoints }] } : {}),
    ...(root ? { organization: { id: "o-exampleorgid", managementAccount: "999999999999", root } } : {}),
    requests: [request],
  };
  return { scenario: writeJson(scenario), policies, selected: 0, without: [] };
}

/** The organization's root, where the choices need one: with the accounts that are in it. */
function organization(
  { serviceControlPolicy: scp, resourceControlPolicy: rcp }: Choices,
  owner: string,
  put: (gate: Chooser, one: object) => string,
): OrganizationNode | undefined {
  if (scp === "none" && rcp === "none") return undefined;
  const full = "FullAWSAccess";
  const scps = (): string[] => {
    if (scp === "denies") return [full, put("serviceControlPolicy", document("denies"))];
    return scp === "silent" ? [put("serviceControlPolicy", document("silent"))] : [full];
  };
  const rcps = (): object => {
    if (rcp === "none") return {};
    return { rcps: rcp === "denies" ? [put("resourceControlPolicy", document("denies", "*"))] : ["RCPFullAWSAccess"] };
  };
  const accounts: OrganizationNode[] = [];
  if (scp !== "none") accounts.push({ id: account, scps: scps(), ...(owner === account ? rcps() : {}) });
  if (owner !== account && rcp !== "none") accounts.push({ id: owner, scps: [full], ...rcps() });
  return { id: "r-abcd", scps: [full], accounts };
}
