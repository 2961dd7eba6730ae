// The page's head: its name, the scenarios, and the commands.

import { html, nothing, type TemplateResult } from "lit";
import type { ScenarioEntry } from "../catalog.ts";
import { differenceSentence } from "../model/compare.ts";
import type { EngineState } from "../model/evaluation.ts";
import type { FencelineApp } from "./app.ts";
import { themeSelect } from "./theme.ts";
import { ariaShortcut, command, shortcutWords } from "./commands.ts";

const patientMs = 2000;

const engineWords: Record<EngineState["kind"], string> = {
  loading: "Loading the engine …",
  ready: "Live",
  stopped: "Engine stopped",
  refused: "No result",
  failed: "No engine",
};

/** What the engine does now. While it loads it says how far it is, but for the first two seconds: most are there by then. */
function engineState({ engine }: FencelineApp["session"]): string {
  if (engine.kind !== "loading" || !engine.total || performance.now() < patientMs) return engineWords[engine.kind];
  const [loaded, total] = [engine.loaded ?? 0, engine.total].map((bytes) => (bytes / 1e6).toFixed(1));
  return `Loading the engine: ${loaded} of ${total} MB`;
}

/** Commands that stand in the header; redo only where there is room. */
const inHeader = ["share", "undo", "redo"];

/** Pages of the site beside this one. */
const pages: readonly (readonly [string, string])[] = [
  ["/lessons/", "The course"],
  ["/account/", "Read an AWS account"],
  ["/scenarios/", "All scenarios, as pages"],
  ["/exercises/", "Exercises"],
  ["/rules/", "The rules of evaluation"],
  ["/reference/", "Reference: operators, elements, findings"],
  ["/help/", "Help"],
  ["/search/", "Search"],
  ["/private/", "What leaves this browser"],
];

/** Commands that stand in the menu. */
const inMenu = [
  "commands",
  "evaluate",
  "copy-link",
  "save-file",
  "open-file",
  "keep-to-compare",
  "compare",
  "redo",
  "start-over",
  "settings",
  "shortcuts",
];

/** A button for a command. */
export function commandButton(app: FencelineApp, id: string, label?: string): TemplateResult {
  const one = command(id);
  const [shortcut] = one.shortcuts ?? [];
  return html`<button
    type="button"
    ?disabled=${!(one.available?.(app) ?? true)}
    aria-keyshortcuts=${shortcut ? ariaShortcut(shortcut) : nothing}
    title=${shortcut ? `${one.title} (${shortcutWords(shortcut)})` : nothing}
    @click=${() => app.run(one)}
  >
    ${label ?? one.title}
  </button>`;
}

function scenarioItem(app: FencelineApp, entry: ScenarioEntry, beginsStory: boolean): TemplateResult {
  return html`<li class=${beginsStory ? "story" : ""}>
    <button type="button" @click=${() => app.openEntry(entry)}>${entry.title}</button>
  </li>`;
}

function scenarios(app: FencelineApp): TemplateResult {
  return html`<button type="button" popovertarget="scenarios">Scenarios</button>
    <div id="scenarios" class="menu" popover role="group" aria-label="Scenarios">
      <ul>
        <li>${commandButton(app, "recent", "Your recent work …")}</li>
        <li>${commandButton(app, "open-file", "A file …")}</li>
        <li>${commandButton(app, "empty", "An empty scenario")}</li>
        ${app.entries.map((entry, at) => scenarioItem(app, entry, entry.story !== app.entries[at - 1]?.story))}
      </ul>
    </div>`;
}

function more(app: FencelineApp): TemplateResult {
  return html`<button type="button" popovertarget="more">More</button>
    <div id="more" class="menu" popover role="group" aria-label="More commands">
      <ul>
        ${inMenu.map((id) => html`<li>${commandButton(app, id)}</li>`)}
        ${pages.map(([address, title], at) => html`<li class=${at === 0 ? "story" : ""}><a href=${address}>${title}</a></li>`)}
      </ul>
    </div>`;
}

/** Most people who come have an error or a policy at hand; the button says so in one word where there is no room for more. */
function paste(app: FencelineApp): TemplateResult {
  return html`<button type="button" @click=${() => app.run(command("start"))}>
    Paste<span class="roomy"> an error or a policy</span>
  </button>`;
}

/** While the work is compared with another, how many decisions differ. */
function comparison({ session }: FencelineApp): TemplateResult | typeof nothing {
  if (!session.comparison.side) return nothing;
  const requests = session.comparison.requests(session.fresh ? session.result : undefined);
  const words = requests ? differenceSentence(requests) : "Comparing …";
  return html`<button type="button" class="comparing" @click=${() => session.openDialog("compare")}>${words}</button>`;
}

/** The header of the page. */
export function header(app: FencelineApp): TemplateResult {
  const { engine } = app.session;
  return html`<header class="top">
    <a class="mark" href="/play/">Fenceline</a>
    <div class="commands">
      ${scenarios(app)} ${paste(app)}
      ${inHeader.map((id) => html`<span class="command-${id}">${commandButton(app, id)}</span>`)} ${more(app)}
      ${comparison(app)}
    </div>
    <span class="engine engine-${engine.kind}">${engineState(app.session)}</span>
    <span class="theme">${themeSelect()}</span>
    <p class="private"><a href="/private/">Nothing you paste leaves your browser</a></p>
    <a class="help" href="/help/">Help</a>
  </header>`;
}
