// The scenario's JSON, without its policies: what no form shows is changed here.

import { html, type TemplateResult } from "lit";
import type { EditEvent, FencelineEditor, Mark } from "./editor.ts";
import { SessionElement } from "./element.ts";
import type { Place } from "../model/session.ts";
import "./editor.ts";

export class FencelineScenario extends SessionElement {
  #revealed: Place | undefined;

  protected override render(): TemplateResult {
    const { session } = this;
    const { place } = session;
    const problems = session.problems.filter(({ policy }) => policy === undefined);
    const marks: Mark[] = place && !place.focus && place.policy === undefined ? [{ range: place, kind: "shown" }] : [];
    return html`<details class="policy">
      <summary>
        <span class="policy-name">The rest of the scenario</span>
        <span class="policy-note">identities, resources, organization and requests as JSON</span>
      </summary>
      <fenceline-editor
        .label=${"Scenario without its policies"}
        .text=${session.workspace.scenario}
        .problems=${problems}
        .marks=${marks}
        @edit=${(event: EditEvent) => session.editScenario(event.detail)}
      ></fenceline-editor>
    </details>`;
  }

  protected override updated(): void {
    const { place } = this.session;
    if (place === this.#revealed) return;
    this.#revealed = place;
    if (!place || place.policy !== undefined) return;
    this.querySelector("details")?.setAttribute("open", "");
    this.querySelector<FencelineEditor>("fenceline-editor")?.reveal(place, place.focus);
  }
}

customElements.define("fenceline-scenario", FencelineScenario);
