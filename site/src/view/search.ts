// The search: a field and a list. What is looked for stands in the page's address, so that it can be linked.

import { html, LitElement, nothing, type TemplateResult } from "lit";
import { type Finder, type Found, loadFinder, longestQuery, mostFound } from "../model/finding.ts";

/** How long a person may pause between letters. */
const restMs = 150;

export class FencelineSearch extends LitElement {
  static override properties = { query: { state: true }, found: { state: true }, failure: { state: true } };

  declare query: string;
  declare found: readonly Found[] | undefined;
  declare failure: string | undefined;
  readonly #address: string;
  #finder: Promise<Finder> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(address: string) {
    super();
    this.#address = address;
    this.query = (new URLSearchParams(location.search).get("q") ?? "").slice(0, longestQuery);
    if (this.query) void this.#find();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  #type(query: string): void {
    this.query = query;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#find(), restMs);
  }

  async #find(): Promise<void> {
    const { query } = this;
    try {
      this.#finder ??= loadFinder(this.#address);
      const finder = await this.#finder;
      if (query !== this.query) return;
      this.failure = undefined;
      this.found = query.trim() ? finder.find(query) : undefined;
    } catch (cause) {
      this.#finder = undefined;
      this.failure = cause instanceof Error ? cause.message : String(cause);
    }
    try {
      history.replaceState(null, "", query.trim() ? `?q=${encodeURIComponent(query)}` : location.pathname);
    } catch {
      // A browser may refuse many changes of the address in a short time.
    }
  }

  #said(): string {
    if (this.failure) return `What is searched did not load: ${this.failure}.`;
    if (!this.found) return "";
    const count = this.found.length;
    if (count === 0) return "Nothing has all of these words.";
    return count === mostFound ? `The first ${mostFound} places` : `${count} ${count === 1 ? "place" : "places"}`;
  }

  #item({ address, title, page, part, excerpt }: Found): TemplateResult {
    return html`<li>
      <h2><a href=${address}>${title}</a></h2>
      <p class="hint">${part}${page === title ? nothing : `: ${page}`}</p>
      <p>${excerpt.map(({ text, marked }) => (marked ? html`<mark>${text}</mark>` : text))}</p>
    </li>`;
  }

  protected override render(): TemplateResult {
    return html`<label class="search-field">
        <span>Words, or a rule's number</span>
        <input
          type="search"
          autocomplete="off"
          spellcheck="false"
          maxlength=${longestQuery}
          .value=${this.query}
          @input=${(event: InputEvent) => this.#type((event.target as HTMLInputElement).value)}
        />
      </label>
      <p class="hint" role="status">${this.#said()}</p>
      <ol class="found">
        ${(this.found ?? []).map((one) => this.#item(one))}
      </ol>`;
  }
}

customElements.define("fenceline-search", FencelineSearch);
