// What the scenario is about: its title and description, which are edited in their place.

import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { setMember } from "../model/context.ts";
import { focusSoon, SessionElement } from "./element.ts";
import { paragraphs } from "./prose.ts";

const field = (form: HTMLFormElement, name: string): string => {
  const value = new FormData(form).get(name);
  return typeof value === "string" ? value.trim() : "";
};

export class FencelineTitle extends SessionElement {
  static override properties = { ...SessionElement.properties, editing: { state: true } };

  declare editing: boolean;

  constructor() {
    super();
    this.editing = false;
  }

  #begin(): void {
    this.editing = true;
    focusSoon(() => this.querySelector<HTMLElement>("input"));
  }

  #end(): void {
    this.editing = false;
    focusSoon(() => this.querySelector<HTMLElement>("button"));
  }

  #save(event: SubmitEvent): void {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const title = field(form, "title");
    const description = field(form, "description");
    this.session.change((scenario) => {
      scenario.title = title || "Untitled";
      setMember(scenario, "description", description === "" ? undefined : description);
    }, "Changed the title");
    this.#end();
  }

  #form(): TemplateResult {
    const { title = "", description = "" } = this.session.scenario;
    return html`<form
      aria-label="Title and description"
      @submit=${(event: SubmitEvent) => this.#save(event)}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === "Escape") this.#end();
      }}
    >
      <label class="field"><span>Title</span><input name="title" autocomplete="off" .value=${live(title)} /></label>
      <label class="field">
        <span>Description, with \`code\` and *emphasis*</span>
        <textarea name="description" rows="5" .value=${live(description)}></textarea>
      </label>
      <div class="tools">
        <button type="submit">Save</button>
        <button type="button" @click=${() => this.#end()}>Cancel</button>
      </div>
    </form>`;
  }

  #description(): TemplateResult | typeof nothing {
    const [first, ...more] = paragraphs(this.session.scenario.description ?? "");
    if (!first) return nothing;
    return html`<div class="description">
      ${first} ${more.length > 0 ? html`<details><summary>More about this scenario</summary>${more}</details>` : nothing}
    </div>`;
  }

  protected override render(): TemplateResult {
    const { session } = this;
    const editing = this.editing && session.readable;
    return html`
      <div class="head-line">
        <h1>${session.scenario.title ?? "A scenario"}</h1>
        ${editing || !session.readable ? nothing : html`<button type="button" class="quiet" @click=${() => this.#begin()}>Edit title</button>`}
      </div>
      ${editing ? this.#form() : this.#description()}
    `;
  }
}

customElements.define("fenceline-title", FencelineTitle);
