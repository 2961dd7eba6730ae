// What the engine says of an account that it holds. The account stays with the engine between the calls.

import type { Decision, Layer, Problem, StatementRef } from "../result.ts";
import type { PolicyText } from "../workspace.ts";

/** Reads a piece of a text into the account; the piece that has no more is the text's last. */
export interface AccountAddCall {
  readonly call: "accountAdd";
  readonly name: string;
  readonly text: string;
  readonly more: boolean;
  /** How many bytes were read before, by the last answer; 0 at first. */
  readonly after: number;
}

/** Forgets the account. */
export interface AccountClearCall {
  readonly call: "accountClear";
}

/** Puts together what was read. */
export interface AccountDoneCall {
  readonly call: "accountDone";
}

/** Asks for everything on one principal. */
export interface AccountPrincipalCall {
  readonly call: "accountPrincipal";
  readonly arn: string;
}

/** Asks for one policy, by its name. */
export interface AccountPolicyCall {
  readonly call: "accountPolicy";
  readonly name: string;
}

/** Asks for what a principal meets, as a scenario. */
export interface AccountScenarioCall {
  readonly call: "accountScenario";
  readonly principal?: string;
  readonly title?: string;
  /** Resources that are asked about; those of the requests count, too. */
  readonly targets?: readonly string[];
  /** A JSON list of requests, as scenario files have it. */
  readonly requests?: string;
}

/** Asks one thing of some of the users and roles, from one on; the request is a JSON object without its principal. */
export interface AccountAskCall {
  readonly call: "accountAsk";
  readonly request: string;
  readonly from: number;
  readonly most: number;
}

/** How the request of one user or role comes out. */
export interface WhoLine {
  readonly principal: string;
  readonly decision: Decision;
  readonly decidedBy?: Layer;
  readonly error?: string;
  readonly determining: readonly StatementRef[];
  readonly dependsOn: readonly string[];
}

/** The answers of some, where to go on, and how many there are in all. */
export interface Who {
  readonly answers: readonly WhoLine[];
  readonly next: number;
  readonly of: number;
}

/** How much was read so far. */
export interface AccountRead {
  readonly bytes: number;
  readonly identities: number;
  readonly policies: number;
  readonly unused: number;
}

/** Where something stands in what was given. */
export interface FilePlace {
  readonly file: string;
  readonly line: number;
}

export interface Unused extends FilePlace {
  readonly why: string;
}

export type IdentityKind = "user" | "group" | "role";

/** Where a policy comes from. */
export type Origin =
  | "customerManaged"
  | "awsManaged"
  | "inline"
  | "trust"
  | "serviceControlPolicy"
  | "resourceControlPolicy"
  | "resource"
  | "endpoint"
  | "unknown";

/** A principal in a list. Policies and groups are indices into the inventory's lists. */
export interface PrincipalLine {
  readonly arn: string;
  readonly kind: IdentityKind;
  readonly groups: readonly number[];
  readonly has: readonly number[];
  readonly boundary?: number;
  readonly trust?: number;
  /** Written key=value. */
  readonly tags: readonly string[];
  /** The identity itself was not given: that it exists follows from who is in it. */
  readonly assumed?: boolean;
  /** A document is missing of what it, or a group of it, has. */
  readonly missing?: boolean;
}

export interface PolicyLine {
  readonly name: string;
  readonly origin: Origin;
  /** The command that prints the document, where that is missing. */
  readonly missing?: string;
}

/** What an account holds, short. */
export interface Inventory {
  readonly accounts: readonly { readonly id: string; readonly name?: string }[];
  readonly principals: readonly PrincipalLine[];
  readonly policies: readonly PolicyLine[];
  readonly resources: readonly { readonly arn: string; readonly by: string; readonly policy: string }[];
  readonly organization?: { readonly id: string; readonly managementAccount?: string };
  readonly unused: readonly Unused[];
  readonly moreUnused: number;
  readonly notes: readonly string[];
}

/** A policy that a principal has, and the way. */
export interface Attachment {
  readonly policy: string;
  readonly way: "attached" | "inline";
  /** The group through which it has it, by ARN. */
  readonly group?: string;
}

/** A node of the organization above a principal's account, or the account's own. */
export interface Level {
  readonly id: string;
  readonly name?: string;
  readonly kind: "root" | "unit" | "account";
  /** SCPs are not enabled, so they limit nothing. */
  readonly default: boolean;
  readonly scps: readonly string[];
  readonly rcps: readonly string[];
}

/** A policy with its text, which is empty where the document is missing. */
export interface HeldDocument {
  readonly name: string;
  readonly origin: Origin;
  readonly arn?: string;
  readonly owner?: string;
  readonly version?: string;
  readonly text: string;
  readonly missing?: string;
  /** The document ships with the engine. */
  readonly builtIn: boolean;
  readonly place?: FilePlace;
}

/** One policy, what is wrong with its text, and the identities that have it, by ARN. */
export interface HeldPolicy {
  readonly document: HeldDocument;
  readonly problems: readonly Problem[];
  readonly usedBy: readonly string[];
}

/** Everything on one principal. Policies are named; their texts are in `documents`. */
export interface Principal {
  readonly arn: string;
  readonly kind: IdentityKind;
  readonly name: string;
  readonly uniqueId?: string;
  readonly place: FilePlace;
  readonly assumed: boolean;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
  readonly groups: readonly string[];
  readonly members: readonly string[];
  readonly policies: readonly Attachment[];
  readonly boundary?: string;
  readonly trust?: string;
  readonly levels: readonly Level[];
  /** The organization's own account, which neither SCPs nor RCPs limit. */
  readonly management: boolean;
  readonly documents: readonly HeldDocument[];
  readonly problems: readonly Problem[];
  readonly notes: readonly string[];
}

/** A part of the account as a scenario. */
export interface Excerpt {
  readonly scenario: string;
  readonly policies: readonly PolicyText[];
  readonly notes: readonly string[];
}
