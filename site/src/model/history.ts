// Undo and redo over the whole work: texts, requests, attachments, replaced scenarios.

import type { Workspace } from "./workspace.ts";

/** How long typing in one place may pause and still be one step. */
const pauseMs = 1000;

/** The most steps that are remembered. */
const mostSteps = 500;

/** Where to go back to, and what was done there. */
export interface Step {
  readonly workspace: Workspace;
  /** What was done, for people: `Deleted the policy "Fence"`. */
  readonly what: string;
}

/** History remembers the work before each change; changes that follow each other in one place are one step. */
export class History {
  readonly #past: Step[] = [];
  readonly #future: Step[] = [];
  #place: string | undefined;
  #at = -Infinity;

  /** What undo would take back. */
  get undoable(): string | undefined {
    return this.#past.at(-1)?.what;
  }

  /** What redo would do again. */
  get redoable(): string | undefined {
    return this.#future.at(-1)?.what;
  }

  /** Remembers the work as it was before a change. Typing names the place where it happens, other changes none. */
  record(before: Workspace, what: string, place?: string, now = performance.now()): void {
    const goesOn = place !== undefined && place === this.#place && now - this.#at < pauseMs;
    this.#place = place;
    this.#at = now;
    this.#future.length = 0;
    if (goesOn && this.#past.length > 0) return;
    this.#past.push({ workspace: before, what });
    if (this.#past.length > mostSteps) this.#past.shift();
  }

  /** The work before the last change, in exchange for the work as it is. */
  undo(now: Workspace): Step | undefined {
    return this.#turn(this.#past, this.#future, now);
  }

  /** The work that undo took away. */
  redo(now: Workspace): Step | undefined {
    return this.#turn(this.#future, this.#past, now);
  }

  #turn(from: Step[], to: Step[], now: Workspace): Step | undefined {
    const step = from.pop();
    if (!step) return undefined;
    to.push({ workspace: now, what: step.what });
    this.#place = undefined;
    return step;
  }
}
