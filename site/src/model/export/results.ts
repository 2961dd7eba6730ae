// All requests with their decisions, as a table in CSV and in Markdown.

import type { RequestResult } from "../result.ts";
import { decidedBy, verdictOf } from "../verdict.ts";
import { code, escaped, table } from "./markdown.ts";
import { nameOf, type Output, type Subject } from "./subject.ts";

const head = ["Name", "Principal", "Action", "Resource", "Decision", "Decided by", "Expected", "Met"] as const;

type Row = Readonly<Record<(typeof head)[number], string>>;

function expectedOf({ expected }: RequestResult): string {
  if (expected === undefined) return "";
  return typeof expected === "string" ? expected : (expected.decision ?? "another cause");
}

function rowOf(result: RequestResult, index: number): Row {
  return {
    Name: nameOf(result, index),
    Principal: result.principal,
    Action: result.action,
    Resource: result.resource,
    Decision: verdictOf(result).words,
    "Decided by": decidedBy(result),
    Expected: expectedOf(result),
    Met: result.met === undefined || result.error ? "" : result.met ? "yes" : "no",
  };
}

function rowsOf({ result }: Subject): Row[] | string {
  return result.results.length === 0
    ? "There are no decisions: mend the scenario's problems, or add a request."
    : result.results.map(rowOf);
}

/** csvCell quotes a cell as RFC 4180 has it. A cell that a spreadsheet would take for a formula begins with an apostrophe. */
export function csvCell(value: string): string {
  const safe = /^\s*[=+\-@＝＋－＠\t\r]/u.test(value) ? `'${value}` : value;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** resultsAsCsv are all requests as RFC 4180's CSV. */
export function resultsAsCsv(subject: Subject): Output {
  const rows = rowsOf(subject);
  if (typeof rows === "string") return { problem: rows };
  const lines = [head, ...rows.map((row) => head.map((column) => row[column]))];
  return { text: lines.map((cells) => `${cells.map(csvCell).join(",")}\r\n`).join("") };
}

const inCode = new Set<string>(["Principal", "Action", "Resource"]);

/** resultsAsMarkdown are all requests as a table in Markdown. */
export function resultsAsMarkdown(subject: Subject): Output {
  const rows = rowsOf(subject);
  if (typeof rows === "string") return { problem: rows };
  const cells = rows.map((row) => head.map((column) => (inCode.has(column) ? code : escaped)(row[column])));
  return { text: `${table(head, cells)}\n` };
}
