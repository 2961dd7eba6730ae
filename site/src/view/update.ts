// The line above a page that offers a new version of the site.

import { html, LitElement, nothing, type TemplateResult } from "lit";
import { watchUpdates } from "../model/updates.ts";

export class FencelineUpdate extends LitElement {
  static override properties = { use: { state: true } };

  declare use: (() => void) | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    watchUpdates((use) => {
      this.use = use;
    });
  }

  protected override render(): TemplateResult | typeof nothing {
    const { use } = this;
    if (!use) return nothing;
    return html`<p class="notice" role="alert">
      A new version is ready. Your work is kept.
      <button type="button" @click=${use}>Use it</button>
      <button type="button" @click=${() => (this.use = undefined)}>Later</button>
    </p>`;
  }
}

customElements.define("fenceline-update", FencelineUpdate);

/** offerUpdates keeps the site for when there is no network, and offers a new version of it once there is one. */
export function offerUpdates(): void {
  document.body.prepend(new FencelineUpdate());
}
