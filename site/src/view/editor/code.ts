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
import { Annotation, Compartment, EditorState, type Extension, type TransactionSpec } from "@codemirror/state";
import { EditorView, keymap, lineNumbers, type ViewUpdate } from "@codemirror/view";
import { editorRange } from "../../model/positions.ts";
import type { Names } from "../../model/names.ts";
import type { Problem, Range } from "../../model/result.ts";
import { completion } from "./complete.ts";
import { coverage, setCoverage } from "./coverage.ts";
import { cards, helpOnWords } from "./help.ts";
import { marksField, setMarks } from "./marks.ts";
import { quickFix, showProblems } from "./problems.ts";
import type { Shown, Surface, SurfaceEvents, TextKind } from "./surface.ts";
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

/** What an editor begins with. */
export interface Beginning extends Shown {
  readonly kind: TextKind;
  readonly cursor: number;
  readonly label: string;
  readonly tabIndents: boolean;
  readonly readOnly: boolean;
  readonly names: () => Names;
}

const labelled = (label: string): Extension =>
  EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false" });

/** A text that is only read still takes the cursor: to search, to fold, to copy. */
const onlyRead = (readOnly: boolean): Extension =>
  readOnly ? [EditorState.readOnly.of(true), EditorView.contentAttributes.of({ "aria-readonly": "true" })] : [];

const tabKey = (indents: boolean): Extension => (indents ? keymap.of([indentWithTab]) : []);

/** Keys that bring the search, which then does what they mean. */
const searchKeys = (place: Compartment): Extension =>
  keymap.of(
    ["Mod-f", "F3", "Mod-g", "Mod-Shift-l", "Mod-Alt-g", "Mod-d"].map((key) => ({
      key,
      preventDefault: true,
      run(view) {
        void import("./search.ts").then(({ searching, press }) => {
          view.dispatch({ effects: place.reconfigure(searching) });
          press(view, key);
        });
        return true;
      },
    })),
  );

/** CodeSurface is a CodeMirror editor in a shadow root. */
export class CodeSurface implements Surface {
  readonly #label = new Compartment();
  readonly #tab = new Compartment();
  readonly #readOnly = new Compartment();
  readonly #search = new Compartment();
  readonly #view: EditorView;
  readonly #events: SurfaceEvents;
  #problems: readonly Problem[];
  #names: () => Names;

  constructor(root: ShadowRoot, events: SurfaceEvents, beginning: Beginning) {
    this.#events = events;
    this.#problems = beginning.problems;
    this.#names = beginning.names;
    this.#view = new EditorView({ root, parent: root, state: this.#begin(beginning) });
  }

  /** The first state has everything, so that the page is laid out once. */
  #begin({ kind, text, cursor, label, tabIndents, readOnly, ...drawn }: Beginning): EditorState {
    const events = this.#events;
    const state = EditorState.create({
      doc: text,
      selection: { anchor: Math.min(cursor, text.length) },
      extensions: [
        coverage((covered) => events.point(covered)),
        lineNumbers(),
        foldGutter({ markerDOM: foldMarker }),
        codeFolding({ placeholderText: "…" }),
        indentOnInput(),
        bracketMatching(),
        json(),
        completion(kind, () => this.#names()),
        cards,
        kind === "policy" ? helpOnWords(() => this.#names()) : [],
        quickFix(() => this.#problems, events.fix),
        syntaxHighlighting(highlighting),
        EditorView.lineWrapping,
        marksField,
        theme,
        this.#label.of(labelled(label)),
        this.#tab.of(tabKey(tabIndents)),
        this.#readOnly.of(onlyRead(readOnly)),
        this.#search.of(searchKeys(this.#search)),
        keymap.of([
          { key: "Shift-Alt-f", run: () => (events.format(), true), preventDefault: true },
          ...foldKeymap,
          ...editing,
        ]),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged || update.transactions.some((one) => one.annotation(fromOutside))) return;
          const text = update.state.doc.toString();
          events.edit(text);
          if (isWholePaste(update)) events.wholePaste(text);
        }),
      ],
    });
    return state.update(...this.#drawn(state, drawn)).state;
  }

  show({ text, ...drawn }: Partial<Shown>): void {
    if (text !== undefined) this.#setText(text);
    const specs = this.#drawn(this.#view.state, drawn);
    if (specs.length > 0) this.#view.dispatch(...specs);
  }

  #setText(text: string): void {
    const before = this.#view.state.doc.toString();
    if (before !== text) {
      this.#view.dispatch({ changes: difference(before, text), annotations: fromOutside.of(true) });
    }
  }

  /** What is drawn into a text, for one transaction: the editor lays itself out after each. */
  #drawn(state: EditorState, { problems, marks, coverage }: Omit<Partial<Shown>, "text">): TransactionSpec[] {
    const specs: TransactionSpec[] = [];
    if (marks) specs.push({ effects: setMarks.of(marks) });
    if (coverage) specs.push({ effects: setCoverage.of(coverage) });
    if (problems) {
      this.#problems = problems;
      specs.push(showProblems(state, problems, this.#events.fix));
    }
    return specs;
  }

  setLabel(label: string): void {
    this.#view.dispatch({ effects: this.#label.reconfigure(labelled(label)) });
  }

  setNames(names: () => Names): void {
    this.#names = names;
  }

  setTabIndents(indents: boolean): void {
    this.#view.dispatch({ effects: this.#tab.reconfigure(tabKey(indents)) });
  }

  setReadOnly(readOnly: boolean): void {
    this.#view.dispatch({ effects: this.#readOnly.reconfigure(onlyRead(readOnly)) });
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
