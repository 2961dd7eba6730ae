// Checks as a learner sees them: what must hold, whether it does, and why not.

import { html, nothing, type TemplateResult } from "lit";
import type { Check } from "../../model/exercise/file.ts";
import type { Checked } from "../../model/exercise/judge.ts";
import { expectationOf, expectedWords } from "../../model/expect.ts";
import { layerWords } from "../../model/layers.ts";
import { requestFacts } from "../../model/requestFacts.ts";
import type { Scenario } from "../../model/scenario.ts";
import { decidedBy } from "../../model/verdict.ts";
import { inline } from "../prose.ts";
import { factsPart } from "../requestFacts.ts";
import { verdictTag } from "../verdict.ts";

function expected({ expect }: Check): string {
  const { decision, decidedBy: by } = expectationOf({ expect }) ?? {};
  const words = expectedWords(typeof decision === "string" ? decision : "");
  return typeof by === "string" ? `${words}, by the ${layerWords(by)}` : words;
}

const mark = (passed: boolean): TemplateResult =>
  html`<span class="mark-${passed ? "passed" : "failed"}"
    ><span class="sign" aria-hidden="true">${passed ? "●" : "○"}</span> ${passed ? "Passed" : "Failed"}</span
  >`;

/** checkItem is a check in the list of all; a hidden one shows itself once it failed. */
export function checkItem(scenario: Scenario, check: Check, checked?: Checked): TemplateResult | typeof nothing {
  if (check.hidden && (!checked || checked.passed)) return nothing;
  return html`<li class="check-item">
    <p>
      <strong>${inline(check.says)}</strong>
      ${checked ? mark(checked.passed) : nothing}
    </p>
    ${factsPart(requestFacts(scenario, check.request, checked?.result.resource))}
    <p class="hint">Expected: ${expected(check)}</p>
  </li>`;
}

/** failure says what a failed check came to instead: the engine's reason, and what the author says of it. */
export const failure = ({ check, result }: Checked, reason: unknown, failed: unknown): TemplateResult =>
  html`<div class="failure">
    <h4>${inline(check.says)}</h4>
    <p>Expected: ${expected(check)}. Got: ${verdictTag(result)} <span class="cause">${decidedBy(result)}</span></p>
    <p>${reason}</p>
    ${failed}
  </div>`;
