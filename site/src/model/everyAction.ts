// What a principal may do with every action of AWS: the engine's table, and what can be read out of it at once.

import { accessLevels, type Listing } from "./catalogue.ts";
import type { Decision, Layer, Outcome, StatementRef } from "./result.ts";

/** AWS's actions in the engine's order, service after service. */
export interface ActionList {
  /** With their services: "s3:GetObject". */
  readonly names: readonly string[];
  /** The access level of each, by its letter. */
  readonly access: string;
  readonly services: readonly ActionService[];
}

/** A service, whose actions stand together. */
export interface ActionService {
  readonly prefix: string;
  readonly name: string;
  readonly first: number;
  readonly next: number;
}

/** actionList puts the catalogue's services one after the other. */
export function actionList({ services }: Listing): ActionList {
  const names: string[] = [];
  const runs = services.map(({ prefix, name, actions }): ActionService => {
    const first = names.length;
    for (const action of actions) names.push(`${prefix}:${action}`);
    return { prefix, name, first, next: names.length };
  });
  return { names, access: services.map(({ access }) => access).join(""), services: runs };
}

/** A statement that applies only where what is not known is as it says. */
export interface Term extends StatementRef {
  readonly at?: string;
  readonly text: string;
}

/** Actions that are decided alike, for the same reasons. */
export interface ActionClass {
  readonly actions: number;
  /** What they were asked on; empty where it is not known. */
  readonly resource: string;
  readonly decision: Decision;
  readonly decidedBy?: Layer;
  readonly error?: string;
  readonly determining: readonly StatementRef[];
  readonly dependsOn: readonly string[];
  /** Whether they are denied whatever is not known. */
  readonly never: boolean;
  readonly inexact?: boolean;
  readonly terms: readonly Term[];
  /** What each layer that is there makes of them by itself. */
  readonly says: readonly { readonly layer: Layer; readonly outcome: Outcome }[];
}

/** The answer for every action of the list: its class, or -1 where it was not asked. */
export interface ActionTable {
  readonly classes: readonly ActionClass[];
  readonly of: readonly number[];
}

/** A table that is kept to compare others with, and what it was asked about. */
export interface Baseline {
  readonly table: ActionTable;
  /** The principal, and the resource: empty where it was not known. */
  readonly of: string;
  readonly on: string;
}

/** Asks for the decision of every action, for a request of the scenario. */
export interface ActionsCall {
  readonly call: "actions";
  readonly scenario: string;
  readonly policies: readonly { readonly name: string; readonly text: string }[];
  readonly without?: readonly string[];
  readonly request: number;
  /** Whether keys that nothing settles count as unknown rather than as absent. */
  readonly open: boolean;
}

/** How an action comes out, whatever is not known. */
export type Answer = "always" | "depends" | "never";

export const answers: readonly Answer[] = ["always", "depends", "never"];

export const answerWords: Readonly<Record<Answer, string>> = {
  always: "Allowed always",
  depends: "Depends",
  never: "Never allowed",
};

export function answerOf({ decision, never }: ActionClass): Answer {
  if (never) return "never";
  return decision === "allowed" ? "always" : "depends";
}

/** decider is the layer that settles a class; of what is denied in any case, one that does not allow. */
export const decider = ({ decidedBy, never, says }: ActionClass): Layer | undefined =>
  decidedBy ?? (never ? says.find(({ outcome }) => outcome === "noMatch")?.layer : undefined);

/** classOf is the class of an action; nothing where it was not asked. */
export function classOf(table: ActionTable, action: number): ActionClass | undefined {
  const at = table.of[action] ?? -1;
  return at < 0 ? undefined : table.classes[at];
}

/** How an action came out against how it came out before. */
export type Difference = "gained" | "lost" | "same";

const ranks: Record<Answer, number> = { never: 0, depends: 1, always: 2 };

/** differenceOf says whether more is allowed than before, or less. */
export function differenceOf(before: ActionTable, now: ActionTable, action: number): Difference {
  const [was, is] = [classOf(before, action), classOf(now, action)];
  const step = (is ? ranks[answerOf(is)] : 0) - (was ? ranks[answerOf(was)] : 0);
  if (step === 0) return "same";
  return step > 0 ? "gained" : "lost";
}

/** What of the table is looked at. */
export interface Filter {
  readonly text: string;
  /** The prefix of one service; empty for all. */
  readonly service: string;
  readonly access: ReadonlySet<string>;
  readonly answers: ReadonlySet<Answer>;
  /** The layer that decided; empty for any. */
  readonly by: string;
  /** Only what came out otherwise than before. */
  readonly changed: boolean;
}

export const noFilter: Filter = {
  text: "",
  service: "",
  access: new Set(),
  answers: new Set(),
  by: "",
  changed: false,
};

/** What is asked, with the answer and the one from before that it is compared with. */
export interface Asked {
  readonly list: ActionList;
  readonly table: ActionTable;
  readonly before?: ActionTable;
}

/** The columns by which actions can be sorted. */
export type Column = "action" | "access" | "answer" | "by";

export interface Order {
  readonly column: Column;
  readonly down: boolean;
}

/** actionsIn lists the actions that a filter lets through, in order. Those that were not asked are left out. */
export function actionsIn({ list, table, before }: Asked, filter: Filter, order: Order): number[] {
  // Words must all be there; a comma parts one search from another.
  const searches = filter.text
    .toLowerCase()
    .split(",")
    .map((one) => one.trim().split(/\s+/).filter(Boolean))
    .filter((words) => words.length > 0);
  const fits = table.classes.map(
    (one) =>
      (filter.answers.size === 0 || filter.answers.has(answerOf(one))) &&
      (filter.by === "" || decider(one) === filter.by),
  );
  const found: number[] = [];
  for (const { prefix, first, next } of list.services) {
    if (filter.service !== "" && prefix !== filter.service) continue;
    for (let action = first; action < next; action++) {
      const at = table.of[action] ?? -1;
      if (at < 0 || !fits[at]) continue;
      if (filter.access.size > 0 && !filter.access.has(list.access[action] ?? "")) continue;
      if (searches.length > 0) {
        const name = (list.names[action] ?? "").toLowerCase();
        if (!searches.some((words) => words.every((word) => name.includes(word)))) continue;
      }
      if (filter.changed && (!before || differenceOf(before, table, action) === "same")) continue;
      found.push(action);
    }
  }
  return sorted(found, { list, table }, order);
}

const accessOrder = "LRTWP";

function sorted(actions: number[], { list, table }: Asked, { column, down }: Order): number[] {
  const rank = {
    action: (action: number) => action,
    access: (action: number) => accessOrder.indexOf(list.access[action] ?? ""),
    answer: (action: number) => -ranks[answerOf(classOf(table, action) as ActionClass)],
    by: (action: number) => byRank(decider(classOf(table, action) as ActionClass)),
  }[column];
  const sign = down ? -1 : 1;
  return actions.sort((a, b) => sign * (rank(a) - rank(b)) || a - b);
}

const layers: readonly Layer[] = [
  "service",
  "resourceControlPolicy",
  "serviceControlPolicy",
  "vpcEndpointPolicy",
  "resourcePolicy",
  "trustPolicy",
  "identityPolicy",
  "permissionsBoundary",
  "sessionPolicy",
];

const byRank = (layer: Layer | undefined): number => (layer ? layers.indexOf(layer) : layers.length);

/** How many actions came out how, and by which layer. */
export interface Counts {
  readonly asked: number;
  readonly notAsked: number;
  readonly answers: Readonly<Record<Answer, number>>;
  /** Of those that are never allowed, by the layer that refuses. */
  readonly refusedBy: ReadonlyMap<Layer, number>;
}

export function countsOf({ classes, of }: ActionTable): Counts {
  const counted = { always: 0, depends: 0, never: 0 };
  const refusedBy = new Map<Layer, number>();
  let asked = 0;
  for (const one of classes) {
    const answer = answerOf(one);
    counted[answer] += one.actions;
    asked += one.actions;
    const layer = decider(one);
    if (answer === "never" && layer) refusedBy.set(layer, (refusedBy.get(layer) ?? 0) + one.actions);
  }
  return { asked, notAsked: of.length - asked, answers: counted, refusedBy };
}

/** The sets that are drawn as areas: what the caller's policies grant, and what his ceilings offer. */
export const areaLayers = ["identityPolicy", "permissionsBoundary", "serviceControlPolicy"] as const;
export type AreaLayer = (typeof areaLayers)[number];

/** How many actions are in which of the sets. */
export interface Areas {
  /** The sets that are there: a ceiling that is not there limits nothing. */
  readonly present: readonly AreaLayer[];
  /** The number of actions by the sets that they are in, a bit for each of `present`. */
  readonly counts: readonly number[];
}

/** areasOf counts an action into a set where the layer allows it, be it only where what is not known fits. */
export function areasOf({ classes }: ActionTable): Areas {
  const present = areaLayers.filter((layer) => classes.some(({ says }) => says.some((one) => one.layer === layer)));
  const counts = Array.from({ length: 1 << present.length }, () => 0);
  for (const { says, actions } of classes) {
    let set = 0;
    present.forEach((layer, bit) => {
      const said = says.find((one) => one.layer === layer);
      if (said && said.outcome !== "noMatch") set |= 1 << bit;
    });
    counts[set] = (counts[set] ?? 0) + actions;
  }
  return { present, counts };
}

/** isCutOff says whether the caller's policies would allow an action that a ceiling then refuses. */
export function isCutOff(one: ActionClass): boolean {
  const said = (layer: Layer): Outcome | undefined => one.says.find((says) => says.layer === layer)?.outcome;
  const ceilings: readonly Layer[] = ["permissionsBoundary", "serviceControlPolicy", "sessionPolicy"];
  return said("identityPolicy") === "match" && ceilings.some((layer) => said(layer) === "noMatch");
}

/** One row as it is exported. */
export interface ExportRow {
  readonly action: string;
  readonly accessLevel: string;
  readonly resource: string;
  readonly answer: Answer;
  readonly decision: string;
  readonly decidedBy: string;
  readonly statements: string;
  readonly dependsOn: string;
  readonly terms: string;
}

const nameOf = ({ policy, sid, index }: StatementRef): string => `${policy}#${sid || index}`;

/** statementsIn names statements as a scenario's expectations do. */
export const statementsIn = (list: readonly StatementRef[]): string => list.map(nameOf).join(" ");

export function exportRow({ list, table }: Asked, action: number): ExportRow {
  const one = classOf(table, action) as ActionClass;
  return {
    action: list.names[action] ?? "",
    accessLevel: accessLevels[list.access[action] ?? ""] ?? "",
    resource: one.resource || "unknown",
    answer: answerOf(one),
    decision: one.error ? "" : one.decision,
    decidedBy: decider(one) ?? "",
    statements: statementsIn(one.determining),
    dependsOn: one.dependsOn.join(" "),
    terms: one.terms.map((term) => `${nameOf(term)} where ${term.text.replaceAll("`", "")}`).join("; "),
  };
}
