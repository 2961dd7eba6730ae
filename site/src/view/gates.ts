// The evaluation as a row of gates: what each says, and the line across the one
// that stops the request. A gate opens what its policies said.

import { html, nothing, type TemplateResult } from "lit";
import { type Gate, gateNote, gateTitle, gateToShow, type Lane, lanesOf, laneVerdict } from "../model/gates.ts";
import type { RequestResult } from "../model/result.ts";
import { SessionElement } from "./element.ts";
import { gateClasses, gateLabel, gatePost } from "./gatePost.ts";
import { inline } from "./prose.ts";
import { deciding, denyPart, layerPart } from "./trace.ts";
import { tagged, verdictTag } from "./verdict.ts";

/** Gates that are no policies, which the reference has no page of. */
const unwritten = new Set(["explicitDeny", "service"]);

export class FencelineGates extends SessionElement {
  static override properties = {
    ...SessionElement.properties,
    result: { attribute: false },
    opened: { state: true },
  };

  declare result: RequestResult;
  /** The gate that a person opened; the empty text where they closed the one that was open. */
  declare opened: string | undefined;
  #of = -1;

  protected override willUpdate(): void {
    if (this.#of !== this.session.selected) this.opened = undefined;
    this.#of = this.session.selected;
  }

  /** Opens a gate and shows what decided there; a gate that a person opened is closed. */
  #click(gate: Gate): void {
    const close = this.opened === gate.key;
    this.opened = close ? "" : gate.key;
    if (close) return;
    const place = deciding(this.session, gate, this.result);
    if (place) this.session.show({ ...place, focus: false });
  }

  #gate(gate: Gate, shown: Gate | undefined): TemplateResult {
    const open = shown?.key === gate.key;
    const note = gateNote(gate);
    return html`<li class="gate ${gateClasses(gate)}">
      <button type="button" aria-expanded=${open ? "true" : "false"} @click=${() => this.#click(gate)}>
        ${gatePost(gate.state)}
        <span class="gate-name">${gateLabel(gate)}</span>
        ${gate.level ? html`<span class="gate-level">${gate.level}</span>` : nothing}
        <span class="gate-says">${tagged(gate.verdict)}${note ? html`<span class=${gate.stops ? "gate-note" : "unseen"}>, ${note}</span>` : nothing}</span>
      </button>
    </li>`;
  }

  #lane(lane: Lane, shown: Gate | undefined, last: boolean): TemplateResult {
    const verdict = lane.title ? laneVerdict(lane) : undefined;
    const stopped = this.result.decision === "explicitDeny" || this.result.decision === "implicitDeny";
    const label = lane.title || "Gates, in the order in which AWS evaluates them";
    return html`
      ${lane.title ? html`<p class="lane">${lane.title} ${verdict ? tagged(verdict) : nothing}</p>` : nothing}
      <ol class="gates" aria-label=${label}>
        ${lane.gates.map((gate) => this.#gate(gate, shown))}
        ${last ? html`<li class="gate result ${stopped ? "beyond" : ""}"><span class="gate-track" aria-hidden="true"></span><span class="gate-name">Decision</span> ${verdictTag(this.result)}</li>` : nothing}
      </ol>
    `;
  }

  #part(gate: Gate): TemplateResult {
    const { session, result } = this;
    return html`<section class="gate-part" aria-label=${gateTitle(gate)}>
      <h4>${gateTitle(gate)}</h4>
      <p>${inline(gate.reason)} ${unwritten.has(gate.kind) ? nothing : html`<a href="/reference/layers/${gate.kind}/">About this step</a>`}</p>
      ${gate.kind === "explicitDeny" ? denyPart(session, result) : gate.layers.map((layer) => layerPart(session, layer, result, gate.layers.length > 1))}
    </section>`;
  }

  protected override render(): TemplateResult {
    const { session, result } = this;
    const lanes = lanesOf(result, session.scenario);
    const all = lanes.flatMap(({ gates }) => gates);
    const shown = this.opened === undefined ? gateToShow(lanes) : all.find(({ key }) => key === this.opened);
    const across = lanes.length > 1;
    return html`
      ${lanes.map((lane, at) => this.#lane(lane, shown, !across && at === lanes.length - 1))}
      ${across ? html`<p class="lane both">Both accounts must allow it. ${verdictTag(result)}</p>` : nothing}
      ${shown ? this.#part(shown) : nothing}
    `;
  }
}

customElements.define("fenceline-gates", FencelineGates);
