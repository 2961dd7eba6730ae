// Attack: the request is edited until it gets through. What is not the learner's to change stands locked.

import { html, nothing, type TemplateResult } from "lit";
import { type Changeable, changeable, requestsOf } from "../../model/exercise/file.ts";
import { hits, judgeAttack, knownRequest } from "../../model/exercise/judge.ts";
import type { Progress } from "../../model/exercise/progress.ts";
import type { RequestResult } from "../../model/result.ts";
import { readRequest, type Request, type Scenario, writeJson } from "../../model/scenario.ts";
import { decidedBy } from "../../model/verdict.ts";
import type { Workspace } from "../../model/workspace.ts";
import { inline } from "../prose.ts";
import { verdictTag } from "../verdict.ts";
import { Reading } from "./reading.ts";

const titles: Record<Changeable, string> = {
  principal: "Principal",
  action: "Action",
  resource: "Resource",
  context: "Context",
  session: "Session",
  parameters: "Parameters",
};

/** What is an object is edited as JSON. */
const asJson: ReadonlySet<Changeable> = new Set(["context", "session", "parameters"]);

const examples: Partial<Record<Changeable, string>> = {
  context: '{ "aws:SourceIp": "192.0.2.1" }',
  session: '{ "name": "alice" }',
};

export class FencelineAttackTask extends Reading {
  #result: RequestResult | undefined;
  #through = false;
  /** Texts that are no JSON yet, by member. */
  readonly #broken = new Map<Changeable, string>();

  get #request(): Request {
    return requestsOf(this.work.scenario).at(-1) ?? {};
  }

  get #allowed(): readonly Changeable[] {
    return this.exercise.attack?.allowed ?? [];
  }

  protected override draft(): Pick<Progress, "request"> {
    return { request: this.#request };
  }

  protected override resumed({ request }: Progress): Workspace {
    const { start } = this.exercise;
    const kept = request && readRequest(JSON.stringify(request));
    return kept && "request" in kept ? this.#with(start, this.#changesOf(kept.request)) : start;
  }

  /** The members of a request that may be changed. */
  #changesOf(request: Request): Request {
    return Object.fromEntries(Object.entries(request).filter(([name]) => this.#allowed.some((one) => one === name)));
  }

  /** A work with the changeable members of its last request replaced. */
  #with(work: Workspace, changes: Request): Workspace {
    const scenario = JSON.parse(work.scenario) as Scenario;
    const last = scenario.requests.at(-1) ?? {};
    const kept = Object.entries(last).filter(([name]) => !this.#allowed.some((one) => one === name));
    const requests = [...scenario.requests.slice(0, -1), { ...Object.fromEntries(kept), ...changes }];
    return { ...work, scenario: writeJson({ ...scenario, requests }) };
  }

  /** In a linked work the request may differ where it may be changed. */
  protected override lockedChanges(work: Workspace): string[] {
    const { start } = this.exercise;
    const mine = this.#changesOf(requestsOf(work.scenario).at(-1) ?? {});
    const same = this.#with(start, mine).scenario === this.#with(work, mine).scenario;
    return super.lockedChanges({ ...work, scenario: same ? start.scenario : work.scenario });
  }

  protected override cleared(): void {
    this.#broken.clear();
    this.#result = undefined;
  }

  #set(member: Changeable, text: string): void {
    const request: Record<string, unknown> = this.#changesOf(this.#request);
    this.#broken.delete(member);
    if (text.trim() === "") {
      delete request[member];
    } else if (asJson.has(member)) {
      const read = readRequest(`{"${member}": ${text}}`);
      if ("wrong" in read) this.#broken.set(member, text);
      else request[member] = read.request[member];
    } else {
      request[member] = text;
    }
    this.change(this.#with(this.work, request));
  }

  protected override async attempt(): Promise<{ solved: boolean; summary: string } | undefined> {
    const { attack } = this.exercise;
    const [[broken] = []] = this.#broken;
    if (!attack) return this.refuse("The exercise does not say what counts.");
    if (broken) return this.refuse(`${titles[broken]} is not an object in JSON yet.`);
    const request = this.#request;
    const judged = await judgeAttack(this.engine, attack, this.work, request);
    if ("wrong" in judged) return this.refuse(`Nothing is checked yet: ${judged.wrong}.`);
    const [result] = judged.results;
    if (!result || result.error)
      return this.refuse(`Nothing is checked yet: ${result?.error ?? "there is no result"}.`);
    this.#result = result;
    this.#through = result.met === true;
    const solved = this.#through && hits(attack, result);
    const known = solved ? undefined : knownRequest(this.exercise, request);
    this.known = known ? [known] : [];
    if (solved) return { solved, summary: "Solved: the request gets through." };
    const aside = "The request is decided as wanted, but is not about what it must be about.";
    return { solved, summary: this.#through ? aside : "The request does not get through." };
  }

  #field(member: Changeable): TemplateResult {
    const value = this.#request[member];
    const text =
      this.#broken.get(member) ?? (typeof value === "string" ? value : value === undefined ? "" : writeJson(value));
    if (!this.#allowed.includes(member)) {
      if (value === undefined) return html``;
      return html`<div class="field"><span>${titles[member]} · locked</span> <code>${text}</code></div>`;
    }
    const change = (event: Event): void => this.#set(member, (event.target as HTMLInputElement).value);
    return html`<label class="field"><span>${titles[member]}${asJson.has(member) ? ", an object in JSON" : ""}</span>
      ${
        asJson.has(member)
          ? html`<textarea rows=${Math.max(3, text.split("\n").length)} spellcheck="false" autocomplete="off" placeholder=${examples[member] ?? nothing} .value=${text} @change=${change}></textarea>`
          : html`<input type="text" spellcheck="false" autocomplete="off" autocapitalize="off" .value=${text} @change=${change} />`
      }
      ${this.#broken.has(member) ? html`<span class="hint">This is not an object in JSON yet.</span>` : nothing}
    </label>`;
  }

  protected override answerPart(): unknown {
    return html`<h2 id="answer-title">The request</h2>
      <p>It counts when: ${inline(this.exercise.attack?.says ?? "")}.</p>
      <form class="attack-form" @submit=${this.#submit}>
        ${changeable.map((member) => this.#field(member))}
        <button class="unseen" tabindex="-1" aria-hidden="true">Check</button>
      </form>`;
  }

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    void this.check();
  };

  protected override outcomePart(): unknown {
    const result = this.#result;
    if (!result) return nothing;
    return html`<p><code>${result.action}</code> on <code>${result.resource}</code></p>
      <p>${verdictTag(result)} <span class="cause">${decidedBy(result)}</span></p>
      ${result.message ? html`<blockquote class="message">${result.message}</blockquote>` : nothing}
      <p>${this.reason(result)}</p>`;
  }

  protected override solutionPart(): unknown {
    return html`<pre class="still-text" tabindex="0" role="group" aria-label="Solution">${writeJson(this.exercise.solution.request)}</pre>`;
  }
}

customElements.define("fenceline-attack-task", FencelineAttackTask);
