// The policies: those that the selected request meets first, by kind; then the others.

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { type Attachment, attachments, canBeBounded, identityArn } from "../model/attach.ts";
import { layerOrder, manyOf, oneOf } from "../model/layers.ts";
import { documentOf } from "../model/made.ts";
import type { PolicyLayer, PolicyResult, RequestResult, StatementResult } from "../model/result.ts";
import { identityWords, shortName, type Slot, slotsOf } from "../model/attached.ts";
import { tellsStory } from "../model/story.ts";
import type { PolicyText } from "../model/workspace.ts";
import { focusSoon, SessionElement } from "./element.ts";
import { Later } from "./later.ts";
import "./managed.ts";
import "./policy.ts";

/** A line of the list: a heading, or a policy under it. */
type Item =
  | { readonly key: string; readonly heading: string }
  /** The permanent place of the boundary, while there is none. */
  | { readonly key: string; readonly unbounded: true }
  | { readonly key: string; readonly shipped: string; readonly statements: readonly StatementResult[] }
  /** One that a call brings. */
  | { readonly key: string; readonly made: string; readonly statements: readonly StatementResult[] }
  | {
      readonly key: string;
      readonly policy: PolicyText;
      readonly note: string;
      readonly kind: PolicyLayer | undefined;
      readonly statements: readonly StatementResult[];
    };

export class FencelinePolicies extends SessionElement {
  static override properties = { ...SessionElement.properties, shipped: { state: true } };

  /** The names of the policies that ship with the engine. */
  declare shipped: readonly string[];
  #opening: string | undefined;
  readonly #madeCode = new Later(this, () => import("./made.ts"));
  #slots: readonly Slot[] = [];
  #focused: HTMLElement | undefined;

  #met: RequestResult | undefined;

  /** Finds the result whose layers say which policies the request meets; until there is one, the one before holds the list still. */
  #meet(): void {
    const { session } = this;
    const result = session.resultOf(session.selected);
    if (result && result.layers.length > 0) this.#met = result;
    else if (!session.busy) this.#met = session.lastGood;
  }

  constructor() {
    super();
    this.shipped = [];
  }

  #usesOf(name: string): { layer: PolicyLayer; via: PolicyResult }[] {
    const layers = this.#met?.layers ?? [];
    return layers.flatMap(({ layer, policies }) =>
      layer === "service" ? [] : policies.filter(({ policy }) => policy === name).map((via) => ({ layer, via })),
    );
  }

  /** The kind under which a policy stands: as what the request meets it, or would if it weren't left out. */
  #kindOf(name: string, uses: readonly { layer: PolicyLayer }[]): PolicyLayer | undefined {
    const out = this.session.workspace.without.includes(name);
    const used = out ? this.#slots.filter(({ names }) => names.includes(name)) : uses;
    return layerOrder.find((layer) => used.some((use) => use.layer === layer));
  }

  #item(
    policy: PolicyText,
    kind: PolicyLayer | undefined,
    uses: readonly { layer: PolicyLayer; via: PolicyResult }[],
  ): Item {
    const key = `policy ${policy.name}`;
    if (kind === undefined) return { key, policy, note: this.#kinds(policy.name), kind, statements: [] };
    const also = [...new Set(uses.map(({ layer }) => layer))].filter((layer) => layer !== kind);
    const groups = uses.flatMap(({ via }) => (via.via ? [`through ${via.via}`] : []));
    const note = [...groups, ...also.map((layer) => `also the ${oneOf(layer)}`)].join(", ");
    const statements = uses.find(({ layer }) => layer === kind)?.via.statements ?? [];
    return { key, policy, note, kind, statements };
  }

  /** The policies of a kind that ship with the engine, or that calls bring. */
  #shippedIn(kind: PolicyLayer): Item[] {
    const own = new Set(this.session.workspace.policies.map(({ name }) => name));
    const met = (this.#met?.layers ?? []).filter(({ layer }) => layer === kind).flatMap(({ policies }) => policies);
    const names = [...new Set(met.map(({ policy }) => policy))].filter((name) => !own.has(name));
    return names.map((shipped) => {
      const statements = met.find(({ policy }) => policy === shipped)?.statements ?? [];
      const key = `${kind} ${shipped}`;
      return documentOf(this.session.result, shipped)
        ? { key, made: shipped, statements }
        : { key, shipped, statements };
    });
  }

  #items(): Item[] {
    this.#meet();
    const { session } = this;
    const { request, scenario } = session;
    this.#slots = slotsOf(scenario, session.selected);
    const groups = new Map<PolicyLayer | undefined, Item[]>();
    for (const policy of session.workspace.policies) {
      const uses = this.#usesOf(policy.name);
      const kind = this.#kindOf(policy.name, uses);
      groups.set(kind, [...(groups.get(kind) ?? []), this.#item(policy, kind, uses)]);
    }
    const bounded = request !== undefined && canBeBounded(scenario, request);
    const items = layerOrder.flatMap((layer): Item[] => {
      const members = [...(groups.get(layer) ?? []), ...this.#shippedIn(layer)];
      const heading = { key: layer, heading: manyOf(layer) };
      if (members.length > 0) return [heading, ...members];
      return layer === "permissionsBoundary" && bounded ? [{ key: "unbounded", unbounded: true }] : [];
    });
    const others = groups.get(undefined) ?? [];
    return others.length > 0 ? [...items, { key: "others", heading: "Not met by this request" }, ...others] : items;
  }

  #kinds(name: string): string {
    const use = this.session.result?.policies.find(({ policy }) => policy === name);
    return use && use.layers.length > 0 ? use.layers.map(oneOf).join(", ") : "attached to nothing";
  }

  /** A policy that moves to another kind keeps the focus that it has; where what had it went away, the pane takes it. */
  protected override willUpdate(): void {
    const { activeElement } = document;
    this.#focused = activeElement instanceof HTMLElement && this.contains(activeElement) ? activeElement : undefined;
  }

  protected override updated(): void {
    const focused = this.#focused;
    if (!focused || focused === document.activeElement) return;
    if (focused.isConnected) focused.focus();
    else this.closest<HTMLElement>(".pane")?.focus();
  }

  /** Whether the caller is of an account that calls make: then calls give it its policies, too. */
  #isOfCalls(): boolean {
    const { request, scenario } = this.session;
    const arn = request && identityArn(scenario, request);
    const listed = (scenario.identities ?? []).some((identity) => identity.arn === arn);
    return arn !== undefined && !listed && tellsStory(scenario);
  }

  #unbounded(): TemplateResult {
    const boundary = attachments.find(({ layer }) => layer === "permissionsBoundary");
    return html`<div class="unbounded">
      <p>Permissions boundary: none. Does not limit.</p>
      ${boundary && this.session.readable && !this.#isOfCalls() ? html`<button type="button" @click=${() => this.#attach(boundary)}>Add a boundary</button>` : nothing}
    </div>`;
  }

  #line(item: Item): TemplateResult {
    const { session } = this;
    if ("heading" in item) return html`<h3 class="kind">${item.heading}</h3>`;
    if ("unbounded" in item) return this.#unbounded();
    if ("shipped" in item) {
      return html`<fenceline-managed .session=${session} .name=${item.shipped} .statements=${item.statements}></fenceline-managed>`;
    }
    if ("made" in item) {
      if (!this.#madeCode.here) return html``;
      return html`<fenceline-made .session=${session} .name=${item.made} .statements=${item.statements}></fenceline-made>`;
    }
    const { policy } = item;
    const where = this.#slots.filter(({ names }) => names.includes(policy.name)).map((slot) => slot.where);
    return html`<fenceline-policy
      .session=${session}
      .policy=${policy}
      .note=${item.note}
      .kind=${item.kind}
      .where=${where}
      .statements=${item.statements}
      .open=${policy.name === this.#opening || (item.kind !== undefined && this.#wide.matches)}
    ></fenceline-policy>`;
  }

  /** On a phone policies begin folded. */
  readonly #wide = matchMedia("(width >= 64rem)");

  #attach(attachment: Attachment): void {
    this.#opening = this.session.attach(attachment);
    const name = this.#opening;
    this.querySelector(".adding")?.removeAttribute("open");
    focusSoon(() =>
      [...this.querySelectorAll<HTMLElement>("details.policy > summary")].find(
        (summary) => summary.querySelector(".policy-name")?.textContent === name,
      ),
    );
  }

  #choice(attachment: Attachment): TemplateResult {
    return html`<li>
      <button type="button" @click=${() => this.#attach(attachment)}>${attachment.label}</button>
      <span class="hint">${attachment.does}</span>
    </li>`;
  }

  /** Attaches one that ships with the engine to the caller. */
  #attachShipped(event: SubmitEvent): void {
    event.preventDefault();
    const field = (event.currentTarget as HTMLFormElement).querySelector("select");
    const { session } = this;
    const at = this.#slots.findIndex((slot) => slot.layer === "identityPolicy" && this.#isCaller(slot));
    if (field && at >= 0) session.setAttached(field.value, at, true);
  }

  #isCaller({ where }: Slot): boolean {
    const { request, scenario } = this.session;
    const arn = request && identityArn(scenario, request);
    return arn !== undefined && where === identityWords(arn);
  }

  #managed(): TemplateResult | typeof nothing {
    const names = this.shipped.filter((name) => name.startsWith("arn:"));
    if (names.length === 0 || !this.#slots.some((slot) => this.#isCaller(slot))) return nothing;
    return html`<li>
      <form @submit=${(event: SubmitEvent) => this.#attachShipped(event)}>
        <label>
          <span class="unseen">AWS managed policy</span>
          <select>${names.map((name) => html`<option value=${name}>${shortName(name)}</option>`)}</select>
        </label>
        <button type="submit">Attach this AWS managed policy</button>
      </form>
      <span class="hint">As a permission policy of the caller. AWS wrote it; it can be read here.</span>
    </li>`;
  }

  async #names(event: Event): Promise<void> {
    if ((event.target as HTMLDetailsElement).open && this.shipped.length === 0) {
      this.shipped = await this.session.managed.names();
    }
  }

  #attachments(): TemplateResult | typeof nothing {
    const { session } = this;
    const { request } = session;
    if (!request || !session.readable || this.#isOfCalls()) return nothing;
    const possible = attachments.filter(
      (one) => one.layer !== "permissionsBoundary" && one.available(session.scenario, request),
    );
    if (possible.length === 0) return nothing;
    return html`<details class="adding" @toggle=${(event: Event) => void this.#names(event)}>
      <summary>Add a policy…</summary>
      <ul aria-label="Add a policy to what this request meets">
        ${possible.map((one) => this.#choice(one))} ${this.#managed()}
      </ul>
    </details>`;
  }

  protected override render(): TemplateResult {
    const items = this.#items();
    return html`
      <h2>Policies</h2>
      ${!items.some((item) => "policy" in item || "shipped" in item || "made" in item) ? html`<p class="empty">This scenario has no policies. Nothing allows anything, so every request is denied implicitly.</p>` : nothing}
      ${repeat(
        items,
        ({ key }) => key,
        (item) => this.#line(item),
      )}
      ${this.#attachments()}
    `;
  }
}

customElements.define("fenceline-policies", FencelinePolicies);
