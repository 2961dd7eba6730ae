// What the site publishes about words and rules, as the decision asks for it. It may be missing.

import { type KeyWord, loadRules as load, loadWords, type ParameterWord, type Rule } from "./model/words.ts";

export type { KeyWord, ParameterWord, Rule };

/** loadRules are the rules by their number; none where the site has none. */
export async function loadRules(): Promise<ReadonlyMap<string, Rule>> {
  return new Map(Object.entries((await load()) ?? {}));
}

/** loadKeys are the condition keys that the site knows. */
export async function loadKeys(): Promise<readonly KeyWord[]> {
  return (await loadWords())?.keys ?? [];
}

/** loadParameters are the parameters of a call, or undefined for an action whose calls are not known. */
export async function loadParameters(action: string): Promise<readonly ParameterWord[] | undefined> {
  const calls = Object.entries((await loadWords())?.calls ?? {});
  return calls.find(([name]) => name.toLowerCase() === action.toLowerCase())?.[1];
}
