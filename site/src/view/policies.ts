// The policies: those that the selected request meets first, by kind; then the others.

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { attachments } from "../model/attach.ts";
import { layerOrder, manyOf, oneOf } from "../model/layers.ts";
import type { PolicyLayer, PolicyResult, RequestResult, StatementResult } from "../model/result.ts";
import type { PolicyText } from "../model/workspace.ts";
import { SessionElement } from "./element.ts";
import "./policy.ts";

/** A line of the list: a heading, or a policy under it. */
type Item =
  | { readonly key: string; readonly heading: string }
  | {
      readonly key: string;
      readonly policy: PolicyText;
      readonly note: string;
      readonly met: boolean;
      readonly statements: readonly StatementResult[];
    };

export class FencelinePolicies extends SessionElement {
  #opening: string | undefined;

  #met: RequestResult | undefined;

  /** Finds the result whose layers say which policies the request meets; until there is one, the one before holds the list still. */
  #meet(): void {
    const { session } = this;
    const result = session.resultOf(session.selected);
    if (result && result.layers.length > 0) this.#met = result;
    else if (!session.busy) this.#met = session.lastGood;
  }

  #usesOf(name: string): { layer: PolicyLayer; via: PolicyResult }[] {
    const layers = this.#met?.layers ?? [];
    return layers.flatMap(({ layer, policies }) =>
      layer === "service" ? [] : policies.filter(({ policy }) => policy === name).map((via) => ({ layer, via })),
    );
  }

  #items(): Item[] {
    this.#meet();
    const groups = new Map<PolicyLayer, Item[]>(layerOrder.map((layer) => [layer, []]));
    const others: Item[] = [];
    for (const policy of this.session.workspace.policies) {
      const key = `policy ${policy.name}`;
      const uses = this.#usesOf(policy.name);
      const first = layerOrder.find((layer) => uses.some((use) => use.layer === layer));
      if (first === undefined) {
        others.push({ key, policy, note: this.#kinds(policy.name), met: false, statements: [] });
        continue;
      }
      const also = [...new Set(uses.map((use) => use.layer))].filter((layer) => layer !== first);
      const groupNames = uses.flatMap(({ via }) => (via.via ? [`through ${via.via}`] : []));
      const note = [...groupNames, ...also.map((layer) => `also the ${oneOf(layer)}`)].join(", ");
      groups.get(first)?.push({
        key,
        policy,
        note,
        met: true,
        statements: uses.find(({ layer }) => layer === first)?.via.statements ?? [],
      });
    }
    const items = [...groups].flatMap(([layer, members]) =>
      members.length > 0 ? [{ key: layer, heading: manyOf(layer) }, ...members] : [],
    );
    return others.length > 0 ? [...items, { key: "others", heading: "Not met by this request" }, ...others] : items;
  }

  #kinds(name: string): string {
    const use = this.session.result?.policies.find(({ policy }) => policy === name);
    return use && use.layers.length > 0 ? use.layers.map(oneOf).join(", ") : "attached to nothing";
  }

  #item(item: Item): TemplateResult {
    if ("heading" in item) return html`<h3 class="kind">${item.heading}</h3>`;
    return html`<fenceline-policy
      .session=${this.session}
      .policy=${item.policy}
      .note=${item.note}
      .statements=${item.statements}
      .open=${item.met || item.policy.name === this.#opening}
    ></fenceline-policy>`;
  }

  #attachments(): TemplateResult | typeof nothing {
    const { session } = this;
    const { request } = session;
    if (!request || !session.readable) return nothing;
    const possible = attachments.filter((one) => one.available(session.scenario, request));
    if (possible.length === 0) return nothing;
    return html`<div class="adding" role="group" aria-label="Add a policy to what this request meets">
      <p class="hint">Add to what this request meets:</p>
      ${possible.map(
        (one) =>
          html`<button type="button" @click=${() => (this.#opening = session.attach(one))}>${one.label}</button>`,
      )}
    </div>`;
  }

  protected override render(): TemplateResult {
    const items = this.#items();
    return html`
      <h2>Policies</h2>
      ${items.length === 0 ? html`<p class="empty">This scenario has no policies. Nothing allows anything, so every request is denied implicitly.</p>` : nothing}
      ${repeat(
        items,
        ({ key }) => key,
        (item) => this.#item(item),
      )}
      ${this.#attachments()}
    `;
  }
}

customElements.define("fenceline-policies", FencelinePolicies);
