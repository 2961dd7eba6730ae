// The decision of the selected request as plain text.

import type { StatementRef } from "../result.ts";
import { linesOf, nameOf, type Output, selectedOf, statementOf, type Subject, textOf } from "./subject.ts";
import { kindOf, layerLines, leftOut, requestLines, verdictLine } from "./words.ts";

const indented = (text: string): string => text.replace(/^(?=.)/gm, "    ");

/** Rows of a name and its value, the values under each other. */
function aligned(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join("\n");
}

/** The engine's text without its marks. */
const plain = (text: string): string => text.replace(/`([^`]+)`|\*\*([^*]+)\*\*/g, "$1$2");

function statement({ workspace }: Subject, ref: StatementRef): string {
  const title = `${ref.policy}, ${statementOf(ref)} (${kindOf(ref)})`;
  const text = textOf(workspace, ref.policy, ref);
  return text === undefined ? `${title}, a policy that AWS manages` : `${title}, ${linesOf(ref)}:\n${indented(text)}`;
}

/** plainText is the selected request, its decision and why. */
export function plainText(subject: Subject): Output {
  const selected = selectedOf(subject);
  if (typeof selected === "string") return { problem: selected };
  const { scenario, request, result, index } = selected;
  const layers = layerLines(result).map(({ layer, at, says, policies }): readonly [string, string] => [
    at === "" ? layer : `${layer} at ${at}`,
    policies.length === 0 ? says : `${says} (${policies.join(", ")})`,
  ]);
  const out = leftOut(subject);
  const parts = [
    scenario.title ?? "A scenario",
    nameOf(request, index),
    `${verdictLine(result)}.`,
    aligned(requestLines(selected).map(([part, values]) => [part, values.join(", ")])),
    out.length === 0 ? "" : `Left out of this decision: ${out.join(", ")}.`,
    result.message === "" ? "" : `AWS would say:\n${indented(result.message)}`,
    plain(result.explanation),
    layers.length === 0 ? "" : aligned(layers),
    ...result.determining.map((ref) => statement(subject, ref)),
    subject.link ?? "",
  ];
  return { text: `${parts.filter((part) => part !== "").join("\n\n")}\n` };
}
