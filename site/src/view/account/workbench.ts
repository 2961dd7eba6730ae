// The workbench on one principal: what counts, the request, every action, and the decision with the policies.

import { html, nothing, type TemplateResult } from "lit";
import type { Origin } from "../../model/account/answers.ts";
import type { Bench } from "../../model/account/bench.ts";
import type { Benches } from "../../model/account/benches.ts";
import { nameOf } from "../../model/account/search.ts";
import type { Baseline } from "../../model/everyAction.ts";
import { SessionElement } from "../element.ts";
import type { FencelineEveryAction } from "../everyAction.ts";
import { engineNotice } from "../notices.ts";
import { inline } from "../prose.ts";
import "../announcer.ts";
import "../decision.ts";
import "../everyAction.ts";
import "../policies.ts";
import "../problems.ts";
import "../request.ts";
import "./compareWith.ts";
import "./whatIf.ts";

/** `<fenceline-workbench>` shows a bench, whose session it has, too. */
export class FencelineWorkbench extends SessionElement {
  static override properties = {
    ...SessionElement.properties,
    bench: { attribute: false },
    benches: { attribute: false },
    origins: { attribute: false },
    failure: { state: true },
  };

  declare bench: Bench;
  declare benches: Benches;
  declare origins: ReadonlyMap<string, Origin>;
  /** Why something could not be brought along. */
  declare failure: string;

  constructor() {
    super();
    this.failure = "";
  }

  /** Does what may disable the button that was pressed; then the first part has the focus. */
  #settle(action: () => void): void {
    const { activeElement } = document;
    action();
    void this.updateComplete.then(() => {
      const gone = activeElement instanceof HTMLButtonElement && (activeElement.disabled || !activeElement.isConnected);
      if (gone) this.querySelector<HTMLElement>("#what-if")?.focus();
    });
  }

  #tools(): TemplateResult {
    const { bench, session } = this;
    const undo = session.undoable;
    const redo = session.redoable;
    return html`<div class="tools" role="group" aria-label="What was changed here">
      <button type="button" ?disabled=${undo === undefined} title=${undo ?? nothing} @click=${() => this.#settle(() => session.undo())}>Undo</button>
      <button type="button" ?disabled=${redo === undefined} title=${redo ?? nothing} @click=${() => this.#settle(() => session.redo())}>Redo</button>
      <button type="button" ?disabled=${!bench.changed} @click=${() => this.#settle(() => bench.reset())}>Back to the account as it is</button>
      <span class="hint">${bench.changed ? "This is a what-if: it differs from the account." : "This is the account as it is."} Nothing of it is stored.</span>
    </div>`;
  }

  async #bring(arn: string): Promise<void> {
    this.failure = "";
    try {
      await this.bench.bring(arn);
    } catch (cause) {
      this.failure = cause instanceof Error ? cause.message : String(cause);
    }
  }

  /** What must be known before the decision is believed. */
  #warnings(): TemplateResult {
    const { bench, failure } = this;
    const { stranger } = bench;
    const lacking = bench.lacking(this.#table()?.targets ?? []);
    return html`${engineNotice(this)}
      ${failure ? html`<p class="notice wrong" role="alert">${failure}</p>` : nothing}
      ${
        lacking === undefined
          ? nothing
          : html`<p class="notice">
              <span aria-hidden="true">▲</span> The account holds ${lacking}, which is not here: its own policy does not count yet.
              <button type="button" @click=${() => void this.#bring(lacking)}>Bring it along</button>
            </p>`
      }
      ${
        stranger === undefined
          ? nothing
          : html`<p class="notice">
              <span aria-hidden="true">▲</span> The request is made by ${stranger || "nobody"}. Here are the policies of ${nameOf(bench.arn)} alone.
            </p>`
      }`;
  }

  #happened(): TemplateResult | typeof nothing {
    const { session } = this;
    if (!session.notice) return nothing;
    return html`<p class="notice">
      ${inline(session.notice.text)}
      <button type="button" @click=${() => this.#settle(() => session.dismissNotice())}>Dismiss</button>
    </p>`;
  }

  /** The table of every action: who is compared with is asked as it asks. */
  readonly #table = (): FencelineEveryAction | null => this.querySelector("fenceline-every-action");

  /** A part with its name, which takes the focus of what goes away in it. */
  #pane(id: string, label: string, content: TemplateResult): TemplateResult {
    return html`<section class="pane" id=${id} tabindex="-1" aria-label=${label}>${content}</section>`;
  }

  protected override render(): TemplateResult {
    const { session, benches, bench } = this;
    const compared = (event: CustomEvent<Baseline | undefined>): void => {
      benches.baseline = event.detail;
      this.requestUpdate();
    };
    return html`${this.#tools()}
      <div class="bench-notices">${this.#warnings()} ${this.#happened()}</div>
      <div class="bench">
        <div class="bench-row">
        <div>
          ${this.#pane("what-if", "What if", html`<fenceline-what-if .session=${session} .origins=${this.origins}></fenceline-what-if>`)}
          ${this.#pane("compare", "Compare", html`<fenceline-compare-with .session=${session} .bench=${bench} .table=${this.#table} @compared=${compared}></fenceline-compare-with>`)}
          ${this.#pane("request", "Request", html`<fenceline-request .session=${session} .only=${bench.arn}></fenceline-request>`)}
        </div>
        ${this.#pane(
          "every-action",
          "Every action",
          html`<fenceline-every-action @input=${() => this.requestUpdate()} .session=${session} .baseline=${benches.baseline} @compared=${compared}></fenceline-every-action>`,
        )}
        </div>
        <div class="bench-row decided">
        ${this.#pane("decision", "Decision", html`<fenceline-decision .session=${session}></fenceline-decision>`)}
        ${this.#pane("policies", "Policies, to be changed", html`<fenceline-policies .session=${session}></fenceline-policies>`)}
        </div>
        ${this.#pane("problems", "Problems", html`<fenceline-problems .session=${session}></fenceline-problems>`)}
      </div>
      <fenceline-announcer .session=${session}></fenceline-announcer>`;
  }
}

customElements.define("fenceline-workbench", FencelineWorkbench);
