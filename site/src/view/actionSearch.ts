// A field for an action with what fits below it: a search over the actions that are known.

import { html, LitElement, nothing, type TemplateResult } from "lit";
import { type KnownAction, patternStart, suggestActions } from "../model/actions.ts";
import type { Listing } from "../model/catalogue.ts";

/** `<fenceline-action-search>` tells `taken` with the action that is chosen or typed, and `typed` with what stands in it. */
export class FencelineActionSearch extends LitElement {
  static override properties = {
    label: { attribute: false },
    name: { attribute: false },
    disabled: { attribute: false },
    known: { attribute: false },
    listing: { attribute: false },
    search: { attribute: false },
    open: { state: true },
    at: { state: true },
  };

  declare label: string;
  /** The field's, and the beginning of what its parts are called. */
  declare name: string;
  declare disabled: boolean;
  /** The actions that the work itself knows. */
  declare known: () => readonly KnownAction[];
  /** All of AWS's, once they are there. */
  declare listing: Listing | undefined;
  declare search: string;
  declare open: boolean;
  /** The suggestion that Enter takes; before the first, Enter takes what is typed. */
  declare at: number;

  constructor() {
    super();
    this.disabled = false;
    this.known = () => [];
    this.search = "";
    this.open = false;
    this.at = -1;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  #close(): void {
    this.open = false;
    this.at = -1;
  }

  #type(search: string): void {
    this.search = search;
    this.at = -1;
    this.dispatchEvent(new CustomEvent("typed", { detail: search }));
  }

  /** A pattern is completed by typing; an action is taken. */
  #take(suggestion: KnownAction): void {
    if (suggestion.pattern) this.#type(patternStart(suggestion.action));
    else this.#taken(suggestion.action);
  }

  #taken(action: string): void {
    if (action === "" || this.disabled) return;
    this.#close();
    this.search = action;
    this.dispatchEvent(new CustomEvent("taken", { detail: action }));
  }

  #key(event: KeyboardEvent, shown: readonly KnownAction[]): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      if (this.open && shown.length > 0)
        this.at = (this.at + step + shown.length + (this.at < 0 && step < 0 ? 1 : 0)) % shown.length;
      this.open = true;
    } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      const chosen = shown[this.at];
      if (chosen) this.#take(chosen);
      else this.#taken(this.search.trim());
    } else if (event.key === "Escape" && this.open) this.#close();
    else return;
    event.preventDefault();
  }

  #option(suggestion: KnownAction, at: number): TemplateResult {
    const { action, from, about, pattern } = suggestion;
    return html`<li
      id="${this.name}-${at}"
      role="option"
      aria-selected=${at === this.at ? "true" : "false"}
      @mousedown=${(event: Event) => event.preventDefault()}
      @click=${() => this.#take(suggestion)}
    >
      <code>${action}</code> <span class="choice-kind">${about ?? (pattern ? `pattern in ${from}: complete it` : `in ${from}`)}</span>
    </li>`;
  }

  protected override render(): TemplateResult {
    const { name, label } = this;
    const shown = this.open ? suggestActions(this.known(), this.search, undefined, this.listing) : [];
    const open = shown.length > 0;
    return html`<label class="field">
        <span>${label}</span>
        <input
          name=${name}
          role="combobox"
          aria-expanded=${open ? "true" : "false"}
          aria-controls="${name}s"
          aria-autocomplete="list"
          aria-activedescendant=${open && this.at >= 0 ? `${name}-${this.at}` : nothing}
          placeholder="s3:GetObject"
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          ?disabled=${this.disabled}
          .value=${this.search}
          @input=${(event: Event) => {
            this.open = true;
            this.#type((event.target as HTMLInputElement).value);
          }}
          @keydown=${(event: KeyboardEvent) => this.#key(event, shown)}
          @blur=${() => this.#close()}
        />
      </label>
      <ul class="choices" id="${name}s" role="listbox" aria-label="Known actions" ?hidden=${!open}>
        ${shown.map((one, at) => this.#option(one, at))}
      </ul>`;
  }
}

customElements.define("fenceline-action-search", FencelineActionSearch);
