// The field of one context key: present, absent or unknown, and its values by
// their kind. The request's form and the decision use the same one.

import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { type KeyType, type Suggestion, wrongWith } from "../model/kinds.ts";
import type { NextValues } from "../model/context.ts";
import type { KeyState } from "../model/scenario.ts";
import { sentence } from "./prose.ts";

/** A key as its field shows it. */
export interface KeyField {
  readonly key: string;
  readonly state: KeyState;
  readonly values: readonly string[];
  readonly kind: KeyType;
  /** Whether it may hold several values. */
  readonly many: boolean;
  readonly suggestions: readonly Suggestion[];
  /** Tells this field from the same key's field elsewhere on the page. */
  readonly place: string;
  /** Gives the key a state, and values that follow from its present ones; typing is one step to undo. */
  change(state: KeyState, next: NextValues, typing?: boolean): void;
}

/**
 * group is a form of fields that are taken while they are typed: nothing is
 * submitted. A browser looks at all fields of a form with each key, or, without
 * one, at all of the page.
 */
export function group(legend: string, enabled: boolean, fields: unknown): TemplateResult {
  return html`<form @submit=${(event: Event) => event.preventDefault()}>
    <fieldset ?disabled=${!enabled}>
      <legend class="unseen">${legend}</legend>
      ${fields}
    </fieldset>
  </form>`;
}

const states: readonly KeyState[] = ["present", "absent", "unknown"];

const meanings: Record<KeyState, string> = {
  present: "The request carries the key with this value.",
  absent: "AWS decides as if the key did not exist.",
  unknown: "Every value is tried, and absence too where that can be.",
};

/** valueField is where a key's first value is chosen or typed, in a part of the page. */
export function valueField(within: ParentNode, key: string): HTMLElement | null {
  const label = CSS.escape(`Value 1 of ${key}`);
  return within.querySelector<HTMLElement>(`input[aria-label="${label}"], [aria-label="${label}"] input`);
}

/** segments are radio buttons in one row. */
function segments<T extends string>(
  label: string,
  name: string,
  options: readonly T[],
  chosen: string,
  choose: (option: T) => void,
): TemplateResult {
  return html`<div class="segments" role="radiogroup" aria-label=${label}>
    ${options.map(
      (option) => html`<label class="segment">
        <input type="radio" name=${name} value=${option} .checked=${live(option === chosen)} @change=${() => choose(option)} />
        <span>${option}</span>
      </label>`,
    )}
  </div>`;
}

/** stateControl tells present, absent and unknown apart. */
export function stateControl(field: KeyField): TemplateResult {
  return segments(`State of ${field.key}`, `state ${field.place} ${field.key}`, states, field.state, (state) =>
    field.change(state, (values) => (values.length > 0 ? values : [""])),
  );
}

function withValue(field: KeyField, at: number, value: string): void {
  field.change("present", (values) => values.map((one, i) => (i === at ? value : one)), true);
}

/** The UTC time of an ISO text as a datetime field takes it. */
function asDateTime(value: string): string {
  const at = Date.parse(value);
  return Number.isNaN(at) || /^-?\d+$/.test(value) ? "" : new Date(at).toISOString().slice(0, 19);
}

function textInput(field: KeyField, value: string, at: number, note: string): TemplateResult {
  return html`<input
    aria-label="Value ${at + 1} of ${field.key}"
    aria-invalid=${wrongWith(field.kind, value) ? "true" : nothing}
    aria-describedby=${note || nothing}
    inputmode=${field.kind === "number" ? "decimal" : nothing}
    .value=${live(value)}
    autocomplete="off"
    autocapitalize="off"
    spellcheck="false"
    @input=${(event: Event) => withValue(field, at, (event.target as HTMLInputElement).value)}
  />`;
}

function input(field: KeyField, value: string, at: number, note: string): TemplateResult {
  const label = `Value ${at + 1} of ${field.key}`;
  switch (field.kind) {
    case "bool":
      if (!/^(true|false|)$/i.test(value)) break;
      return segments(label, `${field.place} ${field.key} ${at}`, ["true", "false"], value.toLowerCase(), (to) =>
        withValue(field, at, to),
      );
    case "date":
      return html`<div class="moment">
        ${textInput(field, value, at, note)}
        <input
          type="datetime-local"
          step="1"
          aria-label="${label}, as date and time in UTC"
          .value=${live(asDateTime(value))}
          @change=${(event: Event) => {
            const to = (event.target as HTMLInputElement).value;
            if (to) withValue(field, at, `${to.length === 16 ? `${to}:00` : to.slice(0, 19)}Z`);
          }}
        />
      </div>`;
  }
  return textInput(field, value, at, note);
}

function valueRow(field: KeyField, value: string, at: number): TemplateResult {
  const wrong = wrongWith(field.kind, value);
  const note = wrong ? `wrong-${field.place}-${field.key}-${at}`.replaceAll(/[^\w-]/g, "-") : "";
  const remove = (): void => field.change("present", (values) => values.filter((_, i) => i !== at));
  return html`<div class="value">
      ${input(field, value, at, note)}
      ${
        field.values.length > 1
          ? html`<button type="button" aria-label="Remove value ${at + 1} of ${field.key}" @click=${remove}>Remove</button>`
          : nothing
      }
    </div>
    ${wrong ? html`<p class="wrong" id=${note}>${sentence(wrong)}</p>` : nothing}`;
}

function suggestion(field: KeyField, { value, why }: Suggestion): TemplateResult {
  return html`<button type="button" class="suggestion" @click=${() => field.change("present", () => [value])}><code>${value}</code> ${why}</button>`;
}

/** valuesPart is what stands under the key's state: its values, and values worth a try. */
export function valuesPart(field: KeyField): TemplateResult {
  const rest = field.suggestions.filter(({ value }) => field.state !== "present" || !field.values.includes(value));
  return html`
    ${field.state === "present" ? field.values.map((value, at) => valueRow(field, value, at)) : html`<p class="hint">${meanings[field.state]}</p>`}
    ${rest.length > 0 ? html`<div class="suggestions" role="group" aria-label="Values of ${field.key} to try">${rest.map((one) => suggestion(field, one))}</div>` : nothing}
  `;
}
