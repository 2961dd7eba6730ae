// A JSON editor. Its styles need a shadow root: the page's policy lets no
// script put styles into the document.

import { defaultKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, setDiagnostics } from "@codemirror/lint";
import { search, searchKeymap } from "@codemirror/search";
import { Annotation, Compartment, EditorState, StateEffect, StateField } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  keymap,
  lineNumbers,
  type ViewUpdate,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { editorRange, visibleRange } from "../model/positions.ts";
import type { Problem, Range, Severity } from "../model/result.ts";

/** A range that is marked, and how. */
export interface Mark {
  readonly range: Range;
  readonly kind: "allow" | "deny" | "shown";
}

/** Detail of the editor's `edit` event: the whole text. */
export type EditEvent = CustomEvent<string>;

/** Detail of the editor's `whole-paste` event: the text that was pasted over everything, or into nothing. */
export type WholePasteEvent = CustomEvent<string>;

const fromOutside = Annotation.define<boolean>();
const setMarks = StateEffect.define<readonly Mark[]>();

const marksField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(decorations, transaction) {
    let next = decorations.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(setMarks)) next = lineDecorations(transaction.state, effect.value);
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function lineDecorations(state: EditorState, marks: readonly Mark[]): DecorationSet {
  const ranges = marks.flatMap((mark) => {
    const { from, to } = editorRange(state.doc, mark.range);
    const decoration = Decoration.line({ class: `line-${mark.kind}` });
    const lines = [];
    for (let at = state.doc.lineAt(from); ; at = state.doc.line(at.number + 1)) {
      lines.push(decoration.range(at.from));
      if (at.to >= to || at.number === state.doc.lines) return lines;
    }
  });
  return Decoration.set(ranges, true);
}

const severities: Record<Severity, Diagnostic["severity"]> = { error: "error", warning: "warning", note: "info" };

const highlighting = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--code-key)" },
  { tag: tags.string, color: "var(--code-string)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--code-atom)" },
  { tag: tags.invalid, color: "var(--code-invalid)" },
]);

const theme = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--sheet)", fontSize: "var(--code-size)" },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "-2px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55" },
  ".cm-content": { padding: "0.5rem 0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 0.75rem 0 0.5rem", borderLeft: "3px solid transparent" },
  ".cm-gutters": { backgroundColor: "var(--sheet)", color: "var(--muted)", border: "none", overflowWrap: "normal" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--selection)",
  },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--selection)" },
  ".cm-panels": { backgroundColor: "var(--paper)", color: "var(--ink)" },
  ".cm-tooltip": { backgroundColor: "var(--paper)", color: "var(--ink)", border: "1px solid var(--edge)" },
  ".cm-diagnostic": { fontFamily: "var(--sans)" },
  ".cm-lintRange-error": { backgroundImage: "none", borderBottom: "2px solid var(--deny)" },
  ".cm-lintRange-warning, .cm-lintRange-info": { backgroundImage: "none", borderBottom: "2px dotted var(--depends)" },
  ".line-allow": { borderLeftColor: "var(--allow)" },
  ".line-deny": { borderLeftColor: "var(--deny)" },
  ".line-shown": { backgroundColor: "var(--shown)" },
});

/** The page's own shortcuts come before the editor's; undo and redo are the page's, too. */
const editing = defaultKeymap.filter(({ key }) => !["Alt-ArrowUp", "Alt-ArrowDown", "Mod-Enter"].includes(key ?? ""));

/** The one difference between two texts, so that cursor, marks and undo survive a change from outside. */
function difference(before: string, after: string): { from: number; to: number; insert: string } {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let end = 0;
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}

/** What is set again unchanged is left alone: the editor moves marks and problems along with edits by itself. */
function sameItems<T>(a: readonly T[], b: readonly T[], same: (a: T, b: T) => boolean): boolean {
  return a.length === b.length && a.every((item, at) => same(item, b[at] as T));
}

/** Whether a paste made the whole text. */
function isWholePaste({ transactions, startState, state, changes }: ViewUpdate): boolean {
  if (!transactions.some((one) => one.isUserEvent("input.paste"))) return false;
  let whole = false;
  changes.iterChanges(
    (from, to, _, end) => (whole = from === 0 && to === startState.doc.length && end === state.doc.length),
  );
  return whole;
}

/** `<fenceline-editor>`: set `text`, `label`, `problems` and `marks`; hear `edit` and `whole-paste`. */
export class FencelineEditor extends HTMLElement {
  readonly #label = new Compartment();
  readonly #view: EditorView;
  #problems: readonly Problem[] = [];
  #marks: readonly Mark[] = [];

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    this.#view = new EditorView({
      root,
      parent: root,
      extensions: [
        lineNumbers(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        json(),
        search({ top: true }),
        syntaxHighlighting(highlighting),
        EditorView.lineWrapping,
        marksField,
        theme,
        this.#label.of([]),
        keymap.of([...editing, ...searchKeymap]),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged || update.transactions.some((one) => one.annotation(fromOutside))) return;
          const text = update.state.doc.toString();
          this.dispatchEvent(new CustomEvent("edit", { detail: text }) satisfies EditEvent);
          if (isWholePaste(update))
            this.dispatchEvent(new CustomEvent("whole-paste", { detail: text }) satisfies WholePasteEvent);
        }),
      ],
    });
  }

  set label(label: string) {
    const attributes = EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false" });
    this.#view.dispatch({ effects: this.#label.reconfigure(attributes) });
  }

  set text(text: string) {
    const before = this.#view.state.doc.toString();
    if (before !== text) {
      this.#view.dispatch({ changes: difference(before, text), annotations: fromOutside.of(true) });
    }
  }

  set problems(problems: readonly Problem[]) {
    if (sameItems(problems, this.#problems, (a, b) => a === b)) return;
    this.#problems = problems;
    const { state } = this.#view;
    const diagnostics = problems.map((problem): Diagnostic => {
      const { from, to } = visibleRange(state.doc, problem);
      return { from, to, severity: severities[problem.severity], message: problem.message, source: problem.code };
    });
    this.#view.dispatch(setDiagnostics(state, diagnostics));
  }

  set marks(marks: readonly Mark[]) {
    if (sameItems(marks, this.#marks, (a, b) => a.range === b.range && a.kind === b.kind)) return;
    this.#marks = marks;
    this.#view.dispatch({ effects: setMarks.of(marks) });
  }

  /** Scrolls a range into view, and puts the cursor there if asked to. */
  reveal(range: Range, focus: boolean): void {
    const { from } = editorRange(this.#view.state.doc, range);
    this.#view.dispatch({
      effects: EditorView.scrollIntoView(from, { y: "center" }),
      ...(focus ? { selection: { anchor: from } } : {}),
    });
    if (focus) this.#view.focus();
  }
}

customElements.define("fenceline-editor", FencelineEditor);
