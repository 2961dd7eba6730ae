// What the site publishes about words and rules, as the decision asks for it. It may be missing.

import { type KeyWord, loadRules as load, loadWords, type Rule } from "./model/words.ts";

export type { KeyWord, Rule };

/** loadRules are the rules by their number; none where the site has none. */
export async function loadRules(): Promise<ReadonlyMap<string, Rule>> {
  return new Map(Object.entries((await load()) ?? {}));
}

/** loadKeys are the condition keys that the site knows. */
export async function loadKeys(): Promise<readonly KeyWord[]> {
  return (await loadWords())?.keys ?? [];
}
