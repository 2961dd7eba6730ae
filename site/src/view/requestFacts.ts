// What a request is decided on, as a list.

import { html, type TemplateResult } from "lit";
import type { Fact } from "../model/requestFacts.ts";

export const factsPart = (facts: readonly Fact[]): TemplateResult =>
  html`<dl class="request-facts">${facts.map(({ title, text }) => html`<dt>${title}</dt><dd>${text}</dd>`)}</dl>`;
