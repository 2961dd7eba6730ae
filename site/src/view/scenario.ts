// The scenario's JSON, without its policies: what no form shows is changed here.

import { html, nothing, type TemplateResult } from "lit";
import { namesOf } from "../model/names.ts";
import type { EditEvent, FencelineEditor, FixEvent, Mark } from "./editor.ts";
import { SessionElement } from "./element.ts";
import type { Place } from "../model/session.ts";
import "./editor.ts";

export class FencelineScenario extends SessionElement {
  static override properties = { ...SessionElement.properties, open: { state: true } };

  /** Whether it is unfolded; its editor is only made then. */
  declare open: boolean;
  #seen: Place | undefined;
  #revealed: Place | undefined;

  constructor() {
    super();
    this.open = false;
  }

  #place(): Place | undefined {
    const { place } = this.session;
    return place?.policy === undefined ? place : undefined;
  }

  protected override willUpdate(): void {
    const place = this.#place();
    if (place && place !== this.#seen) this.open = true;
    this.#seen = place;
  }

  #editor(): TemplateResult {
    const { session } = this;
    const place = this.#place();
    const marks: Mark[] = place && !place.focus ? [{ range: place, kind: "shown" }] : [];
    return html`<fenceline-editor
      .kind=${"scenario"}
      .label=${"Scenario without its policies"}
      .text=${session.workspace.scenario}
      .problems=${session.problems.filter(({ policy }) => policy === undefined)}
      .marks=${marks}
      .names=${() => namesOf(session.scenario, session.workspace, session.catalogue)}
      @edit=${(event: EditEvent) => session.editScenario(event.detail)}
      @fix=${({ detail }: FixEvent) => session.fix(detail.problem, detail.fix)}
      @format=${() => session.format()}
    ></fenceline-editor>`;
  }

  protected override render(): TemplateResult {
    return html`<details
      class="policy"
      .open=${this.open}
      @toggle=${(event: Event) => (this.open = (event.target as HTMLDetailsElement).open)}
    >
      <summary>
        <span class="policy-name">The rest of the scenario</span>
        <span class="policy-note">identities, resources, organization and requests as JSON</span>
      </summary>
      ${this.open ? this.#editor() : nothing}
    </details>`;
  }

  protected override updated(): void {
    const place = this.#place();
    if (place === this.#revealed) return;
    this.#revealed = place;
    if (place) this.querySelector<FencelineEditor>("fenceline-editor")?.reveal(place, place.focus);
  }
}

customElements.define("fenceline-scenario", FencelineScenario);
