// The command palette: every command, scenario, request and policy by its name.

import { html, type TemplateResult } from "lit";
import type { FencelineApp } from "./app.ts";
import { commands, shortcutWords } from "./commands.ts";
import { SessionElement } from "./element.ts";

interface Choice {
  readonly kind: string;
  readonly title: string;
  readonly keys: string;
  run(): void;
}

const mostShown = 40;

/** Whether every word of a search is in a text. */
function matches(text: string, search: string): boolean {
  const lower = text.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => lower.includes(word));
}

export class FencelinePalette extends SessionElement {
  static override properties = {
    ...SessionElement.properties,
    app: { attribute: false },
    search: { state: true },
    at: { state: true },
  };

  declare app: FencelineApp;
  declare search: string;
  declare at: number;

  override connectedCallback(): void {
    super.connectedCallback();
    this.search = "";
    this.at = 0;
  }

  #all(): Choice[] {
    const { app, session } = this;
    return [
      ...commands
        .filter(({ id, available }) => id !== "commands" && (available?.(app) ?? true))
        .map((one) => ({
          kind: "Command",
          title: one.title,
          keys: (one.shortcuts ?? []).map(shortcutWords).join(" or "),
          run: () => one.run(app),
        })),
      ...session.scenario.requests.map((request, index) => ({
        kind: "Request",
        title: request.name || `Request ${index + 1}`,
        keys: "",
        run: () => session.select(index),
      })),
      ...session.workspace.policies.map(({ name }) => ({
        kind: "Policy",
        title: name,
        keys: "",
        run: () => session.showPolicy(name),
      })),
      ...app.entries.map((entry) => ({
        kind: "Scenario",
        title: entry.title,
        keys: "",
        run: () => app.openEntry(entry),
      })),
    ];
  }

  #shown(): Choice[] {
    return this.#all()
      .filter(({ kind, title }) => matches(`${kind} ${title}`, this.search))
      .slice(0, mostShown);
  }

  #choose(choice: Choice | undefined): void {
    if (!choice) return;
    this.session.closeDialog();
    choice.run();
  }

  #key(event: KeyboardEvent, shown: readonly Choice[]): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Enter") this.#choose(shown[this.at]);
    else if (step !== undefined && shown.length > 0) this.at = (this.at + step + shown.length) % shown.length;
    else return;
    event.preventDefault();
  }

  protected override render(): TemplateResult {
    const shown = this.#shown();
    return html`<label class="field">
        <span>Find a command, a request, a policy or a scenario</span>
        <input
          name="palette"
          role="combobox"
          aria-expanded="true"
          aria-controls="choices"
          aria-activedescendant=${shown.length > 0 ? `choice-${this.at}` : ""}
          autocomplete="off"
          spellcheck="false"
          autofocus
          @input=${(event: Event) => {
            this.search = (event.target as HTMLInputElement).value.trim();
            this.at = 0;
          }}
          @keydown=${(event: KeyboardEvent) => this.#key(event, shown)}
        />
      </label>
      <ul class="choices" id="choices" role="listbox" aria-label="Choices">
        ${shown.map(
          (choice, at) => html`<li
            id="choice-${at}"
            role="option"
            aria-selected=${at === this.at ? "true" : "false"}
            @click=${() => this.#choose(choice)}
          >
            <span class="choice-kind">${choice.kind}</span> <span class="choice-title">${choice.title}</span>
            <span class="choice-keys">${choice.keys}</span>
          </li>`,
        )}
      </ul>
      <p class="hint" role="status">${shown.length === 0 ? "Nothing has these words." : ""}</p>`;
  }

  protected override updated(): void {
    this.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }
}

customElements.define("fenceline-palette", FencelinePalette);
