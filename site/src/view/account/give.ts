// Giving an account: pasted texts, files, or the sample.

import { html, LitElement, nothing, type TemplateResult } from "lit";
import { type Given, given, pasted } from "../../model/account/given.ts";

/** A text of this size would make a text field slow: it is taken as a file is. */
const largePaste = 500_000;

/** `<fenceline-give>` takes what a person gives; it tells `give` with it. */
export class FencelineGive extends LitElement {
  static override properties = { sample: { attribute: false }, failure: { state: true } };

  /** The address of the sample; none where more is added to an account. */
  declare sample: string | undefined;
  declare failure: string;

  constructor() {
    super();
    this.failure = "";
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  #give(list: readonly Given[]): void {
    if (list.length > 0) this.dispatchEvent(new CustomEvent("give", { detail: list }));
  }

  #paste = (event: ClipboardEvent): void => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (text.length < largePaste) return;
    event.preventDefault();
    this.#give([pasted(text)]);
  };

  #read = (event: Event): void => {
    event.preventDefault();
    const area = this.querySelector("textarea");
    if (!area || area.value.trim() === "") return;
    this.#give([pasted(area.value)]);
    area.value = "";
  };

  async #trySample(address: string): Promise<void> {
    try {
      const response = await fetch(address);
      if (!response.ok) throw new Error(`the server answered ${response.status}`);
      const name = address.slice(address.lastIndexOf("/") + 1);
      this.#give([{ name, blob: await response.blob() }]);
    } catch (cause) {
      this.failure = `The sample could not be loaded: ${cause instanceof Error ? cause.message : String(cause)}.`;
    }
  }

  protected override render(): TemplateResult {
    const { sample } = this;
    return html`<form class="give" @submit=${this.#read}>
      <label class="field">
        <span>Open files; they can be dropped anywhere on the page, too</span>
        <input
          type="file"
          name="files"
          multiple
          accept=".json,.txt,.log,.out"
          @change=${(event: Event) => {
            const input = event.target as HTMLInputElement;
            this.#give(given([...(input.files ?? [])]));
            input.value = "";
          }}
        />
      </label>
      <label class="field">
        <span>Or paste what the commands printed, with the commands' lines or without</span>
        <textarea name="pasted" rows="6" spellcheck="false" autocomplete="off" @paste=${this.#paste}></textarea>
      </label>
      <div class="tools">
        <button type="submit">Read what is pasted</button>
        ${sample === undefined ? nothing : html`<button type="button" @click=${() => void this.#trySample(sample)}>Try the sample account</button>`}
      </div>
      ${this.failure ? html`<p class="wrong" role="alert">${this.failure}</p>` : nothing}
    </form>`;
  }
}

customElements.define("fenceline-give", FencelineGive);
