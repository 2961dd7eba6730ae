// The policies that the principal meets: each counts, or is left out to see what would be without it.

import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { Origin } from "../../model/account/answers.ts";
import { type Met, metPolicies } from "../../model/account/met.ts";
import { shortName } from "../../model/attached.ts";
import { SessionElement } from "../element.ts";

/** `<fenceline-what-if>` has a tick for each policy; `origins` are those of the account's policies. */
export class FencelineWhatIf extends SessionElement {
  static override properties = { ...SessionElement.properties, origins: { attribute: false } };

  declare origins: ReadonlyMap<string, Origin>;

  #row({ name, ways }: Met): TemplateResult {
    const { session } = this;
    const out = session.workspace.without.includes(name);
    // Inline policies are named by whom they are in, which the way says.
    const short = name.startsWith("arn:") || this.origins.get(name) === "inline" ? shortName(name) : name;
    return html`<li>
      <label class="check">
        <input
          type="checkbox"
          .checked=${live(!out)}
          @change=${(event: Event) => session.leaveOut(name, !(event.target as HTMLInputElement).checked)}
        />
        <span><span class="policy-name">${short}</span> <span class="detail">${ways.join("; ")}${out ? html` · <strong>left out</strong>` : nothing}</span></span>
      </label>
    </li>`;
  }

  protected override render(): TemplateResult {
    const { session } = this;
    const rows = metPolicies(session.scenario, session.selected, this.origins);
    return html`<h2>What if</h2>
      ${
        rows.length === 0
          ? html`<p class="empty">It meets no policy, so nothing is allowed to it.</p>`
          : html`<p class="hint" id="what-if-hint">What is not ticked is decided as if it were attached nowhere.</p>
              <ul class="what-if" aria-label="Policies that count" aria-describedby="what-if-hint">${rows.map((row) => this.#row(row))}</ul>`
      }`;
  }
}

customElements.define("fenceline-what-if", FencelineWhatIf);
