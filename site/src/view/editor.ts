// A JSON editor: the code editor where there is a pointer and room for it, a
// plain text field on phones, and until the code editor is loaded. Both stand in
// a shadow root, since the page's policy lets no script put styles into the
// document.

import type { Coverage } from "../model/coverage.ts";
import { settings } from "../model/settings.ts";
import { type Names, noNames } from "../model/names.ts";
import type { Fix, Problem, Range } from "../model/result.ts";
import { PlainSurface } from "./editor/plain.ts";
import { whenIdle } from "./pace.ts";
import type { Mark, Shown, Surface, SurfaceEvents, TextKind } from "./editor/surface.ts";

export type { Mark } from "./editor/surface.ts";

/** Detail of the editor's `edit` event: the whole text. */
export type EditEvent = CustomEvent<string>;

/** Detail of the editor's `whole-paste` event: the text that was pasted over everything, or into nothing. */
export type WholePasteEvent = CustomEvent<string>;

/** Detail of the editor's `fix` event: what a person chose. */
export type FixEvent = CustomEvent<{ readonly problem: Problem; readonly fix: Fix }>;

/** Detail of the editor's `point` event: the statement under the pointer or the cursor. */
export type PointEvent = CustomEvent<Coverage | undefined>;

/** On a phone a plain field serves better than an editor that is made for a keyboard. */
const phone = matchMedia("(pointer: coarse) and (width < 640px)");

/** What is set again unchanged is left alone: the editor moves marks and problems along with edits by itself. */
function sameItems<T>(a: readonly T[], b: readonly T[], same: (a: T, b: T) => boolean): boolean {
  return a.length === b.length && a.every((item, at) => same(item, b[at] as T));
}

/**
 * `<fenceline-editor>`: set `kind` first, then `text`, `label`, `problems`,
 * `marks`, `coverage`, `names` and `readOnly`; hear `edit`, `whole-paste`, `fix`, `format` and `point`.
 */
export class FencelineEditor extends HTMLElement {
  readonly #root = this.attachShadow({ mode: "open" });
  readonly #plain: PlainSurface;
  #surface: Surface;
  #kind: TextKind = "policy";
  #shown: Shown = { text: "", problems: [], marks: [], coverage: [] };
  /** What was set and is not yet on the surface. */
  #changed: Partial<Shown> | undefined;
  #label = "";
  #readOnly = false;
  #names: () => Names = () => noNames;
  #upgrading = false;
  #leave: (() => void) | undefined;

  constructor() {
    super();
    this.#plain = new PlainSurface(this.#root, this.#events, phone.matches);
    this.#surface = this.#plain;
  }

  readonly #events: SurfaceEvents = {
    edit: (text) => {
      this.#shown = { ...this.#shown, text };
      this.#tell("edit", text);
    },
    wholePaste: (text) => this.#tell("whole-paste", text),
    fix: (problem, fix) => this.#tell("fix", { problem, fix }),
    format: () => this.#tell("format", undefined),
    point: (covered) => this.#tell("point", covered),
  };

  #tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  connectedCallback(): void {
    this.#leave = settings().subscribe(() => this.#surface.setTabIndents(settings().now.tabIndents));
    if (phone.matches || this.#upgrading) return;
    this.#upgrading = true;
    // One after the other, when there is time; the one that a person goes to at once.
    whenIdle(() => this.#upgrade());
    this.#plain.field.addEventListener("focus", this.#soon, { once: true });
  }

  /** Once the cursor is where a click puts it. */
  readonly #soon = (): void => {
    requestAnimationFrame(() => void this.#upgrade());
  };

  disconnectedCallback(): void {
    this.#leave?.();
  }

  /** Puts the code editor in the field's place, with its text, cursor and focus. */
  async #upgrade(): Promise<void> {
    try {
      const { CodeSurface } = await import("./editor/code.ts");
      if (this.#surface !== this.#plain) return;
      if (!this.isConnected) {
        this.#upgrading = false;
        return;
      }
      const { field } = this.#plain;
      const focused = this.#root.activeElement === field;
      const code = new CodeSurface(this.#root, this.#events, {
        ...this.#shown,
        kind: this.#kind,
        cursor: field.selectionStart,
        label: this.#label,
        tabIndents: settings().now.tabIndents,
        readOnly: this.#readOnly,
        names: this.#names,
      });
      this.#plain.destroy();
      this.#surface = code;
      if (focused) code.focus();
    } catch {
      // The field does what the editor does, without its help.
      this.#upgrading = false;
    }
  }

  /** In policies words are offered and explained; it is set once. */
  set kind(kind: TextKind) {
    this.#kind = kind;
  }

  set label(label: string) {
    if (label === this.#label) return;
    this.#label = label;
    this.#surface.setLabel(label);
  }

  /** A text that is only read has no edits and no fixes. */
  set readOnly(readOnly: boolean) {
    if (readOnly === this.#readOnly) return;
    this.#readOnly = readOnly;
    this.#surface.setReadOnly(readOnly);
  }

  set text(text: string) {
    if (text !== this.#shown.text) this.#change({ text });
  }

  set problems(problems: readonly Problem[]) {
    if (!sameItems(problems, this.#shown.problems, (a, b) => a === b)) this.#change({ problems });
  }

  set marks(marks: readonly Mark[]) {
    if (!sameItems(marks, this.#shown.marks, (a, b) => a.range === b.range && a.kind === b.kind))
      this.#change({ marks });
  }

  /** What the last decision made of each statement. */
  set coverage(coverage: readonly Coverage[]) {
    if (coverage !== this.#shown.coverage) this.#change({ coverage });
  }

  /** What is set one after the other reaches the surface at once. */
  #change(changed: Partial<Shown>): void {
    if (!this.#changed) queueMicrotask(() => this.#show());
    this.#shown = { ...this.#shown, ...changed };
    this.#changed = { ...this.#changed, ...changed };
  }

  #show(): void {
    const changed = this.#changed;
    this.#changed = undefined;
    if (changed) this.#surface.show(changed);
  }

  /** What the text may name, asked for when it is needed. */
  set names(names: () => Names) {
    this.#names = names;
    this.#surface.setNames(names);
  }

  /** Scrolls a range into view, and puts the cursor there if asked to. */
  reveal(range: Range, focus: boolean): void {
    this.#show();
    this.#surface.reveal(range, focus);
  }
}

customElements.define("fenceline-editor", FencelineEditor);
