// What an account does not hold: what was given and not used, documents that are missing, and what was assumed.

import { html, nothing, type TemplateResult } from "lit";
import type { Inventory } from "../../model/account/answers.ts";
import { counted } from "../../model/account/words.ts";
import { inline, sentence } from "../prose.ts";

/** The most that is listed of each. */
const mostListed = 200;

function listed<T>(items: readonly T[], one: (item: T) => TemplateResult, more = 0): TemplateResult {
  const left = items.length - Math.min(items.length, mostListed) + more;
  return html`<ul class="report-list">
      ${items.slice(0, mostListed).map(one)}
    </ul>
    ${left > 0 ? html`<p class="hint">And ${left.toLocaleString("en")} more.</p>` : nothing}`;
}

/** Where nothing else came of what was given, this is the answer, and stands open. */
function unused({ unused, moreUnused, principals }: Inventory): TemplateResult | typeof nothing {
  const count = unused.length + moreUnused;
  if (count === 0) return nothing;
  return html`<details class="report" ?open=${principals.length === 0}>
    <summary>${counted(count, "part was not used", "parts were not used")}</summary>
    ${listed(
      unused,
      ({ file, line, why }) => html`<li><span class="where">${file}, line ${line}</span> ${sentence(why)}</li>`,
      moreUnused,
    )}
  </details>`;
}

function missing({ policies }: Inventory): TemplateResult | typeof nothing {
  const gone = policies.filter(({ missing }) => missing !== undefined);
  if (gone.length === 0) return nothing;
  return html`<details class="report">
    <summary>${counted(gone.length, "document is missing", "documents are missing")}</summary>
    <p>
      A missing document is never taken for an empty one: requests that meet it are denied and say so, the others are
      decided. These commands print what is missing; add what they print, each below its command's line.
    </p>
    ${listed(gone, ({ name, missing }) => html`<li><strong>${name}</strong> <code class="command">${missing}</code></li>`)}
  </details>`;
}

function notes({ notes }: Inventory): TemplateResult | typeof nothing {
  if (notes.length === 0) return nothing;
  return html`<ul class="report-notes">
    ${notes.slice(0, mostListed).map((note) => html`<li>${inline(note)}</li>`)}
  </ul>`;
}

/** report is all of it. */
export const report = (inventory: Inventory): TemplateResult =>
  html`<div class="reports">${missing(inventory)} ${unused(inventory)} ${notes(inventory)}</div>`;
