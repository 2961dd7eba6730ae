// Fixes, made in the texts that they are about.

import type { Fix } from "./result.ts";

/** applyFix makes a fix's edits, whose places are bytes of the text before any of them. */
export function applyFix(text: string, { edits }: Fix): string {
  const bytes = new TextEncoder().encode(text);
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const part = (from: number, to?: number): string => decoder.decode(bytes.subarray(from, to));
  let fixed = "";
  let at = 0;
  for (const { start, end, text: written } of [...edits].sort((a, b) => a.start.offset - b.start.offset)) {
    fixed += part(at, start.offset) + written;
    at = end.offset;
  }
  return fixed + part(at);
}

/** fixWords is a fix's title as a sentence tells it, without marks. */
export const fixWords = ({ title }: Fix): string => title.replaceAll("`", "");
