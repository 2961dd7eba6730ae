// What the page and the engine's worker say to each other.

import type {
  AccountAddCall,
  AccountAskCall,
  AccountClearCall,
  AccountDoneCall,
  AccountPolicyCall,
  AccountPrincipalCall,
  AccountRead,
  AccountScenarioCall,
  Excerpt,
  HeldPolicy,
  Inventory,
  Principal,
  Who,
} from "../model/account/answers.ts";
import type { CatalogueCall, DescribeCall, Described, Listing } from "../model/catalogue.ts";
import type { ActionsCall, ActionTable } from "../model/everyAction.ts";
import type { Changes } from "../model/changes.ts";
import type { ManagedAnswer } from "../model/managed.ts";
import type { PolicyText } from "../model/workspace.ts";
import type { Redaction } from "../model/redaction.ts";
import type { ImportCall, Imported } from "../model/intake.ts";
import type { Result } from "../model/result.ts";

/** Asks for the decisions of a scenario. */
export interface EvaluateCall {
  readonly call: "evaluate";
  readonly scenario: string;
  readonly policies: readonly PolicyText[];
  /** The requests that are wanted in full, with their layers and the context keys that they lack. */
  readonly trace: readonly number[];
  /** The policies that are left out, as if they were attached nowhere. */
  readonly without?: readonly string[];
}

/** Asks for the smallest edits that flip the decision of one request. */
export interface ChangesCall {
  readonly call: "changes";
  readonly scenario: string;
  readonly policies: readonly PolicyText[];
  readonly without?: readonly string[];
  /** The request, by index. */
  readonly request: number;
}

/** Asks for the texts without what identifies an account, a company or a person. */
export interface RedactCall {
  readonly call: "redact";
  readonly scenario: string;
  readonly policies: readonly PolicyText[];
  /** Whether names in ARNs are replaced, too. */
  readonly names: boolean;
}

/** Asks for a JSON text's layout. */
export interface FormatCall {
  readonly call: "format";
  readonly text: string;
}

/** The text laid out afresh, or as it was where it is no JSON. */
export interface Formatted {
  readonly text: string;
  readonly formatted: boolean;
}

/** Asks for the policies that ship with the engine: their names, and the text of one. */
export interface ManagedCall {
  readonly call: "managed";
  readonly name: string;
}

/** Asks for the scenario as it stands before one of its requests. */
export interface ContinueCall {
  readonly call: "continue";
  readonly scenario: string;
  readonly policies: readonly PolicyText[];
  readonly request: number;
}

/** A whole scenario file whose account is as the calls before have left it; policies that are no JSON stand apart. */
export interface Continued {
  /** Whether the scenario has decisions, so that something goes on. */
  readonly continues: boolean;
  readonly scenario: string;
  readonly policies: readonly PolicyText[];
  readonly notes: readonly string[];
}

/** Each call with what it is answered. A new call is one more line. */
interface Calls {
  actions: { call: ActionsCall; answer: ActionTable };
  accountAdd: { call: AccountAddCall; answer: AccountRead };
  accountAsk: { call: AccountAskCall; answer: Who };
  accountClear: { call: AccountClearCall; answer: object };
  accountDone: { call: AccountDoneCall; answer: Inventory };
  accountPolicy: { call: AccountPolicyCall; answer: HeldPolicy };
  accountPrincipal: { call: AccountPrincipalCall; answer: Principal };
  accountScenario: { call: AccountScenarioCall; answer: Excerpt };
  catalogue: { call: CatalogueCall; answer: Listing };
  describe: { call: DescribeCall; answer: Described };
  changes: { call: ChangesCall; answer: Changes };
  continue: { call: ContinueCall; answer: Continued };
  evaluate: { call: EvaluateCall; answer: Result };
  redact: { call: RedactCall; answer: Redaction };
  import: { call: ImportCall; answer: Imported };
  format: { call: FormatCall; answer: Formatted };
  managed: { call: ManagedCall; answer: ManagedAnswer };
}

/** A call of the engine; it travels as JSON text. */
export type Call = Calls[keyof Calls]["call"];

/** What a call is answered when all is well. */
export type AnswerOf<C extends Call> = Calls[C["call"]]["answer"];

/** The engine's answer; it travels as JSON text. */
export type Answer<T> =
  | { readonly ok: true; readonly answer: T }
  | { readonly ok: false; readonly error: { readonly code: string; readonly message: string } };

/** To the worker: first where the engine is and how large, then calls. */
export type ToWorker =
  { readonly engine: string; readonly bytes: number } | { readonly id: number; readonly call: string };

/** From the worker. After `dead` it answers nothing more. */
export type FromWorker =
  /** How far the engine is loaded, in bytes. */
  | { readonly kind: "progress"; readonly loaded: number; readonly total: number }
  | { readonly kind: "ready" }
  | { readonly kind: "answer"; readonly id: number; readonly answer: string }
  | { readonly kind: "dead"; readonly reason: string };
