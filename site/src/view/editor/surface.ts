// What an editor is to the element around it, be it CodeMirror or a plain field.

import type { Coverage } from "../../model/coverage.ts";
import type { Names } from "../../model/names.ts";
import type { Fix, Problem, Range } from "../../model/result.ts";

/** A range that is marked, and how. */
export interface Mark {
  readonly range: Range;
  readonly kind: "allow" | "deny" | "shown";
}

/** What is edited: only in policies words are offered and explained. */
export type TextKind = "policy" | "scenario";

/** What an editor tells. */
export interface SurfaceEvents {
  edit(text: string): void;
  /** A paste made the whole text; told after its edit. */
  wholePaste(text: string): void;
  /** A fix was chosen. */
  fix(problem: Problem, fix: Fix): void;
  /** The layout is asked for. */
  format(): void;
  /** The statement under the pointer or the cursor, if any. */
  point(covered: Coverage | undefined): void;
}

/** What an editor shows of a text. */
export interface Shown {
  readonly text: string;
  readonly problems: readonly Problem[];
  readonly marks: readonly Mark[];
  readonly coverage: readonly Coverage[];
}

/** What an editor can be told. */
export interface Surface {
  /** Shows what changed, all at once. */
  show(changed: Partial<Shown>): void;
  setLabel(label: string): void;
  /** What the text may name, asked for when it is needed. */
  setNames(names: () => Names): void;
  /** Whether Tab indents, or moves the focus. */
  setTabIndents(indents: boolean): void;
  /** Whether the text is only read. */
  setReadOnly(readOnly: boolean): void;
  /** Scrolls a range into view, and puts the cursor there if asked to. */
  reveal(range: Range, focus: boolean): void;
  focus(): void;
  destroy(): void;
}
