// Lines that are marked: those that decided, and those that were asked for.

import { type EditorState, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";
import { editorRange } from "../../model/positions.ts";
import type { Mark } from "./surface.ts";

export const setMarks = StateEffect.define<readonly Mark[]>();

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

export const marksField = StateField.define<DecorationSet>({
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
