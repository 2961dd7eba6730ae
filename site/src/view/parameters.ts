// The parameters of the selected call: a field for each, by what it holds. What is no
// single value is edited as JSON.

import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import { loadParameters, type ParameterWord } from "../assets.ts";
import { asPlain, beginning, parametersOf, setParameter } from "../model/parameters.ts";
import { requestProblems } from "../model/requestProblems.ts";
import type { Problem } from "../model/result.ts";
import { writeJson } from "../model/scenario.ts";
import { focusSoon, SessionElement } from "./element.ts";
import { option } from "./option.ts";
import { sentence } from "./prose.ts";

type Field = HTMLInputElement | HTMLTextAreaElement;

const valueOf = (event: Event): string => (event.target as Field).value;

/** The most lines of a value that are seen at once. */
const mostRows = 16;

export class FencelineParameters extends SessionElement {
  static override properties = { ...SessionElement.properties, words: { state: true } };

  /** The parameters that the call may have, once they are known. */
  declare words: readonly ParameterWord[];
  #action: string | undefined;
  /** JSON that can't be read yet, by parameter, with the value beside which it stands. */
  readonly #drafts = new Map<string, { readonly text: string; readonly beside: string; readonly wrong: string }>();

  constructor() {
    super();
    this.words = [];
  }

  protected override willUpdate(): void {
    const { action = "" } = this.session.request ?? {};
    if (action === this.#action) return;
    this.#action = action;
    this.#drafts.clear();
    void loadParameters(action).then((words) => (this.words = words ?? []));
  }

  #set(name: string, value: unknown, typing = true): void {
    this.session.changeRequest(
      (request) => setParameter(request, name, value),
      value === undefined ? `Removed ${name}` : `Changed ${name}`,
      typing ? `parameter ${name}` : undefined,
    );
  }

  #number(name: string, text: string): void {
    const value = Number(text);
    this.#set(name, text.trim() === "" || Number.isNaN(value) ? text : value);
  }

  #json(name: string, text: string, beside: string): void {
    try {
      const value: unknown = JSON.parse(text);
      this.#drafts.set(name, { text, beside: JSON.stringify(value), wrong: "" });
      this.#set(name, value);
    } catch (cause) {
      this.#drafts.set(name, { text, beside, wrong: cause instanceof Error ? cause.message : String(cause) });
      this.requestUpdate();
    }
  }

  #field(name: string, value: unknown, id: string): TemplateResult {
    if (typeof value === "boolean") {
      return html`<select id=${id} @change=${(event: Event) => this.#set(name, valueOf(event) === "true", false)}>
        ${["true", "false"].map((one) => option(one, one, one === String(value)))}
      </select>`;
    }
    if (typeof value === "string" || typeof value === "number") {
      return html`<input
        id=${id}
        .value=${live(String(value))}
        inputmode=${typeof value === "number" ? "numeric" : nothing}
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        @input=${(event: Event) => (typeof value === "number" ? this.#number(name, valueOf(event)) : this.#set(name, valueOf(event)))}
      />`;
    }
    const beside = JSON.stringify(value);
    const draft = this.#drafts.get(name);
    const text = draft?.beside === beside ? draft.text : writeJson(value);
    return html`<textarea
      id=${id}
      rows=${Math.min(text.split("\n").length, mostRows)}
      .value=${live(text)}
      autocomplete="off"
      spellcheck="false"
      aria-invalid=${draft?.beside === beside && draft.wrong ? "true" : nothing}
      @input=${(event: Event) => this.#json(name, valueOf(event), beside)}
    ></textarea>`;
  }

  #wrong(name: string, value: unknown, problems: readonly Problem[]): TemplateResult | typeof nothing {
    const draft = this.#drafts.get(name);
    const unread = draft && draft.beside === JSON.stringify(value) ? draft.wrong : "";
    if (!unread && problems.length === 0) return nothing;
    return html`<div class="wrong">
      ${unread ? html`<p>This is not yet JSON: ${unread}. The decision is for the text before.</p>` : nothing}
      ${problems.map(({ message, severity }) => html`<p class="severity-${severity}">${sentence(message)}</p>`)}
    </div>`;
  }

  #row(name: string, value: unknown, problems: readonly Problem[]): TemplateResult {
    const id = `parameter-${name}`;
    return html`<li class="parameter">
      <div class="parameter-head">
        <label for=${id}>${name}</label>
        <button type="button" class="quiet" aria-label="Remove the parameter ${name}" @click=${() => {
          this.#set(name, undefined, false);
          focusSoon(() => this.querySelector<HTMLElement>("[name=new-parameter]"));
        }}>Remove</button>
      </div>
      ${this.#field(name, value, id)} ${this.#wrong(name, value, problems)}
    </li>`;
  }

  /** Adds one that the call may have. */
  #add(event: Event): void {
    event.preventDefault();
    const name = this.querySelector<HTMLSelectElement>("select[name=new-parameter]")?.value ?? "";
    const word = this.words.find((one) => one.name === name);
    if (!word) return;
    this.#set(name, beginning(word, this.#action), false);
    focusSoon(() => this.querySelector<HTMLElement>(`#parameter-${CSS.escape(name)}`));
  }

  #adding(names: readonly string[]): TemplateResult | typeof nothing {
    const left = this.words.filter(({ name }) => !names.includes(name));
    if (left.length === 0) return nothing;
    return html`<div class="tools">
      <label>
        <span class="unseen">A parameter to add</span>
        <select name="new-parameter">${left.map(({ name, required }) => option(name, required ? `${name}, required` : name, false))}</select>
      </label>
      <button type="button" @click=${(event: Event) => this.#add(event)}>Add the parameter</button>
    </div>`;
  }

  protected override render(): TemplateResult {
    const { session } = this;
    const { request } = session;
    if (!request) return html``;
    const entries = Object.entries(parametersOf(request));
    const problems = session.fresh ? requestProblems(session.problems, session.selected) : [];
    const mine = problems.filter(({ path }) => path[0] === "parameters");
    const of = (name: string | undefined): Problem[] =>
      mine
        .filter(({ path }) => path[1] === name || (name === undefined && !entries.some(([one]) => one === path[1])))
        .map(({ problem }) => problem);
    const { resource = "" } = session.resultOf(session.selected) ?? {};
    return html`
      <h3>Parameters of the call</h3>
      ${this.#wrong("", undefined, of(undefined))}
      <ul class="parameters">${repeat(
        entries,
        ([name]) => name,
        ([name, value]) => this.#row(name, value, of(name)),
      )}</ul>
      ${this.#adding(entries.map(([name]) => name))}
      <dl class="follows"><dt>Resource, which follows from them</dt><dd>${resource || "–"}</dd></dl>
      <div class="tools">
        <button type="button" class="quiet" @click=${() => session.changeRequest((changed) => asPlain(changed, resource), "Named the resource in place of the parameters")}>Name a resource instead</button>
      </div>
    `;
  }
}

customElements.define("fenceline-parameters", FencelineParameters);
