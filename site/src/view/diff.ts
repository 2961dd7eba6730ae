// Two texts with what differs marked, read only: beside each other where there is room, else one below the other.

import { getChunks, goToNextChunk, goToPreviousChunk, MergeView, unifiedMergeView } from "@codemirror/merge";
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
  ".cm-deletedChunk": { backgroundColor: "var(--shown)", padding: "0 0.75rem 0 0.5rem" },
  ".cm-deletedChunk .cm-deletedText": { background: "none", textDecoration: "line-through 2px var(--deny)" },
  ".cm-deletedLineGutter": { background: "var(--deny)" },
});

/** Two columns of code need this much room. */
const narrow = matchMedia("(width < 40rem)");

const keys = keymap.of([
  { key: "F7", run: goToNextChunk },
  { key: "Shift-F7", run: goToPreviousChunk },
]);

function reading(label: string): Extension {
  return [
    lineNumbers(),
    json(),
    syntaxHighlighting(highlighting),
    EditorView.lineWrapping,
    theme,
    marks,
    keys,
    EditorState.readOnly.of(true),
    EditorView.contentAttributes.of({
      "aria-label": label,
      "aria-readonly": "true",
      tabindex: "0",
      spellcheck: "false",
    }),
  ];
}

/** What is drawn, the editor with the later text in it, and how it goes away. */
interface Drawn {
  readonly editor: EditorView;
  destroy(): void;
}

function beside(root: ShadowRoot, label: string, [before, after]: readonly [string, string]): Drawn {
  const view = new MergeView({
    root,
    parent: root,
    a: { doc: before, extensions: reading(`${label}, before`) },
    b: { doc: after, extensions: reading(`${label}, after`) },
  });
  return { editor: view.b, destroy: () => view.destroy() };
}

function below(root: ShadowRoot, label: string, [before, after]: readonly [string, string]): Drawn {
  const changes = unifiedMergeView({ original: before, mergeControls: false });
  const extensions = [reading(`${label}, what changed`), changes];
  const editor = new EditorView({ root, parent: root, doc: after, extensions });
  return { editor, destroy: () => editor.destroy() };
}

/** `<fenceline-diff>`: set `label`, then `texts`; the texts are shown when the element is in the document. */
export class FencelineDiff extends HTMLElement {
  label = "";
  #texts: readonly [string, string] = ["", ""];
  #drawn: Drawn | undefined;

  constructor() {
    super();
    this.attachShadow({ mode: "open" });
  }

  set texts(texts: readonly [string, string]) {
    if (texts[0] === this.#texts[0] && texts[1] === this.#texts[1]) return;
    this.#texts = texts;
    if (this.isConnected) this.#show();
  }

  readonly #again = (): void => this.#show();

  connectedCallback(): void {
    this.#show();
    narrow.addEventListener("change", this.#again);
  }

  disconnectedCallback(): void {
    narrow.removeEventListener("change", this.#again);
    this.#drawn?.destroy();
    this.#drawn = undefined;
  }

  #show(): void {
    const root = this.shadowRoot;
    if (!root) return;
    this.#drawn?.destroy();
    this.#drawn = (narrow.matches ? below : beside)(root, this.label, this.#texts);
    const { editor } = this.#drawn;
    const first = getChunks(editor.state)?.chunks[0];
    // Only this element scrolls to the first change, not what it stands in.
    editor.requestMeasure({
      read: () => (first ? editor.lineBlockAt(first.fromB).top : 0),
      write: (top) => (this.scrollTop = top),
    });
  }
}

customElements.define("fenceline-diff", FencelineDiff);
