// Tags as rows of a key and a value; an empty row below takes a new one.

import { html, type TemplateResult } from "lit";

/** Tags by their keys, in the order in which they are written. */
export type Tags = Readonly<Record<string, string>>;

const valueOf = (event: Event): string => (event.target as HTMLInputElement).value;

/** withTag gives a tag another key and value in its place; an empty key takes it away. */
export function withTag(tags: Tags, at: number, key: string, value: string): Tags | undefined {
  const rows = Object.entries(tags);
  rows.splice(at, 1, ...(key === "" ? [] : [[key, value] as [string, string]]));
  return rows.length > 0 ? Object.fromEntries(rows) : undefined;
}

// A field keeps what is typed into it until it is left: an answer that comes meanwhile does not take it back.
function row(
  what: string,
  of: string,
  [key, value]: readonly [string, string],
  at: number,
  set: (key: string, value: string) => void,
): TemplateResult {
  return html`<div class="tag">
    <input aria-label="Key of ${what} ${at + 1} of ${of}" placeholder="key" autocomplete="off" spellcheck="false" .value=${key}
      @change=${(event: Event) => set(valueOf(event).trim(), value)} />
    <span aria-hidden="true">=</span>
    <input aria-label="Value of ${what} ${at + 1} of ${of}" placeholder="value" autocomplete="off" spellcheck="false" .value=${value}
      @change=${(event: Event) => set(key, valueOf(event))} />
  </div>`;
}

/** tagRows edits the tags of something, or what else is a key and a value; a key that is emptied goes away with its value. */
export function tagRows(
  title: string,
  of: string,
  tags: Tags,
  set: (tags: Tags | undefined) => void,
  what = "tag",
): TemplateResult {
  const rows = [...Object.entries(tags), ["", ""] as const];
  return html`<div class="field tags" role="group" aria-label="${title}">
    <span>${title}</span>
    ${rows.map((one, at) => row(what, of, one, at, (key, value) => set(withTag(tags, at, key, value))))}
  </div>`;
}
