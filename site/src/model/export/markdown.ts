// The decision of the selected request as a report in Markdown. User text stands in
// code or is escaped: it can neither break a table nor become markup.

import type { StatementRef } from "../result.ts";
import { linesOf, nameOf, type Output, selectedOf, statementOf, type Subject, textOf } from "./subject.ts";
import { kindOf, layerLines, leftOut, requestLines, verdictLine } from "./words.ts";

/** escaped is text that Markdown shows as it is. */
export function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>&#|~]/g, "\\$&").replace(/\s*\n\s*/g, " ");
}

/** The longest run of backticks in a text. */
const longestRun = (text: string): number => Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));

/** code is text in a code span, whatever backticks it holds. */
export function code(text: string): string {
  const line = text.replace(/\s*\n\s*/g, " ");
  if (line.trim() === "") return "";
  const ticks = "`".repeat(longestRun(line) + 1);
  const space = /^`|`$/.test(line) ? " " : "";
  return ticks + space + line + space + ticks;
}

/** fenced is text in a block of code, whatever backticks it holds. */
export function fenced(text: string, language: string): string {
  const ticks = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${ticks}${language}\n${text}\n${ticks}`;
}

/** table writes rows of cells that are Markdown already. A bar parts cells even in code. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replace(/(?<!\\)\|/g, "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** prose is the engine's text, which has Markdown's own marks; nothing in it becomes an element or a link. */
export function prose(text: string): string {
  const parts = text.split(/(`[^`]+`)/);
  return parts.map((part, at) => (at % 2 === 1 ? part : part.replace(/[\\[\]<>&|]/g, "\\$&"))).join("");
}

function statement(subject: Subject, ref: StatementRef): string {
  const text = textOf(subject.workspace, ref.policy, ref);
  const title = `### ${code(ref.policy)}, ${escaped(statementOf(ref))} (${kindOf(ref)})`;
  return text === undefined
    ? `${title}\n\nA policy that AWS manages.`
    : `${title}\n\nOn ${linesOf(ref)}:\n\n${fenced(text, "json")}`;
}

/** markdownReport is the selected request, its decision and why. */
export function markdownReport(subject: Subject): Output {
  const selected = selectedOf(subject);
  if (typeof selected === "string") return { problem: selected };
  const { scenario, request, result, index } = selected;
  const rows = requestLines(selected).map(([part, values]) => [escaped(part), values.map(code).join(", ")]);
  const layers = layerLines(result).map(({ layer, at, says, policies }) => [
    layer,
    code(at),
    says,
    policies.map(code).join(", "),
  ]);
  const out = leftOut(subject);
  const parts = [
    `# ${escaped(scenario.title ?? "A scenario")}`,
    `**${verdictLine(result)}**`,
    table(["Request", escaped(nameOf(request, index))], rows),
    out.length === 0 ? "" : `Left out of this decision: ${out.map(code).join(", ")}.`,
    result.message === "" ? "" : `> ${escaped(result.message)}`,
    prose(result.explanation),
    layers.length === 0 ? "" : `## Layers\n\n${table(["Layer", "At", "Says", "Policies"], layers)}`,
    result.determining.length === 0 ? "" : "## Deciding statements",
    ...result.determining.map((ref) => statement(subject, ref)),
    subject.link === undefined ? "" : `[Open this scenario in Fenceline](${subject.link})`,
  ];
  return { text: `${parts.filter((part) => part !== "").join("\n\n")}\n` };
}
