// Margins as coverage: beside each statement, what the last decision made of it.

import {
  RangeSet,
  RangeSetBuilder,
  StateEffect,
  StateField,
  type EditorState,
  type Extension,
} from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, gutter, GutterMarker } from "@codemirror/view";
import type { Coverage } from "../../model/coverage.ts";
import { editorRange } from "../../model/positions.ts";

export const setCoverage = StateEffect.define<readonly Coverage[]>();

interface Sign {
  readonly letter: string;
  readonly tone: "allow" | "deny" | "unknown" | "none";
  readonly words: string;
}

/** signOf says what became of a statement, in a letter and in words. */
export function signOf({ outcome, effect, reason }: Coverage): Sign {
  switch (outcome) {
    case "match":
      return effect === "Deny"
        ? { letter: "D", tone: "deny", words: "This statement denies the request" }
        : { letter: "A", tone: "allow", words: "This statement allows the request" };
    case "unknown":
      return { letter: "?", tone: "unknown", words: "Whether this statement matches is not known" };
    case "noMatch":
      return {
        letter: "–",
        tone: "none",
        words: `This statement does not match the request${reason ? `: ${reason}` : ""}`,
      };
    case "notReached":
      return { letter: "–", tone: "none", words: "This statement was not reached" };
  }
}

type DecorationRange = ReturnType<Decoration["range"]>;

class CoverageMarker extends GutterMarker {
  readonly #sign: Sign;

  constructor(sign: Sign) {
    super();
    this.#sign = sign;
  }

  override eq(other: CoverageMarker): boolean {
    return other.#sign.letter === this.#sign.letter && other.#sign.words === this.#sign.words;
  }

  override toDOM(): HTMLElement {
    const mark = document.createElement("span");
    mark.className = `covered-${this.#sign.tone}`;
    mark.textContent = this.#sign.letter;
    mark.title = this.#sign.words;
    return mark;
  }
}

interface Covered {
  readonly list: readonly { readonly from: number; readonly to: number; readonly covered: Coverage }[];
  readonly markers: RangeSet<GutterMarker>;
  readonly failed: DecorationSet;
  /** The same for who doesn't see the margin. */
  readonly description: string;
}

const nothing: Covered = { list: [], markers: RangeSet.empty, failed: Decoration.none, description: "" };

/** The most statements of which the description tells. */
const mostTold = 12;

const failedMark = Decoration.mark({ class: "failed" });

/** The words of a range, line by line without their indents. */
function underline(state: EditorState, from: number, to: number): DecorationRange[] {
  const ranges: DecorationRange[] = [];
  for (let at = from; at < to;) {
    const line = state.doc.lineAt(at);
    const start = Math.max(from, line.from + line.text.search(/\S|$/));
    const end = Math.min(to, line.to);
    if (start < end) ranges.push(failedMark.range(start, end));
    at = line.to + 1;
  }
  return ranges;
}

function cover(state: EditorState, coverage: readonly Coverage[]): Covered {
  const list = coverage
    .map((covered) => ({ ...editorRange(state.doc, covered.range), covered }))
    .sort((a, b) => a.from - b.from);
  const markers = new RangeSetBuilder<GutterMarker>();
  const failed: DecorationRange[] = [];
  const told: string[] = [];
  for (const { from, covered } of list) {
    const line = state.doc.lineAt(from);
    const sign = signOf(covered);
    markers.add(line.from, line.from, new CoverageMarker(sign));
    if (told.length < mostTold) told.push(`Line ${line.number}: ${sign.words}.`);
    if (!covered.element) continue;
    const range = editorRange(state.doc, covered.element);
    failed.push(...underline(state, range.from, range.to));
  }
  return { list, markers: markers.finish(), failed: Decoration.set(failed, true), description: told.join(" ") };
}

const coveredField = StateField.define<Covered>({
  create: () => nothing,
  update(covered, transaction) {
    let next = covered;
    if (transaction.docChanged) {
      const { changes } = transaction;
      next = {
        list: covered.list.map((one) => ({ ...one, from: changes.mapPos(one.from), to: changes.mapPos(one.to) })),
        markers: covered.markers.map(changes),
        failed: covered.failed.map(changes),
        description: covered.description,
      };
    }
    for (const effect of transaction.effects) {
      if (effect.is(setCoverage)) next = cover(transaction.state, effect.value);
    }
    return next;
  },
  provide: (field) => [
    EditorView.decorations.from(field, ({ failed }) => failed),
    EditorView.contentAttributes.from(field, ({ description }): Record<string, string> =>
      description === "" ? {} : { "aria-description": description },
    ),
  ],
});

/** coveredAt is the statement at a place. */
export const coveredAt = (state: EditorState, at: number): Coverage | undefined =>
  state.field(coveredField).list.find(({ from, to }) => from <= at && at <= to)?.covered;

/** coverage shows the margin, and tells the statement under the pointer or the cursor. */
export function coverage(point: (covered: Coverage | undefined) => void): Extension {
  let last: Coverage | undefined;
  const tell = (covered: Coverage | undefined): void => {
    if (covered === last) return;
    last = covered;
    point(covered);
  };
  return [
    coveredField,
    gutter({
      class: "cm-coverage",
      markers: ({ state }) => state.field(coveredField).markers,
      domEventHandlers: {
        mouseover: (view, line) => {
          tell(coveredAt(view.state, line.to));
          return false;
        },
      },
    }),
    EditorView.updateListener.of(({ view, selectionSet, state }) => {
      if (selectionSet && view.hasFocus) tell(coveredAt(state, state.selection.main.head));
    }),
    EditorView.domEventHandlers({
      mouseover: ({ target }, view) => {
        if (target instanceof Element && target.closest(".cm-line")) tell(coveredAt(view.state, view.posAtDOM(target)));
      },
      mouseleave: () => tell(undefined),
      blur: () => tell(undefined),
    }),
  ];
}
