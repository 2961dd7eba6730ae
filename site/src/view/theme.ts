// The choice between light, dark and what the system says.

import { html, type TemplateResult } from "lit";
import { settings, setTheme, type Theme } from "../model/settings.ts";
import { option } from "./option.ts";

const themes: readonly (readonly [Theme, string])[] = [
  ["system", "As the system"],
  ["light", "Light"],
  ["dark", "Dark"],
];

/** A select of the theme, for the header and the dialog. */
export function themeSelect(): TemplateResult {
  const { theme } = settings().now;
  return html`<select
    aria-label="Theme"
    @change=${(event: Event) => setTheme((event.target as HTMLSelectElement).value as Theme)}
  >
    ${themes.map(([value, words]) => option(value, words, value === theme))}
  </select>`;
}
