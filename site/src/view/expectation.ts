// What else the selected request expects beside its decision: by which layer, by which statements.

import { html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { expectationOf, setExpectation, setExpectedList } from "../model/expect.ts";
import { decidingLayers, layerWords } from "../model/layers.ts";
import { SessionElement } from "./element.ts";
import { option } from "./option.ts";

const statementNames = (written: unknown): string =>
  Array.isArray(written) ? written.filter((one) => typeof one === "string").join(" ") : "";

export class FencelineExpectation extends SessionElement {
  #decidedBy(written: unknown): TemplateResult {
    const layer = typeof written === "string" ? written : "";
    const set = (value: string): void =>
      this.session.changeRequest(
        (request) => setExpectation(request, { decidedBy: value === "" ? undefined : value }),
        "Changed an expectation",
      );
    return html`<label class="pair">
      <span>decided by</span>
      <select @change=${(event: Event) => set((event.target as HTMLSelectElement).value)}>
        ${option("", "any layer", layer === "")}
        ${decidingLayers.map((one) => option(one, layerWords(one), one === layer))}
      </select>
    </label>`;
  }

  #determining(written: unknown): TemplateResult {
    const set = (text: string): void =>
      this.session.changeRequest((request) => setExpectedList(request, text), "Changed an expectation");
    return html`<label class="pair">
      <span>by statements</span>
      <input
        name="determining"
        placeholder="POLICY#SID"
        autocomplete="off"
        spellcheck="false"
        .value=${live(statementNames(written))}
        @change=${(event: Event) => set((event.target as HTMLInputElement).value)}
      />
    </label>`;
  }

  protected override render(): TemplateResult {
    const { request } = this.session;
    const { decidedBy, determining } = (request && expectationOf(request)) ?? {};
    const by = typeof decidedBy === "string" ? layerWords(decidedBy) : "";
    const also = [by, statementNames(determining)].filter((words) => words !== "").join("; ");
    return html`<details class="expectation">
      <summary>${also === "" ? "Expect more than the decision" : `Also expected: ${also}`}</summary>
      ${this.#decidedBy(decidedBy)} ${this.#determining(determining)}
    </details>`;
  }
}

customElements.define("fenceline-expectation", FencelineExpectation);
