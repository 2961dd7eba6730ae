// All statements that a request meets, as rows of a table: what decided first.

import type { ConditionResult, Effect, Layer, Outcome, Range, RequestResult, StatementResult } from "./result.ts";

/** A cell of the table: what one element made of the request, and why. */
export interface Cell extends Range {
  /** What the cell is about: `Action`, `Bool aws:MultiFactorAuthPresent`. */
  readonly what: string;
  readonly outcome: Outcome;
  readonly reason: string;
}

/** A statement of a policy of a layer. */
export interface Row extends Range {
  readonly key: string;
  readonly layer: Layer;
  readonly at: string;
  readonly policy: string;
  readonly sid: string;
  readonly index: number;
  readonly effect: Effect;
  readonly outcome: Outcome;
  /** Whether it is one of those that settled the decision. */
  readonly decides: boolean;
  /** Whether it came closest to allowing the request. */
  readonly near: boolean;
  readonly principal: Cell | undefined;
  readonly action: Cell;
  readonly resource: Cell | undefined;
  /** In the order of the table's columns; undefined where it has no such condition. */
  readonly conditions: readonly (Cell | undefined)[];
}

export interface Matrix {
  /** Whether any statement has a Principal. */
  readonly principals: boolean;
  /** The conditions' columns: operator and key. */
  readonly conditions: readonly string[];
  readonly rows: readonly Row[];
}

const conditionName = ({ operator, key }: ConditionResult): string => `${operator} ${key}`;

function elementReason(element: StatementResult["action"], asked: string): string {
  const { outcome, pattern, matched } = element;
  const form = matched === undefined ? asked : matched;
  if (outcome === "unknown") return "it is not known whether it covers the request";
  if (pattern === undefined) {
    const negated = element.element.startsWith("Not");
    return outcome === "match"
      ? negated
        ? `does not name \`${form}\``
        : `covers \`${form}\``
      : `does not cover \`${form}\``;
  }
  return element.element.startsWith("Not") && outcome === "noMatch"
    ? `\`${pattern}\` is excepted`
    : `\`${pattern}\` covers \`${form}\``;
}

function elementCell(element: StatementResult["action"], asked: string): Cell {
  const { outcome, start, end } = element;
  return { what: element.element, outcome, reason: elementReason(element, asked), start, end };
}

function conditionCell(result: ConditionResult): Cell {
  const { outcome, reason, start, end } = result;
  return { what: conditionName(result), outcome, reason, start, end };
}

const ranks: Record<Outcome, number> = { match: 0, unknown: 1, noMatch: 2 };

/** rankOf puts what decided before what came closest, and both before what matched. */
function rankOf({ decides, near, outcome }: Row): number {
  return decides ? 0 : near ? 1 : 2 + ranks[outcome];
}

/** matrixOf is the table of a request's statements. */
export function matrixOf(result: RequestResult): Matrix {
  const all = result.layers.flatMap((layer) =>
    layer.policies.flatMap(({ policy, statements }) => statements.map((one) => ({ layer, policy, one }))),
  );
  const conditions = [...new Set(all.flatMap(({ one }) => one.conditions.map(conditionName)))];
  const rows = all.map(({ layer, policy, one }): Row => {
    const is = (ref: { layer: Layer; policy: string; index: number }): boolean =>
      ref.layer === layer.layer && ref.policy === policy && ref.index === one.index;
    const at = layer.at ?? "";
    return {
      key: `${layer.layer} ${at} ${policy} ${one.index}`,
      layer: layer.layer,
      at,
      policy,
      sid: one.sid,
      index: one.index,
      effect: one.effect,
      outcome: one.outcome,
      decides: result.determining.some(is),
      near: result.nearest.some((miss) => is(miss) && (miss.at ?? "") === at),
      principal: one.principal && elementCell(one.principal, result.principal),
      action: elementCell(one.action, result.action),
      resource: one.resource && elementCell(one.resource, result.resource || "the resource"),
      conditions: conditions.map((name) => {
        const found = one.conditions.find((condition) => conditionName(condition) === name);
        return found && conditionCell(found);
      }),
      start: one.start,
      end: one.end,
    };
  });
  return {
    principals: all.some(({ one }) => one.principal !== undefined),
    conditions,
    rows: rows
      .map((row, at) => ({ row, at }))
      .sort((a, b) => rankOf(a.row) - rankOf(b.row) || a.at - b.at)
      .map(({ row }) => row),
  };
}

/** isShown says whether a row stands in the table before the rest is unfolded. */
export const isShown = (row: Row): boolean => row.decides || row.near || row.outcome !== "noMatch";

/** covers says whether a range holds a position, its end included. */
export const covers = ({ start, end }: Range, offset: number): boolean =>
  start.offset <= offset && offset <= end.offset;
