// Whether the page is about to be printed: then what a person would scroll to stands there in full.

import type { ReactiveController, ReactiveControllerHost } from "lit";

const paper = matchMedia("print");

/** onPrinting tells of the beginning of printing and of its end; what it returns ends the telling. */
function onPrinting(listener: (printing: boolean) => void): () => void {
  const begun = (): void => listener(true);
  const ended = (): void => listener(false);
  const changed = (): void => listener(paper.matches);
  addEventListener("beforeprint", begun);
  addEventListener("afterprint", ended);
  paper.addEventListener("change", changed);
  return () => {
    removeEventListener("beforeprint", begun);
    removeEventListener("afterprint", ended);
    paper.removeEventListener("change", changed);
  };
}

/** Printing brings the component that it belongs to up to date when printing begins, and when it is over. */
export class Printing implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #forget: (() => void) | undefined;
  /** Whether the page is being printed. */
  now = false;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#forget = onPrinting((printing) => {
      this.now = printing;
      this.#host.requestUpdate();
    });
  }

  hostDisconnected(): void {
    this.#forget?.();
  }
}
