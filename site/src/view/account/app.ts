// The account's page: giving an account, the account's principals, and one of them.

import { html, LitElement, nothing, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import type { EngineClient } from "../../engine/client.ts";
import type { Inventory } from "../../model/account/answers.ts";
import { Benches } from "../../model/account/benches.ts";
import type { Choice } from "../../model/account/choice.ts";
import { type Given, given } from "../../model/account/given.ts";
import { Holding, type Stage } from "../../model/account/holding.ts";
import { Catalogue, nameOf } from "../../model/account/search.ts";
import { accountWords, counted, countWords } from "../../model/account/words.ts";
import type { Request } from "../../model/scenario.ts";
import { megabytes } from "../../model/workspace.ts";
import { focusSoon } from "../element.ts";
import { sentence } from "../prose.ts";
import type { FencelineDocument } from "./document.ts";
import { report } from "./report.ts";
import "./give.ts";
import "./list.ts";
import "./principal.ts";

/** The most resources that are listed. */
const mostResources = 500;

/** `<fenceline-account>` is what stands in the page's middle; `about` hides what is only to be read before there is an account. */
export class FencelineAccount extends LitElement {
  static override properties = {
    adding: { state: true },
    chosen: { state: true },
    who: { state: true },
    failure: { state: true },
  };

  readonly #holding: Holding;
  readonly #benches: Benches;
  readonly #sample: string;
  readonly #about: HTMLElement | null;
  #catalogue: Catalogue | undefined;
  /** The policies of resources, each without its text until that is asked for. */
  #documents: readonly Pick<FencelineDocument, "document" | "way" | "load">[] = [];
  #kind: Stage["kind"] = "empty";
  /** What the principal that is shown is asked at once. */
  #asked: Request | undefined;
  /** Whether more is being added. */
  declare adding: boolean;
  /** The ARN of the principal that is shown. */
  declare chosen: string | undefined;

  /** Whether everybody can be asked: the part for that was opened, or is no more. */
  declare who: "closed" | "open" | "folded";
  /** Why a part could not be loaded. */
  declare failure: string;

  constructor(engine: EngineClient, sample: string, about: HTMLElement | null) {
    super();
    this.adding = false;
    this.who = "closed";
    this.failure = "";
    this.#sample = sample;
    this.#about = about;
    this.#benches = new Benches(engine);
    this.#holding = new Holding(engine, () => this.#changed());
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("popstate", this.#goTo);
    document.addEventListener("dragover", this.#drag);
    document.addEventListener("drop", this.#drop);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("popstate", this.#goTo);
    document.removeEventListener("dragover", this.#drag);
    document.removeEventListener("drop", this.#drop);
  }

  #drag = (event: DragEvent): void => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  };

  #drop = (event: DragEvent): void => {
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    this.#give(given(files));
  };

  #give(list: readonly Given[]): void {
    this.adding = false;
    void this.#holding.add(list);
  }

  #changed(): void {
    const { stage } = this.#holding;
    const before = this.#catalogue?.inventory;
    if (stage.kind === "held" && stage.inventory !== before) this.#show(stage.inventory);
    if (stage.kind === "empty") this.#empty();
    // What had the focus goes away with the stage.
    if (stage.kind !== this.#kind && stage.kind !== "held") {
      focusSoon(() => this.querySelector<HTMLElement>(stage.kind === "reading" ? ".reading button" : "input"));
    }
    this.#kind = stage.kind;
    if (this.#about) this.#about.hidden = stage.kind !== "empty";
    this.requestUpdate();
  }

  #empty(): void {
    this.#catalogue = undefined;
    this.#benches.forget();
  }

  #show(inventory: Inventory): void {
    this.#benches.forget();
    this.#catalogue = new Catalogue(inventory);
    this.#documents = inventory.resources.slice(0, mostResources).map(({ arn, by, policy }) => ({
      document: { name: policy, origin: "resource", owner: arn, text: "", builtIn: false },
      way: by === "the output" ? "" : `told by ${by}`,
      load: () => this.#holding.ask({ call: "accountPolicy", name: policy }),
    }));
    this.chosen = undefined;
    focusSoon(() => this.querySelector("h2"));
  }

  /**
   * The way back leads to the list. The history holds a number and no name: browsers synchronise addresses, and an
   * account's names are nobody else's.
   */
  #goTo = ({ state }: PopStateEvent): void => {
    const at = (state as { principal?: unknown } | null)?.principal;
    const principals = this.#catalogue?.inventory.principals ?? [];
    this.#open(typeof at === "number" ? principals[at]?.arn : undefined);
  };

  #choose({ arn, asked }: Choice): void {
    const at = this.#catalogue?.inventory.principals.findIndex((line) => line.arn === arn) ?? -1;
    if (at < 0) return;
    history.pushState({ principal: at }, "");
    this.#open(arn, asked);
    scrollTo({ top: 0 });
  }

  #open(arn: string | undefined, asked?: Request): void {
    const before = this.chosen;
    this.#asked = asked;
    this.chosen = arn;
    focusSoon(() =>
      arn === undefined
        ? [...this.querySelectorAll<HTMLElement>(".principal-name")].find(
            ({ textContent }) => before !== undefined && textContent === nameOf(before),
          )
        : this.querySelector<HTMLElement>(".back"),
    );
  }

  #reason(reason: string | undefined): TemplateResult | typeof nothing {
    return reason === undefined ? nothing : html`<p class="wrong" role="alert">${sentence(reason)}</p>`;
  }

  #giving(sample: string | undefined): TemplateResult {
    return html`<fenceline-give .sample=${sample} @give=${(event: CustomEvent<readonly Given[]>) => this.#give(event.detail)}></fenceline-give>`;
  }

  #reading({ read, total, identities }: Extract<Stage, { kind: "reading" }>): TemplateResult {
    return html`<div class="reading">
      <p id="reading">Reading: ${megabytes(read)} of ${megabytes(total)}, ${counted(identities, "principal")} so far.</p>
      <progress aria-labelledby="reading" max=${Math.max(1, total)} .value=${read}></progress>
      <div class="tools"><button type="button" @click=${() => void this.#holding.cancel()}>Cancel</button></div>
    </div>`;
  }

  #forget = (): void => {
    this.chosen = undefined;
    this.adding = false;
    void this.#holding.forget();
  };

  #account(catalogue: Catalogue, reason: string | undefined): TemplateResult {
    const { inventory } = catalogue;
    return html`<h2 tabindex="-1">${accountWords(inventory)}</h2>
      <p role="status">${countWords(catalogue)}.</p>
      <div class="tools">
        <button type="button" aria-expanded=${this.adding} @click=${() => (this.adding = !this.adding)}>Add files</button>
        <button type="button" @click=${this.#forget}>Forget this account</button>
      </div>
      ${this.#reason(reason)} ${this.adding ? this.#giving(undefined) : nothing} ${report(inventory)}`;
  }

  /** Opens the part that asks everybody, whose code is loaded when it is first opened. What was asked stays when it is folded. */
  async #toggleWho(): Promise<void> {
    if (this.who === "open") {
      this.who = "folded";
      return;
    }
    try {
      this.failure = "";
      await import("./who.ts");
      this.who = "open";
    } catch {
      this.failure = "this part of the page could not be loaded; reload the page when you are online";
    }
  }

  #who(catalogue: Catalogue, choose: (event: CustomEvent<Choice>) => void): TemplateResult {
    const { who } = this;
    return html`<section aria-labelledby="who">
      <h3 id="who">Who can do this</h3>
      <p>Ask every user and role the same, and see who may, who may not, and why.</p>
      <div class="tools">
        <button type="button" aria-expanded=${who === "open"} @click=${() => void this.#toggleWho()}>${who === "open" ? "Fold" : "Ask everybody …"}</button>
      </div>
      ${this.#reason(this.failure || undefined)}
      ${
        who === "closed"
          ? nothing
          : keyed(
              catalogue.inventory,
              html`<fenceline-who ?hidden=${who === "folded"} .holding=${this.#holding} .actions=${this.#benches.actions} @choose=${choose}></fenceline-who>`,
            )
      }
    </section>`;
  }

  #resources({ resources }: Inventory): TemplateResult | typeof nothing {
    if (resources.length === 0) return nothing;
    return html`<details class="report resources">
      <summary>${counted(resources.length, "resource with a policy", "resources with policies")}</summary>
      ${this.#documents.map(
        ({ document, way, load }) =>
          html`<fenceline-document .document=${document} .way=${way} .load=${load}></fenceline-document>`,
      )}
      ${resources.length > mostResources ? html`<p class="hint">And ${(resources.length - mostResources).toLocaleString("en")} more.</p>` : nothing}
    </details>`;
  }

  /** The list stays as it was searched while one of its principals is shown. */
  #held(catalogue: Catalogue, reason: string | undefined): TemplateResult {
    const { chosen } = this;
    const choose = (event: CustomEvent<Choice>): void => this.#choose(event.detail);
    return html`<div ?hidden=${chosen !== undefined}>
        ${this.#account(catalogue, reason)} ${this.#who(catalogue, choose)}
        <h3>Users, groups and roles</h3>
        <fenceline-principals .catalogue=${catalogue} @choose=${choose}></fenceline-principals>
        ${this.#resources(catalogue.inventory)}
      </div>
      ${
        chosen === undefined
          ? nothing
          : html`<div class="tools"><button type="button" class="back" @click=${() => history.back()}>All users, groups and roles</button></div>
              ${keyed(
                chosen,
                html`<fenceline-principal
                .holding=${this.#holding}
                .benches=${this.#benches}
                .arn=${chosen}
                .asked=${this.#asked}
                @choose=${choose}
              ></fenceline-principal>`,
              )}`
      }`;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { stage } = this.#holding;
    switch (stage.kind) {
      case "reading":
        return this.#reading(stage);
      case "held":
        return this.#catalogue ? this.#held(this.#catalogue, stage.reason) : nothing;
      case "empty":
        return html`${this.#reason(stage.reason)} ${this.#giving(this.#sample)}`;
    }
  }
}

customElements.define("fenceline-account", FencelineAccount);
