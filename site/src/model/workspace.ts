// What a person works on: the texts, and which request they look at.

import { splitScenario, writeJson } from "./scenario.ts";

export interface PolicyText {
  readonly name: string;
  readonly text: string;
}

export interface Workspace {
  /** The scenario file's text without its policies. */
  readonly scenario: string;
  readonly policies: readonly PolicyText[];
  /** Index of the request whose decision is explained. */
  readonly selected: number;
  /** Policies that are left out for a moment, as if they were attached nowhere. */
  readonly without: readonly string[];
}

/** isPolicyText says whether a value from outside is a policy with its name. */
export const isPolicyText = (value: unknown): boolean =>
  typeof value === "object" &&
  value !== null &&
  "name" in value &&
  typeof value.name === "string" &&
  "text" in value &&
  typeof value.text === "string";

/** asWorkspace is a value from outside as a workspace, if it is one; one from before policies could be left out has none left out. */
export function asWorkspace(value: unknown): Workspace | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { scenario, policies, selected, without = [] } = value as Partial<Record<keyof Workspace, unknown>>;
  const sound =
    typeof scenario === "string" &&
    Number.isInteger(selected) &&
    Array.isArray(policies) &&
    policies.every(isPolicyText) &&
    Array.isArray(without) &&
    without.every((name) => typeof name === "string");
  return sound ? ({ scenario, policies, selected, without } as Workspace) : undefined;
}

/** The most of a text that is evaluated, in bytes of UTF-8. */
export const limits = { policy: 1 << 20, scenario: 4 << 20 } as const;

const encoder = new TextEncoder();

/** byteLength is a text's size in UTF-8. */
export function byteLength(text: string): number {
  return encoder.encode(text).length;
}

/** megabytes writes a size for people: "5.0 MB". */
export const megabytes = (bytes: number): string => `${(bytes / (1 << 20)).toFixed(1)} MB`;

/** openFile makes a workspace of a whole scenario file. */
export function openFile(file: string): Workspace {
  const { scenario, policies } = splitScenario(file);
  return { scenario, policies, selected: 0, without: [] };
}

/** emptyWorkspace is a scenario in which nothing is asked yet. */
export function emptyWorkspace(): Workspace {
  return {
    scenario: writeJson({ version: 1, title: "New scenario", requests: [] }),
    policies: [],
    selected: 0,
    without: [],
  };
}

/** freeName is the wish, or the wish with the first number that no policy has. */
export function freeName(workspace: Pick<Workspace, "policies">, wish: string): string {
  const taken = new Set(workspace.policies.map((policy) => policy.name));
  let name = wish;
  for (let n = 2; taken.has(name); n++) name = `${wish}${n}`;
  return name;
}

/** textOf is a policy's text, or the scenario's where none is named. */
export const textOf = ({ scenario, policies }: Workspace, policy: string | undefined): string | undefined =>
  policy === undefined ? scenario : policies.find(({ name }) => name === policy)?.text;

/** withText puts another text in the place of a policy's, or of the scenario's where none is named. */
export function withText(workspace: Workspace, policy: string | undefined, text: string): Workspace {
  if (policy === undefined) return { ...workspace, scenario: text };
  const policies = workspace.policies.map((one) => (one.name === policy ? { ...one, text } : one));
  return { ...workspace, policies };
}
