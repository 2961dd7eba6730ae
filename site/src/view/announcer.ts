// One polite voice: what just happened, at once; the verdict once typing rests, and only if it changed.

import { html, type TemplateResult } from "lit";
import { verdictSentence } from "../model/verdict.ts";
import { SessionElement } from "./element.ts";

const restMs = 1000;

export class FencelineAnnouncer extends SessionElement {
  static override properties = { ...SessionElement.properties, said: { state: true } };

  declare said: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #forget: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.said = "";
    this.#forget = this.session.subscribe(() => this.#wait());
    this.#wait();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#forget?.();
  }

  #wait(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const { session } = this;
      this.said = session.request
        ? verdictSentence(session.current ? session.resultOf(session.selected) : undefined)
        : "";
    }, restMs);
  }

  protected override render(): TemplateResult {
    return html`<p class="unseen" role="status">${this.said}</p>
      <p class="unseen" aria-live="polite">${this.session.notice?.text ?? ""}</p>`;
  }
}

customElements.define("fenceline-announcer", FencelineAnnouncer);
