// The works that this browser keeps.

import { html, type TemplateResult } from "lit";
import { forgetWork, type Kept, keptWorks, restoreWork } from "../model/storage.ts";
import { SessionElement } from "./element.ts";

const when = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });

export class FencelineRecent extends SessionElement {
  static override properties = { ...SessionElement.properties, works: { state: true }, gone: { state: true } };

  declare works: readonly Kept[];
  /** The works that were deleted since the dialog opened. */
  declare gone: readonly Kept[];

  override connectedCallback(): void {
    super.connectedCallback();
    this.works = keptWorks();
    this.gone = [];
  }

  #open(kept: Kept): void {
    this.session.closeDialog();
    void this.session.openKept(kept);
  }

  #delete(works: readonly Kept[]): void {
    for (const { id } of works) forgetWork(id);
    this.gone = [...this.gone, ...works];
    this.#focus();
  }

  #restore(works: readonly Kept[]): void {
    for (const work of works) restoreWork(work);
    this.gone = this.gone.filter((one) => !works.includes(one));
    this.#focus();
  }

  /** The button that was pressed is another one now. */
  #focus(): void {
    const at = this.contains(document.activeElement) ? document.activeElement?.closest("[data-work]") : undefined;
    const id = at?.getAttribute("data-work");
    void this.updateComplete.then(() =>
      (id
        ? this.querySelector<HTMLElement>(`[data-work="${CSS.escape(id)}"] button`)
        : this.querySelector<HTMLElement>(".recent-all button")
      )?.focus(),
    );
  }

  #row(kept: Kept): TemplateResult {
    const { id, title, changed } = kept;
    const isGone = this.gone.includes(kept);
    const isOpen = id === this.session.slot;
    const time = changed === 0 ? "" : when.format(changed);
    return html`<li data-work=${id}>
      <span class="recent-title">${title}</span>
      <span class="recent-when">${isGone ? "Deleted" : time}${isOpen && !isGone ? ", open in this tab" : ""}</span>
      <span class="tools">
        ${
          isGone
            ? html`<button type="button" aria-label="Undo deleting ${title}" @click=${() => this.#restore([kept])}>Undo</button>`
            : html`${isOpen ? "" : html`<button type="button" aria-label="Open ${title}" @click=${() => this.#open(kept)}>Open</button>`}
                <button type="button" aria-label="Delete ${title}" @click=${() => this.#delete([kept])}>Delete</button>`
        }
      </span>
    </li>`;
  }

  protected override render(): TemplateResult {
    const { works, gone } = this;
    const left = works.filter((one) => !gone.includes(one));
    if (works.length === 0) {
      return html`<p class="empty">This browser keeps no work yet. What you change is kept here by itself, and nowhere else.</p>`;
    }
    return html`<p class="hint">Kept in this browser only: the last 12 works. Deleting what is open in a tab keeps the tab as it is; its next change is kept again.</p>
      <ul class="recent">${works.map((kept) => this.#row(kept))}</ul>
      <div class="tools recent-all">
        ${
          left.length > 0
            ? html`<button type="button" @click=${() => this.#delete(left)}>Delete all kept work</button>`
            : html`<button type="button" @click=${() => this.#restore(gone)}>Undo deleting all</button>`
        }
      </div>
      <p class="unseen" role="status">${gone.length > 0 ? `${gone.length} deleted` : ""}</p>`;
  }
}

customElements.define("fenceline-recent", FencelineRecent);
