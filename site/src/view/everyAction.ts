// What the selected request's principal may do with every action of AWS: counts, areas, a map and a table, live.

import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { accessLevels } from "../model/catalogue.ts";
import { setUnknown } from "../model/context.ts";
import {
  actionList,
  type ActionList,
  type ActionsCall,
  type ActionTable,
  actionsIn,
  type Answer,
  answers,
  answerWords,
  type Asked,
  type Baseline,
  countsOf,
  decider,
  differenceOf,
  type Filter,
  noFilter,
  type Order,
} from "../model/everyAction.ts";
import { isBucket, joined, questionText, targetOf, targetsOf } from "../model/everyActionQuestion.ts";
import { oneOf } from "../model/layers.ts";
import type { Layer } from "../model/result.ts";
import { readScenario } from "../model/scenario.ts";
import type { Workspace } from "../model/workspace.ts";
import { focusSoon, SessionElement } from "./element.ts";
import { option } from "./option.ts";
import { sentence } from "./prose.ts";
import "./actionAreas.ts";
import "./actionMap.ts";
import "./actionRows.ts";

/** The mark that is set when every action is decided and on the page. */
export const actionsMark = "fenceline-actions";

/** What the page shows of all actions. */
type View = "table" | "map";

/** number writes a count for people: "22,041". */
export const number = (n: number): string => n.toLocaleString("en");

/** toggled is a set with one member more, or less. */
function toggled<T>(set: ReadonlySet<T>, member: T): ReadonlySet<T> {
  const next = new Set(set);
  if (!next.delete(member)) next.add(member);
  return next;
}

/** The tables of several resources as one, over the list that their rows are of. */
type JoinedTables = ReturnType<typeof joined>;

export class FencelineEveryAction extends SessionElement {
  static override properties = {
    ...SessionElement.properties,
    list: { state: true },
    table: { state: true },
    failure: { state: true },
    filter: { state: true },
    order: { state: true },
    view: { state: true },
    open: { state: true },
    baseline: { attribute: false },
    resources: { state: true },
  };

  declare list: ActionList | undefined;
  declare table: ActionTable | undefined;
  /** Why there is no answer. */
  declare failure: string;
  declare filter: Filter;
  declare order: Order;
  declare view: View;
  /** Whether keys that nothing settles count as unknown. */
  declare open: boolean;
  /** What the table is compared with; `compared` tells of another one, for those who keep it. */
  declare baseline: Baseline | undefined;
  /** The resources that are asked about, one a line; none is any resource. */
  declare resources: string;
  /** What the table is about, and what is being asked. */
  #about = "";
  #asking: string | undefined;
  /** The questions as they were put together last, and of what. */
  #questions: { readonly of: readonly unknown[]; readonly texts: readonly string[] } = { of: [], texts: [] };
  #policies = new WeakMap<object, number>();
  #counted = 0;
  /** Counts resources that were joined to the catalogue's list; the rows are made of both. */
  #joined: JoinedTables | undefined;

  constructor() {
    super();
    this.failure = "";
    this.filter = noFilter;
    this.order = { column: "action", down: false };
    this.view = "table";
    this.open = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.resources = this.session.request ? (targetOf(this.session.request) ?? "") : "";
    void this.#load();
  }

  async #load(): Promise<void> {
    this.failure = "";
    const listing = await this.session.catalogue.load();
    if (listing) this.list = actionList(listing);
    else this.failure = "the list of AWS's actions could not be loaded";
  }

  /** The scenarios that ask, one for each resource. */
  #texts(): readonly string[] {
    const { session, resources } = this;
    const of = [session.workspace.scenario, session.selected, resources];
    if (of.some((part, at) => part !== this.#questions.of[at])) {
      const texts = targetsOf(resources).map((target) => questionText(session.scenario, session.selected, target));
      this.#questions = { of, texts };
    }
    return this.#questions.texts;
  }

  /** A number for the policies as they are. */
  #policiesNow(): number {
    const { policies } = this.session.workspace;
    let id = this.#policies.get(policies);
    if (id === undefined) this.#policies.set(policies, (id = ++this.#counted));
    return id;
  }

  /** All that an answer is about. */
  #question(): string {
    const { without } = this.session.workspace;
    return [this.#policiesNow(), this.open, ...without, ...this.#texts()].join("\n");
  }

  protected override willUpdate(): void {
    if (this.list && this.#question() !== this.#about) void this.#ask();
  }

  /** Asks about the texts as they are; one question at a time, the newest last. */
  async #ask(): Promise<void> {
    const question = this.#question();
    if (this.#asking !== undefined || !this.list) return;
    this.#asking = question;
    const { session, open, list } = this;
    const { policies, without } = session.workspace;
    const request = session.selected;
    try {
      const calls = this.#texts().map((scenario) => ({ scenario, policies, without, request, open }));
      this.#joined = await this.#tables(list, calls);
      this.table = this.#joined.table;
      this.failure = "";
    } catch (cause) {
      this.failure = cause instanceof Error ? cause.message : String(cause);
    }
    this.#about = question;
    this.#asking = undefined;
    this.requestUpdate();
  }

  /** The answers of one question for each resource, as one table. */
  async #tables(list: ActionList, calls: readonly Omit<ActionsCall, "call">[]): Promise<JoinedTables> {
    const answers = await Promise.all(calls.map((call) => this.session.ask({ call: "actions", ...call })));
    const tables = answers.map((answer) => {
      if (!answer.ok) throw new Error(answer.error.message);
      return answer.answer;
    });
    return joined(list, tables);
  }

  /** The resources that are asked about; none where any is. */
  get targets(): string[] {
    return targetsOf(this.resources).filter((target) => target !== undefined);
  }

  /** What another work's first request comes to, asked as this table's is: on the same resources. */
  async baselineOf({ scenario: text, policies }: Workspace): Promise<Baseline> {
    const scenario = readScenario(text);
    if (!this.list || !scenario) throw new Error("the list of AWS's actions is not there yet");
    const calls = targetsOf(this.resources).map((target) => ({
      scenario: questionText(scenario, 0, target),
      policies,
      request: 0,
      open: this.open,
    }));
    const { table } = await this.#tables(this.list, calls);
    return { table, of: scenario.requests[0]?.principal ?? "", on: this.#subject.on };
  }

  protected override updated(changed: Map<string, unknown>): void {
    if (changed.has("table") && this.table) performance.mark(actionsMark);
  }

  get #asked(): Asked | undefined {
    const { baseline } = this;
    const now = this.#joined;
    if (!now) return undefined;
    const comparable = baseline?.table.of.length === now.table.of.length;
    return baseline && comparable ? { ...now, before: baseline.table } : now;
  }

  #set(part: Partial<Filter>): void {
    this.filter = { ...this.filter, ...part };
  }

  /** Asks the request about an action, where its decision and its grounds stand. */
  #drill(action: string, resource: string): void {
    this.session.changeRequest((request) => {
      delete request.parameters;
      request.action = action;
      setUnknown(request, "resource", resource === "");
      if (resource !== "") request.resource = resource;
    }, `Asked about ${action}`);
    focusSoon(() => document.querySelector<HTMLElement>("#decision"));
  }

  #resources(): TemplateResult {
    const { resources, session } = this;
    const lines = resources.split("\n").length;
    const own = session.request ? targetOf(session.request) : undefined;
    const targets = targetsOf(resources);
    const bucket = targets.find((target) => isBucket(target) && !targets.includes(`${target}/*`));
    const put = (text: string): void => {
      this.resources = text;
    };
    return html`<div class="every-resources">
      <label class="field"><span>Resources, one a line; nothing for any resource</span>
        <textarea
          name="every-resources"
          rows=${Math.min(Math.max(1, lines), 4)}
          spellcheck="false"
          autocomplete="off"
          placeholder="any resource"
          .value=${live(resources)}
          @input=${(event: Event) => put((event.target as HTMLTextAreaElement).value)}
        ></textarea>
      </label>
      <div class="tools">
        <button type="button" ?disabled=${resources.trim() === ""} @click=${() => put("")}>Any resource</button>
        ${own !== undefined && !targets.includes(own) ? html`<button type="button" @click=${() => put(own)}>The request's</button>` : nothing}
        ${bucket ? html`<button type="button" @click=${() => put(`${resources.trim()}\n${bucket}/*`)}>And the bucket's objects</button>` : nothing}
      </div>
    </div>`;
  }

  #head(): TemplateResult {
    const { session } = this;
    return html`<p class="every-question">For <span>${session.request?.principal ?? "nobody"}</span>; an action that is for no resource is asked on <code>*</code>.</p>
    <div class="every-tools">
      ${this.#resources()}
      <label class="check">
        <input
          type="checkbox"
          .checked=${live(this.open)}
          @change=${(event: Event) => (this.open = (event.target as HTMLInputElement).checked)}
        />
        Keys that the request does not give are not known
      </label>
      ${this.#compareTools()}
    </div>`;
  }

  #compare(baseline: Baseline | undefined): void {
    this.baseline = baseline;
    if (!baseline) this.#set({ changed: false });
    this.dispatchEvent(new CustomEvent("compared", { detail: baseline }));
  }

  /** What is asked about, but for the action. */
  get #subject(): { readonly of: string; readonly on: string } {
    const { request } = this.session;
    return { of: request?.principal ?? "", on: this.resources.trim() };
  }

  #compareTools(): TemplateResult {
    const { table, baseline } = this;
    if (baseline)
      return html`<button type="button" @click=${() => this.#compare(undefined)}>End the comparison</button>`;
    const keep = (): void => this.#compare(table && { table, ...this.#subject });
    return html`<button type="button" ?disabled=${!table} @click=${keep}>Compare with this from now on</button>`;
  }

  /** What the table is compared with, in words: who, where it is another one, and on what, where that is another one. */
  #against({ of, on }: Baseline): string {
    const now = this.#subject;
    const where = on === now.on ? "" : ` on ${on === "" ? "any resource" : on.split("\n").join(", ")}`;
    return `${of === now.of ? "before" : of}${where}`;
  }

  #differences(asked: Asked): TemplateResult | typeof nothing {
    const { baseline } = this;
    if (!baseline) return nothing;
    if (!asked.before) {
      return html`<p class="every-difference" role="status">What this is compared with was asked on another number of resources.</p>`;
    }
    const counts = { gained: 0, lost: 0, same: 0 };
    for (let action = 0; action < asked.list.names.length; action++) {
      counts[differenceOf(baseline.table, asked.table, action)]++;
    }
    return html`<p class="every-difference" role="status">
      Against ${this.#against(baseline)}:
      <strong>${number(counts.gained)} gained</strong>, <strong>${number(counts.lost)} lost</strong>.
      <label class="check">
        <input
          type="checkbox"
          .checked=${live(this.filter.changed)}
          @change=${(event: Event) => this.#set({ changed: (event.target as HTMLInputElement).checked })}
        />
        Only these
      </label>
    </p>`;
  }

  #counts(asked: Asked): TemplateResult {
    const { answers: counted, refusedBy, notAsked } = countsOf(asked.table);
    const tones: Record<Answer, string> = { always: "allow", depends: "depends", never: "deny" };
    const signs: Record<Answer, string> = { always: "✓", depends: "?", never: "✖" };
    return html`<ul class="every-counts" aria-label="Counts">
        ${answers.map(
          (answer) => html`<li>
            <button
              type="button"
              aria-pressed=${this.filter.answers.has(answer) ? "true" : "false"}
              @click=${() => this.#set({ answers: toggled(this.filter.answers, answer) })}
            >
              <span class="verdict tone-${tones[answer]}"><span class="sign" aria-hidden="true">${signs[answer]}</span> ${answerWords[answer]}</span>
              <strong>${number(counted[answer])}</strong>
            </button>
          </li>`,
        )}
      </ul>
      <p class="hint">
        ${refusedBy.size > 0 ? html`Refused by ${[...refusedBy].map(([layer, n], at) => html`${at > 0 ? ", " : ""}${oneOf(layer)}: ${number(n)}`)}. ` : nothing}
        ${notAsked > 0 ? html`${number(notAsked)} actions are not for this resource and are left out.` : nothing}
      </p>`;
  }

  #filters(asked: Asked): TemplateResult {
    const { filter } = this;
    const deciders = [...new Set<Layer>(asked.table.classes.flatMap((one) => decider(one) ?? []))];
    return html`<form class="every-filters" @submit=${(event: Event) => event.preventDefault()}>
      <label class="field"><span>Search</span>
        <input
          type="search"
          name="every-search"
          .value=${live(filter.text)}
          autocomplete="off"
          spellcheck="false"
          @input=${(event: Event) => this.#set({ text: (event.target as HTMLInputElement).value })}
        />
      </label>
      <label class="field"><span>Service</span>
        <select name="every-service" @change=${(event: Event) => this.#set({ service: (event.target as HTMLSelectElement).value })}>
          ${option("", "All services", filter.service === "")}
          ${asked.list.services.map(({ prefix, name }) => option(prefix, `${prefix} – ${name}`, filter.service === prefix))}
        </select>
      </label>
      <label class="field"><span>Decided by</span>
        <select name="every-by" @change=${(event: Event) => this.#set({ by: (event.target as HTMLSelectElement).value })}>
          ${option("", "Any layer", filter.by === "")}
          ${deciders.map((layer) => option(layer, oneOf(layer), filter.by === layer))}
        </select>
      </label>
      <fieldset class="every-access">
        <legend>Access level</legend>
        ${Object.entries(accessLevels).map(
          ([letter, words]) => html`<label class="check">
            <input
              type="checkbox"
              .checked=${live(filter.access.has(letter))}
              @change=${() => this.#set({ access: toggled(filter.access, letter) })}
            />
            ${words}
          </label>`,
        )}
      </fieldset>
    </form>`;
  }

  #views(): TemplateResult {
    const button = (view: View, label: string): TemplateResult =>
      html`<button type="button" aria-pressed=${this.view === view ? "true" : "false"} @click=${() => (this.view = view)}>${label}</button>`;
    return html`<div class="switch" role="group" aria-label="Show the actions as">${button("table", "Table")}${button("map", "Map")}</div>`;
  }

  #results(asked: Asked): TemplateResult {
    const shown = actionsIn(asked, this.filter, this.order);
    return html`<div class="every-summary">
      ${this.#differences(asked)} ${this.#counts(asked)}
      <fenceline-action-areas .table=${asked.table}></fenceline-action-areas>
    </div>
    <div class="every-results">
      ${this.#filters(asked)}
      <div class="head-line"><p role="status">${number(shown.length)} of ${number(asked.list.names.length)} actions</p>${this.#views()}</div>
      ${
        this.view === "table"
          ? html`<fenceline-action-rows
              .asked=${asked}
              .shown=${shown}
              .order=${this.order}
              .several=${targetsOf(this.resources).length > 1}
              .session=${this.session}
              @sorted=${(event: CustomEvent<Order>) => (this.order = event.detail)}
              @drilled=${(event: CustomEvent<{ action: string; resource: string }>) => this.#drill(event.detail.action, event.detail.resource)}
            ></fenceline-action-rows>`
          : html`<fenceline-action-map
              .asked=${asked}
              .shown=${shown}
              @chosen=${(event: CustomEvent<Partial<Filter>>) => {
                this.#set(event.detail);
                this.view = "table";
              }}
            ></fenceline-action-map>`
      }
    </div>`;
  }

  #content(): TemplateResult {
    const { failure } = this;
    const asked = this.#asked;
    if (failure !== "") {
      return html`<p class="wrong">${sentence(failure)}</p>
        ${this.list ? nothing : html`<button type="button" @click=${() => void this.#load()}>Try again</button>`}`;
    }
    if (!this.list) return html`<p class="empty">The list of AWS's actions is loading.</p>`;
    if (!asked) return html`<p class="empty">The engine decides every action.</p>`;
    return html`<div class="every-body">${this.#results(asked)}</div>`;
  }

  protected override render(): TemplateResult {
    return html`<h2>Every action</h2>
      ${this.session.request ? html`${this.#head()} ${this.#content()}` : html`<p class="empty">There is no request yet. Add one: its principal, resource and context are asked about with every action.</p>`}`;
  }
}

customElements.define("fenceline-every-action", FencelineEveryAction);
