// A policy of the account, to be read: where it comes from, and its text with line numbers once it is opened.

import { html, LitElement, nothing, type TemplateResult } from "lit";
import type { HeldDocument, HeldPolicy } from "../../model/account/answers.ts";
import { origins, shortName } from "../../model/account/words.ts";
import type { Problem } from "../../model/result.ts";
import { sentence } from "../prose.ts";

/** `<fenceline-document>` is one policy; `way` says how the principal has it. */
export class FencelineDocument extends LitElement {
  static override properties = {
    document: { attribute: false },
    way: { attribute: false },
    problems: { attribute: false },
    load: { attribute: false },
    open: { state: true },
  };

  declare document: HeldDocument;
  declare way: string;
  /** Of its text. */
  declare problems: readonly Problem[];
  /** Asks for the text, where the document comes without it. */
  declare load: (() => Promise<HeldPolicy>) | undefined;
  declare open: boolean;

  constructor() {
    super();
    this.way = "";
    this.problems = [];
    this.open = false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  async #toggle(event: Event): Promise<void> {
    const { open } = event.target as HTMLDetailsElement;
    if (open) {
      const loading = this.load?.();
      await import("../editor.ts");
      if (loading) {
        const { document, problems } = await loading;
        this.document = document;
        this.problems = problems.map((problem) => ({ ...problem, fixes: [] }));
        this.load = undefined;
      }
    }
    this.open = open;
  }

  #facts(): TemplateResult {
    const { arn, owner, version, place, builtIn, origin } = this.document;
    return html`<dl class="facts">
      <dt>Kind</dt><dd>${origins[origin]}</dd>
      ${arn === undefined ? nothing : html`<dt>ARN</dt><dd>${arn}</dd>`}
      ${owner === undefined ? nothing : html`<dt>Of</dt><dd>${owner}</dd>`}
      ${version === undefined || version === "" ? nothing : html`<dt>Version</dt><dd>${version}</dd>`}
      ${place ? html`<dt>Read from</dt><dd>${place.file}, line ${place.line}</dd>` : nothing}
      ${builtIn ? html`<dt>Read from</dt><dd>Fenceline, which ships it</dd>` : nothing}
    </dl>`;
  }

  #text(): TemplateResult {
    const { name, text, missing } = this.document;
    if (missing !== undefined)
      return html`<p class="hint">The document is missing; requests that meet it are denied. This prints it: <code>${missing}</code></p>`;
    return html`${this.problems.map(
      ({ severity, message, start }) =>
        html`<p class="hint">${severity === "error" ? "Error" : "Remark"}, line ${start.line}: ${sentence(message)}</p>`,
    )}
      <fenceline-editor .readOnly=${true} .label=${`Policy ${name}`} .problems=${this.problems} .text=${text}></fenceline-editor>`;
  }

  protected override render(): TemplateResult {
    const { missing, origin } = this.document;
    const broken = this.problems.some(({ severity }) => severity === "error");
    return html`<details class="policy" @toggle=${(event: Event) => void this.#toggle(event)}>
      <summary>
        <span class="policy-name">${shortName(this.document)}</span>
        ${origin === "awsManaged" ? html`<span class="policy-note">${origins[origin]}</span>` : nothing}
        ${this.way ? html`<span class="policy-note">${this.way}</span>` : nothing}
        ${missing === undefined ? nothing : html`<strong class="policy-note lacks"><span aria-hidden="true">▲</span> missing</strong>`}
        ${broken && missing === undefined ? html`<strong class="policy-note lacks"><span aria-hidden="true">▲</span> can't be read</strong>` : nothing}
      </summary>
      ${this.open ? html`${this.#facts()} ${this.#text()}` : nothing}
    </details>`;
  }
}

customElements.define("fenceline-document", FencelineDocument);
