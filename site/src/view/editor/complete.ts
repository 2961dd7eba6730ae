// What may stand at a place of a policy, as CodeMirror wants it.

import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  completionStatus,
  setSelectedCompletion,
  startCompletion,
} from "@codemirror/autocomplete";
import { type Extension, Prec } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { type JsonPlace, placeAt } from "../../model/jsonPlace.ts";
import { levelOf, matchesPattern } from "../../model/catalogue.ts";
import { keyWord, loadWords, operatorWord, type Words } from "../../model/words.ts";
import type { Names } from "../../model/names.ts";
import type { TextKind } from "./surface.ts";

/** The longest text in which words are offered while it is typed. */
const longest = 200_000;

/** What is written behind a name that has no value yet; the cursor goes to the bar. */
const behind: Readonly<Record<string, string>> = {
  Statement: "[|]",
  Principal: "{|}",
  NotPrincipal: "{|}",
  Condition: "{|}",
};

interface Offer {
  readonly name: string;
  readonly detail?: string | undefined;
  readonly info?: string | undefined;
  /** Written behind it when it is a name without a value. */
  readonly behind?: string;
  readonly boost?: number;
}

/** What is written for an offer, with a bar where the cursor goes. */
function written({ role, colon }: JsonPlace, offer: Offer): string {
  const quoted = JSON.stringify(offer.name);
  const value = role === "key" && !colon ? `: ${offer.behind ?? '"|"'}` : "";
  // A family's name goes on with a tag's key, and a service's with an action.
  if (/[/:]$/.test(offer.name)) return `${quoted.slice(0, -1)}|"${value.replace("|", "")}`;
  return value === "" ? `${quoted}|` : quoted + value;
}

/** Writes an offer in the place of the word at the cursor. */
function write(view: EditorView, offer: Offer): void {
  const { doc, selection } = view.state;
  const place = placeAt(doc.toString(), selection.main.head);
  if (!place) return;
  const text = written(place, offer);
  const bar = text.indexOf("|");
  view.dispatch({
    changes: { from: place.from, to: place.to, insert: text.slice(0, bar) + text.slice(bar + 1) },
    selection: { anchor: place.from + bar },
    userEvent: "input.complete",
  });
  if (place.role === "key" || offer.name.endsWith(":")) startCompletion(view);
}

const completionOf = (offer: Offer): Completion => ({
  label: offer.name,
  ...(offer.detail ? { detail: offer.detail } : {}),
  ...(offer.info ? { info: offer.info } : {}),
  ...(offer.boost ? { boost: offer.boost } : {}),
  apply: (view) => write(view, offer),
});

const plain = (names: readonly string[]): Offer[] => [...new Set(names)].map((name) => ({ name }));

/** The part of a path that is in a statement. */
function inStatement(path: JsonPlace["path"]): JsonPlace["path"] | undefined {
  if (path[0] !== "Statement") return undefined;
  return typeof path[1] === "number" ? path.slice(2) : path.slice(1);
}

function operators({ operators, modifiers }: Words): Offer[] {
  const sets = modifiers.filter(({ name }) => name.endsWith(":"));
  const plainOnes = operators.map(({ name, text }) => ({ name, info: text, behind: "{|}", boost: 3 }));
  const ifExists = operators
    .filter((one) => one.ifExists)
    .map(({ name, text }) => ({
      name: `${name}IfExists`,
      info: `${text} Or the key is missing.`,
      behind: "{|}",
      boost: 2,
    }));
  const many = sets.flatMap((set) =>
    operators.map(({ name }) => ({ name: set.name + name, info: set.text, behind: "{|}", boost: 1 })),
  );
  return [...plainOnes, ...ifExists, ...many];
}

/** The condition keys, those first whose type the operator compares. */
function keys(words: Words, operator: string): Offer[] {
  const wanted = operatorWord(words, operator)?.operator.type ?? "any";
  return words.keys.map(({ name, text, type, many, when }) => ({
    name,
    detail: many ? `${type}, several` : type,
    info: when === undefined ? text : `${text} Only in: ${when}.`,
    boost: wanted === "any" || wanted === type || (wanted === "text" && type === "arn") ? 2 : 0,
  }));
}

/** The values of a condition. */
function conditionValues(words: Words, operator: string, key: string, names: Names): Offer[] {
  const known = keyWord(words, key);
  const test = operatorWord(words, operator)?.operator;
  if (test?.name === "Null" || test?.type === "bool" || known?.type === "bool") return plain(["true", "false"]);
  if (known?.type === "arn" || test?.type === "arn") return plain([...names.principals, ...names.arns]);
  const variables = words.variables.map(({ name, text }) => ({ name, info: text }));
  return [...plain([...names.principals, ...names.arns]), ...variables];
}

/** Actions: those that the work names, then services, and behind a service's colon its actions. */
function actionOffers({ typed }: JsonPlace, names: Names): Offer[] {
  const own = [...names.actions, ...names.actions.map((action) => action.replace(/:.*/, ":*")), "*"];
  const listing = names.catalogue?.now;
  if (!listing) return plain(own);
  const [prefix = "", name] = typed.toLowerCase().split(":");
  if (name === undefined) {
    const services = listing.services.map((one) => ({ name: `${one.prefix}:`, detail: one.name }));
    return [...plain(own).map((one) => ({ ...one, boost: 1 })), ...services];
  }
  const service = listing.services.find((one) => one.prefix === prefix);
  if (!service) return plain(own);
  const actions = service.actions.map((action, at) => ({
    name: `${service.prefix}:${action}`,
    detail: levelOf(service, at),
  }));
  if (/[*?]/.test(name)) return actions.filter((one) => matchesPattern(`${prefix}:${name}*`, one.name));
  return [{ name: `${service.prefix}:*`, detail: service.name }, ...actions];
}

function statementOffers(place: JsonPlace, path: JsonPlace["path"], words: Words, names: Names): Offer[] {
  const [element, second, third] = path;
  if (place.role === "key") {
    if (path.length === 0) {
      return words.elements
        .filter((one) => one.in === "statement")
        .map(({ name, text }) => ({ name, info: text, ...(behind[name] ? { behind: behind[name] } : {}) }));
    }
    if (element === "Condition" && path.length === 1) return operators(words);
    if (element === "Condition" && path.length === 2) return keys(words, String(second));
    if (path.length === 1) return words.principals.map(({ name, text }) => ({ name, info: text }));
    return [];
  }
  switch (element) {
    case "Effect":
      return words.values["Effect"]?.map(({ name, text }) => ({ name, info: text })) ?? [];
    case "Action":
    case "NotAction":
      return actionOffers(place, names);
    case "Resource":
    case "NotResource":
      return plain(["*", ...names.arns]);
    case "Principal":
    case "NotPrincipal":
      return plain(second === "AWS" ? ["*", ...names.principals] : second === undefined ? ["*"] : []);
    case "Condition":
      return third === undefined ? [] : conditionValues(words, String(second), String(third), names);
  }
  return [];
}

/** What a policy may have at a place. */
export function policyOffers(place: JsonPlace, words: Words, names: Names): Offer[] {
  const statement = inStatement(place.path);
  if (statement) return statementOffers(place, statement, words, names);
  if (place.path.length === 0 && place.role === "key") {
    return words.elements
      .filter((one) => one.in === "document")
      .map(({ name, text }) => ({ name, info: text, ...(behind[name] ? { behind: behind[name] } : {}) }));
  }
  if (place.path[0] === "Version")
    return words.values["Version"]?.map(({ name, text }) => ({ name, info: text })) ?? [];
  return [];
}

/** What the rest of a scenario may have: names of policies, and context keys. */
export function scenarioOffers(place: JsonPlace, words: Words, names: Names): Offer[] {
  const member = [...place.path].reverse().find((part) => typeof part === "string");
  if (place.role === "key") return place.path[2] === "context" && place.path.length === 3 ? keys(words, "") : [];
  switch (member) {
    case "policies":
    case "scps":
    case "rcps":
    case "boundary":
    case "policy":
    case "trust":
      return plain(names.policies);
    case "principal":
      return plain(names.principals);
    case "action":
      return actionOffers(place, names);
    case "resource":
    case "arn":
      return plain([...names.arns, "*"]);
  }
  return [];
}

async function source(context: CompletionContext, kind: TextKind, names: Names): Promise<CompletionResult | null> {
  const { state, pos, explicit } = context;
  if (state.doc.length > longest) return null;
  const text = state.doc.toString();
  const place = placeAt(text, pos);
  if (!place || (!explicit && place.from === place.to)) return null;
  if (pos === place.from && place.to > place.from) return null; // before a word, not in it
  const words = await loadWords();
  if (inActions(place, kind)) await soon(names.catalogue?.load());
  if (!words || context.aborted) return null;
  const offers = kind === "policy" ? policyOffers(place, words, names) : scenarioOffers(place, words, names);
  const options = offers
    .filter(({ name }) => place.role === "value" || !place.siblings.includes(name))
    .map(completionOf);
  if (options.length === 0) return null;
  const from = pos - place.typed.length;
  if (!inActions(place, kind)) return { from, options, validFor: /^[^"\s]*$/ };
  // What is offered changes with the colon, with a wildcard, and when the list of actions arrives.
  if (/[*?]/.test(place.typed)) return { from, options, filter: false };
  return { from, options, ...(names.catalogue?.now ? { validFor: unchanged(place.typed) } : {}) };
}

/** How long an offer waits for the list of actions when that is first wanted; later keys find it. */
const patienceMs = 1000;

const soon = (list: Promise<unknown> | undefined): Promise<unknown> =>
  Promise.race([list, new Promise((resolve) => setTimeout(resolve, patienceMs))]);

/** Whether a place holds actions. */
function inActions({ path, role }: JsonPlace, kind: TextKind): boolean {
  const member = [...path].reverse().find((part) => typeof part === "string");
  if (role !== "value") return false;
  return kind === "policy" ? member === "Action" || member === "NotAction" : member === "action";
}

/** What may be typed on with the same offers: a service's letters, or, behind its colon, an action's. */
function unchanged(typed: string): RegExp {
  const colon = typed.indexOf(":");
  if (colon < 0) return /^[^":\s*?]*$/;
  return new RegExp(`^${typed.slice(0, colon).replaceAll(/[^\w-]/g, "\\$&")}:[^"\\s*?]*$`);
}

/** completion offers words: while they are typed without selecting one, so that Enter is a new line; on Ctrl+Space with the first selected. */
export function completion(kind: TextKind, names: () => Names): Extension {
  let asked = false;
  const ask = (view: EditorView): boolean => {
    asked = startCompletion(view);
    return asked;
  };
  return [
    Prec.highest(
      keymap.of([
        { key: "Ctrl-Space", run: ask },
        { mac: "Alt-i", run: ask },
      ]),
    ),
    autocompletion({
      override: [(context) => source(context, kind, names())],
      selectOnOpen: false,
      // Nothing is taken by accident, since nothing is selected until a person selects it.
      interactionDelay: 0,
      icons: false,
      maxRenderedOptions: 60,
    }),
    EditorView.updateListener.of(({ view, state }) => {
      if (!asked || completionStatus(state) === "pending") return;
      asked = false;
      if (completionStatus(state) === "active")
        queueMicrotask(() => view.dispatch({ effects: setSelectedCompletion(0) }));
    }),
  ];
}
