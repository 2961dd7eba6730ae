// Where one policy is attached, and where it could be: a box for each place.

import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { layerOrder, manyOf } from "../model/layers.ts";
import { moveAll, type Slot, slotsOf } from "../model/attached.ts";
import type { PolicyLayer } from "../model/result.ts";
import { SessionElement } from "./element.ts";

interface Numbered {
  readonly slot: Slot;
  readonly at: number;
}

export class FencelineAttach extends SessionElement {
  static override properties = { ...SessionElement.properties, policy: { attribute: false } };

  /** The policy's name. */
  declare policy: string;

  #box({ slot, at }: Numbered): TemplateResult {
    const { policy } = this;
    const other = slot.single && slot.names[0] !== undefined && slot.names[0] !== policy ? slot.names[0] : undefined;
    return html`<label class="check">
      <input
        type="checkbox"
        .checked=${live(slot.names.includes(policy))}
        @change=${(event: Event) => this.session.setAttached(policy, at, (event.target as HTMLInputElement).checked)}
      />
      <span>${slot.where} ${other === undefined ? nothing : html`<span class="policy-note">in place of ${other}</span>`}</span>
    </label>`;
  }

  #kind(layer: PolicyLayer, slots: readonly Numbered[]): TemplateResult | typeof nothing {
    if (slots.length === 0) return nothing;
    return html`<fieldset class="places">
      <legend>${manyOf(layer)}</legend>
      ${slots.map((one) => this.#box(one))}
    </fieldset>`;
  }

  /** Moves the policy between the two kinds that an identity can have. */
  #change(from: PolicyLayer, to: PolicyLayer, words: string, slots: readonly Slot[]): TemplateResult | typeof nothing {
    const { session, policy } = this;
    const holders = slots.filter(({ layer, names }) => layer === from && names.includes(policy));
    const room = holders.some(({ where }) => slots.some((slot) => slot.layer === to && slot.where === where));
    if (!room) return nothing;
    const move = (): void =>
      session.change((scenario) => void moveAll(scenario, policy, from, to), `Changed the kind of ${policy}`);
    return html`<button type="button" @click=${move}>${words}</button>`;
  }

  protected override render(): TemplateResult {
    const { session, policy } = this;
    const slots = slotsOf(session.scenario, session.selected);
    const numbered = slots.map((slot, at) => ({ slot, at }));
    return html`<div class="attach" role="group" aria-label="Where ${policy} is attached">
      ${layerOrder.map((layer) =>
        this.#kind(
          layer,
          numbered.filter(({ slot }) => slot.layer === layer),
        ),
      )}
      <div class="tools">
        ${this.#change("identityPolicy", "permissionsBoundary", "Make it the boundary instead", slots)}
        ${this.#change("permissionsBoundary", "identityPolicy", "Make it a permission policy instead", slots)}
      </div>
    </div>`;
  }
}

customElements.define("fenceline-attach", FencelineAttach);
