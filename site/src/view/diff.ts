// Two texts beside each other, with what differs marked. Read only.

import { goToNextChunk, goToPreviousChunk, MergeView } from "@codemirror/merge";
import { json } from "@codemirror/lang-json";
import { syntaxHighlighting } from "@codemirror/language";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { highlighting, theme } from "./editor/theme.ts";

/** What was taken away is struck through, what was added is underlined: no information by colour only. */
const marks = EditorView.theme({
  "&.cm-merge-a .cm-changedLine, &.cm-merge-b .cm-changedLine": { backgroundColor: "var(--shown)" },
  "&.cm-merge-a .cm-changedText": { background: "none", textDecoration: "line-through 2px var(--deny)" },
  "&.cm-merge-b .cm-changedText": { background: "none", textDecoration: "underline 2px var(--allow)" },
  "&.cm-merge-a .cm-changedLineGutter": { background: "var(--deny)" },
  "&.cm-merge-b .cm-changedLineGutter": { background: "var(--allow)" },
});

const keys = keymap.of([
  { key: "F7", run: goToNextChunk },
  { key: "Shift-F7", run: goToPreviousChunk },
]);

function side(text: string, label: string): { doc: string; extensions: Extension } {
  const attributes = { "aria-label": label, "aria-readonly": "true", tabindex: "0", spellcheck: "false" };
  const extensions = [
    lineNumbers(),
    json(),
    syntaxHighlighting(highlighting),
    EditorView.lineWrapping,
    theme,
    marks,
    keys,
    EditorState.readOnly.of(true),
    EditorView.contentAttributes.of(attributes),
  ];
  return { doc: text, extensions };
}

/** `<fenceline-diff>`: set `label`, then `texts`; the texts are shown when the element is in the document. */
export class FencelineDiff extends HTMLElement {
  label = "";
  #texts: readonly [string, string] = ["", ""];
  #view: MergeView | undefined;

  constructor() {
    super();
    this.attachShadow({ mode: "open" });
  }

  set texts(texts: readonly [string, string]) {
    if (texts[0] === this.#texts[0] && texts[1] === this.#texts[1]) return;
    this.#texts = texts;
    if (this.isConnected) this.#show();
  }

  connectedCallback(): void {
    this.#show();
  }

  disconnectedCallback(): void {
    this.#view?.destroy();
    this.#view = undefined;
  }

  #show(): void {
    const root = this.shadowRoot;
    if (!root) return;
    this.#view?.destroy();
    const [before, after] = this.#texts;
    this.#view = new MergeView({
      root,
      parent: root,
      a: side(before, `${this.label}, before`),
      b: side(after, `${this.label}, after`),
    });
    const first = this.#view.chunks[0];
    if (first) this.#view.b.dispatch({ effects: EditorView.scrollIntoView(first.fromB, { y: "start" }) });
  }
}

customElements.define("fenceline-diff", FencelineDiff);
