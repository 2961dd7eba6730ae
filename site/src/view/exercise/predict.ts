// Predict: for each request a decision and, where it denies, the layer; the engine's answer stays hidden until then.

import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { type Choice, scenarioOf } from "../../model/exercise/file.ts";
import type { Answer } from "../../model/exercise/progress.ts";
import { type Judged, denies, knownPredictions, predicted, type Prediction } from "../../model/exercise/judge.ts";
import { decidingLayers, oneOf } from "../../model/layers.ts";
import { requestFacts } from "../../model/requestFacts.ts";
import type { Decision, Layer, RequestResult } from "../../model/result.ts";
import { decidedBy, decisionVerdict } from "../../model/verdict.ts";
import type { Workspace } from "../../model/workspace.ts";
import { factsPart } from "../requestFacts.ts";
import { verdictTag } from "../verdict.ts";
import { Reading } from "./reading.ts";

const decisions: readonly Decision[] = ["allowed", "explicitDeny", "implicitDeny"];

export class FencelinePredictTask extends Reading {
  #truth: readonly RequestResult[] = [];
  #layers: readonly Layer[] = [];
  #mine: readonly Prediction[] = [];
  #marks: readonly boolean[] = [];

  protected override asked(): Workspace {
    return this.work;
  }

  protected override took(judged: Judged): void {
    super.took(judged);
    if ("wrong" in judged) return;
    this.#truth = judged.results;
    const used = new Set(this.#truth.flatMap(({ layers }) => layers.map(({ layer }) => layer)));
    const offered: ReadonlySet<Layer | undefined> = new Set([
      "identityPolicy",
      "permissionsBoundary",
      ...used,
      ...this.#truth.map((one) => one.decidedBy),
    ]);
    this.#layers = decidingLayers.filter((layer) => offered.has(layer));
    this.cleared();
  }

  protected override cleared(): void {
    this.#mine = this.#truth.map(() => ({}));
    this.#marks = [];
  }

  protected override choose(choices: readonly Choice[]): void {
    const offered = (layer: Layer | undefined): boolean => layer !== undefined && this.#layers.includes(layer);
    this.#mine = this.#mine.map((none, at) => {
      const { decision, decidedBy } = choices.find(({ request }) => request === at) ?? {};
      if (!decision || !this.#decisions.includes(decision)) return none;
      return denies(decision) && decidedBy && offered(decidedBy) ? { decision, decidedBy } : { decision };
    });
  }

  protected override draft(): Answer {
    return { choices: this.#mine.flatMap((one, request) => (one.decision ? [{ request, ...one }] : [])) };
  }

  /** The decisions that are offered. */
  get #decisions(): readonly Decision[] {
    return this.#truth.some((one) => one.decision === "depends") ? [...decisions, "depends"] : decisions;
  }

  #say(index: number, prediction: Prediction): void {
    this.#mine = this.#mine.map((one, at) => (at === index ? prediction : one));
    this.change(this.work);
  }

  protected override async attempt(): Promise<{ solved: boolean; summary: string } | undefined> {
    const open = this.#mine.findIndex(({ decision, decidedBy: by }) => !decision || (denies(decision) && !by));
    if (open >= 0)
      return this.refuse(`Say first what is decided of request ${open + 1}, and for a denial by which layer.`);
    this.#marks = this.#truth.map((result, at) => predicted(this.#mine[at] ?? {}, result));
    const right = this.#marks.filter(Boolean).length;
    this.known = knownPredictions(this.exercise, this.#mine);
    const solved = right === this.#truth.length;
    return {
      solved,
      summary: solved
        ? "Solved: every prediction is right."
        : `${right} of ${this.#truth.length} predictions are right.`,
    };
  }

  #radio(
    index: number,
    group: string,
    value: string,
    words: unknown,
    checked: boolean,
    choose: () => void,
  ): TemplateResult {
    return html`<label class="choice"
      ><input type="radio" name="${group}-${index}" value=${value} .checked=${live(checked)} @change=${choose} /> ${words}</label
    >`;
  }

  #question(result: RequestResult, index: number): TemplateResult {
    const { decision, decidedBy: by } = this.#mine[index] ?? {};
    const scenario = scenarioOf(this.work.scenario);
    const request = scenario.requests[index] ?? {};
    return html`<li class="check-item">
      <fieldset>
        <legend><strong>${request.name ?? `Request ${index + 1}`}</strong></legend>
        ${factsPart(requestFacts(scenario, request, result.resource))}
        <div class="choices" role="radiogroup" aria-label="Decision of request ${index + 1}">
          ${this.#decisions.map((one) =>
            this.#radio(index, "decision", one, decisionVerdict(one).words, one === decision, () =>
              this.#say(index, denies(one) && by ? { decision: one, decidedBy: by } : { decision: one }),
            ),
          )}
        </div>
        ${
          decision && denies(decision)
            ? html`<div class="choices" role="radiogroup" aria-label="Layer that settles request ${index + 1}">
                ${this.#layers.map((layer) =>
                  this.#radio(index, "layer", layer, oneOf(layer), layer === by, () =>
                    this.#say(index, { decision, decidedBy: layer }),
                  ),
                )}
              </div>`
            : nothing
        }
        ${this.#marks.length > 0 && !this.stale ? this.#mark(index, result) : nothing}
      </fieldset>
    </li>`;
  }

  #mark(index: number, result: RequestResult): TemplateResult {
    if (!this.#marks[index])
      return html`<p class="mark-failed"><span class="sign" aria-hidden="true">○</span> Not what AWS decides</p>`;
    return html`<p class="mark-passed"><span class="sign" aria-hidden="true">●</span> Right</p>
      ${this.#reveal(result)}`;
  }

  #reveal(result: RequestResult): TemplateResult {
    return html`<p>${verdictTag(result)} <span class="cause">${decidedBy(result)}</span></p>
      <p>${this.reason(result)}</p>`;
  }

  protected override answerPart(): unknown {
    return html`<h2 id="answer-title">What is decided?</h2>
      <ol class="checks">${this.#truth.map((result, index) => this.#question(result, index))}</ol>`;
  }

  protected override outcomePart(): unknown {
    const wrong = this.#marks.flatMap((right, at) => (right ? [] : [at + 1]));
    return wrong.length === 0 ? nothing : html`<p>Look again at request ${wrong.join(", ")}.</p>`;
  }

  protected override solutionPart(): unknown {
    return html`<ol class="checks">
      ${this.#truth.map((result) => html`<li class="check-item"><p><strong>${result.name}</strong></p>${this.#reveal(result)}</li>`)}
    </ol>`;
  }
}

customElements.define("fenceline-predict-task", FencelinePredictTask);
