// The work that is open, the works that were open before it, and where the
// browser keeps each: one at a time is in hand, undo goes back over all.

import { History, type Step } from "./history.ts";
import type { Keeping, Kept } from "./storage.ts";
import type { Workspace } from "./workspace.ts";

/** Desk has every change of the work, and keeps the work in the browser. */
export class Desk {
  readonly #storage: Keeping;
  readonly #history = new History();
  /** Where the browser keeps each work that was open, so that going back to one goes on in its place. */
  readonly #slots = new WeakMap<Workspace, string>();
  #work: Workspace;
  /** Whether a person changed what was opened, so that it is worth keeping beside what is opened next. */
  #own: boolean;
  /** Whether the address can bring the work back, so that the browser keeps it only once it is changed. */
  #passing = false;

  /** A desk with some work on it, which is a person's own or was opened for them. */
  constructor(storage: Keeping, work: Workspace, own: boolean) {
    this.#storage = storage;
    this.#work = work;
    this.#own = own;
    this.#slots.set(work, storage.slot);
  }

  get work(): Workspace {
    return this.#work;
  }

  /** Whether the work is a person's own: kept from before, or changed since it was opened. */
  get own(): boolean {
    return this.#own;
  }

  /** What undo would take back. */
  get undoable(): string | undefined {
    return this.#history.undoable;
  }

  /** What redo would do again. */
  get redoable(): string | undefined {
    return this.#history.redoable;
  }

  /** Takes a changed copy of the work in, as a step. Typing names its place, so that it is one step. */
  change(work: Workspace, what: string, place?: string): void {
    this.#history.record(this.#work, what, place);
    this.#own = true;
    this.#passing = false;
    this.put(work);
  }

  /** Takes a copy of the work in that differs in nothing that is worth a step. */
  put(work: Workspace): void {
    this.#work = work;
    this.#slots.set(work, this.#storage.slot);
    if (!this.#passing) this.#storage.keep(work);
  }

  /** Opens other work, and leaves what was open as it is kept; work that passes is kept once it is changed. */
  open(work: Workspace, what: string, passes = false): void {
    this.#leave();
    this.#passing = passes;
    this.#enter(work, what);
  }

  /** Goes on with a kept work in its place; where another tab has that open, with a copy. */
  async openKept({ id, workspace }: Kept, what: string): Promise<void> {
    const free = await this.#storage.claim(id);
    this.#leave();
    if (free) this.#storage.use(id);
    this.#enter(workspace, what);
    this.#own = true;
  }

  /** Goes back to work that was open before, in its own place, as a step. */
  returnTo(work: Workspace, what: string): void {
    this.#history.record(this.#work, what);
    this.#visit(work);
  }

  /** Removes what the browser kept of this work, and opens other work. */
  startOver(work: Workspace, what: string): void {
    this.#storage.forget();
    this.open(work, what);
  }

  /** Goes back a step, and answers which; nothing where there is none. */
  undo(): Step | undefined {
    return this.#go(this.#history.undo(this.#work));
  }

  /** Goes a step forward again. */
  redo(): Step | undefined {
    return this.#go(this.#history.redo(this.#work));
  }

  #go(step: Step | undefined): Step | undefined {
    if (step) this.#visit(step.workspace);
    return step;
  }

  /** Goes on with work that was open before, where it is kept. */
  #visit(work: Workspace): void {
    this.#storage.use(this.#slots.get(work) ?? this.#storage.slot);
    this.#own = true;
    this.#passing = false;
    this.put(work);
  }

  /** Leaves the work as it is kept, if it is worth keeping. */
  #leave(): void {
    if (this.#own || this.#passing) this.#storage.beginAnother();
    this.#passing = false;
  }

  #enter(work: Workspace, what: string): void {
    this.#history.record(this.#work, what);
    this.#own = false;
    this.put(work);
  }
}
