// Code that comes when there is something for it to show.

import type { LitElement } from "lit";

/** Later is an element's code, for a component that shows the element once that is there. */
export class Later {
  readonly #host: LitElement;
  readonly #load: () => Promise<unknown>;
  #asked = false;
  #here = false;

  constructor(host: LitElement, load: () => Promise<unknown>) {
    this.#host = host;
    this.#load = load;
  }

  /** Whether it is there; where it is not, it comes, and its host renders then. */
  get here(): boolean {
    if (!this.#asked) {
      this.#asked = true;
      this.#load().then(
        () => {
          this.#here = true;
          this.#host.requestUpdate();
        },
        () => (this.#asked = false), // it is asked for again with the next rendering
      );
    }
    return this.#here;
  }
}
