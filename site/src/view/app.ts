// The whole page.

import { html, nothing, type TemplateResult } from "lit";
import { loadFirst, loadIndex, loadScenario, type ScenarioEntry } from "../catalog.ts";
import type { EngineState } from "../model/evaluation.ts";
import { verdictSentence } from "../model/verdict.ts";
import { emptyWorkspace } from "../model/workspace.ts";
import { SessionElement } from "./element.ts";
import { paragraphs } from "./prose.ts";
import { verdictTag } from "./verdict.ts";
import "./announcer.ts";
import "./decision.ts";
import "./policies.ts";
import "./problems.ts";
import "./request.ts";
import "./requests.ts";
import "./scenario.ts";

const engineWords: Record<EngineState["kind"], string> = {
  loading: "Loading the engine …",
  ready: "Live",
  stopped: "Engine stopped",
  refused: "No result",
  failed: "No engine",
};

/** Addresses of what the page opens. */
export interface PageFiles {
  readonly first: string;
  readonly index: string;
}

export class FencelineApp extends SessionElement {
  static override properties = {
    ...SessionElement.properties,
    files: { attribute: false },
    entries: { state: true },
    failure: { state: true },
  };

  declare files: PageFiles;
  declare entries: readonly ScenarioEntry[];
  declare failure: string;

  override connectedCallback(): void {
    super.connectedCallback();
    this.entries = [];
    this.failure = "";
    this.addEventListener("keydown", this.#cyclePanes);
    void this.#try(async () => {
      this.entries = await loadIndex(this.files.index);
    });
  }

  async #try(action: () => Promise<void>): Promise<void> {
    try {
      this.failure = "";
      await action();
    } catch (cause) {
      this.failure = cause instanceof Error ? cause.message : String(cause);
    }
  }

  /** F6 and Shift+F6 go round the panes. */
  #cyclePanes = (event: KeyboardEvent): void => {
    if (event.key !== "F6") return;
    const panes = [...this.querySelectorAll<HTMLElement>(".pane")];
    const at = panes.findIndex((pane) => pane.contains(document.activeElement));
    const step = event.shiftKey ? panes.length - 1 : 1;
    panes[(Math.max(at, event.shiftKey ? 0 : at) + step) % panes.length]?.focus();
    event.preventDefault();
  };

  #open(entry: ScenarioEntry): void {
    this.querySelector<HTMLElement>("#scenarios")?.hidePopover();
    void this.#try(async () => this.session.open(await loadScenario(entry), `Opened "${entry.title}".`));
  }

  /** Does what makes a notice go away; the first pane takes the focus that its button had. */
  #settle(action: () => void): void {
    action();
    this.querySelector<HTMLElement>(".pane")?.focus();
  }

  #startOver(): void {
    void this.#try(async () => this.session.startOver((await loadFirst(this.files.first)).workspace));
  }

  #menuItem(entry: ScenarioEntry, beginsStory: boolean): TemplateResult {
    return html`<li class=${beginsStory ? "story" : ""}>
      <button type="button" @click=${() => this.#open(entry)}>${entry.title}</button>
    </li>`;
  }

  #menu(): TemplateResult {
    return html`<button type="button" popovertarget="scenarios">Scenarios</button>
      <div id="scenarios" class="menu" popover role="group" aria-label="Scenarios">
        <ul>
          ${this.entries.map((entry, at) => this.#menuItem(entry, entry.story !== this.entries[at - 1]?.story))}
          <li class="story">
            <button
              type="button"
              @click=${() => {
                this.querySelector<HTMLElement>("#scenarios")?.hidePopover();
                this.session.open(emptyWorkspace(), "Opened an empty scenario.");
              }}
            >
              An empty scenario
            </button>
          </li>
        </ul>
      </div>
      <button type="button" @click=${() => this.#startOver()}>Start over</button>`;
  }

  #engine(): TemplateResult {
    const { engine } = this.session;
    return html`<span class="engine engine-${engine.kind}">${engineWords[engine.kind]}</span>`;
  }

  #description(): TemplateResult | typeof nothing {
    const [first, ...more] = paragraphs(this.session.scenario.description ?? "");
    if (!first) return nothing;
    return html`<div class="description">
      ${first} ${more.length > 0 ? html`<details><summary>More about this scenario</summary>${more}</details>` : nothing}
    </div>`;
  }

  #notices(): TemplateResult[] {
    const { session } = this;
    const { engine, undo } = session;
    const notices: TemplateResult[] = [];
    if (engine.kind === "failed") {
      notices.push(html`<p class="notice" role="alert">
        The engine did not start: ${engine.reason}. It needs WebAssembly and this site's own files; the texts can still be edited.
        <button type="button" @click=${() => session.evaluate()}>Try again</button>
      </p>`);
    }
    if (engine.kind === "stopped") {
      notices.push(html`<p class="notice" role="alert">
        The engine stopped on this text: ${engine.reason}. It was started again and your text is kept. It decides again when the text changes.
      </p>`);
    }
    if (engine.kind === "refused") {
      notices.push(
        html`<p class="notice" role="alert">The engine has no result for this text: ${engine.reason}. Your text is kept.</p>`,
      );
    }
    if (this.failure) notices.push(html`<p class="notice" role="alert">This could not be loaded: ${this.failure}.</p>`);
    if (!session.kept) {
      notices.push(
        html`<p class="notice">This browser does not keep this work: storage is refused, or the texts are too large for it. It is gone when the tab closes.</p>`,
      );
    }
    if (undo) {
      notices.push(html`<p class="notice">
        ${undo.what} <button type="button" @click=${() => this.#settle(() => session.takeBack())}>Undo</button>
        <button type="button" @click=${() => this.#settle(() => session.dismissUndo())}>Dismiss</button>
      </p>`);
    }
    return notices;
  }

  protected override render(): TemplateResult {
    const { session } = this;
    const { scenario } = session;
    const shown = session.current ? session.resultOf(session.selected) : undefined;
    return html`
      <nav class="skip" aria-label="Skip">
        <a href="#request">To the request</a> <a href="#policies">To the policies</a> <a href="#decision">To the decision</a>
      </nav>
      <header class="top">
        <a class="mark" href="/">Fenceline</a>
        <div class="commands">${this.#menu()}</div>
        ${this.#engine()}
        <p class="private">Nothing you type leaves this tab.</p>
      </header>
      <section aria-label="Notices">${this.#notices()}</section>
      <a class="verdict-bar" href="#decision" aria-label="To the decision. ${verdictSentence(shown)}">${verdictTag(shown)} <span>${shown?.action ?? ""}</span></a>
      <main class="columns">
        <section class="pane" id="request" tabindex="-1" aria-label="Request">
          <h1>${scenario.title ?? "A scenario"}</h1>
          ${this.#description()}
          <fenceline-requests .session=${session}></fenceline-requests>
          <fenceline-request .session=${session}></fenceline-request>
        </section>
        <section class="pane" id="policies" tabindex="-1" aria-label="Policies">
          <fenceline-policies .session=${session}></fenceline-policies>
          <fenceline-scenario .session=${session}></fenceline-scenario>
        </section>
        <section class="pane" id="decision" tabindex="-1" aria-label="Decision">
          <fenceline-decision .session=${session}></fenceline-decision>
        </section>
        <section class="pane" id="problems" tabindex="-1" aria-label="Problems">
          <fenceline-problems .session=${session}></fenceline-problems>
        </section>
      </main>
      <fenceline-announcer .session=${session}></fenceline-announcer>
    `;
  }
}

customElements.define("fenceline-app", FencelineApp);
