// Repair and write: policies are edited until every check passes.

import { html, type TemplateResult, nothing } from "lit";
import { type Checked, checkedOf, judgeChecks, knownEdit } from "../../model/exercise/judge.ts";
import { scenarioOf, withPolicies } from "../../model/exercise/file.ts";
import type { Answer } from "../../model/exercise/progress.ts";
import type { Problem } from "../../model/result.ts";
import { type PolicyText, textOf, withText } from "../../model/workspace.ts";
import { Later } from "../later.ts";
import { PolicyFields } from "../policyFields.ts";
import { sentence } from "../prose.ts";
import { checkItem, failure } from "./checks.ts";
import { Task } from "./task.ts";

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

  protected override answerPart(): unknown {
    const scenario = scenarioOf(this.work.scenario);
    return html`<h2 id="answer-title">What must hold</h2>
      <ul class="checks">${this.exercise.checks.map((check, index) => checkItem(scenario, check, this.#checked[index]))}</ul>`;
  }

  protected override outcomePart(): unknown {
    return this.#checked
      .filter(({ passed }) => !passed)
      .map((one) => failure(one, this.reason(one.result), this.failedText(one.index)));
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
