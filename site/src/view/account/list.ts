// The users, groups and roles of an account, searched and filtered.

import { html, LitElement, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { IdentityKind, PrincipalLine } from "../../model/account/answers.ts";
import type { Choice } from "../../model/account/choice.ts";
import { type Catalogue, everything, nameOf, type Search } from "../../model/account/search.ts";
import { counted, kinds } from "../../model/account/words.ts";

/** How many are shown at once: any number of principals is as quick as this. */
const pageSize = 100;

const choices: readonly { readonly kind: IdentityKind | "all"; readonly words: string }[] = [
  { kind: "all", words: "all" },
  { kind: "user", words: "users" },
  { kind: "group", words: "groups" },
  { kind: "role", words: "roles" },
];

const filters = [
  ["boundary", "with a boundary"],
  ["inline", "with inline policies"],
  ["missing", "with a missing document"],
] as const;

/** `<fenceline-principals>` tells `choose` with the ARN of the principal that is chosen. */
export class FencelinePrincipals extends LitElement {
  static override properties = { catalogue: { attribute: false }, search: { state: true }, from: { state: true } };

  declare catalogue: Catalogue;
  declare search: Search;
  /** The first that is shown. */
  declare from: number;
  #found: readonly PrincipalLine[] = [];

  constructor() {
    super();
    this.search = everything;
    this.from = 0;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (!changed.has("catalogue") && !changed.has("search")) return;
    this.#found = this.catalogue.find(this.search);
    this.from = 0;
  }

  #look(change: Partial<Search>): void {
    this.search = { ...this.search, ...change };
  }

  #choose(arn: string): void {
    this.dispatchEvent(new CustomEvent<Choice>("choose", { detail: { arn } }));
  }

  #details(line: PrincipalLine): TemplateResult {
    const { policies } = this.catalogue.inventory;
    const groups = this.catalogue.groupsOf(line).map(({ arn }) => nameOf(arn));
    const boundary = line.boundary === undefined ? undefined : policies[line.boundary]?.name;
    return html`<span class="detail">
      ${kinds[line.kind].one} · ${counted(line.has.length, "policy", "policies")}
      ${groups.length > 0 ? html` · in ${groups.join(", ")}` : nothing}
      ${boundary === undefined ? nothing : html` · boundary ${nameOf(boundary)}`}
      ${line.tags.length > 0 ? html` · ${line.tags.slice(0, 3).join(", ")}${line.tags.length > 3 ? " …" : ""}` : nothing}
      ${line.missing ? html` · <strong class="lacks"><span aria-hidden="true">▲</span> a document is missing</strong>` : nothing}
    </span>`;
  }

  #row(line: PrincipalLine): TemplateResult {
    return html`<li>
      <button type="button" class="principal-name" @click=${() => this.#choose(line.arn)}>${nameOf(line.arn)}</button>
      ${this.#details(line)}
    </li>`;
  }

  #pages(): TemplateResult | typeof nothing {
    const last = Math.min(this.from + pageSize, this.#found.length);
    if (this.#found.length <= pageSize) return nothing;
    const go = (to: number) => () => {
      this.from = to;
      this.querySelector<HTMLElement>(".principals")?.focus();
    };
    return html`<div class="tools">
      <button type="button" ?disabled=${this.from === 0} @click=${go(this.from - pageSize)}>Previous</button>
      <span>${(this.from + 1).toLocaleString("en")} to ${last.toLocaleString("en")}</span>
      <button type="button" ?disabled=${last === this.#found.length} @click=${go(this.from + pageSize)}>Next</button>
    </div>`;
  }

  protected override render(): TemplateResult {
    const shown = this.#found.slice(this.from, this.from + pageSize);
    return html`<form role="search" @submit=${(event: Event) => event.preventDefault()}>
        <label class="field">
          <span>Find by name, tag, group or policy</span>
          <input
            type="search"
            name="find"
            autocomplete="off"
            spellcheck="false"
            .value=${live(this.search.words)}
            @input=${(event: Event) => this.#look({ words: (event.target as HTMLInputElement).value })}
          />
        </label>
        <div class="filters">
          <div class="segments" role="radiogroup" aria-label="Kind">
            ${choices.map(
              ({ kind, words }) => html`<label class="segment">
                <input type="radio" name="kind" .checked=${live(this.search.kind === kind)} @change=${() => this.#look({ kind })} />
                <span>${words}</span>
              </label>`,
            )}
          </div>
          ${filters.map(
            ([name, words]) => html`<label class="check">
              <input
                type="checkbox"
                .checked=${live(this.search[name])}
                @change=${(event: Event) => this.#look({ [name]: (event.target as HTMLInputElement).checked })}
              />
              ${words}
            </label>`,
          )}
        </div>
      </form>
      <p class="found" role="status">
        ${this.#found.length === 0 ? "Nothing fits." : `${counted(this.#found.length, "principal")}.`}
      </p>
      ${this.#pages()}
      <ul class="principals" tabindex="-1" aria-label="Users, groups and roles">
        ${shown.map((line) => this.#row(line))}
      </ul>
      ${shown.length > 20 ? this.#pages() : nothing}`;
  }
}

customElements.define("fenceline-principals", FencelinePrincipals);
