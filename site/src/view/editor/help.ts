// What the word under the pointer or the cursor means, with its rules and AWS's
// page, and the fixes for what is wrong there.

import { type EditorState, type Extension, StateEffect, StateField } from "@codemirror/state";
import { EditorView, closeHoverTooltips, hoverTooltip, keymap, showTooltip, type Tooltip } from "@codemirror/view";
import { html, nothing, render, type TemplateResult } from "lit";
import type { Described } from "../../model/catalogue.ts";
import { placeAt } from "../../model/jsonPlace.ts";
import type { Names } from "../../model/names.ts";
import { keyWord, loadRules, loadWords, operatorWord, type Rule, type Word, type Words } from "../../model/words.ts";
import { inline } from "../prose.ts";
import { actionView } from "./action.ts";
import { coveredAt, signOf } from "./coverage.ts";

/** A word at a place, with its meaning. */
interface Meaning {
  readonly from: number;
  readonly to: number;
  readonly words: readonly Word[];
  readonly facts: string;
  /** What AWS says of the action there. */
  readonly action?: Described;
}

/** The longest text whose words are explained. */
const longest = 200_000;

/** Words are found by where they stand, so that a tag called Effect is no element. */
function meanings(words: Words, text: string, at: number): Meaning | undefined {
  const place = placeAt(text, at);
  if (!place || place.word === "") return undefined;
  const { path, role, word, from, to } = place;
  const found = (list: readonly (Word | undefined)[], facts = ""): Meaning | undefined => {
    const known = list.filter((one) => one !== undefined);
    return known.length === 0 ? undefined : { from, to, words: known, facts };
  };
  const named = (list: readonly Word[] | undefined): Word | undefined => list?.find(({ name }) => name === word);
  const inner = path[0] !== "Statement" ? path : path.slice(typeof path[1] === "number" ? 2 : 1);
  if (role === "value") {
    if (inner[0] === "Effect" || inner[0] === "Version") return found([named(words.values[inner[0]])]);
    const variable = words.variables.find(({ name }) => word.includes(name));
    return found([variable]);
  }
  if (inner[0] === "Condition" && inner.length === 1) {
    const operator = operatorWord(words, word);
    return operator && found([...operator.modifiers, operator.operator]);
  }
  if (inner[0] === "Condition" && inner.length === 2) {
    const key = keyWord(words, word);
    if (!key) return undefined;
    const present = key.always ? "in every request" : key.when ? `only in: ${key.when}` : "";
    return found([key], [key.type, key.many ? "several values" : "one value", present].filter(Boolean).join(", "));
  }
  if (inner.length === 0) return found([named(words.elements)]);
  return found([named(words.principals)]);
}

/** The action at a place, with what the catalogue says of it. */
async function actionAt(text: string, at: number, { catalogue }: Names): Promise<Meaning | undefined> {
  const place = placeAt(text, at);
  if (!catalogue || !place || place.role !== "value" || !place.word.includes(":")) return undefined;
  if (!place.path.some((part) => part === "Action" || part === "NotAction")) return undefined;
  const action = await catalogue.describe(place.word);
  return action && { from: place.from, to: place.to, words: [], facts: "", action };
}

const marks = { D: "documented by AWS", O: "observed", U: "uncertain" } as const;

function ruleRow(number: string, rule: Rule | undefined): TemplateResult {
  const mark = rule?.mark ? ` (${marks[rule.mark]})` : "";
  return html`<p class="facts">Rule ${number}${mark}${rule ? html`: ${inline(rule.text)}` : nothing}</p>`;
}

/** The reference has pages of elements and of operators. */
const part = (word: Word): string => ("in" in word ? "elements" : "ifExists" in word ? "operators" : "");

function meaningView({ words, facts, action }: Meaning, rules: Readonly<Record<string, Rule>>): TemplateResult {
  return html`${action ? actionView(action) : nothing}${words.map(
    (word) => html`<p><strong>${word.name}</strong> ${inline(word.text)}</p>
      ${facts ? html`<p class="facts">${facts}</p>` : nothing}
      ${(word.rules ?? []).map((number) => ruleRow(number, rules[number]))}
      <p>
        ${part(word) && html`<a href="/reference/${part(word)}/${word.name}/" target="_blank">All about ${word.name}</a>`}
        <a href=${word.url} target="_blank" rel="noopener">AWS about ${word.name}</a>
      </p>`,
  )}`;
}

function view(meaning: Meaning | undefined, covered: string, rules: Readonly<Record<string, Rule>>): TemplateResult {
  return html`${meaning ? meaningView(meaning, rules) : nothing}${covered ? html`<p>${inline(covered)}.</p>` : nothing}
  ${meaning || covered ? nothing : html`<p>There is no help on this place. Put the cursor on an element, an action, an operator or a condition key.</p>`}`;
}

async function helpAt(
  state: EditorState,
  at: number,
  names: Names,
): Promise<{ meaning: Meaning | undefined; covered: string }> {
  const words = state.doc.length <= longest ? await loadWords() : undefined;
  const covered = coveredAt(state, at);
  const text = state.doc.toString();
  return {
    meaning: words && ((await actionAt(text, at, names)) ?? meanings(words, text, at)),
    covered: covered ? signOf(covered).words : "",
  };
}

function box(): HTMLElement {
  const dom = document.createElement("div");
  dom.className = "help";
  return dom;
}

const setCard = StateEffect.define<Tooltip | null>();

/** The card that the keyboard opened; it goes with the next change of the text. */
const cardField = StateField.define<Tooltip | null>({
  create: () => null,
  update(card, transaction) {
    for (const effect of transaction.effects) if (effect.is(setCard)) return effect.value;
    return transaction.docChanged ? null : card;
  },
  provide: (field) => showTooltip.from(field),
});

const hover = (names: () => Names): Extension =>
  hoverTooltip(
    async ({ state }, pos): Promise<Tooltip | null> => {
      const { meaning } = await helpAt(state, pos, names());
      if (!meaning || state.field(cardField)) return null;
      const rules = (await loadRules()) ?? {};
      return {
        pos: meaning.from,
        end: meaning.to,
        above: true,
        create: () => {
          const dom = box();
          render(view(meaning, "", rules), dom);
          return { dom };
        },
      };
    },
    { hideOnChange: true },
  );

/** openCard shows something at a place and gives it the focus; Escape goes back to the text. */
export function openCard(editor: EditorView, pos: number, label: string, content: TemplateResult): void {
  const close = (): void => {
    editor.dispatch({ effects: setCard.of(null) });
    editor.focus();
  };
  const create = () => {
    const dom = box();
    dom.tabIndex = -1;
    dom.setAttribute("role", "group");
    dom.setAttribute("aria-label", label);
    render(content, dom);
    dom.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      close();
    });
    dom.addEventListener("focusout", ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node) || !dom.contains(relatedTarget)) {
        queueMicrotask(() => editor.dispatch({ effects: setCard.of(null) }));
      }
    });
    return { dom, mount: () => requestAnimationFrame(() => (dom.querySelector("button") ?? dom).focus()) };
  };
  editor.dispatch({ effects: [closeHoverTooltips, setCard.of({ pos, above: false, create })] });
}

async function help(editor: EditorView, names: Names): Promise<void> {
  const at = editor.state.selection.main.head;
  const { meaning, covered } = await helpAt(editor.state, at, names);
  const rules = meaning ? ((await loadRules()) ?? {}) : {};
  openCard(editor, meaning?.from ?? at, "Help", view(meaning, covered, rules));
}

/** help explains words under the pointer, and the one at the cursor on F1. */
export function helpOnWords(names: () => Names): Extension {
  return [
    hover(names),
    keymap.of([
      {
        key: "F1",
        run: (editor) => {
          void help(editor, names());
          return true;
        },
      },
    ]),
  ];
}

export const cards: Extension = cardField;
