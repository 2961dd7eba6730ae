// Who can do this: one request asked of every user and role, with the answers as a table.

import { html, LitElement, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { WhoLine } from "../../model/account/answers.ts";
import {
  Asking,
  countsIn,
  decidersIn,
  type Kind,
  kindOf,
  kinds,
  kindWords,
  linesAsCsv,
  linesIn,
  noWhoFilter,
  type WhoFilter,
} from "../../model/account/asking.ts";
import type { Choice } from "../../model/account/choice.ts";
import type { Holding } from "../../model/account/holding.ts";
import { nameOf } from "../../model/account/search.ts";
import { counted } from "../../model/account/words.ts";
import type { Catalogue } from "../../model/catalogue.ts";
import { setUnknown } from "../../model/context.ts";
import { oneOf } from "../../model/layers.ts";
import type { Request } from "../../model/scenario.ts";
import { decidedBy, verdictOf } from "../../model/verdict.ts";
import { save } from "../clipboard.ts";
import { focusSoon } from "../element.ts";
import { option } from "../option.ts";
import { sentence } from "../prose.ts";
import { type Tags, tagRows } from "../tags.ts";
import { tagged } from "../verdict.ts";
import "../actionSearch.ts";

/** How many rows stand on a page: any number of principals is as quick as this. */
const pageRows = 100;

/** The most statements that are named in a row. */
const mostNamed = 3;

const number = (n: number): string => n.toLocaleString("en");

const signs: Readonly<Record<Kind, { readonly sign: string; readonly tone: string }>> = {
  allowed: { sign: "✓", tone: "allow" },
  depends: { sign: "?", tone: "depends" },
  denied: { sign: "✖", tone: "deny" },
  undecided: { sign: "–", tone: "none" },
};

/** `<fenceline-who>` tells `choose` with a principal and the request that was asked. */
export class FencelineWho extends LitElement {
  static override properties = {
    holding: { attribute: false },
    actions: { attribute: false },
    action: { state: true },
    unknown: { state: true },
    context: { state: true },
    asking: { state: true },
    filter: { state: true },
    page: { state: true },
  };

  declare holding: Holding;
  declare actions: Catalogue;
  declare action: string;
  /** Whether the resource is not known. */
  declare unknown: boolean;
  declare context: Tags;
  declare asking: Asking | undefined;
  declare filter: WhoFilter;
  declare page: number;

  constructor() {
    super();
    this.action = "";
    this.unknown = false;
    this.context = {};
    this.filter = noWhoFilter;
    this.page = 0;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.asking?.cancel();
  }

  /** The request as the form has it. */
  #request(): Request {
    const resource = this.querySelector<HTMLInputElement>("input[name=who-resource]")?.value.trim() ?? "";
    const request: Request = { action: this.action.trim(), resource: resource === "" ? "*" : resource };
    if (Object.keys(this.context).length > 0) request.context = { ...this.context };
    setUnknown(request, "resource", this.unknown);
    return request;
  }

  #ask = (event: Event): void => {
    event.preventDefault();
    if (this.action.trim() === "") {
      this.querySelector<HTMLElement>("input[name=who-action]")?.focus();
      return;
    }
    this.asking?.cancel();
    this.filter = noWhoFilter;
    this.page = 0;
    const asking = new Asking(this.holding, this.#request(), () => this.requestUpdate());
    this.asking = asking;
    void asking.run();
  };

  #set(part: Partial<WhoFilter>): void {
    this.filter = { ...this.filter, ...part };
    this.page = 0;
  }

  #loadActions(): void {
    void this.actions.load().then(() => this.requestUpdate());
  }

  #form(): TemplateResult {
    return html`<form class="who-form" @submit=${this.#ask}>
      <div class="who-fields">
        <fenceline-action-search
          .label=${"Action"}
          .name=${"who-action"}
          .listing=${this.actions.now}
          @focusin=${() => this.#loadActions()}
          @typed=${(event: CustomEvent<string>) => (this.action = event.detail)}
          @taken=${(event: CustomEvent<string>) => {
            this.action = event.detail;
            focusSoon(() => this.querySelector<HTMLElement>("input[name=who-resource]"));
          }}
        ></fenceline-action-search>
        <div>
          <label class="field">
            <span>Resource</span>
            <input name="who-resource" placeholder="*" autocomplete="off" autocapitalize="off" spellcheck="false" ?disabled=${this.unknown} />
          </label>
          <label class="check">
            <input
              type="checkbox"
              .checked=${live(this.unknown)}
              @change=${(event: Event) => (this.unknown = (event.target as HTMLInputElement).checked)}
            />
            The resource is not known
          </label>
        </div>
        ${tagRows("Context", "the context", this.context, (context) => (this.context = context ?? {}), "entry")}
      </div>
      <div class="tools"><button type="submit">Ask everybody</button></div>
    </form>`;
  }

  #progress(asking: Asking): TemplateResult | typeof nothing {
    const { state, lines, of, failure } = asking;
    const far = of === undefined ? "" : ` ${number(lines.length)} of ${number(of)}`;
    if (state === "running") {
      const cancel = (): void => {
        asking.cancel();
        focusSoon(() => this.querySelector<HTMLElement>("form button[type=submit]"));
      };
      return html`<div class="reading">
        <p id="who-far">Asking:${far || " the first"}.</p>
        <progress aria-labelledby="who-far" max=${Math.max(1, of ?? 1)} .value=${lines.length}></progress>
        <div class="tools"><button type="button" @click=${cancel}>Cancel</button></div>
      </div>`;
    }
    if (state === "failed")
      return html`<p class="wrong" role="alert">${sentence(failure)}${lines.length > 0 ? ` Only${far} were asked.` : ""}</p>`;
    if (state === "cancelled")
      return html`<p class="wrong" role="status">Cancelled: only${far || " none"} were asked.</p>`;
    return nothing;
  }

  #counts(lines: readonly WhoLine[]): TemplateResult {
    const counts = countsIn(lines);
    const toggle = (kind: Kind): void => {
      const next = new Set(this.filter.kinds);
      if (!next.delete(kind)) next.add(kind);
      this.#set({ kinds: next });
    };
    return html`<ul class="every-counts" aria-label="Counts">
      ${kinds
        .filter((kind) => kind !== "undecided" || counts.undecided > 0)
        .map(
          (kind) => html`<li>
            <button type="button" aria-pressed=${this.filter.kinds.has(kind) ? "true" : "false"} @click=${() => toggle(kind)}>
              <span class="verdict tone-${signs[kind].tone}"><span class="sign" aria-hidden="true">${signs[kind].sign}</span> ${kindWords[kind]}</span>
              <strong>${number(counts[kind])}</strong>
            </button>
          </li>`,
        )}
    </ul>`;
  }

  #filters(lines: readonly WhoLine[]): TemplateResult {
    const { filter } = this;
    return html`<form class="every-filters" @submit=${(event: Event) => event.preventDefault()}>
      <label class="field"><span>Search by name, policy or statement</span>
        <input
          type="search"
          name="who-search"
          .value=${live(filter.words)}
          autocomplete="off"
          spellcheck="false"
          @input=${(event: Event) => this.#set({ words: (event.target as HTMLInputElement).value })}
        />
      </label>
      <label class="field"><span>Decided by</span>
        <select name="who-by" @change=${(event: Event) => this.#set({ by: (event.target as HTMLSelectElement).value })}>
          ${option("", "Any layer", filter.by === "")}
          ${decidersIn(lines).map((layer) => option(layer, oneOf(layer), filter.by === layer))}
        </select>
      </label>
    </form>`;
  }

  #cause(line: WhoLine): TemplateResult {
    const { error, determining, dependsOn, decision } = line;
    if (error) return html`<span class="wrong">${sentence(error)}</span>`;
    const named = determining
      .slice(0, mostNamed)
      .map(({ policy, sid, index, start }) => `${policy}: ${sid || `statement ${index + 1}`}, line ${start.line}`);
    const more = determining.length > mostNamed ? [`and ${determining.length - mostNamed} more`] : [];
    return html`${decision === "depends" ? `on ${dependsOn.join(", ")}` : decidedBy(line)}
      ${[...named, ...more].map((text) => html`<span class="detail">${text}</span>`)}`;
  }

  #row(line: WhoLine, request: Request): TemplateResult {
    const { principal } = line;
    const choose = (): void => {
      this.dispatchEvent(new CustomEvent<Choice>("choose", { detail: { arn: principal, asked: request } }));
    };
    return html`<tr class="who-${kindOf(line)}">
      <th scope="row"><button type="button" class="principal-name" aria-label="Why: ${nameOf(principal)}" @click=${choose}>${nameOf(principal)}</button> <span class="detail">${principal}</span></th>
      <td>${tagged(verdictOf(line))}</td>
      <td>${this.#cause(line)}</td>
    </tr>`;
  }

  #pages(shown: readonly WhoLine[]): TemplateResult | typeof nothing {
    const { page } = this;
    const last = Math.ceil(shown.length / pageRows) - 1;
    if (last < 1) return nothing;
    const go = (to: number) => () => {
      this.page = to;
      this.querySelector<HTMLElement>(".every-table")?.scrollTo({ top: 0 });
    };
    const to = Math.min((page + 1) * pageRows, shown.length);
    return html`<nav class="tools" aria-label="Pages of users and roles">
      <button type="button" ?disabled=${page === 0} @click=${go(page - 1)}>Previous ${pageRows}</button>
      <span>${number(page * pageRows + 1)} to ${number(to)} of ${number(shown.length)}</span>
      <button type="button" ?disabled=${page === last} @click=${go(page + 1)}>Next ${pageRows}</button>
    </nav>`;
  }

  #table(shown: readonly WhoLine[], request: Request): TemplateResult {
    if (shown.length === 0) return html`<p class="empty">Nobody is like this.</p>`;
    const rows = shown.slice(this.page * pageRows, (this.page + 1) * pageRows);
    return html`<div class="full-table every-table who-table" role="region" aria-label="Users and roles" tabindex="0">
        <table>
          <thead><tr><th scope="col">User or role</th><th scope="col">Decision</th><th scope="col">Why</th></tr></thead>
          <tbody>${rows.map((line) => this.#row(line, request))}</tbody>
        </table>
      </div>
      ${this.#pages(shown)}`;
  }

  #results(asking: Asking): TemplateResult {
    const { lines, request, state } = asking;
    if (lines.length === 0)
      return state === "done" ? html`<p class="empty">The account has no users and no roles.</p>` : html``;
    const shown = linesIn(lines, this.filter);
    const on = (request.unknown ?? []).includes("resource") ? "any resource" : (request.resource ?? "");
    return html`<p class="every-question"><code>${request.action}</code> on <code>${on}</code>${request.context ? ", with the context" : ""}</p>
      ${this.#counts(lines)} ${this.#filters(lines)}
      <div class="head-line">
        <p role="status">${counted(shown.length, "user or role", "users and roles")} of ${number(lines.length)}</p>
        <button type="button" ?disabled=${shown.length === 0 || state === "running"} @click=${() => save("who.csv", linesAsCsv(shown, request))}>Save as CSV</button>
      </div>
      ${this.#table(shown, request)}`;
  }

  protected override render(): TemplateResult {
    const { asking } = this;
    return html`${this.#form()} ${asking ? html`${this.#progress(asking)} ${this.#results(asking)}` : nothing}`;
  }
}

customElements.define("fenceline-who", FencelineWho);
