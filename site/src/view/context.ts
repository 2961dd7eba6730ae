// The context of the selected request: one row for each key, its state and its values.

import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import { type KeyWord, loadKeys } from "../assets.ts";
import { keyWords } from "../model/catalogue.ts";
import { changeKey, type ContextRow, contextRows, type NextValues, renameKey, setKey } from "../model/context.ts";
import { conditionsOn, kindOf, suggestionsFor, wordOf } from "../model/kinds.ts";
import type { KeyState } from "../model/scenario.ts";
import { focusSoon, SessionElement } from "./element.ts";
import { Facts } from "./facts.ts";
import { type KeyField, stateControl, valueField, valuesPart } from "./field.ts";

export class FencelineContext extends SessionElement {
  static override properties = { ...SessionElement.properties, words: { state: true } };

  declare words: readonly KeyWord[];
  /** Keys in the order in which they were first seen, so that a row stays where it is when its state changes. */
  #order: string[] = [];
  #request = -1;
  readonly #facts = new Facts(this);

  override connectedCallback(): void {
    super.connectedCallback();
    this.words = [];
    void loadKeys().then((words) => (this.words = words));
  }

  #rows(): ContextRow[] {
    const { session } = this;
    const { request } = session;
    if (!request) return [];
    if (this.#request !== session.selected) this.#order = [];
    this.#request = session.selected;
    const missing = session.resultOf(session.selected)?.missingContextKeys ?? [];
    const rows = new Map(contextRows(request, missing).map((row) => [row.key.toLowerCase(), row]));
    this.#order = [
      ...this.#order.filter((key) => rows.has(key)),
      ...[...rows.keys()].filter((key) => !this.#order.includes(key)),
    ];
    return this.#order.flatMap((key) => rows.get(key) ?? []);
  }

  #set({ key }: ContextRow, state: KeyState, next: NextValues, typing = false): void {
    this.session.changeRequest(
      (request) => changeKey(request, key, state, next),
      `Changed ${key}`,
      typing ? `context ${key}` : undefined,
    );
  }

  #field(row: ContextRow): KeyField {
    const { session } = this;
    const result = session.resultOf(session.selected);
    const words = this.#facts.keys(this.words);
    return {
      ...row,
      kind: kindOf(row.key, words, conditionsOn(result, row.key)),
      many: wordOf(row.key, words)?.many ?? false,
      suggestions: suggestionsFor(row.key, session.scenario, result),
      place: "request",
      change: (state, next, typing) => this.#set(row, state, next, typing),
    };
  }

  #key(row: ContextRow): TemplateResult {
    if (row.state !== "present") return html`<span class="context-key">${row.key}</span>`;
    return html`<input
      class="context-key"
      aria-label="Key ${row.key}"
      .value=${live(row.key)}
      autocomplete="off"
      spellcheck="false"
      @change=${(event: Event) => {
        const to = (event.target as HTMLInputElement).value.trim();
        if (to !== "")
          this.session.changeRequest((request) => renameKey(request, row.key, to), `Renamed ${row.key} to ${to}`);
        this.requestUpdate();
      }}
    />`;
  }

  #row(row: ContextRow): TemplateResult {
    const field = this.#field(row);
    return html`<li class="context-row state-${row.state}">
      <div class="context-head">
        ${this.#key(row)}
        ${stateControl(field)}
      </div>
      ${valuesPart(field)}
      ${
        row.state === "present"
          ? html`<div class="tools">
              <button type="button" aria-label="Add a value to ${row.key}" @click=${() => this.#set(row, "present", (values) => [...values, ""])}>Add a value</button>
              <button type="button" aria-label="Remove the key ${row.key}" @click=${() => this.#remove(row)}>Remove the key</button>
            </div>`
          : nothing
      }
    </li>`;
  }

  #add(event: Event): void {
    const field = event.target as HTMLInputElement;
    const key = field.value.trim();
    if (key === "") return;
    field.value = "";
    if (this.#order.includes(key.toLowerCase())) return;
    this.session.changeRequest((request) => setKey(request, key, "present", [""]), `Added ${key}`);
    focusSoon(() => valueField(this, key));
  }

  #remove(row: ContextRow): void {
    this.#set(row, "absent", () => []);
    focusSoon(() => this.querySelector<HTMLElement>("input[name=new-key]"));
  }

  /** The keys that a request for the action may carry, those first that AWS lists for it. */
  #offered(rows: readonly ContextRow[]): TemplateResult {
    const given = new Set(rows.map(({ key }) => key.toLowerCase()));
    const names = [...keyWords(this.#facts.now ?? {}), ...this.words.filter(({ name }) => name.startsWith("aws:"))];
    const offered = [...new Set(names.map(({ name }) => name))].filter((name) => !given.has(name.toLowerCase()));
    return html`<datalist id="context-keys">${offered.map((name) => html`<option value=${name}></option>`)}</datalist>`;
  }

  #filledIn(): TemplateResult | typeof nothing {
    const entries = (this.session.resultOf(this.session.selected)?.context ?? []).filter(
      ({ origin }) => origin === "derived",
    );
    if (entries.length === 0) return nothing;
    return html`<details class="filled-in">
      <summary>${entries.length} more keys follow from the scenario</summary>
      <dl>${entries.map(({ key, values }) => html`<dt>${key}</dt><dd>${values.join(", ")}</dd>`)}</dl>
    </details>`;
  }

  protected override render(): TemplateResult {
    if (!this.session.request) return html``;
    const rows = this.#rows();
    return html`
      <h3>Context</h3>
      ${rows.length === 0 ? html`<p class="hint">No key is given, and no policy asks for one.</p>` : nothing}
      <ul class="context">${repeat(
        rows,
        ({ key }) => key.toLowerCase(),
        (row) => this.#row(row),
      )}</ul>
      <label class="field">
        <span>Add a key</span>
        <input
          name="new-key"
          placeholder="aws:SourceIp"
          list="context-keys"
          autocomplete="off"
          spellcheck="false"
          @focus=${() => void this.session.catalogue.load()}
          @change=${this.#add}
        />
      </label>
      ${this.#offered(rows)}
      ${this.#filledIn()}
    `;
  }
}

customElements.define("fenceline-context", FencelineContext);
