// From places in a JSON text to members of its value, and back.

import { jsonLanguage } from "@codemirror/lang-json";
import { Text } from "@codemirror/state";
import { editorOffset } from "./positions.ts";
import type { Position, Problem, Range } from "./result.ts";

/** The way from a JSON text's value to one inside: names and indices. */
export type Path = readonly (string | number)[];

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

/** JsonPlaces answers for one text, which it parses once. */
export class JsonPlaces {
  readonly #source: string;
  readonly #text: Text;
  readonly #root: Node;

  constructor(source: string) {
    this.#source = source;
    this.#text = Text.of(source.split("\n"));
    this.#root = jsonLanguage.parser.parse(source).topNode;
  }

  /** pathAt is the way to the innermost value, or member, at a position. */
  pathAt(position: Position): Path {
    const path: (string | number)[] = [];
    let node: Node | null = this.#root.resolveInner(editorOffset(this.#text, position), 1);
    for (; node; node = node.parent) {
      if (node.name === "Property") path.unshift(keyOf(node, this.#source));
      const { parent, from } = node;
      if (parent?.name === "Array" && isValue(node))
        path.unshift(items(parent).findIndex((item) => item.from === from));
    }
    return path;
  }

  /** rangeOf is where the value at the end of a path stands, or the nearest on the way that there is. */
  rangeOf(path: Path): Range {
    let value = this.#root.firstChild;
    for (const step of path) {
      const next: Node | null =
        value && (typeof step === "number" ? (items(value)[step] ?? null) : this.#member(value, step));
      if (!next) break;
      value = next;
    }
    return { start: this.#position(value?.from ?? 0), end: this.#position(value?.to ?? 0) };
  }

  #member(object: Node, key: string): Node | null {
    const property = object.getChildren("Property").find((one) => keyOf(one, this.#source) === key);
    return property?.lastChild ?? null;
  }

  #position(unit: number): Position {
    const line = this.#text.lineAt(unit);
    const before = line.text.slice(0, unit - line.from);
    return { line: line.number, column: [...before].length, offset: 0 };
  }
}

/** A problem of a request, and the way to it from the request. */
export interface RequestProblem {
  readonly problem: Problem;
  readonly path: Path;
}

/** requestProblems finds the problems that stand inside one request of the scenario's text. */
export function requestProblems(places: JsonPlaces, problems: readonly Problem[], index: number): RequestProblem[] {
  return problems.flatMap((problem) => {
    if (problem.policy !== undefined) return [];
    const [list, at, ...path] = places.pathAt(problem.start);
    return list === "requests" && at === index ? [{ problem, path }] : [];
  });
}
