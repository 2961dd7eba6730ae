import { LitElement } from "lit";
import type { Session } from "../model/session.ts";
import { turn } from "./pace.ts";

/**
 * A component that shows a session, in the document's own tree: labels, styles
 * and skip links reach it. Only the editor has a shadow root.
 */
export abstract class SessionElement extends LitElement {
  static override properties = { session: { attribute: false } };

  declare session: Session;
  #unsubscribe: (() => void) | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override scheduleUpdate(): void | Promise<unknown> {
    // Only the first render waits: what is told while the page begins must not hold it up.
    const mine = this.hasUpdated ? undefined : turn();
    return mine ? mine.then(() => super.scheduleUpdate()) : super.scheduleUpdate();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#unsubscribe = this.session.subscribe(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unsubscribe?.();
  }
}

/** focusSoon moves the focus once the page has taken a change in, for a control that the change makes or removes. */
export function focusSoon(find: () => HTMLElement | null | undefined): void {
  requestAnimationFrame(() => find()?.focus());
}
