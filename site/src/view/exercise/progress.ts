// How far a person is, on the page that lists the exercises: beside each one, and in all.

import { html, LitElement, nothing, type TemplateResult } from "lit";
import {
  keptProgress,
  mergeProgress,
  mostFile,
  noProgress,
  type Progress,
  readProgress,
  replaceProgress,
  writeProgress,
} from "../../model/exercise/progress.ts";
import { megabytes } from "../../model/workspace.ts";
import { chooseFile, save } from "../clipboard.ts";
import { inline } from "../prose.ts";

/** In words: "Solved · 3 checks · 1 hint". */
function words({ solved, attempts, hints, choices = [] }: Progress): string {
  const count = (n: number, one: string): string[] => (n === 0 ? [] : [`${n} ${one}${n === 1 ? "" : "s"}`]);
  const state = solved ? ["● Solved"] : attempts > 0 || hints > 0 || choices.length > 0 ? ["○ Begun"] : [];
  return [...state, ...count(attempts, "check"), ...count(hints, "hint")].join(" · ");
}

const exercises = (n: number): string => (n === 1 ? "1 exercise" : `${n} exercises`);

export class FencelineProgress extends LitElement {
  /** What was kept before it was removed or added to. */
  #before: readonly Progress[] | undefined;
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

  #say(note: string): void {
    this.#note = note;
    this.requestUpdate();
  }

  #remove(): void {
    this.#before = keptProgress();
    replaceProgress([]);
    this.#say("Your progress and your answers are removed from this browser.");
  }

  async #load(file: File): Promise<void> {
    if (file.size > mostFile)
      return this.#say(
        `${file.name} was not read: it has ${megabytes(file.size)}; at most ${megabytes(mostFile)} are.`,
      );
    const loaded = readProgress(await file.text());
    if (typeof loaded === "string")
      return this.#say(`${file.name} is no progress that Fenceline saved: ${loaded}. Nothing was changed.`);
    const before = keptProgress();
    if (!replaceProgress(mergeProgress(before, loaded))) {
      replaceProgress(before);
      return this.#say("This browser does not keep that much, or keeps nothing. Nothing was changed.");
    }
    this.#before = before;
    const here = new Set(this.#all().map(({ hash }) => hash));
    const gone = loaded.filter(({ hash }) => !here.has(hash)).length;
    const aside = gone === 0 ? "" : ` ${gone} of them changed since, and ${gone === 1 ? "begins" : "begin"} afresh.`;
    this.#say(`Loaded the progress with ${exercises(loaded.length)}.${aside}`);
  }

  #undo(before: readonly Progress[]): void {
    replaceProgress(before);
    this.#before = undefined;
    this.#say("Your progress is as it was.");
  }

  protected override render(): TemplateResult {
    const all = this.#all();
    const solved = all.filter((one) => one.solved).length;
    const before = this.#before;
    const begun = keptProgress().length > 0;
    this.#mark(all);
    return html`<p>${solved} of ${all.length} solved. Your progress is kept in this browser alone.</p>
      <div class="tools">
        <button
          type="button"
          ?disabled=${!begun}
          @click=${() => save("fenceline-progress.json", writeProgress(keptProgress()))}
        >Save progress as a file</button>
        <button type="button" @click=${() => chooseFile((file) => void this.#load(file))}>Load a file of progress</button>
        <button type="button" ?disabled=${!begun} @click=${() => this.#remove()}>Remove my progress</button>
        ${before ? html`<button type="button" @click=${() => this.#undo(before)}>Undo</button>` : nothing}
      </div>
      <p class="exercise-note" role="status">${inline(this.#note)}</p>`;
  }
}

customElements.define("fenceline-progress", FencelineProgress);
