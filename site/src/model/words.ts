// What the words of a policy mean, as `engine/words` writes it. Loaded when an
// editor first needs it.

import type { Layer } from "./result.ts";

export interface Word {
  readonly name: string;
  readonly text: string;
  readonly rules?: readonly string[];
  readonly url: string;
}

export interface ElementWord extends Word {
  readonly in: "document" | "statement";
  readonly layers: readonly Layer[];
}

export interface OperatorWord extends Word {
  readonly type: string;
  readonly ifExists: boolean;
}

export interface KeyWord extends Word {
  readonly type: string;
  readonly many?: boolean;
  readonly always?: boolean;
  readonly when?: string;
}

export interface Words {
  readonly elements: readonly ElementWord[];
  readonly operators: readonly OperatorWord[];
  readonly modifiers: readonly Word[];
  readonly keys: readonly KeyWord[];
  readonly variables: readonly Word[];
  readonly principals: readonly Word[];
  readonly values: Readonly<Record<string, readonly Word[]>>;
  /** The parameters of the calls that the engine knows, by action. */
  readonly calls: Readonly<Record<string, readonly ParameterWord[]>>;
}

/** A parameter of a call. */
export interface ParameterWord {
  readonly name: string;
  readonly form: "text" | "flag" | "number" | "list" | "tags" | "arns" | "document" | "profile" | "any";
  readonly required?: boolean;
}

/** A numbered rule of the engine in short; D is documented by AWS, O observed, U uncertain. */
export interface Rule {
  readonly text: string;
  readonly mark?: "D" | "O" | "U";
  readonly urls?: readonly string[];
}

/** lazily loads what an address on the page's body names, once; a failure is tried again. */
function lazily<T>(name: string): () => Promise<T | undefined> {
  let loading: Promise<T | undefined> | undefined;
  const load = async (): Promise<T | undefined> => {
    const address = document.body.dataset[name];
    if (!address) return undefined;
    const response = await fetch(address);
    return response.ok ? ((await response.json()) as T) : undefined;
  };
  return () => {
    loading ??= load().catch(() => undefined);
    void loading.then((value) => {
      if (value === undefined) loading = undefined;
    });
    return loading;
  };
}

export const loadWords = lazily<Words>("words");
export const loadRules = lazily<Readonly<Record<string, Rule>>>("rules");

/** keyWord finds a condition key, whatever its case; a tag's key is of its family. */
export function keyWord({ keys }: Words, name: string): KeyWord | undefined {
  const lower = name.toLowerCase();
  return keys.find((key) => {
    const known = key.name.toLowerCase();
    return known === lower || (/[/:]$/.test(known) && lower.startsWith(known));
  });
}

/** operatorWord finds an operator, and what stands before and behind its name. */
export function operatorWord(
  { operators, modifiers }: Words,
  name: string,
): { operator: OperatorWord; modifiers: readonly Word[] } | undefined {
  const [, set = "", base = "", suffix = ""] = /^(ForAllValues:|ForAnyValue:)?(.*?)(IfExists)?$/.exec(name) ?? [];
  const operator = operators.find((one) => one.name === base);
  if (!operator) return undefined;
  return { operator, modifiers: modifiers.filter((one) => one.name === set || one.name === suffix) };
}
