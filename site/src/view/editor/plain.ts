// A plain text field: what phones and screen readers know best, and what stands
// in until the code editor is there, or where it can't start.

import type { Position, Problem, Range } from "../../model/result.ts";
import { placeWords } from "../../model/positions.ts";
import { inline, sentence } from "../prose.ts";
import { render, html } from "lit";
import type { Shown, Surface, SurfaceEvents } from "./surface.ts";

const sheet = new CSSStyleSheet();
sheet.replaceSync(`
  textarea {
    display: block; box-sizing: border-box; width: 100%; margin: 0; padding: 0.5rem 0.75rem;
    color: var(--ink); background: var(--sheet); border: 0; border-radius: 0; resize: vertical;
    font: var(--code-size) / 1.55 var(--mono); tab-size: 2;
  }
  .plain textarea { font-size: 16px; max-height: 70vh; }
  textarea:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
  ul { margin: 0; padding: 0.25rem 0.75rem 0.5rem; list-style: none; }
  li { padding: 0.25rem 0; }
  button {
    min-height: 2.75rem; padding: 0.25rem 0.75rem; margin: 0.25rem 0.5rem 0.25rem 0; font: inherit;
    color: var(--ink); background: var(--paper); border: 1px solid var(--edge); border-radius: 3px;
  }
  .where { color: var(--muted); }
`);

/** The offset of a position in UTF-16 units. */
function offsetOf(text: string, { line, column }: Position): number {
  let at = 0;
  for (let n = 1; n < line; n++) {
    const end = text.indexOf("\n", at);
    if (end < 0) return text.length;
    at = end + 1;
  }
  for (let points = 0; points < column && at < text.length && text[at] !== "\n"; points++) {
    at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  }
  return at;
}

const words = { error: "Error", warning: "Warning", note: "Note" } as const;

/** PlainSurface is a labelled text field with its problems below it. */
export class PlainSurface implements Surface {
  readonly field = document.createElement("textarea");
  readonly #box = document.createElement("div");
  readonly #list = document.createElement("div");
  readonly #events: SurfaceEvents;

  /** Lasting fields show their problems and have a larger type; others stand in for a moment. */
  constructor(root: ShadowRoot, events: SurfaceEvents, lasting: boolean) {
    this.#events = events;
    root.adoptedStyleSheets = [...root.adoptedStyleSheets.filter((one) => one !== sheet), sheet];
    this.#box.className = lasting ? "plain" : "";
    this.#list.hidden = !lasting;
    this.field.spellcheck = false;
    this.field.autocapitalize = "off";
    this.field.setAttribute("autocorrect", "off");
    let whole = false;
    this.field.addEventListener("beforeinput", ({ inputType }) => {
      const { selectionStart, selectionEnd, value } = this.field;
      whole = inputType === "insertFromPaste" && selectionStart === 0 && selectionEnd === value.length;
    });
    this.field.addEventListener("input", () => {
      this.#fit();
      events.edit(this.field.value);
      if (whole) events.wholePaste(this.field.value);
      whole = false;
    });
    this.#box.append(this.field, this.#list);
    root.append(this.#box);
  }

  #fit(): void {
    this.field.rows = Math.max(3, this.field.value.split("\n", 10_000).length);
  }

  show({ text, problems }: Partial<Shown>): void {
    if (text !== undefined) this.#setText(text);
    if (problems) this.#showProblems(problems);
  }

  #setText(text: string): void {
    if (this.field.value !== text) this.field.value = text;
    this.#fit();
  }

  setLabel(label: string): void {
    this.field.setAttribute("aria-label", label);
  }

  #showProblems(problems: readonly Problem[]): void {
    this.field.setAttribute("aria-invalid", String(problems.some(({ severity }) => severity === "error")));
    const row = (problem: Problem) => html`<li>
      <strong>${words[problem.severity]}</strong> <span class="where">${placeWords(problem.start)}</span>
      ${sentence(problem.message)}
      <div>
        <button type="button" @click=${() => this.reveal(problem, true)}>Go there</button>
        ${(problem.fixes ?? []).map(
          (fix) =>
            html`<button type="button" @click=${() => this.#events.fix(problem, fix)}>${inline(fix.title)}</button>`,
        )}
      </div>
    </li>`;
    render(
      problems.length > 0 ? html`<ul aria-label="Problems of this text">${problems.map(row)}</ul>` : "",
      this.#list,
    );
  }

  setNames(): void {}
  setTabIndents(): void {}

  setReadOnly(readOnly: boolean): void {
    this.field.readOnly = readOnly;
  }

  reveal({ start, end }: Range, focus: boolean): void {
    const text = this.field.value;
    this.field.scrollIntoView({ block: "nearest" });
    this.field.scrollTop =
      (start.line / text.split("\n").length) * this.field.scrollHeight - this.field.clientHeight / 2;
    if (!focus) return;
    this.field.focus();
    this.field.setSelectionRange(offsetOf(text, start), offsetOf(text, end));
  }

  focus(): void {
    this.field.focus();
  }

  destroy(): void {
    this.#box.remove();
  }
}
