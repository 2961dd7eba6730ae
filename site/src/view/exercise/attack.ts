// Attack: the request is edited until it gets through. What is not the learner's to change stands locked.

import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { type Changeable, changeable, requestsOf, scenarioOf } from "../../model/exercise/file.ts";
import { type Checked, checkedOf, hits, judgeAttack, knownRequest } from "../../model/exercise/judge.ts";
import type { Answer, Progress } from "../../model/exercise/progress.ts";
import type { RequestResult } from "../../model/result.ts";
import { readRequest, type Request, type Scenario, type SessionPart, writeJson } from "../../model/scenario.ts";
import { decidedBy } from "../../model/verdict.ts";
import type { Workspace } from "../../model/workspace.ts";
import { inline } from "../prose.ts";
import { verdictTag } from "../verdict.ts";
import { pairsField, Rows } from "../pairs.ts";
import { checkItem, failure } from "./checks.ts";
import { Reading } from "./reading.ts";

const titles: Record<Changeable, string> = {
  principal: "Principal",
  action: "Action",
  resource: "Resource",
  context: "Context",
  session: "Session",
  parameters: "Parameters",
};

const isEmpty = (value: unknown): boolean =>
  typeof value === "object" && value !== null && Object.keys(value).length === 0;

/** The object that a text is in JSON, if it is one. */
function objectIn(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export class FencelineAttackTask extends Reading {
  #result: RequestResult | undefined;
  #through = false;
  /** What must hold once the request is done. */
  #then: readonly Checked[] = [];
  /** Parameters as they are typed: they may be no object in JSON yet, and are never written anew under the cursor. */
  #typed: { readonly text: string; readonly parameters: object | undefined } | undefined;
  readonly #context = new Rows();
  readonly #tags = new Rows();

  get #request(): Request {
    return requestsOf(this.work.scenario).at(-1) ?? {};
  }

  get #allowed(): readonly Changeable[] {
    return this.exercise.attack?.allowed ?? [];
  }

  protected override draft(): Answer {
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
    this.#typed = undefined;
    this.#context.clear();
    this.#tags.clear();
    this.#result = undefined;
    this.#then = [];
    this.#through = false;
  }

  /** Puts a member into the request; nothing takes it out. */
  #put(member: Changeable, value: unknown): void {
    const { [member]: _, ...others } = this.#changesOf(this.#request);
    this.change(this.#with(this.work, { ...others, ...(value === undefined ? {} : { [member]: value }) }));
  }

  #putSession(changes: SessionPart): void {
    const members = Object.entries({ ...this.#request.session, ...changes });
    const kept = members.filter(([, value]) => value !== undefined && value !== "" && !isEmpty(value));
    this.#put("session", kept.length === 0 ? undefined : Object.fromEntries(kept));
  }

  #putParameters(text: string): void {
    const parameters = text.trim() === "" ? {} : objectIn(text);
    this.#typed = { text, parameters };
    if (parameters) this.#put("parameters", parameters);
    else this.change({ ...this.work });
  }

  protected override async attempt(): Promise<{ solved: boolean; summary: string } | undefined> {
    const { attack } = this.exercise;
    if (!attack) return this.refuse("The exercise does not say what counts.");
    if (this.#typed && this.#typed.parameters === undefined)
      return this.refuse("The parameters are not an object in JSON yet.");
    const request = this.#request;
    const judged = await judgeAttack(this.engine, attack, this.work, request);
    if ("wrong" in judged) return this.refuse(`Nothing is checked yet: ${judged.wrong}.`);
    const [result, ...then] = judged.results;
    if (!result || result.error)
      return this.refuse(`Nothing is checked yet: ${result?.error ?? "there is no result"}.`);
    this.#result = result;
    this.#through = result.met === true;
    this.#then = checkedOf({ checks: attack.then ?? [] }, then);
    const aimed = this.#through && hits(attack, result);
    const solved = aimed && this.#then.every(({ passed }) => passed);
    const known = solved ? undefined : knownRequest(this.exercise, request);
    this.known = known ? [known] : [];
    if (solved) return { solved, summary: "Solved: the request gets through." };
    if (aimed) return { solved, summary: "The request gets through, but what must hold then does not." };
    const aside = "The request is decided as wanted, but is not about what it must be about.";
    return { solved, summary: this.#through ? aside : "The request does not get through." };
  }

  #field(member: Changeable): TemplateResult | typeof nothing {
    const value = this.#request[member];
    if (!this.#allowed.includes(member)) {
      if (value === undefined) return nothing;
      const text = typeof value === "string" ? value : writeJson(value);
      return html`<div class="field"><span>${titles[member]} · locked</span> <code>${text}</code></div>`;
    }
    switch (member) {
      case "context": {
        return pairsField("Context", "Context key", this.#context.of(this.#request.context), (next) => {
          const context = this.#context.put(next);
          this.#put("context", isEmpty(context) ? undefined : context);
        });
      }
      case "session":
        return this.#session(this.#request.session ?? {});
      case "parameters":
        return this.#parameters(value);
      default:
        return this.#input(titles[member], typeof value === "string" ? value : "", (text) =>
          this.#put(member, text === "" ? undefined : text),
        );
    }
  }

  #input(title: string, text: string, put: (text: string) => void): TemplateResult {
    return html`<label class="field"
      ><span>${title}</span>
      <input
        type="text"
        spellcheck="false"
        autocomplete="off"
        autocapitalize="off"
        .value=${live(text)}
        @change=${(event: Event) => put((event.target as HTMLInputElement).value.trim())}
      />
    </label>`;
  }

  #session({ name = "", user, policies, tags }: SessionPart): TemplateResult {
    const split = (text: string): string[] => text.split(",").flatMap((one) => one.trim() || []);
    return html`${this.#input("Session name", name, (text) => this.#putSession({ name: text }))}
      ${user === undefined ? nothing : this.#input("User who made the session", user, (text) => this.#putSession({ user: text }))}
      ${
        policies === undefined && this.exercise.requests.at(-1)?.session?.policies === undefined
          ? nothing
          : this.#input("Session policies, by name", (policies ?? []).join(", "), (text) =>
              this.#putSession({ policies: split(text) }),
            )
      }
      ${pairsField("Session tags", "Session tag", this.#tags.of(tags), (next) =>
        this.#putSession({ tags: this.#tags.put(next) as Record<string, string> }),
      )}`;
  }

  #parameters(value: unknown): TemplateResult {
    const typed = this.#typed;
    const broken = typed !== undefined && typed.parameters === undefined;
    const stands = broken || JSON.stringify(typed?.parameters) === JSON.stringify(value ?? {});
    const text = typed && stands ? typed.text : writeJson(value ?? {});
    return html`<label class="field"
      ><span>Parameters, an object in JSON</span>
      <textarea
        rows=${Math.min(24, Math.max(4, text.split("\n").length))}
        spellcheck="false"
        autocomplete="off"
        .value=${live(text)}
        @input=${(event: Event) => this.#putParameters((event.target as HTMLTextAreaElement).value)}
      ></textarea>
      ${broken ? html`<span class="hint">This is not an object in JSON yet.</span>` : nothing}
    </label>`;
  }

  protected override answerPart(): unknown {
    return html`<h2 id="answer-title">The request</h2>
      <p>It counts when: ${inline(this.exercise.attack?.says ?? "")}.</p>
      <form class="attack-form" @submit=${this.#submit}>
        ${changeable.map((member) => this.#field(member))}
        <button class="unseen" tabindex="-1" aria-hidden="true">Check</button>
      </form>
      ${this.#afterwards()}`;
  }

  #afterwards(): TemplateResult | typeof nothing {
    const { then = [] } = this.exercise.attack ?? {};
    if (then.length === 0) return nothing;
    const scenario = scenarioOf(this.work.scenario);
    return html`<h3>What must hold then</h3>
      <ul class="checks">${then.map((check, at) => checkItem(scenario, check, this.#through ? this.#then[at] : undefined))}</ul>`;
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
      <p>${this.reason(result)}</p>
      ${
        this.#through
          ? this.#then
              .filter(({ passed }) => !passed)
              .map((one) => failure(one, this.reason(one.result), this.failedText(one.index)))
          : nothing
      }`;
  }

  protected override solutionPart(): unknown {
    return html`<pre class="still-text" tabindex="0" role="group" aria-label="Solution">${writeJson(this.exercise.solution.request)}</pre>`;
  }
}

customElements.define("fenceline-attack-task", FencelineAttackTask);
