// Rows of a key and a value: context keys, session tags.

import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { focusSoon } from "./element.ts";

/** A row; its value stays what it was as long as its text is. */
export interface Pair {
  readonly key: string;
  readonly text: string;
  readonly value: unknown;
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** A text in brackets is a list of values, if it is one in JSON. */
function valueOf(text: string): unknown {
  if (!text.trim().startsWith("[")) return text;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : text;
  } catch {
    return text;
  }
}

/** pairsOf are an object's members as rows. */
export const pairsOf = (object: Readonly<Record<string, unknown>> = {}): Pair[] =>
  Object.entries(object).map(([key, value]) => ({ key, text: textOf(value), value }));

/** objectOf are rows as an object; those without a key are not in it yet. */
export const objectOf = (pairs: readonly Pair[]): Record<string, unknown> =>
  Object.fromEntries(pairs.filter(({ key }) => key.trim() !== "").map(({ key, value }) => [key.trim(), value]));

/** Rows as they are edited: those without a key are in no object, and would be gone with the next rendering. */
export class Rows {
  #edited: readonly Pair[] = [];

  /** The rows of an object, as they are edited unless it has come to something else since. */
  of(object: Readonly<Record<string, unknown>> | undefined): readonly Pair[] {
    return JSON.stringify(objectOf(this.#edited)) === JSON.stringify(object ?? {}) ? this.#edited : pairsOf(object);
  }

  /** Takes edited rows, and gives their object. */
  put(pairs: readonly Pair[]): Record<string, unknown> {
    this.#edited = pairs;
    return objectOf(pairs);
  }

  clear(): void {
    this.#edited = [];
  }
}

/** pairsField edits rows: `noun` says what one is. */
export function pairsField(
  title: string,
  noun: string,
  pairs: readonly Pair[],
  change: (pairs: readonly Pair[]) => void,
): TemplateResult {
  const put = (at: number, pair: Pair): void => change(pairs.map((one, index) => (index === at ? pair : one)));
  const input = (event: Event): string => (event.target as HTMLInputElement).value;
  const fields = (event: Event): Element | null => (event.currentTarget as HTMLElement).closest("fieldset");
  const add = (event: Event): void => {
    const inside = fields(event);
    change([...pairs, { key: "", text: "", value: "" }]);
    focusSoon(() => [...(inside?.querySelectorAll<HTMLElement>(".pair > :first-child") ?? [])].at(-1));
  };
  const remove = (event: Event, at: number): void => {
    const inside = fields(event);
    change(pairs.filter((_, index) => index !== at));
    focusSoon(() => inside?.querySelector<HTMLElement>(".tools > button"));
  };
  const keys = pairs.map(({ key }) => key.trim()).filter((key) => key !== "");
  const twice = keys.find((key, at) => keys.indexOf(key) < at);
  return html`<fieldset class="pairs">
    <legend>${title}</legend>
    ${twice === undefined ? nothing : html`<p class="hint"><code>${twice}</code> stands there twice; the last one counts. Several values are written <code>["a", "b"]</code>.</p>`}
    ${pairs.map(
      (pair, at) =>
        html`<div class="pair">
          <input
            type="text"
            aria-label="${noun} ${at + 1}"
            placeholder="key"
            spellcheck="false"
            autocomplete="off"
            autocapitalize="off"
            .value=${live(pair.key)}
            @change=${(event: Event) => put(at, { ...pair, key: input(event) })}
          />
          <input
            type="text"
            aria-label="Value of ${noun.toLowerCase()} ${at + 1}"
            placeholder="value"
            spellcheck="false"
            autocomplete="off"
            autocapitalize="off"
            .value=${live(pair.text)}
            @change=${(event: Event) => put(at, { ...pair, text: input(event), value: valueOf(input(event)) })}
          />
          <button type="button" aria-label="Remove ${noun.toLowerCase()} ${at + 1}" @click=${(event: Event) => remove(event, at)}>
            Remove
          </button>
        </div>`,
    )}
    <div class="tools">
      <button type="button" @click=${add}>Add a ${noun.toLowerCase()}</button>
    </div>
  </fieldset>`;
}
