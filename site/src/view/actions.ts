// Adds a request for an action: a search over the actions that the work knows,
// and over all of AWS's once their list is there.

import { html, nothing, type TemplateResult } from "lit";
import { type KnownAction, knownActions, patternStart, suggestActions } from "../model/actions.ts";
import { focusSoon, SessionElement } from "./element.ts";

export class FencelineActions extends SessionElement {
  static override properties = {
    ...SessionElement.properties,
    search: { state: true },
    open: { state: true },
    at: { state: true },
  };

  declare search: string;
  declare open: boolean;
  /** The suggestion that Enter takes; before the first, Enter takes what is typed. */
  declare at: number;

  constructor() {
    super();
    this.search = "";
    this.open = false;
    this.at = -1;
  }

  #suggestions(): KnownAction[] {
    if (!this.open) return [];
    const { scenario, workspace } = this.session;
    const known = knownActions({ scenario, policies: workspace.policies });
    return suggestActions(known, this.search, undefined, this.session.catalogue.now);
  }

  #close(): void {
    this.open = false;
    this.at = -1;
  }

  /** A pattern is completed by typing; an action is asked for. */
  #take(suggestion: KnownAction): void {
    if (!suggestion.pattern) {
      this.#add(suggestion.action);
      return;
    }
    this.search = patternStart(suggestion.action);
    this.at = -1;
  }

  #add(action: string): void {
    if (action === "" || !this.session.readable) return;
    this.search = "";
    this.#close();
    this.session.addRequest(action);
    focusSoon(() => document.querySelector<HTMLElement>(".request[aria-current=true] .request-name"));
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
      else this.#add(this.search.trim());
    } else if (event.key === "Escape" && this.open) this.#close();
    else return;
    event.preventDefault();
  }

  #option(suggestion: KnownAction, at: number): TemplateResult {
    const { action, from, about, pattern } = suggestion;
    return html`<li
      id="action-${at}"
      role="option"
      aria-selected=${at === this.at ? "true" : "false"}
      @mousedown=${(event: Event) => event.preventDefault()}
      @click=${() => this.#take(suggestion)}
    >
      <code>${action}</code> <span class="choice-kind">${about ?? (pattern ? `pattern in ${from}: complete it` : `in ${from}`)}</span>
    </li>`;
  }

  protected override render(): TemplateResult {
    const shown = this.#suggestions();
    const open = shown.length > 0;
    return html`<label class="field">
        <span>Add a request for an action</span>
        <input
          name="new-action"
          role="combobox"
          aria-expanded=${open ? "true" : "false"}
          aria-controls="actions"
          aria-autocomplete="list"
          aria-activedescendant=${open && this.at >= 0 ? `action-${this.at}` : nothing}
          placeholder="s3:GetObject"
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          ?disabled=${!this.session.readable}
          .value=${this.search}
          @focus=${() => void this.session.catalogue.load()}
          @input=${(event: Event) => {
            this.search = (event.target as HTMLInputElement).value;
            this.open = true;
            this.at = -1;
          }}
          @keydown=${(event: KeyboardEvent) => this.#key(event, shown)}
          @blur=${() => this.#close()}
        />
      </label>
      <ul class="choices" id="actions" role="listbox" aria-label="Known actions" ?hidden=${!open}>
        ${shown.map((one, at) => this.#option(one, at))}
      </ul>`;
  }
}

customElements.define("fenceline-actions", FencelineActions);
