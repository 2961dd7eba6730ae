// What the engine answers, as `engine/scenario/result.go` writes it.

/** Line counts from 1, column counts code points from 0, offset counts UTF-8 bytes. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** A range of a text, end exclusive. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export type Decision = "allowed" | "explicitDeny" | "implicitDeny" | "depends";
export type Outcome = "match" | "noMatch" | "unknown";
export type Effect = "Allow" | "Deny";
export type Severity = "error" | "warning" | "note";

export type PolicyLayer =
  | "resourceControlPolicy"
  | "serviceControlPolicy"
  | "vpcEndpointPolicy"
  | "resourcePolicy"
  | "trustPolicy"
  | "identityPolicy"
  | "permissionsBoundary"
  | "sessionPolicy";

/** A kind of policy, or `service` where a rule of the service itself decides. */
export type Layer = PolicyLayer | "service";

/** The way from a JSON text's value to one inside: names and indices. */
export type Path = readonly (string | number)[];

export interface Problem extends Range {
  readonly code: string;
  readonly severity: Severity;
  /** The policy whose text the range is in; absent: the scenario's. */
  readonly policy?: string;
  readonly message: string;
  /** The way to the innermost value at the start; absent at the root, and in a text that is no JSON. */
  readonly path?: Path;
  /** Mechanical ways to be rid of it, the likeliest first. */
  readonly fixes?: readonly Fix[];
}

/** What to write instead; the title says when that changes what the text means. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** A text to put in a range's place. All ranges of a fix are those before any edit. */
export interface Edit extends Range {
  readonly text: string;
}

export interface StatementRef extends Range {
  readonly policy: string;
  readonly layer: Layer;
  readonly sid: string;
  readonly index: number;
  readonly effect: Effect;
}

export interface NearMiss extends StatementRef {
  readonly at?: string;
  readonly failed: "principal" | "action" | "resource" | "condition";
  readonly reason: string;
  readonly failedStart: Position;
  readonly failedEnd: Position;
}

export interface ElementResult extends Range {
  readonly outcome: Outcome;
  readonly element: string;
  readonly pattern?: string;
  readonly matched?: string;
  readonly class?: string;
}

export interface ValueResult extends Range {
  readonly value: string;
  readonly resolved?: string;
  readonly outcome: Outcome;
}

export interface ConditionResult extends Range {
  readonly operator: string;
  readonly key: string;
  readonly policyValues: readonly string[];
  readonly requestState: "present" | "absent" | "unknown";
  readonly requestValues: readonly string[];
  readonly outcome: Outcome;
  readonly reason: string;
  readonly values: readonly ValueResult[];
}

export interface StatementResult extends Range {
  readonly sid: string;
  readonly index: number;
  readonly effect: Effect;
  readonly outcome: Outcome;
  readonly principal?: ElementResult;
  readonly action: ElementResult;
  readonly resource?: ElementResult;
  readonly conditions: readonly ConditionResult[];
}

export interface PolicyResult {
  readonly policy: string;
  /** The group that gives a user the policy. */
  readonly via?: string;
  readonly statements: readonly StatementResult[];
}

export interface LayerResult {
  readonly layer: Layer;
  /** The organization's node, for SCPs and RCPs. */
  readonly at?: string;
  readonly decision: Decision;
  readonly policies: readonly PolicyResult[];
}

/** What a gate does with a request: `absent` does not limit, `aside` does not grant and need not. */
export type GateState = "open" | "shut" | "absent" | "aside" | "unknown";

/** One step of the evaluation, in AWS's order. */
export interface GateResult {
  readonly gate: Layer | "explicitDeny";
  /** The organization's node, for SCPs and RCPs. */
  readonly at?: string;
  /** Whose account it belongs to, where two accounts must both allow. */
  readonly side?: "caller" | "resource";
  readonly state: GateState;
  /** Whether the answer needed it: nothing before it had settled the request. */
  readonly needed: boolean;
  /** Whether it settled the request. */
  readonly decides: boolean;
  readonly reason: string;
}

/** What the caller's policies and permissions boundary say; both must allow. */
export interface BoundaryResult {
  readonly present: boolean;
  readonly identity: Outcome;
  readonly boundary: Outcome;
  /** Whether a resource-based policy grants, whatever both leave out. */
  readonly around: boolean;
  readonly reason: string;
}

export interface ContextEntry {
  readonly key: string;
  readonly values: readonly string[];
  readonly origin: "request" | "derived" | "unknown";
}

/** Something that a call changed in the account. */
export interface AccountChange {
  readonly kind: string;
  readonly change: "added" | "removed" | "changed";
  readonly arn: string;
  /** The change as a clause. */
  readonly text: string;
}

/** A further permission that a call takes, decided. */
export interface Need {
  readonly action: string;
  readonly resource: string;
  readonly decision: Decision;
  readonly decidedBy?: Layer;
  readonly determining: readonly StatementRef[];
  /** Whether the request's own result is about it. */
  readonly decides: boolean;
  readonly message: string;
}

/** What became of a request that is a call. */
export interface CallResult {
  readonly changes: readonly AccountChange[];
  /** AWS's error for a call that is allowed and not carried out. */
  readonly error?: { readonly code: string; readonly message: string };
  readonly needs: readonly Need[];
}

/** Where the text of a policy is that a call brings: the first call that has it, and its parameter. */
export interface CallDocument extends Range {
  readonly policy: string;
  readonly request: number;
  readonly parameter: string;
}

export interface RequestResult {
  readonly name: string;
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly decision: Decision;
  readonly decidedBy?: Layer;
  /** Why the request could not be evaluated. */
  readonly error?: string;
  readonly determining: readonly StatementRef[];
  readonly nearest: readonly NearMiss[];
  readonly message: string;
  readonly explanation: string;
  readonly gates: readonly GateResult[];
  /** Absent where the caller can have no boundary. */
  readonly boundary?: BoundaryResult;
  readonly layers: readonly LayerResult[];
  readonly context: readonly ContextEntry[];
  readonly missingContextKeys: readonly string[];
  readonly dependsOn: readonly string[];
  readonly rules: readonly string[];
  readonly notes: readonly string[];
  /** Absent for a request that is no call. */
  readonly call?: CallResult;
  readonly expected?: string | { readonly decision?: string };
  readonly met?: boolean;
}

export interface PolicyUse {
  readonly policy: string;
  readonly layers: readonly PolicyLayer[];
}

export interface Result {
  readonly version: number;
  readonly results: readonly RequestResult[];
  readonly problems: readonly Problem[];
  readonly policies: readonly PolicyUse[];
  /** Absent where no call brings a policy. */
  readonly documents?: readonly CallDocument[];
}
