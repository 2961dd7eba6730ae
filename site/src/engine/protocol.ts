// What the page and the engine's worker say to each other.

import type { PolicyText } from "../model/workspace.ts";
import type { Result } from "../model/result.ts";

/** A call of the engine; it travels as JSON text. */
export interface Call {
  readonly call: "evaluate";
  readonly scenario: string;
  readonly policies: readonly PolicyText[];
  /** The requests whose layers are wanted in full. */
  readonly trace: readonly number[];
}

/** The engine's answer; it travels as JSON text. */
export type Answer =
  | { readonly ok: true; readonly answer: Result }
  | { readonly ok: false; readonly error: { readonly code: string; readonly message: string } };

/** To the worker: first where the engine is, then calls. */
export type ToWorker = { readonly engine: string } | { readonly id: number; readonly call: string };

/** From the worker. After `dead` it answers nothing more. */
export type FromWorker =
  | { readonly kind: "ready" }
  | { readonly kind: "answer"; readonly id: number; readonly answer: string }
  | { readonly kind: "dead"; readonly reason: string };
