// The selected request as a call of AWS's own policy simulator,
// https://docs.aws.amazon.com/cli/latest/reference/iam/simulate-custom-policy.html

import { manyOf } from "../layers.ts";
import type { ContextEntry, PolicyLayer, RequestResult } from "../result.ts";
import { commented, quoted } from "./shell.ts";
import { type Output, type Selected, selectedOf, type Subject } from "./subject.ts";

type EntryType = "string" | "numeric" | "boolean" | "ip" | "binary" | "date";

/** What the operators of a key compare, by how their names begin. */
const typesOfOperators: readonly (readonly [RegExp, EntryType])[] = [
  [/^numeric/i, "numeric"],
  [/^date/i, "date"],
  [/^bool/i, "boolean"],
  [/^(?:not)?ipaddress/i, "ip"],
  [/^binary/i, "binary"],
];

function typeOf(key: string, { layers }: RequestResult): EntryType {
  const conditions = layers
    .flatMap(({ policies }) => policies.flatMap(({ statements }) => statements))
    .flatMap(({ conditions }) => conditions)
    .filter((one) => one.key.toLowerCase() === key.toLowerCase());
  for (const { operator } of conditions) {
    const name = operator.replace(/^For(?:AnyValue|AllValues):/i, "");
    const found = typesOfOperators.find(([begins]) => begins.test(name));
    if (found) return found[1];
  }
  return "string";
}

/** Keys that AWS fills in with lists. */
const listKeys = new Set(["aws:calledvia", "aws:principalorgpaths", "aws:resourceorgpaths", "aws:tagkeys"]);

/** Whether a key has a list of values, be it of one. */
function isMultivalued({ request }: Selected, { key, values }: ContextEntry): boolean {
  const given = Object.entries(request.context ?? {}).find(([name]) => name.toLowerCase() === key.toLowerCase());
  return given ? Array.isArray(given[1]) : values.length > 1 || listKeys.has(key.toLowerCase());
}

function contextEntries(selected: Selected): string[] {
  return selected.result.context
    .filter(({ origin, values }) => origin !== "unknown" && values.length > 0)
    .map((entry) => {
      const type = typeOf(entry.key, selected.result);
      return JSON.stringify({
        ContextKeyName: entry.key,
        ContextKeyValues: entry.values,
        ContextKeyType: isMultivalued(selected, entry) ? `${type}List` : type,
      });
    });
}

/** What of a layer the call carries, as arguments; and the policies that it can't. */
class Documents {
  readonly missing: string[] = [];
  readonly broken: string[] = [];

  constructor(
    readonly subject: Subject,
    readonly result: RequestResult,
  ) {}

  of(layer: PolicyLayer): string[] {
    const met = this.result.layers.filter((one) => one.layer === layer).flatMap(({ policies }) => policies);
    return [...new Set(met.map(({ policy }) => policy))].flatMap((name) => this.#document(name));
  }

  #document(name: string): string[] {
    const text = this.subject.workspace.policies.find((policy) => policy.name === name)?.text;
    if (text === undefined) {
      this.missing.push(name);
      return [];
    }
    try {
      return [JSON.stringify(JSON.parse(text))];
    } catch {
      this.broken.push(name);
      return [];
    }
  }
}

/** Layers that a call of the simulator with policies of its own doesn't carry. */
const notCarried: readonly PolicyLayer[] = [
  "serviceControlPolicy",
  "resourceControlPolicy",
  "vpcEndpointPolicy",
  "sessionPolicy",
  "trustPolicy",
];

const userArn = /^arn:[^:]+:iam::\d{12}:user\//;

/** What the call says less than the scenario, a sentence each. */
function limitsOf({ result }: Selected, documents: Documents): string[] {
  const layers = notCarried.filter((layer) => result.layers.some((one) => one.layer === layer));
  const unknown = result.context.filter(({ origin }) => origin === "unknown").map(({ key }) => key);
  return [
    ...layers.map((layer) => `${manyOf(layer)} decide here, but the call can't carry them.`),
    ...documents.missing.map(
      (name) => `The policy ${name} is AWS's own, and its text is not in this scenario: add its document.`,
    ),
    ...(userArn.test(result.principal) ? [] : [`The call takes an IAM user as its caller, not ${result.principal}.`]),
    ...unknown.map((key) => `${key} is not known here; the call has no value for it.`),
  ];
}

/** simulatorCall is the call of `aws iam simulate-custom-policy`, after comments on what it can't carry. */
export function simulatorCall(subject: Subject): Output {
  const selected = selectedOf(subject);
  if (typeof selected === "string") return { problem: selected };
  const { result } = selected;
  const documents = new Documents(subject, result);
  const isUser = userArn.test(result.principal);
  const identity = documents.of("identityPolicy");
  const resource = isUser ? documents.of("resourcePolicy") : [];
  if (identity.length === 0) {
    return {
      problem: "No identity-based policy with a text in this scenario meets the request, and the simulator needs one.",
    };
  }
  const options: readonly (readonly [string, readonly string[]])[] = [
    ["policy-input-list", identity],
    ["permissions-boundary-policy-input-list", documents.of("permissionsBoundary")],
    ["resource-policy", resource],
    ["caller-arn", isUser ? [result.principal] : []],
    ["action-names", [result.action]],
    ["resource-arns", [result.resource]],
    ["context-entries", contextEntries(selected)],
  ];
  if (documents.broken.length > 0)
    return { problem: `The policy "${documents.broken[0]}" is not JSON: mend it first.` };
  const limits = limitsOf(selected, documents);
  if (!isUser && result.layers.some(({ layer }) => layer === "resourcePolicy")) {
    limits.push("The resource-based policy is left out: the call takes one only with an IAM user as its caller.");
  }
  const words = options
    .filter(([, values]) => values.length > 0)
    .map(([option, values]) => [`--${option}`, ...values.map(quoted)].join(" "));
  const comment = limits.length === 0 ? "" : `${commented(["What this call leaves out:", ...limits].join("\n"))}\n`;
  return { text: `${comment}${["aws iam simulate-custom-policy", ...words].join(" \\\n  ")}\n` };
}
