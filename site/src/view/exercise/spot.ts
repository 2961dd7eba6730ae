// Spot: a person points at the statement that decides.

import { html, nothing, type TemplateResult } from "lit";
import { type Choice, scenarioOf } from "../../model/exercise/file.ts";
import type { Answer } from "../../model/exercise/progress.ts";
import { decidingOf, knownStatement, type Judged } from "../../model/exercise/judge.ts";
import { requestFacts } from "../../model/requestFacts.ts";
import type { RequestResult } from "../../model/result.ts";
import { writeJson } from "../../model/scenario.ts";
import { decidedBy } from "../../model/verdict.ts";
import type { PolicyText, Workspace } from "../../model/workspace.ts";
import { factsPart } from "../requestFacts.ts";
import { verdictTag } from "../verdict.ts";
import { Task } from "./task.ts";

interface Statement {
  readonly index: number;
  readonly name: string;
  readonly text: string;
}

/** The statements of a policy, as they are pointed at. */
function statementsOf({ text }: PolicyText): Statement[] {
  const { Statement: written } = JSON.parse(text) as { Statement?: unknown };
  const list: unknown[] = Array.isArray(written) ? written : written === undefined ? [] : [written];
  return list.map((one, index) => {
    const { Sid } = (one ?? {}) as { Sid?: unknown };
    const name = typeof Sid === "string" && Sid !== "" ? `Statement ${index + 1}, ${Sid}` : `Statement ${index + 1}`;
    return { index, name, text: writeJson(one) };
  });
}

export class FencelineSpotTask extends Task {
  #truth: RequestResult | undefined;
  #chosen: { readonly policy: string; readonly index: number; readonly name: string } | undefined;

  protected override asked(): Workspace {
    return this.work;
  }

  protected override took(judged: Judged): void {
    super.took(judged);
    if ("results" in judged) this.#truth = judged.results.at(-1);
  }

  protected override cleared(): void {
    this.#chosen = undefined;
  }

  /** What was chosen is shown as chosen; whether it is right is said when it is chosen again. */
  protected override choose([choice]: readonly Choice[]): void {
    const policy = this.work.policies.find(({ name }) => name === choice?.policy);
    const statement = policy && statementsOf(policy).find(({ index }) => index === choice?.index);
    this.#chosen = policy && statement && { policy: policy.name, index: statement.index, name: statement.name };
  }

  protected override draft(): Answer {
    return { choices: this.#chosen ? [{ policy: this.#chosen.policy, index: this.#chosen.index }] : [] };
  }

  #point(policy: string, { index, name }: Statement): void {
    this.#chosen = { policy, index, name };
    void this.check();
  }

  protected override async attempt(): Promise<{ solved: boolean; summary: string } | undefined> {
    const chosen = this.#chosen;
    if (!chosen || !this.#truth) return this.refuse("Choose a statement first.");
    const { policy, index, name } = chosen;
    const solved = decidingOf(this.#truth).some((one) => one.policy === policy && one.index === index);
    const known = solved ? undefined : knownStatement(this.exercise, policy, index);
    this.known = known ? [known] : [];
    return { solved, summary: `${name} of ${policy}: ${solved ? "this is it." : "not this one."}` };
  }

  #statement(policy: string, one: Statement): TemplateResult {
    const chosen = this.#chosen?.policy === policy && this.#chosen.index === one.index;
    return html`<div class="spot-statement ${chosen ? "chosen" : ""}" @click=${() => this.#point(policy, one)}>
      <button
        type="button"
        aria-pressed=${chosen ? "true" : "false"}
        aria-label="Choose ${one.name} of ${policy}"
        @click=${(event: Event) => {
          event.stopPropagation();
          this.#point(policy, one);
        }}
      >${one.name}</button>
      <pre>${one.text}</pre>
    </div>`;
  }

  protected override policiesPart(): unknown {
    return html`<p>Choose the statement: click it, or press its button.</p>
      ${this.work.policies.map(
        (policy) =>
          html`<div class="policy">
            <h3 class="exercise-policy-name"><span class="policy-name">${policy.name}</span></h3>
            ${this.attachedPart(policy.name)} ${statementsOf(policy).map((one) => this.#statement(policy.name, one))}
          </div>`,
      )}`;
  }

  protected override answerPart(): unknown {
    const scenario = scenarioOf(this.work.scenario);
    const request = scenario.requests.at(-1) ?? {};
    return html`<h2 id="answer-title">The request</h2>
      <p><strong>${request.name}</strong></p>
      ${factsPart(requestFacts(scenario, request, this.#truth?.resource))}`;
  }

  protected override checkButton(): unknown {
    return nothing; // choosing is checking
  }

  #reveal(): unknown {
    const result = this.#truth;
    if (!result) return nothing;
    return html`<p>${verdictTag(result)} <span class="cause">${decidedBy(result)}</span></p>
      <p>${this.reason(result)}</p>`;
  }

  protected override outcomePart(): unknown {
    return this.known.length === 0 && this.summary.endsWith("this is it.") ? this.#reveal() : nothing;
  }

  protected override solutionPart(): unknown {
    const [deciding] = this.#truth ? decidingOf(this.#truth) : [];
    if (!deciding) return nothing;
    const sid = deciding.sid === "" ? "" : `, ${deciding.sid}`;
    return html`<p>It is statement ${deciding.index + 1}${sid} of ${deciding.policy}.</p>
      ${this.#reveal()}`;
  }
}

customElements.define("fenceline-spot-task", FencelineSpotTask);
