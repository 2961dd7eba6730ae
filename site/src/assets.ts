// What the site publishes beside the page for whoever asks about a word or a rule. It may be missing.

/** A rule of the evaluation, in short. */
export interface Rule {
  readonly text: string;
  /** How sure it is: D documented, O observed, U uncertain. */
  readonly mark?: string;
  /** The pages of AWS's documents that say it. */
  readonly urls?: readonly string[];
}

/** What a condition key holds. */
export type KeyType = "text" | "arn" | "bool" | "number" | "date" | "address";

/** A condition key, or a family of them whose name ends in `/` or `:`. */
export interface KeyWord {
  readonly name: string;
  readonly text: string;
  readonly type: KeyType;
  readonly many?: boolean;
  readonly when?: string;
}

async function load<T>(name: "rules" | "words"): Promise<T | undefined> {
  const path = document.body.dataset[name];
  if (!path) return undefined;
  try {
    const response = await fetch(path);
    return response.ok ? ((await response.json()) as T) : undefined;
  } catch {
    return undefined;
  }
}

let rules: Promise<ReadonlyMap<string, Rule>> | undefined;
let keys: Promise<readonly KeyWord[]> | undefined;

/** loadRules are the rules by their number; none where the site has none. */
export function loadRules(): Promise<ReadonlyMap<string, Rule>> {
  rules ??= load<Record<string, Rule>>("rules").then((asset) => new Map(Object.entries(asset ?? {})));
  return rules;
}

/** loadKeys are the condition keys that the site knows. */
export function loadKeys(): Promise<readonly KeyWord[]> {
  keys ??= load<{ keys: readonly KeyWord[] }>("words").then((asset) => asset?.keys ?? []);
  return keys;
}
