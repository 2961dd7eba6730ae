// "Start from what you have": what people paste or drop, what it is, and what is done with it.

import { html, nothing, type TemplateResult } from "lit";
import { askedWords, foundWords, type Imported, type ImportedPolicy, nextStep, readText } from "../model/intake.ts";
import { freshWorkspace, openScenario, type PlacedPolicy, withPolicies, withRequests } from "../model/additions.ts";
import { type AttachPlace, defaultPlace, placesFor } from "../model/slots.ts";
import type { PolicyLayer } from "../model/result.ts";
import { readScenario, type Request, type Scenario } from "../model/scenario.ts";
import { limits, type Workspace } from "../model/workspace.ts";
import { importThrough } from "./importing.ts";
import { SessionElement } from "./element.ts";
import { option } from "./option.ts";
import { inline, sentence } from "./prose.ts";

/** One text: what was pasted, or a file. */
interface Item {
  readonly file?: string;
  readonly found: Imported;
}

/** A policy that was found, with the places that it can take. */
interface Row {
  readonly key: string;
  readonly policy: ImportedPolicy;
  readonly places: readonly AttachPlace[];
  readonly place: AttachPlace;
}

/** How long typing rests before the text is read. */
const restMs = 150;

/** How many files are read at once. */
const mostFiles = 20;

const count = (n: number, one: string, many = `${one}s`): string => (n === 1 ? `the ${one}` : `${n} ${many}`);

export class FencelineStart extends SessionElement {
  static override properties = {
    ...SessionElement.properties,
    files: { attribute: false },
    items: { state: true },
    chosen: { state: true },
  };

  /** Files that were dropped on the page. */
  declare files: readonly File[];
  declare items: readonly Item[];
  /** The places that a person chose, by the policy's key. */
  declare chosen: ReadonlyMap<string, string>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Which reading is the last: an answer to an earlier one is out of date. */
  #reading = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.items = [];
    this.chosen = new Map();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has("files") && this.files.length > 0) void this.#readFiles(this.files);
  }

  /** Shows what each reading found, unless another was begun since. */
  async #read(texts: readonly { file?: string; text: string }[]): Promise<void> {
    const reading = ++this.#reading;
    const items = await Promise.all(
      texts.map(async ({ file, text }): Promise<Item> => {
        const found = await readText(text, importThrough(this.session));
        return file === undefined ? { found } : { file, found };
      }),
    );
    if (reading !== this.#reading) return;
    this.chosen = new Map();
    this.items = items;
  }

  async #readFiles(files: readonly File[]): Promise<void> {
    const area = this.querySelector("textarea");
    if (area) area.value = "";
    const texts = files.slice(0, mostFiles).map(async (file) => ({
      file: file.name,
      // A file that is too large is not even loaded: its size alone says so.
      text: file.size > limits.scenario ? " ".repeat(limits.scenario + 1) : await file.text(),
    }));
    await this.#read(await Promise.all(texts));
  }

  #typed(text: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (text.trim() === "") this.items = [];
      else void this.#read([{ text }]);
    }, restMs);
  }

  get #asked(): Imported["requests"] {
    return this.items.flatMap(({ found }) => found.requests);
  }

  /** The work with the requests added: what the policies are attached in. */
  #base(from: Workspace): { workspace: Workspace; scenario: Scenario; request: Request | undefined } | undefined {
    const workspace = this.#asked.length > 0 ? withRequests(from, this.#asked) : from;
    const scenario = readScenario(workspace.scenario);
    return scenario && { workspace, scenario, request: scenario.requests[workspace.selected] };
  }

  /** The kinds of policy that the selected request meets now. */
  #has(): PolicyLayer[] {
    const layers = this.session.resultOf(this.session.selected)?.layers ?? [];
    return layers.flatMap(({ layer, policies }) => (layer === "service" || policies.length === 0 ? [] : [layer]));
  }

  #rows(from: Workspace): Row[] {
    const base = this.#base(from);
    if (!base) return [];
    const { scenario, request } = base;
    const has = this.#asked.length > 0 ? [] : this.#has();
    return this.items.flatMap(({ found }, item) =>
      found.policies.map((policy, at): Row => {
        const key = `${item}-${at}`;
        const places = placesFor(scenario, request, policy);
        const usual = defaultPlace(places, policy, scenario, request, has);
        if (usual.layer) has.push(usual.layer);
        const place = places.find(({ id }) => id === this.chosen.get(key)) ?? usual;
        return { key, policy, places, place };
      }),
    );
  }

  /** Adds what was found to some work, and says what to do next. */
  #add(from: Workspace, done: (work: Workspace, what: string) => void): void {
    const base = this.#base(from);
    if (!base) return;
    const rows: PlacedPolicy[] = this.#rows(from);
    const parts = this.#parts();
    const work = withPolicies(base.workspace, rows);
    this.session.closeDialog();
    done(work, `Added ${parts.join(" and ")}`);
    const next = rows.length === 0 ? this.#asked.map(nextStep).find(Boolean) : undefined;
    if (next) this.session.say(`Added ${parts.join(" and ")}. ${next}`, true);
  }

  #parts(): string[] {
    const policies = this.items.reduce((sum, { found }) => sum + found.policies.length, 0);
    const requests = this.#asked.length;
    return [
      ...(requests > 0 ? [count(requests, "request")] : []),
      ...(policies > 0 ? [count(policies, "policy", "policies")] : []),
    ];
  }

  #openScenario(text: string): void {
    const work = openScenario(text);
    if (!work) return;
    this.session.closeDialog();
    this.session.open(work, `Opened "${readScenario(work.scenario)?.title ?? "a scenario"}"`);
  }

  #requests(found: Imported): TemplateResult[] {
    return found.requests.map(
      (asked) => html`<li>
        <p>${inline(askedWords(asked))}</p>
        ${asked.notes.map((note) => html`<p class="hint">${inline(note)}</p>`)}
        ${nextStep(asked) === undefined ? nothing : html`<p class="hint">${inline(nextStep(asked) ?? "")}</p>`}
      </li>`,
    );
  }

  #policies(item: number, rows: readonly Row[]): TemplateResult[] {
    return rows
      .filter(({ key }) => key.startsWith(`${item}-`))
      .map(
        ({ key, policy, places, place }) => html`<li>
          <label class="field">
            <span>Attach <code>${policy.name}</code> as</span>
            <select
              name="place-${key}"
              @change=${(event: Event) =>
                (this.chosen = new Map(this.chosen).set(key, (event.target as HTMLSelectElement).value))}
            >
              ${places.map(({ id, label }) => option(id, label, id === place.id))}
            </select>
          </label>
          <details>
            <summary>Show ${policy.name}</summary>
            <pre class="raw" tabindex="0" aria-label="Text of ${policy.name}">${policy.text}</pre>
          </details>
        </li>`,
      );
  }

  #item({ file, found }: Item, at: number, rows: readonly Row[]): TemplateResult {
    const words = foundWords(found);
    return html`<section class="found">
      ${file === undefined ? nothing : html`<h3>${file}</h3>`}
      ${words === "" ? nothing : html`<p class="found-kind">${inline(words)}</p>`}
      <ul>${this.#requests(found)} ${this.#policies(at, rows)}</ul>
      ${found.notes.map((note) => html`<p class="hint">${inline(note)}</p>`)}
      ${found.problems.map(
        ({ message, start }) =>
          html`<p class="found-problem">${sentence(message)}${start.offset > 0 ? ` Line ${start.line}.` : ""}</p>`,
      )}
    </section>`;
  }

  #buttons(): TemplateResult {
    const { session } = this;
    const parts = this.#parts().join(" and ");
    const whole = this.items.find(({ found }) => found.text !== undefined)?.found.text;
    const add = (from: Workspace, done: (work: Workspace, what: string) => void) => () => this.#add(from, done);
    const fresh = freshWorkspace("From what was pasted");
    return html`<div class="found-buttons">
      ${whole === undefined ? nothing : html`<button type="button" class="main" @click=${() => this.#openScenario(whole)}>Open the scenario</button>`}
      ${
        parts === ""
          ? nothing
          : html`<button
              type="button"
              class="main"
              ?disabled=${!session.readable}
              @click=${add(session.workspace, (work, what) => session.apply(work, what))}
            >
              Add ${parts}
            </button>
            <button type="button" @click=${add(fresh, (work) => session.open(work, "Opened what was pasted as a new scenario"))}>
              Open as a new scenario
            </button>`
      }
    </div>`;
  }

  protected override render(): TemplateResult {
    const rows = this.#rows(this.session.workspace);
    return html`
      <label class="field">
        <span>Paste a policy, what an AWS command printed, an access-denied message, a CloudTrail event or a scenario</span>
        <textarea
          name="pasted"
          rows="9"
          spellcheck="false"
          autocomplete="off"
          autofocus
          @input=${(event: Event) => this.#typed((event.target as HTMLTextAreaElement).value)}
        ></textarea>
      </label>
      <label class="field">
        <span>Or open files (JSON, YAML, Terraform, text); they can be dropped anywhere on the page, too</span>
        <input
          name="files"
          type="file"
          multiple
          accept=".json,.yaml,.yml,.tf,.txt,.log,.xml,.template"
          @change=${(event: Event) => void this.#readFiles([...((event.target as HTMLInputElement).files ?? [])])}
        />
      </label>
      <div class="found-all" role="status" aria-label="What was found">
        ${this.items.map((item, at) => this.#item(item, at, rows))}
      </div>
      ${this.#buttons()}
    `;
  }
}

customElements.define("fenceline-start", FencelineStart);
