// Work that no browser keeps: it is there as long as its page is.

import type { Keeping } from "./storage.ts";
import type { Workspace } from "./workspace.ts";

/** Memory keeps work for a session without writing it anywhere. */
export class Memory implements Keeping {
  readonly kept = true;
  #slot = 0;
  #slots = 1;
  readonly #baselines = new Map<string, Workspace>();

  get slot(): string {
    return String(this.#slot);
  }

  get baseline(): Workspace | undefined {
    return this.#baselines.get(this.slot);
  }

  compare(_: Workspace, baseline: Workspace | undefined): void {
    if (baseline) this.#baselines.set(this.slot, baseline);
    else this.#baselines.delete(this.slot);
  }

  beginAnother(): void {
    this.#slot = this.#slots++;
  }

  use(id: string): void {
    this.#slot = Number(id);
  }

  /** There is no other tab. */
  claim(): Promise<boolean> {
    return Promise.resolve(true);
  }

  onChange(): void {}
  keep(): void {}
  forget(): void {}
}
