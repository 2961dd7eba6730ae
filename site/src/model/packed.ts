// A work as one compact JSON value: what a link carries, and what a work file holds.
//
//     { "v": 1,                   the version of this form
//       "s": text,                the scenario's text, without its policies
//       "p": [["Name", text], …], the policies, in their order
//       "n": 2,                   the selected request, counted from 0; absent: 0
//       "o": ["Name", …] }        the policies that are left out; absent: none
//
// A text that is an object or an array, and stands exactly as this page writes
// JSON, travels as that value; any other travels as a string. So every text
// comes back byte for byte, be it broken, and most are stored without their
// white space. A member is never added to a version: what is not understood
// would be lost in silence.

import { writeJson } from "./scenario.ts";
import type { PolicyText, Workspace } from "./workspace.ts";

/** The version of the form, which is also the version of a link. */
export const packedVersion = 1;

/** How deep a text that travels as a value may be nested: the engine reads no deeper, and indentation grows with it. */
const mostDepth = 64;

/** The most that a text has that travels as a value, in UTF-16 units. */
const mostValueText = 1 << 20;

/** The most that all texts together have, in UTF-16 units. */
export const mostText = 8 << 20;

/** The most policies of one work. */
export const mostPolicies = 1000;

type PackedText = string | object;

interface Packed {
  readonly v: number;
  readonly s: PackedText;
  readonly p: readonly (readonly [string, PackedText])[];
  readonly n?: number;
  readonly o?: readonly string[];
}

/** Why a value is no work, in words that end a sentence: "it has no policies". */
export class NotPacked extends Error {}

function isShallow(value: unknown, depth = mostDepth): boolean {
  if (typeof value !== "object" || value === null) return true;
  return depth > 0 && Object.values(value).every((inner) => isShallow(inner, depth - 1));
}

/** A text as it travels. */
function packText(text: string): PackedText {
  // Whatever is written otherwise needs no parsing to be told apart.
  if (text.length > mostValueText || !/^(?:\{\}|\[\]|[[{]\n {2}\S)/.test(text)) return text;
  try {
    const value: unknown = JSON.parse(text);
    const asWritten = typeof value === "object" && value !== null && isShallow(value) && writeJson(value) === text;
    return asWritten ? value : text;
  } catch {
    return text;
  }
}

function unpackText(packed: unknown, what: string): string {
  if (typeof packed === "string") return packed;
  if (typeof packed !== "object" || packed === null) throw new NotPacked(`${what} is missing`);
  if (!isShallow(packed)) throw new NotPacked(`${what} is nested deeper than ${mostDepth} levels`);
  const text = writeJson(packed);
  if (text.length > mostValueText) throw new NotPacked(`${what} is too long`);
  return text;
}

/** textLength is the length of all texts of a work. */
export function textLength({ scenario, policies }: Workspace): number {
  return policies.reduce((sum, { name, text }) => sum + name.length + text.length, scenario.length);
}

/** pack writes a work as compact JSON. */
export function pack({ scenario, policies, selected, without }: Workspace): string {
  const packed: Packed = {
    v: packedVersion,
    s: packText(scenario),
    p: policies.map(({ name, text }) => [name, packText(text)] as const),
    ...(selected === 0 ? {} : { n: selected }),
    ...(without.length === 0 ? {} : { o: without }),
  };
  return JSON.stringify(packed);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** isPacked says whether a JSON value means to be a packed work, sound or not. */
export function isPacked(value: unknown): value is Record<string, unknown> {
  return isRecord(value) && "v" in value && "s" in value;
}

function unpackPolicy(entry: unknown, index: number): PolicyText {
  const at = `the policy ${index + 1}`;
  if (!Array.isArray(entry) || entry.length !== 2) throw new NotPacked(`${at} is not a name and a text`);
  const [name, text] = entry as unknown[];
  if (typeof name !== "string" || name === "") throw new NotPacked(`${at} has no name`);
  return { name, text: unpackText(text, `the text of the policy \`${name}\``) };
}

function unpackPolicies(list: unknown): PolicyText[] {
  if (!Array.isArray(list)) throw new NotPacked("the list of policies is missing");
  if (list.length > mostPolicies) throw new NotPacked(`it has more than ${mostPolicies} policies`);
  const policies = list.map(unpackPolicy);
  if (new Set(policies.map(({ name }) => name)).size < policies.length) {
    throw new NotPacked("two policies have the same name");
  }
  return policies;
}

const isName = (value: unknown): value is string => typeof value === "string";

/** unpack is the work that a JSON value holds; it throws NotPacked where it holds none. */
export function unpack(value: unknown): Workspace {
  if (!isRecord(value)) throw new NotPacked("it is not a JSON object");
  const { v, s, p, n: selected = 0, o: without = [], ...others } = value;
  if (v !== packedVersion) throw new NotPacked(`its version is not ${packedVersion}`);
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new NotPacked(`it has a part \`${unknown}\`, which this version does not know`);
  if (typeof selected !== "number" || !Number.isInteger(selected) || selected < 0) {
    throw new NotPacked("the selected request is not a number");
  }
  if (!Array.isArray(without) || !without.every(isName)) throw new NotPacked("the left-out policies are not names");
  const workspace = { scenario: unpackText(s, "the scenario"), policies: unpackPolicies(p), selected, without };
  if (textLength(workspace) > mostText) throw new NotPacked("its texts are too long");
  return workspace;
}
