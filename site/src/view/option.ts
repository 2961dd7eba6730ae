// A choice of a select. It says itself whether it is chosen: a select cannot be told before its choices stand in it.

import { html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";

/** option is a choice of a select, by its value and its words. */
export const option = (value: string, words: string, chosen: boolean): TemplateResult =>
  html`<option value=${value} .selected=${live(chosen)}>${words}</option>`;
