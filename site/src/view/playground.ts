// A small playground inside a page: a request, policies, and the decision, live.

import { html, LitElement, nothing, type TemplateResult } from "lit";
import type { EngineClient } from "../engine/client.ts";
import { Example } from "../model/example.ts";
import { encodeLink } from "../model/permalink.ts";
import { requestFacts } from "../model/requestFacts.ts";
import type { RequestResult } from "../model/result.ts";
import { stepSentence, tellsStory } from "../model/story.ts";
import { decidedBy } from "../model/verdict.ts";
import type { Request } from "../model/scenario.ts";
import type { PolicyText, Workspace } from "../model/workspace.ts";
import { deedsPart } from "./deeds.ts";
import { option } from "./option.ts";
import { pairsField, Rows } from "./pairs.ts";
import { PolicyFields } from "./policyFields.ts";
import { paragraphs, sentence } from "./prose.ts";
import { factsPart } from "./requestFacts.ts";
import { verdictTag } from "./verdict.ts";

/** What an embedded playground shows. */
export const parts = ["request", "policies", "verdict", "explanation"] as const;
export type Part = (typeof parts)[number];

/** What the page's author asked for. */
export interface Wish {
  readonly workspace: Workspace;
  /** The policies that a reader may change, and `context` where that may be changed, too. */
  readonly edit: ReadonlySet<string>;
  readonly view: ReadonlySet<Part>;
  /** The fragment that opens the scenario as it is: `scenario=STORY/NAME`. */
  readonly fragment: string;
}

/** How long a change may rest before the link to the playground carries it. */
const restMs = 300;

export class FencelineExample extends LitElement {
  static override properties = { link: { state: true } };

  declare link: string;
  readonly #fields = new PolicyFields(this, (name, text) => this.#example.edit(name, text));
  readonly #pairs = new Rows();
  readonly #wish: Wish;
  readonly #example: Example;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(engine: EngineClient, wish: Wish) {
    super();
    this.#wish = wish;
    this.link = "";
    let answer = (): void => {};
    this.answered = new Promise((resolve) => {
      answer = resolve;
    });
    this.#example = new Example(engine, wish.workspace, () => {
      if (this.#example.engine.kind !== "loading") answer();
      this.requestUpdate();
      this.#writeLink();
    });
    this.#writeLink();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** answered resolves once the engine has answered, or can't. */
  readonly answered: Promise<void>;

  /** Whether the engine answered, so that there is something live to show. */
  get alive(): boolean {
    return this.#example.engine.kind === "ready";
  }

  #writeLink(): void {
    clearTimeout(this.#timer);
    const { changed, workspace } = this.#example;
    if (!changed) {
      this.link = `#${this.#wish.fragment}&request=${workspace.selected}`;
      return;
    }
    this.#timer = setTimeout(() => {
      void encodeLink(workspace).then((fragment) => {
        if (typeof fragment === "string" && this.#example.workspace === workspace) this.link = fragment;
      });
    }, restMs);
  }

  #request(): TemplateResult | typeof nothing {
    if (!this.#wish.view.has("request")) return nothing;
    const { requests, workspace } = this.#example;
    const request = requests[workspace.selected];
    return html`<div class="playground-request">
      ${
        requests.length > 1
          ? html`<label class="field"><span>Request</span>
            <select aria-label="Request" @change=${(event: Event) => this.#example.select((event.target as HTMLSelectElement).selectedIndex)}>
              ${requests.map(({ name }, at) => option(String(at), name ?? `Request ${at + 1}`, at === workspace.selected))}
            </select></label>`
          : nothing
      }
      ${this.#steps()}
      ${this.#facts(request ?? {})}
      ${deedsPart(this.#example.result)}
    </div>`;
  }

  /** What the request is decided on; its context as rows, where a reader may change it. */
  #facts(request: Request): unknown {
    const facts = requestFacts(this.#example.scenario, request, this.#example.result?.resource);
    if (!this.#wish.edit.has("context")) return factsPart(facts);
    const pairs = this.#pairs.of(request.context);
    return html`${factsPart(facts.filter(({ title }) => title !== "Context"))}
      ${pairsField("Context", "Context key", pairs, (next) => {
        const context = this.#pairs.put(next);
        this.#example.editContext(Object.keys(context).length > 0 ? (context as Request["context"]) : undefined);
      })}`;
  }

  /** A story is gone through step by step. */
  #steps(): TemplateResult | typeof nothing {
    const { requests, workspace, result } = this.#example;
    if (!tellsStory({ requests: [...requests] })) return nothing;
    const at = workspace.selected;
    const step = (label: string, to: number): TemplateResult => {
      const ends = to < 0 || to >= requests.length;
      return html`<button
        type="button"
        aria-disabled=${ends ? "true" : "false"}
        @click=${() => (ends ? undefined : this.#example.select(to))}
      >${label}</button>`;
    };
    const name = requests[at]?.name ?? `Request ${at + 1}`;
    return html`<div class="tools">
        <div class="switch" role="group" aria-label="Steps">${step("Back", at - 1)}${step("Forward", at + 1)}</div>
        <span class="step-count">Step ${at + 1} of ${requests.length}</span>
      </div>
      <p class="unseen" aria-live="polite">${result ? stepSentence(at, requests.length, name, result) : ""}</p>`;
  }

  #policy(policy: PolicyText): TemplateResult {
    const { name, text } = policy;
    const { workspace, edit } = this.#wish;
    const invites = edit.size < workspace.policies.length && edit.has(name);
    const open = workspace.policies.length <= 3 || invites || this.#tells().has(name);
    const [problem] = this.#example.problemsOf(name).filter(({ severity }) => severity === "error");
    return html`<details class="policy" ?open=${open}>
      <summary><span class="policy-name">${name}</span></summary>
      ${
        this.#wish.edit.has(name)
          ? this.#fields.field(policy, this.#example.problemsOf(name))
          : html`<pre class="still-text" tabindex="0" role="group" aria-label="Policy ${name}">${text}</pre>`
      }
      ${problem ? html`<p class="hint">Line ${problem.start.line}: ${sentence(problem.message)}</p>` : nothing}
    </details>`;
  }

  /** The policies that the decision turns on: with the statements that decide, or come nearest to it. */
  #tells(): Set<string> {
    const { determining = [], nearest = [] } = this.#example.result ?? this.#example.lastGood ?? {};
    return new Set([...determining, ...nearest].map(({ policy }) => policy));
  }

  #policies(): TemplateResult | typeof nothing {
    if (!this.#wish.view.has("policies")) return nothing;
    return html`<div class="playground-policies">${this.#example.workspace.policies.map((one) => this.#policy(one))}</div>`;
  }

  #why(result: RequestResult | undefined): unknown {
    const { tooLarge, engine } = this.#example;
    if (tooLarge !== undefined) return html`<p>${sentence(tooLarge)}</p>`;
    if (engine.kind === "stopped" || engine.kind === "failed" || engine.kind === "refused") {
      return html`<p>The engine has no answer: ${engine.reason}. <button type="button" @click=${() => this.#example.evaluate()}>Try again</button></p>`;
    }
    if (!result) return html`<p>The engine is at work on this text.</p>`;
    if (result.error) return html`<p>${sentence(result.error)}</p>`;
    return paragraphs(result.explanation);
  }

  #answer(): TemplateResult {
    const { view } = this.#wish;
    const { result } = this.#example;
    const shown = result?.error ? undefined : result;
    return html`<div class="playground-answer">
      ${
        view.has("verdict")
          ? html`<p class="headline" role="status">${verdictTag(shown)} <span class="cause">${shown ? decidedBy(shown) : ""}</span></p>
            ${shown?.message ? html`<blockquote class="message">${shown.message}</blockquote>` : nothing}`
          : nothing
      }
      ${view.has("explanation") ? html`<div class="explanation">${this.#why(result)}</div>` : nothing}
    </div>`;
  }

  protected override render(): TemplateResult {
    return html`${this.#request()} ${this.#policies()} ${this.#answer()}
      <div class="tools">
        ${
          this.#wish.edit.size > 0
            ? html`<button type="button" ?disabled=${!this.#example.changed} @click=${() => this.#example.reset()}>Reset</button>`
            : nothing
        }
        <a href="/play/${this.link}">Open in the playground</a>
      </div>`;
  }
}

customElements.define("fenceline-example", FencelineExample);
