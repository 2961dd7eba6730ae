// Searching in a text: it comes with the first key that asks for it.

import { search, searchKeymap } from "@codemirror/search";
import type { Extension } from "@codemirror/state";
import { type EditorView, keymap } from "@codemirror/view";

export const searching: Extension = [search({ top: true }), keymap.of(searchKeymap)];

/** press does what a key of searching does. */
export function press(view: EditorView, key: string): void {
  searchKeymap.find((one) => one.key === key)?.run?.(view);
}
