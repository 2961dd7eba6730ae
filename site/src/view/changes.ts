// The nearest changes that flip the decision: asked for once typing rests, tried
// as a step that undo takes back.

import { html, nothing, type TemplateResult } from "lit";
import { applyChange, canApply, type AlsoChanged, type Change } from "../model/changes.ts";
import type { Workspace } from "../model/workspace.ts";
import { decisionVerdict } from "../model/verdict.ts";
import { SessionElement } from "./element.ts";
import { inline, sentence } from "./prose.ts";
import { tagged } from "./verdict.ts";

/** How long the decision must rest before changes to it are looked for. */
const restMs = 300;

export class FencelineChanges extends SessionElement {
  static override properties = { ...SessionElement.properties, changes: { state: true } };

  /** What was found for the work as it stands. */
  declare changes: readonly Change[] | undefined;
  #about: Workspace | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#about = undefined;
  }

  protected override willUpdate(): void {
    const { session } = this;
    if (this.#about === session.workspace) return;
    this.changes = undefined;
    clearTimeout(this.#timer);
    // A stored decision needs no engine, but changes to it do; one that stopped is left alone.
    if (session.busy || !session.current || session.engine.kind !== "ready") return;
    this.#about = session.workspace;
    this.#timer = setTimeout(() => void this.#look(session.workspace), restMs);
  }

  /** Asks the engine; an answer about work that has changed since is dropped. */
  async #look(workspace: Workspace): Promise<void> {
    const { session } = this;
    if (session.workspace !== workspace) return;
    const { scenario, policies, without } = workspace;
    try {
      const answer = await session.ask({ call: "changes", scenario, policies, without, request: session.selected });
      if (answer.ok && session.workspace === workspace && this.#about === workspace)
        this.changes = answer.answer.changes;
    } catch {
      // An engine that stopped is told by its own notice; nothing was found here.
    }
  }

  #try(change: Change): void {
    const { session } = this;
    if (!canApply(session.workspace, change)) return;
    this.closest<HTMLElement>(".pane")?.focus();
    session.apply(applyChange(session.workspace, change), `Tried: ${change.title.replaceAll("`", "")}`);
  }

  #also(also: readonly AlsoChanged[]): TemplateResult {
    if (also.length === 0) return html`<p class="hint">No other request of the scenario changes.</p>`;
    return html`<details class="also">
      <summary>Also changes ${also.length} other ${also.length === 1 ? "request" : "requests"}</summary>
      <ul class="plain">
        ${also.map(
          ({ name, request, from, to }) => html`<li>
            ${name || `Request ${request + 1}`}: ${tagged(decisionVerdict(from))} <span aria-hidden="true">→</span><span class="unseen">to</span>
            ${tagged(decisionVerdict(to))}
          </li>`,
        )}
      </ul>
    </details>`;
  }

  #change(change: Change): TemplateResult {
    const title = change.title.replaceAll("`", "");
    return html`<li class="change">
      <p class="change-title">${inline(change.title)}</p>
      <p class="hint">${sentence(change.why.replace(/\.$/, ""))}</p>
      <p class="change-do">
        <button type="button" aria-label="Try it: ${title}" @click=${() => this.#try(change)}>Try it</button>
        <span class="hint">makes it</span> ${tagged(decisionVerdict(change.decision))}
      </p>
      ${this.#also(change.also)}
    </li>`;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { changes, session } = this;
    if (!changes || changes.length === 0 || this.#about !== session.workspace) return nothing;
    return html`<h3>What would change this</h3>
      <p class="hint">To see how the decision works, not advice to widen access.</p>
      <ol class="changes">${changes.map((change) => this.#change(change))}</ol>`;
  }
}

customElements.define("fenceline-changes", FencelineChanges);
