// From members of a JSON text's value to their places. The parser is the code editor's, and is loaded with it.

import { jsonLanguage } from "@codemirror/lang-json";
import { Text } from "@codemirror/state";
import type { Path, Position, Range } from "./result.ts";

type Node = ReturnType<typeof jsonLanguage.parser.parse>["topNode"];

const named = (node: Node, name: string): Node | null => node.getChild(name);
const isValue = ({ name }: Node): boolean =>
  ["Object", "Array", "String", "Number", "True", "False", "Null"].includes(name);

function keyOf(property: Node, source: string): string {
  const name = named(property, "PropertyName");
  if (!name) return "";
  try {
    return String(JSON.parse(source.slice(name.from, name.to)));
  } catch {
    return "";
  }
}

function items(array: Node): Node[] {
  const all: Node[] = [];
  for (let child = array.firstChild; child; child = child.nextSibling) if (isValue(child)) all.push(child);
  return all;
}

function member(object: Node, key: string, source: string): Node | null {
  const property = object.getChildren("Property").find((one) => keyOf(one, source) === key);
  return property?.lastChild ?? null;
}

function positionOf(text: Text, unit: number): Position {
  const line = text.lineAt(unit);
  const before = line.text.slice(0, unit - line.from);
  return { line: line.number, column: [...before].length, offset: 0 };
}

/** rangeOf is where the value at the end of a path stands in a JSON text, or the nearest on the way that there is. */
export function rangeOf(source: string, path: Path): Range {
  let value = jsonLanguage.parser.parse(source).topNode.firstChild;
  for (const step of path) {
    const next: Node | null =
      value && (typeof step === "number" ? (items(value)[step] ?? null) : member(value, step, source));
    if (!next) break;
    value = next;
  }
  const text = Text.of(source.split("\n"));
  return { start: positionOf(text, value?.from ?? 0), end: positionOf(text, value?.to ?? 0) };
}
