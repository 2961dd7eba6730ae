// The one place where the engine's positions become the editor's.

import type { Text } from "@codemirror/state";
import type { Position, Range } from "./result.ts";

/** editorOffset is a position's offset in UTF-16 units; one outside the text moves to its nearest end. */
export function editorOffset(text: Text, position: Position): number {
  if (position.line < 1) return 0;
  if (position.line > text.lines) return text.length;
  const line = text.line(position.line);
  let units = 0;
  for (let points = 0; points < position.column && units < line.length; points++) {
    units += (line.text.codePointAt(units) ?? 0) > 0xffff ? 2 : 1;
  }
  return line.from + units;
}

/** editorRange is a range as the editor counts, never backwards. */
export function editorRange(text: Text, range: Range): { from: number; to: number } {
  const from = editorOffset(text, range.start);
  return { from, to: Math.max(from, editorOffset(text, range.end)) };
}

/** visibleRange is a range with at least one character to underline, where its line has any. */
export function visibleRange(text: Text, range: Range): { from: number; to: number } {
  const { from, to } = editorRange(text, range);
  if (from < to) return { from, to };
  const line = text.lineAt(from);
  return from < line.to ? { from, to: from + 1 } : { from: Math.max(line.from, from - 1), to };
}

/** placeWords writes a position for people, who count columns from 1. */
export const placeWords = (position: Position): string => `line ${position.line}, column ${position.column + 1}`;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The most of a text that is quoted. */
const longestQuote = 120;

/** writtenAt is what stands in a range of a text, on one line, shortened where it is long. */
export function writtenAt(text: string, { start, end }: Range): string {
  const bytes = encoder.encode(text).subarray(start.offset, end.offset);
  const line = decoder.decode(bytes).replace(/\s+/g, " ").trim();
  return line.length > longestQuote ? `${line.slice(0, longestQuote - 1)}…` : line;
}
