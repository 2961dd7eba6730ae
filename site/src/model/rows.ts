// The requests as rows of a table that can be sorted by any column.

import { expectationOf, expectedDecision, expectedWords } from "./expect.ts";
import { layerWords } from "./layers.ts";
import type { RequestResult } from "./result.ts";
import type { Request } from "./scenario.ts";
import { verdictOf } from "./verdict.ts";

/** A request with what it came to, as text. */
export interface Row {
  readonly index: number;
  readonly result: RequestResult | undefined;
  readonly cells: Readonly<Record<Column, string>>;
}

const titles = {
  name: "Name",
  principal: "Principal",
  action: "Action",
  resource: "Resource",
  context: "Context",
  expected: "Expected",
  decision: "Decision",
  decidedBy: "Decided by",
};

export type Column = keyof typeof titles;

/** The columns in their order, with their headings. */
export const columns = Object.entries(titles) as readonly (readonly [Column, string])[];

/** How a table is sorted; without a column the requests stand in their own order. */
export interface Order {
  readonly column: Column | undefined;
  readonly down: boolean;
}

/** shortContext writes a context in one line: `aws:SourceIp=10.0.0.1, aws:TagKeys unknown`. */
export function shortContext({ context = {}, unknown = [] }: Request): string {
  const given = Object.entries(context).map(
    ([key, value]) => `${key}=${Array.isArray(value) ? `[${value.join(", ")}]` : String(value)}`,
  );
  return [...given, ...unknown.map((key) => `${key} unknown`)].join(", ");
}

/** shortParameters writes a call's parameters in one line; what is no text or number is left out. */
export function shortParameters(parameters: unknown): string {
  if (typeof parameters !== "object" || parameters === null) return "";
  return Object.entries(parameters)
    .map(([name, value]) => (typeof value === "object" ? `${name}=…` : `${name}=${String(value)}`))
    .join(", ");
}

function expectedCell(request: Request): string {
  const decision = expectedWords(expectedDecision(request));
  const by = expectationOf(request)?.decidedBy;
  return typeof by === "string" ? `${decision}, ${layerWords(by)}` : decision;
}

/** rowOf is a request as a row. */
export function rowOf(request: Request, index: number, result: RequestResult | undefined): Row {
  const cells = {
    name: request.name || `Request ${index + 1}`,
    principal: request.principal ?? "",
    action: request.action ?? "",
    resource: request.resource ?? result?.resource ?? "",
    context: [shortParameters(request.parameters), shortContext(request)].filter((part) => part !== "").join(", "),
    expected: expectedCell(request),
    decision: verdictOf(result).words,
    decidedBy: result?.decidedBy && !result.error ? layerWords(result.decidedBy) : "",
  };
  return { index, result, cells };
}

const collator = new Intl.Collator("en", { numeric: true });

/** sortRows puts rows into an order; those that are alike keep theirs. */
export function sortRows(rows: readonly Row[], { column, down }: Order): Row[] {
  if (column === undefined) return [...rows];
  const sign = down ? -1 : 1;
  return [...rows].sort((a, b) => sign * collator.compare(a.cells[column], b.cells[column]));
}
