// What a person can set about the page itself.

import { html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { type Settings, settings } from "../model/settings.ts";
import { SessionElement } from "./element.ts";
import { themeSelect } from "./theme.ts";

type Switch = "live" | "singleKeys" | "tabIndents";

const switches: readonly { readonly member: Switch; readonly label: string; readonly more: string }[] = [
  {
    member: "live",
    label: "Decide while I type",
    more: "Without it the engine decides when you press Ctrl+Enter.",
  },
  {
    member: "tabIndents",
    label: "Tab indents in editors",
    more: "Press Escape, then Tab, to leave an editor. Without it Tab leaves at once, and Ctrl+] indents.",
  },
  {
    member: "singleKeys",
    label: "Shortcuts of one key",
    more: "They work only where no text is typed: ? lists the shortcuts.",
  },
];

export class FencelineSettings extends SessionElement {
  #forget: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#forget = settings().subscribe(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forget?.();
  }

  #change(members: Partial<Settings>): void {
    if (!settings().change(members))
      this.session.say("This browser does not keep settings. They hold until the tab closes");
  }

  protected override render(): TemplateResult {
    const now = settings().now;
    return html`<div class="field"><span>Theme</span> ${themeSelect()}</div>
      ${switches.map(
        ({ member, label, more }) => html`<div class="setting">
          <label class="check">
            <input
              type="checkbox"
              .checked=${live(now[member])}
              aria-describedby="about-${member}"
              @change=${(event: Event) => this.#change({ [member]: (event.target as HTMLInputElement).checked })}
            />
            ${label}
          </label>
          <p class="hint" id="about-${member}">${more}</p>
        </div>`,
      )}
      <p class="hint">Settings are kept in this browser, like your work, and go nowhere else.</p>`;
  }
}

customElements.define("fenceline-settings", FencelineSettings);
