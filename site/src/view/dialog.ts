// The one dialog that is open, whichever it is. A body closes it by `session.closeDialog()`.

import { html, type LitElement, type TemplateResult } from "lit";
import type { FencelineApp } from "./app.ts";
import { dialogs } from "./dialogs.ts";
import { SessionElement } from "./element.ts";

export class FencelineDialog extends SessionElement {
  static override properties = { ...SessionElement.properties, app: { attribute: false }, loaded: { state: true } };

  declare app: FencelineApp;
  /** The dialog whose code has arrived. */
  declare loaded: string;
  #asked = "";

  /** Loads what the dialog needs; one that can't be loaded is told, and doesn't open. */
  async #load(name: string): Promise<void> {
    this.#asked = name;
    try {
      await dialogs[name]?.load();
      this.loaded = name;
    } catch {
      this.session.closeDialog();
      this.session.say("This part of the page could not be loaded. Reload the page when you are online");
    }
  }

  /** The body is rendered after its dialog; what is typed at once must already reach the field that wants it. */
  async #focus(): Promise<void> {
    await this.querySelector<LitElement>(".dialog-sheet > :last-child")?.updateComplete;
    this.querySelector<HTMLElement>("[autofocus]")?.focus();
  }

  /** The browser gives the focus back to where it was only when an open dialog is closed, not when it is removed. */
  protected override willUpdate(): void {
    if (this.session.dialog === undefined) this.querySelector("dialog")?.close();
  }

  protected override render(): TemplateResult {
    const { dialog = "" } = this.session;
    const kind = dialogs[dialog];
    if (!kind || this.loaded !== dialog) return html``;
    return html`<dialog
      class="dialog ${kind.wide ? "wide" : ""}"
      aria-labelledby="dialog-title"
      @close=${() => this.session.closeDialog()}
      @click=${(event: MouseEvent) => {
        if (event.target === event.currentTarget) this.session.closeDialog();
      }}
    >
      <div class="dialog-sheet">
        <header class="dialog-head">
          <h2 id="dialog-title">${kind.title}</h2>
          <button type="button" @click=${() => this.session.closeDialog()}>Close</button>
        </header>
        ${kind.body(this.app)}
      </div>
    </dialog>`;
  }

  protected override updated(): void {
    const { dialog = "" } = this.session;
    if (dialog === "") {
      this.#asked = "";
      this.loaded = "";
      return;
    }
    if (dialog !== this.#asked) void this.#load(dialog);
    const element = this.querySelector("dialog");
    if (!element || element.open) return;
    element.showModal();
    void this.#focus();
  }
}

customElements.define("fenceline-dialog", FencelineDialog);
