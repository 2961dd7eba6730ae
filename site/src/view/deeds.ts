// What became of a call: what it changed, why it did not, and what else it needed.

import { html, nothing, type TemplateResult } from "lit";
import type { Need, RequestResult } from "../model/result.ts";
import { whyNothing } from "../model/story.ts";
import { decisionVerdict } from "../model/verdict.ts";
import { sentence } from "./prose.ts";
import { tagged } from "./verdict.ts";

const need = ({ action, resource, decision }: Need): TemplateResult => html`<li>
  <code>${action}</code> on <code>${resource}</code> ${tagged(decisionVerdict(decision))}
</li>`;

/** The further permissions: those that are not granted, and folded those that are. */
function needsPart(needs: readonly Need[]): TemplateResult | typeof nothing {
  if (needs.length === 0) return nothing;
  const granted = needs.filter(({ decision }) => decision === "allowed");
  const open = needs.filter(({ decision }) => decision !== "allowed");
  const count =
    granted.length === 1
      ? "Another permission that it needs is"
      : `${granted.length} more permissions that it needs are`;
  return html`<div class="needs">
    ${open.length > 0 ? html`<p>It needs, too:</p><ul class="plain">${open.map(need)}</ul>` : nothing}
    ${
      granted.length > 0
        ? html`<details>
          <summary>${count} granted</summary>
          <ul class="plain">${granted.map(need)}</ul>
        </details>`
        : nothing
    }
  </div>`;
}

/** deedsPart tells it in a list; there is nothing to tell of a request that is no call. */
export function deedsPart(result: RequestResult | undefined): TemplateResult | typeof nothing {
  const call = result?.call;
  if (!result || !call) return nothing;
  const why = whyNothing(result);
  return html`
    ${
      call.changes.length > 0
        ? html`<ul class="deeds" aria-label="What it changes">${call.changes.map(
            ({ text, change }) => html`<li class="deed-${change}">${sentence(text)}</li>`,
          )}</ul>`
        : nothing
    }
    ${why === undefined ? nothing : html`<p class="deeds-none">${sentence(why)}${call.error ? html` <q>${call.error.message}</q>` : nothing}</p>`}
    ${needsPart(call.needs)}
  `;
}
