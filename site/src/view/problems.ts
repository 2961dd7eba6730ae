// One list of problems for all editors; a click puts the cursor at one.

import { html, nothing, type TemplateResult } from "lit";
import { placeWords } from "../model/positions.ts";
import type { Fix, Problem, Severity } from "../model/result.ts";
import { SessionElement } from "./element.ts";
import { inline, sentence } from "./prose.ts";

const words: Record<Severity, { sign: string; word: string; tone: string }> = {
  error: { sign: "✖", word: "Error", tone: "deny" },
  warning: { sign: "▲", word: "Warning", tone: "depends" },
  note: { sign: "●", word: "Note", tone: "none" },
};

export class FencelineProblems extends SessionElement {
  #row(problem: Problem): TemplateResult {
    const { session } = this;
    const { sign, word, tone } = words[problem.severity];
    const { policy, start, end } = problem;
    const go = (): void => session.show({ start, end, focus: true, ...(policy === undefined ? {} : { policy }) });
    const fixIt = (fix: Fix): void => {
      this.closest<HTMLElement>(".pane")?.focus();
      session.fix(problem, fix);
    };
    return html`<li>
      <button type="button" class="problem" @click=${go}>
        <span class="verdict tone-${tone}"><span class="sign" aria-hidden="true">${sign}</span> ${word}</span>
        <span class="problem-place">${policy ?? "The rest of the scenario"}, ${placeWords(start)}</span>
        <span class="problem-message">${sentence(problem.message)}</span>
      </button>
      <div class="fixes">
        ${problem.fixes?.map((fix) => html`<button type="button" @click=${() => fixIt(fix)}>Fix: ${inline(fix.title)}</button>`)}
        <a class="problem-code" href="/reference/findings/${problem.code}/">${problem.code}</a>
      </div>
    </li>`;
  }

  protected override render(): TemplateResult {
    const { problems, unlisted } = this.session;
    return html`
      <h2>Problems <span class="count">${problems.length + unlisted}</span></h2>
      ${problems.length === 0 ? html`<p class="hint">None found.</p>` : nothing}
      <ul class="problems">${problems.map((problem) => this.#row(problem))}</ul>
      ${unlisted > 0 ? html`<p class="hint">${unlisted} more are not listed.</p>` : nothing}
    `;
  }
}

customElements.define("fenceline-problems", FencelineProblems);
