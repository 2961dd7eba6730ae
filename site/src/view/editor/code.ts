// The code editor: CodeMirror with what the page's engine and words add to it.

import { defaultKeymap, indentWithTab } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import {
  bracketMatching,
  codeFolding,
  foldGutter,
  foldKeymap,
  indentOnInput,
  syntaxHighlighting,
} from "@codemirror/language";
import { search, searchKeymap } from "@codemirror/search";
import { Annotation, Compartment, EditorState, type Extension } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers, type ViewUpdate } from "@codemirror/view";
import type { Coverage } from "../../model/coverage.ts";
import { editorRange } from "../../model/positions.ts";
import type { Names } from "../../model/names.ts";
import type { Problem, Range } from "../../model/result.ts";
import { completion } from "./complete.ts";
import { coverage, setCoverage } from "./coverage.ts";
import { cards, helpOnWords } from "./help.ts";
import { marksField, setMarks } from "./marks.ts";
import { quickFix, showProblems } from "./problems.ts";
import type { Mark, Surface, SurfaceEvents, TextKind } from "./surface.ts";
import { highlighting, theme } from "./theme.ts";

const fromOutside = Annotation.define<boolean>();

/** The page's own shortcuts come before the editor's; undo and redo are the page's, too. */
const editing = defaultKeymap.filter(({ key }) => !["Alt-ArrowUp", "Alt-ArrowDown", "Mod-Enter"].includes(key ?? ""));

/** The one difference between two texts, so that cursor and marks survive a change from outside. */
function difference(before: string, after: string): { from: number; to: number; insert: string } {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let end = 0;
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
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

function foldMarker(open: boolean): HTMLElement {
  const mark = document.createElement("span");
  mark.textContent = open ? "▾" : "▸";
  mark.title = open ? "Fold" : "Unfold";
  return mark;
}

/** What an editor shows from the first. */
export interface Shown {
  readonly kind: TextKind;
  readonly text: string;
  readonly cursor: number;
  readonly label: string;
  readonly tabIndents: boolean;
  readonly problems: readonly Problem[];
  readonly marks: readonly Mark[];
  readonly coverage: readonly Coverage[];
  readonly names: () => Names;
}

const labelled = (label: string): Extension =>
  EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false" });

const tabKey = (indents: boolean): Extension => (indents ? keymap.of([indentWithTab]) : []);

/** CodeSurface is a CodeMirror editor in a shadow root. */
export class CodeSurface implements Surface {
  readonly #label = new Compartment();
  readonly #tab = new Compartment();
  readonly #view: EditorView;
  readonly #events: SurfaceEvents;
  #problems: readonly Problem[];
  #names: () => Names;

  constructor(root: ShadowRoot, events: SurfaceEvents, shown: Shown) {
    this.#events = events;
    this.#problems = shown.problems;
    this.#names = shown.names;
    this.#view = new EditorView({ root, parent: root, state: this.#begin(shown) });
  }

  /** The first state has everything, so that the page is laid out once. */
  #begin({ kind, text, cursor, label, tabIndents, problems, marks, coverage: covered }: Shown): EditorState {
    const events = this.#events;
    const state = EditorState.create({
      doc: text,
      selection: { anchor: Math.min(cursor, text.length) },
      extensions: [
        coverage((covered) => events.point(covered)),
        lineNumbers(),
        foldGutter({ markerDOM: foldMarker }),
        codeFolding({ placeholderText: "…" }),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        json(),
        search({ top: true }),
        completion(kind, () => this.#names()),
        cards,
        kind === "policy" ? helpOnWords() : [],
        quickFix(() => this.#problems, events.fix),
        syntaxHighlighting(highlighting),
        EditorView.lineWrapping,
        marksField,
        theme,
        this.#label.of(labelled(label)),
        this.#tab.of(tabKey(tabIndents)),
        keymap.of([
          { key: "Shift-Alt-f", run: () => (events.format(), true), preventDefault: true },
          ...foldKeymap,
          ...editing,
          ...searchKeymap,
        ]),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged || update.transactions.some((one) => one.annotation(fromOutside))) return;
          const text = update.state.doc.toString();
          events.edit(text);
          if (isWholePaste(update)) events.wholePaste(text);
        }),
      ],
    });
    const effects = [setMarks.of(marks), setCoverage.of(covered)];
    return state.update({ effects }, problems.length > 0 ? showProblems(state, problems, events.fix) : {}).state;
  }

  setText(text: string): void {
    const before = this.#view.state.doc.toString();
    if (before !== text) {
      this.#view.dispatch({ changes: difference(before, text), annotations: fromOutside.of(true) });
    }
  }

  setLabel(label: string): void {
    this.#view.dispatch({ effects: this.#label.reconfigure(labelled(label)) });
  }

  setProblems(problems: readonly Problem[]): void {
    this.#problems = problems;
    this.#view.dispatch(showProblems(this.#view.state, problems, this.#events.fix));
  }

  setMarks(marks: readonly Mark[]): void {
    this.#view.dispatch({ effects: setMarks.of(marks) });
  }

  setCoverage(list: readonly Coverage[]): void {
    this.#view.dispatch({ effects: setCoverage.of(list) });
  }

  setNames(names: () => Names): void {
    this.#names = names;
  }

  setTabIndents(indents: boolean): void {
    this.#view.dispatch({ effects: this.#tab.reconfigure(tabKey(indents)) });
  }

  reveal(range: Range, focus: boolean): void {
    const { from } = editorRange(this.#view.state.doc, range);
    this.#view.dispatch({
      effects: EditorView.scrollIntoView(from, { y: "center" }),
      ...(focus ? { selection: { anchor: from } } : {}),
    });
    if (focus) this.#view.focus();
  }

  focus(): void {
    this.#view.focus();
  }

  destroy(): void {
    this.#view.destroy();
  }
}
