// Repair and write: policies are edited until every check passes.

import { html, nothing, type TemplateResult } from "lit";
import { type Checked, checkedOf, judgeChecks, knownEdit } from "../../model/exercise/judge.ts";
import { type Check, scenarioOf, withPolicies } from "../../model/exercise/file.ts";
import type { Answer } from "../../model/exercise/progress.ts";
import { expectationOf, expectedWords } from "../../model/expect.ts";
import { layerWords } from "../../model/layers.ts";
import type { Problem } from "../../model/result.ts";
import { requestFacts } from "../../model/requestFacts.ts";
import { decidedBy } from "../../model/verdict.ts";
import { type PolicyText, textOf, withText } from "../../model/workspace.ts";
import { Later } from "../later.ts";
import { PolicyFields } from "../policyFields.ts";
import { inline, sentence } from "../prose.ts";
import { factsPart } from "../requestFacts.ts";
import { verdictTag } from "../verdict.ts";
import { Task } from "./task.ts";

function expected({ expect }: Check): string {
  const { decision, decidedBy: by } = expectationOf({ expect }) ?? {};
  const words = expectedWords(typeof decision === "string" ? decision : "");
  return typeof by === "string" ? `${words}, by the ${layerWords(by)}` : words;
}

export class FencelineEditTask extends Task {
  readonly #fields = new PolicyFields(this, (name, text) => this.change(withText(this.work, name, text)));
  readonly #diff = new Later(this, () => import("../diff.ts"));
  #checked: readonly Checked[] = [];
  #problems: readonly Problem[] = [];

  protected override draft(): Answer {
    return { policies: this.work.policies.filter(({ name }) => this.exercise.editable.includes(name)) };
  }

  protected override cleared(): void {
    this.#checked = [];
    this.#problems = [];
  }

  /** Looks for what is wrong in the texts, without checking the answer. */
  protected override rested(): void {
    const { work } = this;
    void judgeChecks(this.engine, this.exercise, work).then(
      ({ problems }) => {
        if (this.work !== work) return;
        this.#problems = problems;
        this.requestUpdate();
      },
      () => {}, // the check itself says that the engine has no answer
    );
  }

  protected override async attempt(): Promise<{ solved: boolean; summary: string } | undefined> {
    const { work } = this;
    const judged = await judgeChecks(this.engine, this.exercise, work);
    this.#problems = judged.problems;
    if ("wrong" in judged) return this.refuse(`Nothing is checked yet: ${judged.wrong}.`);
    this.#checked = checkedOf(this.exercise, judged.results);
    const failed = this.#checked.filter((one) => !one.passed);
    const solved = failed.length === 0;
    const known = solved ? undefined : knownEdit(this.exercise, work, this.#checked);
    this.known = known ? [known] : [];
    return { solved, summary: solved ? "Solved: every check passes." : this.#count(failed) };
  }

  /** How many of the listed checks pass, and whether others don't. */
  #count(failed: readonly Checked[]): string {
    const guards = failed.filter(({ check }) => check.hidden).length;
    const listed = this.exercise.checks.filter(({ hidden }) => !hidden).length;
    const more = guards === 0 ? "" : ` ${guards} more, not listed before, ${guards === 1 ? "fails" : "fail"}.`;
    return `${listed - failed.length + guards} of ${listed} checks pass.${more}`;
  }

  #policy(policy: PolicyText): TemplateResult {
    const { name, text } = policy;
    const editable = this.exercise.editable.includes(name);
    const problems = this.#problems.filter((problem) => problem.policy === name);
    const [first] = problems.filter(({ severity }) => severity === "error");
    return html`<div class="policy">
      <h3 class="exercise-policy-name">
        <span class="policy-name">${name}</span> <span class="policy-note">${editable ? "yours to edit" : "locked"}</span>
      </h3>
      ${this.attachedPart(name)}
      ${
        editable
          ? this.#fields.field(policy, problems)
          : html`<pre class="still-text locked" tabindex="0" role="group" aria-label="Policy ${name}, locked">${text}</pre>`
      }
      ${first ? html`<p class="hint">Line ${first.start.line}: ${sentence(first.message)}</p>` : nothing}
    </div>`;
  }

  protected override policiesPart(): unknown {
    return html`${this.parts.locked ?? nothing}${this.work.policies.map((one) => this.#policy(one))}`;
  }

  #item(check: Check, index: number): TemplateResult | typeof nothing {
    const checked = this.#checked[index];
    if (check.hidden && (!checked || checked.passed)) return nothing;
    return html`<li class="check-item">
      <p>
        <strong>${inline(check.says)}</strong>
        ${checked ? this.#mark(checked.passed) : nothing}
      </p>
      ${factsPart(requestFacts(scenarioOf(this.work.scenario), check.request, checked?.result.resource))}
      <p class="hint">Expected: ${expected(check)}</p>
    </li>`;
  }

  #mark(passed: boolean): TemplateResult {
    return html`<span class="mark-${passed ? "passed" : "failed"}"
      ><span class="sign" aria-hidden="true">${passed ? "●" : "○"}</span> ${passed ? "Passed" : "Failed"}</span
    >`;
  }

  protected override answerPart(): unknown {
    return html`<h2 id="answer-title">What must hold</h2>
      <ul class="checks">${this.exercise.checks.map((check, index) => this.#item(check, index))}</ul>`;
  }

  protected override outcomePart(): unknown {
    return this.#checked
      .filter(({ passed }) => !passed)
      .map(
        ({ check, index, result }) =>
          html`<div class="failure">
            <h4>${inline(check.says)}</h4>
            <p>Expected: ${expected(check)}. Got: ${verdictTag(result)} <span class="cause">${decidedBy(result)}</span></p>
            <p>${this.reason(result)}</p>
            ${this.failedText(index)}
          </div>`,
      );
  }

  protected override solutionPart(): unknown {
    const solved = withPolicies(this.exercise.start.policies, this.exercise.solution.policies);
    return this.exercise.editable.map((name) => {
      const texts = [textOf(this.work, name) ?? "", textOf({ ...this.work, policies: solved }, name) ?? ""] as const;
      return this.#diff.here
        ? html`<h4>${name}: yours and the solution</h4>
            <fenceline-diff .label=${`Policy ${name}`} .texts=${texts}></fenceline-diff>`
        : html`<h4>${name}</h4><pre class="still-text" tabindex="0" role="group" aria-label="Solution, ${name}">${texts[1]}</pre>`;
    });
  }
}

customElements.define("fenceline-edit-task", FencelineEditTask);
