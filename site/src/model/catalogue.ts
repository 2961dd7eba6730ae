// AWS's services and actions. The engine reads them from a text that is loaded
// when something first asks; the page gets a list, and descriptions one by one.

import type { EngineClient } from "../engine/client.ts";
import type { Answer } from "../engine/protocol.ts";
import type { KeyWord } from "./words.ts";

/** Brings the engine the catalogue's text. */
export interface CatalogueCall {
  readonly call: "catalogue";
  readonly text: string;
}

/** A service with its actions, and the letter of each one's access level. */
export interface Service {
  readonly prefix: string;
  readonly name: string;
  readonly actions: readonly string[];
  readonly access: string;
}

/** All services, with the package that the list comes from. */
export interface Listing {
  readonly source: string;
  readonly date: string;
  readonly services: readonly Service[];
}

/** What goes into the templates of ARNs; what is not known is left open. */
export interface Surroundings {
  readonly partition?: string;
  readonly region?: string;
  readonly account?: string;
}

/** Asks what AWS says of an action, or what a pattern matches. */
export interface DescribeCall extends Surroundings {
  readonly call: "describe";
  readonly action: string;
}

/** A resource type with the templates of its ARNs. */
export interface ResourceFacts {
  readonly name: string;
  readonly required: boolean;
  readonly arns: readonly string[];
}

/** What AWS says of an action. One without resources is granted on `*` alone. */
export interface ActionFacts {
  readonly name: string;
  readonly access: string;
  readonly resources: readonly ResourceFacts[];
  readonly keys: readonly { readonly name: string; readonly type: string; readonly many?: boolean }[];
  readonly dependent: readonly string[];
}

/** The answer: an action, or the matches of a pattern, or names like an unknown one. */
export interface Described {
  readonly loaded: boolean;
  readonly service?: { readonly prefix: string; readonly name: string };
  readonly action?: ActionFacts;
  readonly matches?: { readonly count: number; readonly actions: readonly string[] };
  readonly like?: readonly string[];
}

/** Access levels by their letters. */
export const accessLevels: Readonly<Record<string, string>> = {
  L: "List",
  R: "Read",
  T: "Tagging",
  W: "Write",
  P: "Permissions management",
};

/** levelOf is the access level of a service's action, by its index. */
export const levelOf = ({ access }: Service, at: number): string => accessLevels[access[at] ?? ""] ?? "";

/** The most descriptions that are remembered. */
const mostRemembered = 200;

async function loadText(): Promise<string> {
  const address = document.body.dataset["catalogue"];
  if (!address) throw new Error("the page names no catalogue");
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: the server answered ${response.status}`);
  return response.text();
}

/** Catalogue loads the list when it is first wanted; until then, and where that fails, everything works without. */
export class Catalogue {
  readonly #bring: (text: string) => Promise<Answer<Listing>>;
  readonly #ask: (call: DescribeCall) => Promise<Answer<Described>>;
  readonly #described = new Map<string, Promise<Described | undefined>>();
  #loading: Promise<Listing | undefined> | undefined;
  #listing: Listing | undefined;
  #waiting: (() => void)[] = [];

  constructor(
    bring: (text: string) => Promise<Answer<Listing>>,
    ask: (call: DescribeCall) => Promise<Answer<Described>>,
  ) {
    this.#bring = bring;
    this.#ask = ask;
  }

  /** onArrival calls back once, when the list comes; where it is there already, never. */
  onArrival(tell: () => void): void {
    if (!this.#listing) this.#waiting.push(tell);
  }

  /** The list, once it is there. */
  get now(): Listing | undefined {
    return this.#listing;
  }

  /** load is the list, or nothing for now; a failure is tried again. */
  load(): Promise<Listing | undefined> {
    this.#loading ??= this.#load().catch(() => {
      this.#loading = undefined;
      return undefined;
    });
    return this.#loading;
  }

  async #load(): Promise<Listing> {
    const answer = await this.#bring(await loadText());
    if (!answer.ok) throw new Error(answer.error.message);
    this.#listing = answer.answer;
    for (const tell of this.#waiting.splice(0)) tell();
    return answer.answer;
  }

  /** describe is what AWS says of an action or a pattern, after the list is there; nothing where it can't be. */
  async describe(action: string, where: Surroundings = {}): Promise<Described | undefined> {
    if (!(await this.load())) return undefined;
    const key = JSON.stringify([action.toLowerCase(), where.partition, where.region, where.account]);
    const known = this.#described.get(key);
    if (known) return known;
    if (this.#described.size >= mostRemembered) this.#described.clear();
    const asked = this.#ask({ call: "describe", action, ...where }).then(
      (answer) => (answer.ok && answer.answer.loaded ? answer.answer : undefined),
      () => undefined,
    );
    this.#described.set(key, asked);
    void asked.then((found) => found ?? this.#described.delete(key));
    return asked;
  }
}

/** catalogueOf is the list of an engine, which is told it and tells it to each that is started after it. */
export const catalogueOf = (engine: EngineClient): Catalogue =>
  new Catalogue(
    (text) => engine.tell({ call: "catalogue", text }),
    (call) => engine.ask(call),
  );

/** Where a key's name goes on: `aws:RequestTag/${TagKey}` is the family `aws:RequestTag/`. */
const placeholder = /(\$\{[^}]*\}|<[^>]*>)$/;

/** keyWords are an action's keys as the page knows keys; those with a place inside are left out. */
export function keyWords({ action }: Partial<Described>): KeyWord[] {
  return (action?.keys ?? [])
    .map(({ name, type, many }) => ({
      name: name.replace(placeholder, "").replace(/\/tag-key$/, "/"),
      type,
      many: many ?? false,
      text: "",
      url: "",
    }))
    .filter(({ name }) => !/[$<]/.test(name));
}

/** The first place of a template that is still to be filled in. */
export function openPlace(template: string): { start: number; end: number } | undefined {
  const found = /\$\{[^}]*\}/.exec(template);
  return found ? { start: found.index, end: found.index + found[0].length } : undefined;
}

/** matchesPattern says whether a pattern with `*` and `?` matches the whole text, whatever its case. */
export function matchesPattern(pattern: string, text: string): boolean {
  const [p, s] = [pattern.toLowerCase(), text.toLowerCase()];
  let [at, i, star, retry] = [0, 0, -1, 0];
  while (i < s.length) {
    if (p[at] === "*") [star, retry, at] = [at, i, at + 1];
    else if (p[at] === "?" || p[at] === s[i]) [at, i] = [at + 1, i + 1];
    else if (star >= 0) [retry, at, i] = [retry + 1, star + 1, retry + 1];
    else return false;
  }
  while (p[at] === "*") at++;
  return at === p.length;
}

/** matchingActions are the actions that have every word of a search, whole names that begin with it first. */
export function matchingActions(listing: Listing, search: string, most: number): { action: string; about: string }[] {
  const wanted = search.trim().toLowerCase();
  if (wanted === "") return [];
  const words = wanted.split(/\s+/);
  const first: { action: string; about: string }[] = [];
  const rest: { action: string; about: string }[] = [];
  for (const service of listing.services) {
    for (const [at, name] of service.actions.entries()) {
      const action = `${service.prefix}:${name}`;
      const lower = action.toLowerCase();
      if (!words.every((word) => lower.includes(word))) continue;
      const begins = lower.startsWith(wanted) || name.toLowerCase().startsWith(wanted);
      const list = begins ? first : rest;
      if (list.length < most) list.push({ action, about: `${service.name}, ${levelOf(service, at)}` });
    }
    if (first.length >= most) break;
  }
  return [...first, ...rest].slice(0, most);
}
