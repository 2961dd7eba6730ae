// Fields in which policies of a page are edited: text fields until a person goes into one where there is a keyboard and
// a pointer; then the code editor.

import { html, type LitElement, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { Position, Problem } from "../model/result.ts";
import type { PolicyText } from "../model/workspace.ts";
import type { EditEvent, FencelineEditor } from "./editor.ts";

/** Where the cursor of a text field is. */
function cursorOf({ value, selectionStart }: HTMLTextAreaElement): Position {
  const lines = value.slice(0, selectionStart).split("\n");
  const column = [...(lines.at(-1) ?? "")].length;
  return { line: lines.length, column, offset: 0 };
}

/** PolicyFields are those of one component, which hears every edit. */
export class PolicyFields {
  readonly #host: LitElement;
  readonly #edit: (name: string, text: string) => void;
  /** The policies that the code editor has taken over from a text field. */
  readonly #code = new Set<string>();

  constructor(host: LitElement, edit: (name: string, text: string) => void) {
    this.#host = host;
    this.#edit = edit;
  }

  async #upgrade(name: string, event: FocusEvent): Promise<void> {
    if (!matchMedia("(pointer: fine)").matches) return;
    const field = event.target as HTMLTextAreaElement;
    await import("./editor.ts");
    const focused = document.activeElement === field;
    const cursor = cursorOf(field);
    this.#code.add(name);
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    const editor = this.#host.querySelector<FencelineEditor>(`fenceline-editor[data-policy="${CSS.escape(name)}"]`);
    if (focused) editor?.reveal({ start: cursor, end: cursor }, true);
  }

  field({ name, text }: PolicyText, problems: readonly Problem[]): TemplateResult {
    if (this.#code.has(name)) {
      return html`<fenceline-editor
        data-policy=${name}
        .label=${`Policy ${name}`}
        .text=${text}
        .problems=${problems}
        @edit=${(event: EditEvent) => this.#edit(name, event.detail)}
      ></fenceline-editor>`;
    }
    return html`<textarea
      aria-label="Policy ${name}"
      rows=${Math.min(text.split("\n").length, 24)}
      spellcheck="false"
      autocomplete="off"
      .value=${live(text)}
      @focus=${(event: FocusEvent) => this.#upgrade(name, event)}
      @input=${(event: Event) => this.#edit(name, (event.target as HTMLTextAreaElement).value)}
    ></textarea>`;
  }
}
