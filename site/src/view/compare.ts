// The work beside the one that was kept to compare with.

import { html, nothing, type TemplateResult } from "lit";
import { compareTexts, countOf, flipped, type RequestDifference, type TextDifference } from "../model/compare.ts";
import { decodeLink } from "../model/permalink.ts";
import type { RequestResult } from "../model/result.ts";
import { type Kept, keptWorks, titleOf } from "../model/storage.ts";
import { isUnopened } from "../model/unopened.ts";
import { decidedBy } from "../model/verdict.ts";
import { limits, megabytes, openFile, type Workspace } from "../model/workspace.ts";
import { SessionElement } from "./element.ts";
import { verdictTag } from "./verdict.ts";
import "./diff.ts";

const words = { changed: "changed", same: "unchanged", new: "new", gone: "gone" };

export class FencelineCompare extends SessionElement {
  static override properties = { ...SessionElement.properties, turned: { state: true }, failure: { state: true } };

  /** Whether the kept work is shown as the later one. */
  declare turned: boolean;
  /** Why another side could not be taken. */
  declare failure: string;
  #works: Kept[] = [];

  constructor() {
    super();
    this.turned = false;
    this.failure = "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#works = keptWorks().filter(({ id }) => id !== this.session.slot);
  }

  #take(other: Workspace): void {
    this.failure = "";
    this.session.compareWith(other);
  }

  async #file(event: Event): Promise<void> {
    const [file] = (event.target as HTMLInputElement).files ?? [];
    if (!file) return;
    try {
      if (file.size > limits.scenario)
        throw new Error(`it has ${megabytes(file.size)}; at most ${megabytes(limits.scenario)} is read`);
      this.#take(openFile(await file.text()));
    } catch (cause) {
      this.failure = `${file.name} is no scenario file: ${cause instanceof Error ? cause.message : String(cause)}.`;
    }
  }

  async #link(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const text = (event.currentTarget as HTMLFormElement).querySelector("input")?.value.trim() ?? "";
    const at = text.indexOf("#");
    const opened = await decodeLink(at < 0 ? `#${text}` : text.slice(at));
    if (isUnopened(opened)) this.failure = opened.message;
    else this.#take(opened);
  }

  /** Another side than the one that was kept from this work. */
  #others(): TemplateResult {
    const chosen = (event: Event): void => {
      const work = this.#works[Number((event.target as HTMLSelectElement).value)];
      if (work) this.#take(work.workspace);
    };
    return html`<details class="others" ?open=${this.session.comparison.side === undefined}>
      <summary>Compare with something else</summary>
      ${
        this.#works.length > 0
          ? html`<label class="field">
            <span>Another work that this browser keeps</span>
            <select @change=${chosen}>
              <option value="">Choose one</option>
              ${this.#works.map(({ title, changed }, at) => html`<option value=${at}>${title}, ${new Date(changed).toLocaleString()}</option>`)}
            </select>
          </label>`
          : nothing
      }
      <label class="field"><span>A scenario file</span><input type="file" accept=".json,application/json" @change=${(event: Event) => void this.#file(event)} /></label>
      <form @submit=${(event: SubmitEvent) => void this.#link(event)}>
        <label class="field"><span>A link to the playground</span><input name="link" autocomplete="off" spellcheck="false" /></label>
        <div class="tools"><button type="submit">Compare with the link's work</button></div>
      </form>
      ${this.failure ? html`<p class="wrong" role="alert">${this.failure}</p>` : nothing}
    </details>`;
  }

  #tools(side: Workspace): TemplateResult {
    const { session } = this;
    return html`<div class="tools">
      <button type="button" aria-pressed=${this.turned ? "true" : "false"} @click=${() => (this.turned = !this.turned)}>Swap</button>
      <button type="button" @click=${() => this.#take(session.workspace)}>Keep the work as it is now instead</button>
      <button type="button" @click=${() => {
        session.closeDialog();
        session.apply(side, "Went back to the kept work");
      }}>Go back to the kept one</button>
      <button type="button" @click=${() => session.compareWith(undefined)}>Stop comparing</button>
    </div>`;
  }

  #decision(result: RequestResult | undefined): TemplateResult {
    if (!result) return html`<td>–</td>`;
    return html`<td>${verdictTag(result)} <span class="cause">${decidedBy(result)}</span></td>`;
  }

  #request({ name, difference, before, after, index }: RequestDifference): TemplateResult {
    const { session } = this;
    const go = (): void => {
      session.closeDialog();
      if (index !== undefined) session.select(index);
    };
    return html`<tr>
      <th scope="row">${index === undefined ? name : html`<button type="button" class="quiet" @click=${go}>${name}</button>`}</th>
      <td>${words[difference]}</td>
      ${this.#decision(before)} ${this.#decision(after)}
    </tr>`;
  }

  #requests(): TemplateResult {
    const { session } = this;
    const rows = session.comparison.requests(session.fresh ? session.result : undefined);
    const { failure } = session.comparison;
    if (!rows)
      return html`<p class="hint">${failure ? `The kept work has no decisions: ${failure}.` : "The engine is at work."}</p>`;
    const seen = this.turned ? flipped(rows) : rows;
    const differing = seen.filter(({ difference }) => difference !== "same");
    const counts = (["changed", "new", "gone", "same"] as const).map((one) => `${countOf(seen, one)} ${words[one]}`);
    return html`<h3>Decisions</h3>
      <p role="status">${counts.join(", ")}.</p>
      ${
        differing.length === 0
          ? nothing
          : html`<div class="full-table" role="region" aria-label="Decisions that differ" tabindex="0">
            <table>
              <thead><tr><th scope="col">Request</th><th scope="col">How</th><th scope="col">Before</th><th scope="col">After</th></tr></thead>
              <tbody>${differing.map((one) => this.#request(one))}</tbody>
            </table>
          </div>`
      }`;
  }

  #text({ policy, difference, before, after }: TextDifference): TemplateResult {
    const name = policy ?? "The scenario without its policies";
    return html`<section class="text-difference" aria-label=${name}>
      <h4>${name} <span class="policy-note">${words[difference]}</span></h4>
      <fenceline-diff .label=${name} .texts=${[before, after]}></fenceline-diff>
    </section>`;
  }

  #texts(side: Workspace): TemplateResult {
    const all = compareTexts(side, this.session.workspace);
    const seen = this.turned ? flipped(all) : all;
    const same = seen.filter(({ difference }) => difference === "same").map(({ policy }) => policy ?? "the scenario");
    const { without } = this.session.workspace;
    const out = [...new Set([...without, ...side.without])].filter(
      (name) => without.includes(name) !== side.without.includes(name),
    );
    return html`<h3>Texts</h3>
      ${seen.filter(({ difference }) => difference !== "same").map((one) => this.#text(one))}
      ${same.length > 0 ? html`<p class="hint">Unchanged: ${same.join(", ")}.</p>` : nothing}
      ${out.length > 0 ? html`<p class="hint">Left out on one side only: ${out.join(", ")}.</p>` : nothing}`;
  }

  protected override render(): TemplateResult {
    const { session } = this;
    const { side } = session.comparison;
    if (!side) {
      return html`<p>Nothing is kept to compare with. Keep the work as it is now, change it, and see here which decisions change.</p>
        <div class="tools">
          <button type="button" autofocus @click=${() => this.#take(session.workspace)}>Keep this as the one to compare with</button>
        </div>
        ${this.#others()}`;
    }
    const names = [`the kept work, "${titleOf(side)}"`, `the work as it is, "${session.scenario.title ?? "Untitled"}"`];
    const [before, after] = this.turned ? names.reverse() : names;
    return html`<p>Before: ${before}. After: ${after}.</p>
      ${this.#tools(side)} ${this.#others()} ${this.#requests()} ${this.#texts(side)}`;
  }
}

customElements.define("fenceline-compare", FencelineCompare);
