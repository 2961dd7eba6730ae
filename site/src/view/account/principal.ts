// Everything on one principal, section by section.

import { html, LitElement, nothing, type TemplateResult } from "lit";
import type { HeldDocument, Level, Principal } from "../../model/account/answers.ts";
import type { Bench } from "../../model/account/bench.ts";
import { type Benches, targetsOf } from "../../model/account/benches.ts";
import type { Choice } from "../../model/account/choice.ts";
import type { Holding } from "../../model/account/holding.ts";
import { nameOf } from "../../model/account/search.ts";
import { kinds, levelWords, wayWords } from "../../model/account/words.ts";
import { handOver } from "../../model/handover.ts";
import type { Problem } from "../../model/result.ts";
import type { Request } from "../../model/scenario.ts";
import type { Workspace } from "../../model/workspace.ts";
import { focusSoon } from "../element.ts";
import { inline } from "../prose.ts";
import "./document.ts";

/** A part of the page under its heading. */
interface Section {
  readonly id: string;
  readonly title: string;
  readonly content: TemplateResult;
}

/** `<fenceline-principal>` shows the principal of an ARN; it tells `choose` with another's. */
export class FencelinePrincipal extends LitElement {
  static override properties = {
    holding: { attribute: false },
    benches: { attribute: false },
    arn: { attribute: false },
    asked: { attribute: false },
    principal: { state: true },
    workspace: { state: true },
    bench: { state: true },
    simulating: { state: true },
    failure: { state: true },
  };

  declare holding: Holding;
  declare benches: Benches;
  declare arn: string;
  /** What is asked of the principal at once. */
  declare asked: Request | undefined;
  declare principal: Principal | undefined;
  /** What the principal meets. */
  declare workspace: Workspace | undefined;
  /** Where things are tried with the principal, once somebody wants to. */
  declare bench: Bench | undefined;
  declare simulating: boolean;
  declare failure: string;
  #documents: ReadonlyMap<string, HeldDocument> = new Map();
  #problems: ReadonlyMap<string, readonly Problem[]> = new Map();

  constructor() {
    super();
    this.failure = "";
    this.simulating = false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has("arn")) void this.#load(this.arn);
  }

  async #load(arn: string): Promise<void> {
    this.principal = undefined;
    this.workspace = undefined;
    this.failure = "";
    try {
      const principal = await this.holding.ask({ call: "accountPrincipal", arn });
      if (arn !== this.arn) return;
      this.#documents = new Map(principal.documents.map((one) => [one.name, one]));
      this.#problems = problemsByPolicy(principal);
      this.principal = principal;
      const workspace = await this.#excerpt(principal);
      if (arn !== this.arn) return;
      this.workspace = workspace;
      if (this.asked || this.benches.of(arn)) await this.#simulate(workspace);
    } catch (cause) {
      if (arn === this.arn) this.failure = cause instanceof Error ? cause.message : String(cause);
    }
  }

  /** What the principal meets, with a first request to change. */
  async #excerpt({ arn, kind, members }: Principal): Promise<Workspace> {
    const who = kind === "group" ? members[0] : arn;
    const first = {
      name: "A first request",
      principal: who,
      action: "s3:ListAllMyBuckets",
      resource: "*",
      ...this.asked,
    };
    const { stage } = this.holding;
    const { scenario, policies } = await this.holding.ask({
      call: "accountScenario",
      principal: arn,
      title: `What ${nameOf(arn)} may do`,
      targets: stage.kind === "held" ? targetsOf(stage.inventory) : [],
      requests: who === undefined ? "[]" : JSON.stringify([first]),
    });
    return { scenario, policies, selected: 0, without: [] };
  }

  /** Opens the workbench, whose code is loaded when it is first opened. */
  async #simulate(workspace: Workspace): Promise<void> {
    this.failure = "";
    try {
      await import("./workbench.ts");
      this.bench = await this.benches.open(this.arn, this.holding, workspace);
    } catch {
      this.failure = "This part of the page could not be loaded. Reload the page when you are online.";
      return;
    }
    if (this.asked) this.bench.ask(this.asked);
    this.simulating = true;
    if (this.asked) focusSoon(() => this.querySelector<HTMLElement>("#decision"));
    this.asked = undefined;
  }

  /** The work is laid down at the click, before the browser follows the link. */
  #hand = (event: Event): void => {
    const link = event.currentTarget as HTMLAnchorElement;
    const workspace = this.bench?.session.workspace ?? this.workspace;
    const fragment = workspace && handOver(workspace);
    if (fragment) {
      link.hash = fragment;
      return;
    }
    event.preventDefault();
    this.failure = "This browser keeps nothing for this site, so nothing can be handed to the playground.";
  };

  #choose(arn: string): void {
    this.dispatchEvent(new CustomEvent<Choice>("choose", { detail: { arn } }));
  }

  #document(name: string | undefined, way = ""): TemplateResult | typeof nothing {
    const document = name === undefined ? undefined : this.#documents.get(name);
    if (!document) return nothing;
    return html`<fenceline-document
      .document=${document}
      .way=${way}
      .problems=${this.#problems.get(document.name) ?? []}
    ></fenceline-document>`;
  }

  #links(arns: readonly string[]): TemplateResult {
    return html`<ul class="principals">
      ${arns.map((arn) => html`<li><button type="button" class="principal-name" @click=${() => this.#choose(arn)}>${nameOf(arn)}</button> <span class="detail">${arn}</span></li>`)}
    </ul>`;
  }

  #policies({ kind, policies }: Principal): Section {
    const content =
      policies.length === 0
        ? html`<p>It has no policy of its own${kind === "user" ? " and none through a group" : ""}, so nothing is allowed to it by itself.</p>`
        : html`${policies.map((one) => this.#document(one.policy, wayWords(one)))}`;
    return { id: "has", title: "Policies", content };
  }

  #boundary({ boundary }: Principal): Section {
    const content = boundary
      ? html`<p>What it may do is at most what this policy allows.</p>
          ${this.#document(boundary)}`
      : html`<p>It has no permissions boundary.</p>`;
    return { id: "fence", title: "Permissions boundary", content };
  }

  #level(level: Level): TemplateResult {
    const { scps, rcps } = level;
    return html`<li>
      <h4>${levelWords(level)}</h4>
      ${level.default ? html`<p class="hint">Service control policies are not enabled.</p>` : scps.map((name) => this.#document(name, "SCP"))}
      ${rcps.map((name) => this.#document(name, "RCP"))}
    </li>`;
  }

  #organization({ levels, management }: Principal): Section {
    const content =
      levels.length === 0
        ? html`<p>Nothing was given of an organization above the account.</p>`
        : html`${management ? html`<p>This is the organization's management account, which these policies don't limit.</p>` : html`<p>Each level must allow a request, from the root down to the account.</p>`}
            <ol class="levels">
              ${levels.map((level) => this.#level(level))}
            </ol>`;
    return { id: "above", title: "Service and resource control policies", content };
  }

  #tags({ tags }: Principal): Section[] {
    if (tags.length === 0) return [];
    const content = html`<dl class="facts">${tags.map(({ key, value }) => html`<dt>${key}</dt><dd>${value}</dd>`)}</dl>`;
    return [{ id: "tags", title: "Tags", content }];
  }

  #simulation({ kind, members }: Principal): Section {
    return { id: "simulate", title: "Simulate", content: kind === "group" ? this.#pick(members) : this.#workbench() };
  }

  /** A group asks for nothing itself. */
  #pick(members: readonly string[]): TemplateResult {
    return members.length === 0
      ? html`<p>A group makes no requests, and nobody is in it.</p>`
      : html`<p>A group makes no requests. Choose one of its members:</p>
          ${this.#links(members)}`;
  }

  #workbench(): TemplateResult {
    const { workspace, bench, simulating } = this;
    const toggle = (): void => {
      if (simulating) this.simulating = false;
      else if (workspace) void this.#simulate(workspace);
    };
    return html`<p>What is allowed of every action of AWS, why, and what would be if a policy were left out or said something else.</p>
      <div class="tools">
        <button type="button" aria-expanded=${simulating} ?disabled=${!workspace} @click=${toggle}>
          ${simulating ? "Close the workbench" : "Open the workbench"}
        </button>
      </div>
      ${
        simulating && bench
          ? html`<fenceline-workbench
              .session=${bench.session}
              .bench=${bench}
              .benches=${this.benches}
              .origins=${new Map([...this.#documents].map(([name, { origin }]) => [name, origin]))}
            ></fenceline-workbench>`
          : nothing
      }`;
  }

  /** A section more is one more line. */
  #sections(principal: Principal): Section[] {
    const { kind, groups, members, trust } = principal;
    const sections = [this.#simulation(principal), this.#policies(principal)];
    if (kind !== "group") sections.push(this.#boundary(principal));
    sections.push(this.#organization(principal));
    if (trust) sections.push({ id: "trust", title: "Who may assume it", content: html`${this.#document(trust)}` });
    if (groups.length > 0) sections.push({ id: "groups", title: "Groups", content: this.#links(groups) });
    if (kind === "group") {
      const content = members.length > 0 ? this.#links(members) : html`<p>Nobody is in it.</p>`;
      sections.push({ id: "members", title: "Members", content });
    }
    return [...sections, ...this.#tags(principal)];
  }

  #head(principal: Principal): TemplateResult {
    const { arn, kind, name, uniqueId, place, assumed, notes } = principal;
    return html`<h2 id="principal" tabindex="-1">${name} <span class="kind">${kinds[kind].one}</span></h2>
      <dl class="facts">
        <dt>ARN</dt><dd>${arn}</dd>
        ${uniqueId ? html`<dt>Unique id</dt><dd>${uniqueId}</dd>` : nothing}
        <dt>Read from</dt><dd>${place.file}, line ${place.line}${assumed ? ", which only says that it exists" : ""}</dd>
      </dl>
      ${notes.map((note) => html`<p class="hint">${inline(note)}</p>`)}
      <div class="tools">
        ${
          this.workspace
            ? html`<a class="button" href="/play/" target="_blank" @click=${this.#hand} @auxclick=${this.#hand}>Open in the playground<span class="unseen"> (in a new tab)</span></a>`
            : nothing
        }
      </div>`;
  }

  protected override render(): TemplateResult {
    const { principal, failure } = this;
    return html`${failure ? html`<p class="wrong" role="alert">${failure}</p>` : nothing}
    ${
      principal
        ? html`${this.#head(principal)}
            ${this.#sections(principal).map(
              ({ id, title, content }) => html`<section aria-labelledby="section-${id}">
                <h3 id="section-${id}">${title}</h3>
                ${content}
              </section>`,
            )}`
        : nothing
    }`;
  }
}

/** problemsByPolicy are the problems of each text. They are only read here, so they have no fixes. */
function problemsByPolicy({ problems, documents }: Principal): ReadonlyMap<string, readonly Problem[]> {
  const read = documents.filter(({ missing }) => missing === undefined);
  return new Map(
    read.map(({ name }) => [
      name,
      problems.filter(({ policy }) => policy === name).map((problem) => ({ ...problem, fixes: [] })),
    ]),
  );
}

customElements.define("fenceline-principal", FencelinePrincipal);
