// How far a person is, on the page that lists the exercises: beside each one, and in all.

import { html, LitElement, nothing, type TemplateResult } from "lit";
import {
  forgetProgress,
  keptProgress,
  noProgress,
  type Progress,
  restoreProgress,
} from "../../model/exercise/progress.ts";
import { save } from "../clipboard.ts";

/** In words: "Solved · 3 checks · 1 hint". */
function words({ solved, attempts, hints }: Progress): string {
  const count = (n: number, one: string): string[] => (n === 0 ? [] : [`${n} ${one}${n === 1 ? "" : "s"}`]);
  const state = solved ? ["● Solved"] : attempts > 0 || hints > 0 ? ["○ Begun"] : [];
  return [...state, ...count(attempts, "check"), ...count(hints, "hint")].join(" · ");
}

export class FencelineProgress extends LitElement {
  #removed: readonly Progress[] = [];
  #note = "";

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** The exercises of the page with what is kept of them. */
  #all(): Progress[] {
    const kept = keptProgress();
    return [...document.querySelectorAll<HTMLElement>("[data-exercise]")].map(({ dataset }) => {
      const { exercise = "", hash = "" } = dataset;
      return kept.find((one) => one.hash === hash) ?? noProgress(exercise, hash);
    });
  }

  #mark(all: readonly Progress[]): void {
    for (const one of all) {
      const place = document.querySelector(`[data-hash="${CSS.escape(one.hash)}"] [data-progress]`);
      if (place) place.textContent = words(one) === "" ? "" : `· ${words(one)}`;
    }
  }

  #save(): void {
    const progress = this.#all().map(({ name, hash, solved, attempts, hints }) => ({
      name,
      hash,
      solved,
      attempts,
      hints,
    }));
    save("fenceline-progress.json", `${JSON.stringify({ version: 1, progress }, null, 2)}\n`);
  }

  #reset(): void {
    this.#removed = keptProgress();
    forgetProgress();
    this.#note = "Your progress and your answers are removed from this browser.";
    this.requestUpdate();
  }

  #undo(): void {
    restoreProgress(this.#removed);
    this.#removed = [];
    this.#note = "Your progress is back.";
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    const all = this.#all();
    const solved = all.filter((one) => one.solved).length;
    const begun = keptProgress().length > 0;
    this.#mark(all);
    return html`<p>${solved} of ${all.length} solved. Your progress is kept in this browser alone.</p>
      <div class="tools">
        <button type="button" ?disabled=${!begun} @click=${() => this.#save()}>Save progress as a file</button>
        <button type="button" ?disabled=${!begun} @click=${() => this.#reset()}>Remove my progress</button>
        ${this.#removed.length > 0 ? html`<button type="button" @click=${() => this.#undo()}>Undo</button>` : nothing}
      </div>
      <p class="exercise-note" role="status">${this.#note}</p>`;
  }
}

customElements.define("fenceline-progress", FencelineProgress);
