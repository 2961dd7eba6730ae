// The keys that the decision asks for and the request does not give: each can
// be given a value here.

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { type KeyWord, loadKeys } from "../assets.ts";
import { changeKey, contextRows, type NextValues, setUnknown } from "../model/context.ts";
import { conditionsOn, kindOf, suggestionsFor, wordOf } from "../model/kinds.ts";
import type { RequestResult } from "../model/result.ts";
import type { KeyState } from "../model/scenario.ts";
import { focusSoon, SessionElement } from "./element.ts";
import { Facts } from "./facts.ts";
import { group, type KeyField, stateControl, valuesPart } from "./field.ts";

export class FencelineMissing extends SessionElement {
  static override properties = { ...SessionElement.properties, result: { attribute: false }, words: { state: true } };

  declare result: RequestResult;
  declare words: readonly KeyWord[];
  /** The keys that were listed for the selected request: they stay while a person settles them. */
  #listed: string[] = [];
  #of = "";
  readonly #facts = new Facts(this);

  override connectedCallback(): void {
    super.connectedCallback();
    this.words = [];
    void loadKeys().then((words) => (this.words = words));
  }

  protected override willUpdate(): void {
    const { session, result } = this;
    const of = `${session.selected} ${result.principal} ${result.action}`;
    if (this.#of !== of) this.#listed = [];
    this.#of = of;
    const asked = [...result.missingContextKeys, ...result.dependsOn.filter((key) => key !== "resource")];
    for (const key of asked) {
      if (!this.#listed.some((one) => one.toLowerCase() === key.toLowerCase())) this.#listed.push(key);
    }
  }

  #change(key: string, state: KeyState, next: NextValues, typing = false): void {
    this.session.changeRequest(
      (request) => changeKey(request, key, state, next),
      `Changed ${key}`,
      typing ? `context ${key}` : undefined,
    );
  }

  #field(key: string): KeyField {
    const { session, result } = this;
    const rows = session.request ? contextRows(session.request, []) : [];
    const row = rows.find((one) => one.key.toLowerCase() === key.toLowerCase());
    const { state, values } = row ?? { state: "absent" as const, values: [] };
    const words = this.#facts.keys(this.words);
    return {
      key,
      state,
      values,
      kind: kindOf(key, words, conditionsOn(result, key)),
      many: wordOf(key, words)?.many ?? false,
      suggestions: suggestionsFor(key, session.scenario, result),
      place: "decision",
      change: (to, next, typing) => this.#change(key, to, next, typing),
    };
  }

  #row(key: string): TemplateResult {
    const field = this.#field(key);
    const when = wordOf(key, this.words)?.when;
    return html`<li class="context-row state-${field.state}">
      <div class="context-head">
        <span class="context-key">${key}</span>
        ${stateControl(field)}
      </div>
      ${valuesPart(field)} ${when && field.state === "absent" ? html`<p class="hint">AWS sends it with: ${when}.</p>` : nothing}
    </li>`;
  }

  /** A resource that is not known is settled in the request's form. */
  #resource(): TemplateResult | typeof nothing {
    if (!this.result.dependsOn.includes("resource")) return nothing;
    const know = (): void => {
      this.session.changeRequest((request) => setUnknown(request, "resource", false), "Made the resource known");
      focusSoon(() => document.querySelector<HTMLElement>("input[name=resource]"));
    };
    return html`<li class="context-row"><span class="context-key">resource</span> <button type="button" @click=${know}>Name the resource</button></li>`;
  }

  protected override render(): TemplateResult | typeof nothing {
    const resource = this.#resource();
    if (this.#listed.length === 0 && resource === nothing) return nothing;
    return html`<h3 id="missing">Keys that the decision asks for</h3>
      ${group(
        "Keys that the request does not give",
        this.session.readable,
        html`<ul class="context">
          ${resource}
          ${repeat(
            this.#listed,
            (key) => key,
            (key) => this.#row(key),
          )}
        </ul>`,
      )}`;
  }
}

customElements.define("fenceline-missing", FencelineMissing);
