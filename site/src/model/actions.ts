// Actions by name: those that the work itself knows, and room for more.

import { type Listing, matchingActions } from "./catalogue.ts";
import type { Scenario } from "./scenario.ts";
import type { PolicyText } from "./workspace.ts";

/** An action that a search offers. */
export interface KnownAction {
  readonly action: string;
  /** Where it is known from: "a request", "a policy", or nowhere in the work. */
  readonly from: string;
  /** What AWS says of it: its service and level. */
  readonly about?: string;
  /** Whether it has wildcards, so that it must be completed before it is one action. */
  readonly pattern: boolean;
}

/** What is searched. */
export interface ActionWork {
  readonly scenario: Scenario;
  readonly policies: readonly PolicyText[];
}

/** A place that knows actions, with its name. */
export interface ActionSource {
  readonly from: string;
  actions(work: ActionWork): Iterable<string>;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : [value]);

function readActions(text: string): string[] {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return [];
  }
  if (!isRecord(document)) return [];
  return listOf(document["Statement"]).flatMap((statement) =>
    isRecord(statement)
      ? [...listOf(statement["Action"]), ...listOf(statement["NotAction"])].filter((one) => typeof one === "string")
      : [],
  );
}

/** A policy's text is read once. */
const read = new WeakMap<PolicyText, string[]>();

function actionsIn(policy: PolicyText): string[] {
  const known = read.get(policy) ?? readActions(policy.text);
  read.set(policy, known);
  return known;
}

/** The places of the work that a search asks; those that are asked first win. */
export const actionSources: ActionSource[] = [
  {
    from: "a request",
    actions: ({ scenario }) => scenario.requests.flatMap(({ action }) => (action ? [action] : [])),
  },
  { from: "a policy", actions: ({ policies }) => policies.flatMap(actionsIn) },
];

const isPattern = (action: string): boolean => /[*?]/.test(action);

/** knownActions lists each action once, whatever its case; patterns come after whole ones. */
export function knownActions(work: ActionWork, sources: readonly ActionSource[] = actionSources): KnownAction[] {
  const found = new Map<string, KnownAction>();
  for (const { from, actions } of sources) {
    for (const action of actions(work)) {
      const key = action.toLowerCase();
      if (action !== "*" && !found.has(key)) found.set(key, { action, from, pattern: isPattern(action) });
    }
  }
  const all = [...found.values()];
  return [...all.filter(({ pattern }) => !pattern), ...all.filter(({ pattern }) => pattern)];
}

/** patternStart is the part of a pattern before its first wildcard: what is left is to be typed. */
export const patternStart = (pattern: string): string => pattern.replace(/[*?].*$/s, "");

/** covers says whether a pattern may become the text when it is completed. */
function covers(pattern: string, text: string): boolean {
  const start = patternStart(pattern).toLowerCase();
  return text !== "" && text.toLowerCase().startsWith(start);
}

/** suggestActions finds actions of the work as suggestKnown does; once AWS's list is there, its actions come before patterns. */
export function suggestActions(
  known: readonly KnownAction[],
  search: string,
  most = 12,
  listing?: Listing,
): KnownAction[] {
  const own = suggestKnown(known, search, most);
  if (!listing) return own;
  const named = new Set(own.map(({ action }) => action.toLowerCase()));
  const others = matchingActions(listing, search, most)
    .filter(({ action }) => !named.has(action.toLowerCase()))
    .map((one) => ({ ...one, from: "", pattern: false }));
  const whole = own.filter(({ pattern }) => !pattern);
  return [...whole, ...others, ...own.filter(({ pattern }) => pattern)].slice(0, most);
}

/** suggestKnown finds actions that have every word of a search; those that begin with it come first. */
export function suggestKnown(known: readonly KnownAction[], search: string, most = 12): KnownAction[] {
  const wanted = search.trim().toLowerCase();
  const words = wanted.split(/\s+/);
  const fits = known.filter(({ action, pattern }) => {
    const lower = action.toLowerCase();
    return words.every((word) => lower.includes(word)) || (pattern && covers(action, wanted));
  });
  const begins = ({ action, pattern }: KnownAction): boolean => !pattern && action.toLowerCase().startsWith(wanted);
  return [...fits.filter(begins), ...fits.filter((one) => !begins(one))].slice(0, most);
}
