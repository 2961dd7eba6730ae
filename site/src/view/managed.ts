// A policy that ships with the engine: it can be read, attached and detached, not changed.

import { html, nothing, type TemplateResult } from "lit";
import type { StatementResult } from "../model/result.ts";
import { countWords } from "../model/documents.ts";
import { shortName } from "../model/attached.ts";
import { SessionElement } from "./element.ts";
import { policyTag } from "./verdict.ts";
import "./attach.ts";

export class FencelineManaged extends SessionElement {
  static override properties = {
    ...SessionElement.properties,
    name: { attribute: false },
    statements: { attribute: false },
    text: { state: true },
    attaching: { state: true },
  };

  declare name: string;
  /** What its statements made of the selected request. */
  declare statements: readonly StatementResult[];
  /** Its text, once it was asked for. */
  declare text: string;
  declare attaching: boolean;

  constructor() {
    super();
    this.text = "";
    this.attaching = false;
  }

  async #read(event: Event): Promise<void> {
    if (!(event.target as HTMLDetailsElement).open || this.text !== "") return;
    try {
      this.text = await this.session.managed.text(this.name);
    } catch (cause) {
      this.text = cause instanceof Error ? cause.message : String(cause);
    }
  }

  protected override render(): TemplateResult {
    const { session, name, statements } = this;
    const out = session.workspace.without.includes(name);
    return html`<details class="policy managed" @toggle=${(event: Event) => void this.#read(event)}>
      <summary>
        <span class="policy-name">${shortName(name)}</span>
        <span class="policy-note">${name.startsWith("arn:") ? "AWS managed" : "of AWS Organizations"}</span>
        ${session.current && !out ? policyTag(statements) : nothing}
        <span class="policy-note">${countWords(statements.length)}</span>
      </summary>
      <pre class="still-text" tabindex="0" aria-label="Policy ${name}">${this.text || "…"}</pre>
      ${
        session.readable
          ? html`<div class="tools">
            <button type="button" aria-expanded=${this.attaching ? "true" : "false"} aria-label="Attach ${name} to…" @click=${() => (this.attaching = !this.attaching)}>Attach to…</button>
          </div>`
          : nothing
      }
      ${this.attaching ? html`<fenceline-attach .session=${session} .policy=${name}></fenceline-attach>` : nothing}
    </details>`;
  }
}

customElements.define("fenceline-managed", FencelineManaged);
