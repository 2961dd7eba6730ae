// The whole page: header, notices, panes, and the dialog that is open.

import { html, nothing, type TemplateResult } from "lit";
import type { Arrival } from "../arrival.ts";
import { loadFirst, loadIndex, loadScenario, type ScenarioEntry } from "../catalog.ts";
import { settings } from "../model/settings.ts";
import { tellsStory } from "../model/story.ts";
import { verdictSentence } from "../model/verdict.ts";
import { type Command, commandFor } from "./commands.ts";
import { SessionElement } from "./element.ts";
import { header } from "./header.ts";
import { Later } from "./later.ts";
import { notices } from "./notices.ts";
import { verdictTag } from "./verdict.ts";
import "./announcer.ts";
import "./decision.ts";
import "./dialog.ts";
import "./inventory.ts";
import "./policies.ts";
import "./problems.ts";
import "./request.ts";
import "./requests.ts";
import "./scenario.ts";
import "./separator.ts";
import "./title.ts";

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
    dropped: { state: true },
    every: { state: true },
  };

  declare files: PageFiles;
  /** What the address opened. */
  declare arrival: Arrival;
  /** The scenarios that the site has. */
  declare entries: readonly ScenarioEntry[];
  /** Why something could not be loaded. */
  declare failure: string;
  /** Files to start from. */
  declare dropped: readonly File[];
  /** Whether every action is asked about, too. */
  declare every: boolean;

  #forget: (() => void) | undefined;
  readonly #stepsCode = new Later(this, () => import("./steps.ts"));

  override connectedCallback(): void {
    super.connectedCallback();
    this.entries = [];
    this.failure = "";
    this.dropped = [];
    this.every = false;
    this.addEventListener("every-action", this.#every);
    this.arrival.onChange(() => this.requestUpdate());
    document.addEventListener("keydown", this.#key);
    this.#forget = settings().subscribe(() => this.requestUpdate());
    document.addEventListener("dragover", this.#drag);
    document.addEventListener("drop", this.#drop);
    void this.#try(async () => {
      this.entries = await loadIndex(this.files.index);
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener("every-action", this.#every);
    document.removeEventListener("keydown", this.#key);
    this.#forget?.();
    document.removeEventListener("dragover", this.#drag);
    document.removeEventListener("drop", this.#drop);
  }

  async #try(action: () => Promise<void>): Promise<void> {
    try {
      this.failure = "";
      await action();
    } catch (cause) {
      this.failure = cause instanceof Error ? cause.message : String(cause);
    }
  }

  /** A key that something else took, or that belongs to an open dialog, is no command. */
  #key = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || this.session.dialog !== undefined) return;
    const meant = commandFor(event, this);
    if (!meant) return;
    event.preventDefault();
    meant.run(this);
  };

  /** A file that is not taken would replace the page. */
  #drag = (event: DragEvent): void => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  };

  #drop = (event: DragEvent): void => {
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    this.startFrom(files);
  };

  /** Opens the dialog that reads what people have, on files where there are some. */
  startFrom(files: readonly File[]): void {
    this.dropped = files;
    this.session.openDialog("start");
  }

  /** Does a command from a menu, which closes. */
  run({ run }: Command): void {
    this.closeMenus();
    run(this);
  }

  closeMenus(): void {
    for (const menu of this.querySelectorAll<HTMLElement>("[popover]")) menu.hidePopover();
  }

  readonly #every = (): void => void this.showEveryAction();

  /** Opens the pane that asks about every action, and goes there; its code is loaded when it is first opened. */
  async showEveryAction(): Promise<void> {
    try {
      await import("./everyAction.ts");
    } catch {
      this.session.say("This part of the page could not be loaded. Reload the page when you are online");
      return;
    }
    this.every = true;
    await this.updateComplete;
    const pane = this.querySelector<HTMLElement>("#every-action");
    pane?.focus();
    pane?.scrollIntoView({ block: "nearest" });
  }

  /** Moves the focus to the next pane, or the one before. */
  cyclePanes(step: 1 | -1): void {
    const panes = [...this.querySelectorAll<HTMLElement>(".pane")];
    const at = panes.findIndex((pane) => pane.contains(document.activeElement));
    const from = at < 0 && step < 0 ? 0 : at;
    panes[(from + step + panes.length) % panes.length]?.focus();
  }

  /** Opens a scenario of the site. */
  openEntry(entry: ScenarioEntry): void {
    this.closeMenus();
    void this.#try(async () => this.session.open(await loadScenario(entry), `Opened "${entry.title}"`));
  }

  startOver(): void {
    void this.#try(async () => this.session.startOver((await loadFirst(this.files.first)).workspace));
  }

  /** Does what makes a control go away; the first pane takes the focus that it had. */
  settle(action: () => void): void {
    action();
    this.querySelector<HTMLElement>(".pane")?.focus();
  }

  #everyAction(): TemplateResult {
    const close = (): void => {
      this.every = false;
      this.querySelector<HTMLElement>("#request")?.focus();
    };
    return html`<section class="pane" id="every-action" tabindex="-1" aria-label="Every action">
      <div class="tools"><button type="button" @click=${close}>Close</button></div>
      <fenceline-every-action .session=${this.session}></fenceline-every-action>
    </section>`;
  }

  /** A scenario with calls is also a story, whose code comes when there is one. */
  #steps(): TemplateResult | typeof nothing {
    const { session } = this;
    if (!tellsStory(session.scenario) || !this.#stepsCode.here) return nothing;
    return html`<fenceline-steps .session=${session}></fenceline-steps>`;
  }

  protected override render(): TemplateResult {
    const { session } = this;
    const shown = session.current ? session.resultOf(session.selected) : undefined;
    return html`
      <nav class="skip" aria-label="Skip">
        <a href="#request">To the request</a> <a href="#policies">To the policies</a> <a href="#decision">To the decision</a>
      </nav>
      ${header(this)}
      <section aria-label="Notices">${notices(this)}</section>
      <main class="work">
      <a class="verdict-bar" href="#decision" aria-label="To the decision. ${verdictSentence(shown)}">${verdictTag(shown)} <span>${shown?.action ?? ""}</span></a>
        <fenceline-title .session=${session}></fenceline-title>
        <div class="columns">
        <section class="pane" id="request" tabindex="-1" aria-label="Request">
          ${this.#steps()}
          <fenceline-requests .session=${session}></fenceline-requests>
          <fenceline-request .session=${session}></fenceline-request>
        </section>
        <fenceline-separator pane="request" aria-label="Width of the request pane"></fenceline-separator>
        <section class="pane" id="policies" tabindex="-1" aria-label="Policies">
          <fenceline-policies .session=${session}></fenceline-policies>
          <fenceline-inventory .session=${session}></fenceline-inventory>
          <fenceline-scenario .session=${session}></fenceline-scenario>
        </section>
        <fenceline-separator pane="decision" aria-label="Width of the decision pane"></fenceline-separator>
        <section class="pane" id="decision" tabindex="-1" aria-label="Decision">
          <fenceline-decision .session=${session}></fenceline-decision>
        </section>
        <section class="pane" id="problems" tabindex="-1" aria-label="Problems">
          <fenceline-problems .session=${session}></fenceline-problems>
        </section>
        ${this.every ? this.#everyAction() : nothing}
        </div>
      </main>
      <fenceline-dialog .session=${session} .app=${this}></fenceline-dialog>
      <fenceline-announcer .session=${session}></fenceline-announcer>
    `;
  }
}

customElements.define("fenceline-app", FencelineApp);
