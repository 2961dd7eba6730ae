// What kind of value a context key holds, and which values are worth a try.

import type { ConditionResult, RequestResult } from "./result.ts";
import type { Scenario } from "./scenario.ts";
import type { KeyWord } from "./words.ts";

const kinds = ["text", "arn", "bool", "number", "date", "address"] as const;

/** What a condition key holds. */
export type KeyType = (typeof kinds)[number];

/** A value to try, and why. */
export interface Suggestion {
  readonly value: string;
  /** "would match", or where it comes from. */
  readonly why: string;
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** conditionsOn are the conditions of the policies in play that ask for a key. */
export function conditionsOn(result: RequestResult | undefined, key: string): ConditionResult[] {
  const statements = result?.layers.flatMap(({ policies }) => policies.flatMap((policy) => policy.statements)) ?? [];
  return statements.flatMap(({ conditions }) => conditions.filter((one) => same(one.key, key)));
}

/** operatorOf is an operator without its set operator and `IfExists`. */
export const operatorOf = (operator: string): string =>
  operator.replace(/^For(All|Any)Values?:/i, "").replace(/IfExists$/i, "");

const families: readonly (readonly [RegExp, KeyType])[] = [
  [/^bool$/i, "bool"],
  [/^numeric/i, "number"],
  [/^date/i, "date"],
  [/ipaddress$/i, "address"],
  [/^arn/i, "arn"],
];

/** Whether a word of the list is about a key: by its name, or by the family that it belongs to. */
const isAbout = (name: string, key: string): boolean =>
  same(name, key) || (/[/:]$/.test(name) && key.toLowerCase().startsWith(name.toLowerCase()));

/** wordOf is what the site knows about a key. */
export const wordOf = (key: string, words: readonly KeyWord[]): KeyWord | undefined =>
  words.find(({ name }) => isAbout(name, key));

/** kindOf is the kind of a key's values: what the site knows, else what the conditions compare it as. */
export function kindOf(key: string, words: readonly KeyWord[], conditions: readonly ConditionResult[]): KeyType {
  const known = wordOf(key, words);
  const type = kinds.find((kind) => kind === known?.type);
  if (type) return type;
  const operators = conditions.map(({ operator }) => operatorOf(operator));
  return families.find(([family]) => operators.some((operator) => family.test(operator)))?.[1] ?? "text";
}

const wildcards = /[*?]/;

/** The nearest number on one side of another. */
const beside = (value: string, step: 1 | -1): string | undefined =>
  value.trim() === "" || Number.isNaN(Number(value)) ? undefined : String(Number(value) + step);

/** The second before or after a moment. */
function secondBeside(value: string, step: 1 | -1): string | undefined {
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : new Date(at + step * 1000).toISOString().replace(".000Z", "Z");
}

/** How a value of the policy becomes one of the request that the operator takes; others are not guessed at. */
const takers: Readonly<Record<string, (value: string) => string | undefined>> = {
  bool: (value) => value,
  stringequals: (value) => value,
  stringequalsignorecase: (value) => value,
  stringlike: (value) => (wildcards.test(value) ? undefined : value),
  arnequals: (value) => (wildcards.test(value) ? undefined : value),
  arnlike: (value) => (wildcards.test(value) ? undefined : value),
  ipaddress: (value) => value.replace(/\/\d+$/, ""),
  numericequals: (value) => value,
  numericlessthanequals: (value) => value,
  numericgreaterthanequals: (value) => value,
  numericlessthan: (value) => beside(value, -1),
  numericgreaterthan: (value) => beside(value, 1),
  dateequals: (value) => value,
  datelessthanequals: (value) => value,
  dategreaterthanequals: (value) => value,
  datelessthan: (value) => secondBeside(value, -1),
  dategreaterthan: (value) => secondBeside(value, 1),
};

function matching(conditions: readonly ConditionResult[]): Suggestion[] {
  return conditions.flatMap(({ operator, values }) => {
    const take = takers[operatorOf(operator).toLowerCase()];
    if (!take) return [];
    return values.flatMap(({ value, resolved }) => {
      const wanted = take(resolved ?? value);
      return wanted === undefined || wanted.includes("${") ? [] : [{ value: wanted, why: "would match" }];
    });
  });
}

const accountIn = (arn: string | undefined): string | undefined =>
  /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn ?? "")?.[1];

/** What the scenario itself says that such a key could hold. */
function following(key: string, scenario: Scenario, result: RequestResult | undefined): Suggestion[] {
  const name = key.toLowerCase();
  const list = (values: readonly (string | undefined)[], why: string): Suggestion[] =>
    values.flatMap((value) => (value ? [{ value, why }] : []));
  const tag = /^aws:requesttag\/(.+)$/.exec(name)?.[1];
  if (tag !== undefined) {
    const own = result?.context.find((entry) => same(entry.key, `aws:PrincipalTag/${tag}`));
    return list(own?.values ?? [], "is the caller's own tag");
  }
  if (name.endsWith("orgid")) return list([scenario.organization?.id], "is the organization");
  if (name.endsWith("account")) {
    const owner =
      scenario.resources?.find(({ arn }) => arn === result?.resource)?.account ?? accountIn(result?.resource);
    return [
      ...list([accountIn(result?.principal)], "is the caller's account"),
      ...list([owner], "is the resource's account"),
    ];
  }
  if (name === "aws:sourcevpce")
    return list(
      (scenario.vpcEndpoints ?? []).map(({ id }) => id),
      "is an endpoint of the scenario",
    );
  return [];
}

/** The most suggestions that are shown for a key. */
const mostSuggestions = 4;

/** suggestionsFor are values that a condition would take, then those that follow from the scenario. */
export function suggestionsFor(key: string, scenario: Scenario, result: RequestResult | undefined): Suggestion[] {
  const all = [...matching(conditionsOn(result, key)), ...following(key, scenario, result)];
  return all
    .filter(({ value }, at) => all.findIndex((other) => other.value === value) === at)
    .slice(0, mostSuggestions);
}

const octet = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
const ipv4 = new RegExp(`^${octet}(\\.${octet}){3}$`);
const ipv6 = /^(?=.*:)[0-9a-f:]{2,39}(%.*)?$|^::ffff:\d+\.\d+\.\d+\.\d+$/i;

/** wrongWith says what is wrong with a value of a kind, and what to write instead; "" where nothing is. */
export function wrongWith(kind: KeyType, value: string): string {
  if (value === "" || value.includes("${")) return "";
  switch (kind) {
    case "bool":
      return /^(true|false)$/i.test(value) ? "" : "this key is `true` or `false`";
    case "number":
      return Number.isNaN(Number(value)) ? "this key holds a number, `3600` for one" : "";
    case "date":
      return /^-?\d+$/.test(value) || !Number.isNaN(Date.parse(value)) ? "" : "write a date as `2026-01-31T12:00:00Z`";
    case "address":
      return ipv4.test(value) || ipv6.test(value) ? "" : "write an address without a range, `203.0.113.7` for one";
    case "arn":
      return value.startsWith("arn:") ? "" : "write an ARN: it begins with `arn:`";
    default:
      return "";
  }
}
