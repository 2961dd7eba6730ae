// What the engine takes out of a work before it is shared, as `engine/redact/redact.go` writes it.

import type { PolicyText, Workspace } from "./workspace.ts";

export type RedactedKind =
  "account" | "accessKey" | "uniqueId" | "email" | "organization" | "resourceId" | "address" | "name";

/** A value that was replaced, everywhere. */
export interface Replacement {
  readonly kind: RedactedKind;
  readonly from: string;
  readonly to: string;
  readonly count: number;
}

/** The texts without what identifies. */
export interface Redaction {
  readonly scenario: string;
  readonly policies: readonly PolicyText[];
  readonly replaced: readonly Replacement[];
  readonly notes: readonly string[];
}

const words: Record<RedactedKind, readonly [one: string, many: string]> = {
  account: ["account id", "account ids"],
  accessKey: ["access key", "access keys"],
  uniqueId: ["unique id", "unique ids"],
  email: ["e-mail address", "e-mail addresses"],
  organization: ["organization id", "organization ids"],
  resourceId: ["resource id", "resource ids"],
  address: ["IP address", "IP addresses"],
  name: ["name", "names"],
};

/** kindWords names one of a kind: "account id". */
export const kindWords = (kind: RedactedKind): string => words[kind][0];

/** foundWords counts what was found: "2 account ids, 1 access key and 3 e-mail addresses". */
export function foundWords(replaced: readonly Replacement[]): string {
  const counts = new Map<RedactedKind, number>();
  for (const { kind } of replaced) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const parts = [...counts].map(([kind, count]) => `${count} ${words[kind][count === 1 ? 0 : 1]}`);
  const last = parts.pop() ?? "";
  return parts.length === 0 ? last : `${parts.join(", ")} and ${last}`;
}

/** holdsKey says whether there is what nobody may ever share. */
export const holdsKey = (replaced: readonly Replacement[]): boolean =>
  replaced.some(({ kind }) => kind === "accessKey");

/** redactedWork is the work with the redaction's texts; policies keep their order, and may have other names. */
export function redactedWork(work: Workspace, { scenario, policies }: Redaction): Workspace {
  const renamed = new Map(work.policies.map(({ name }, at) => [name, policies[at]?.name ?? name]));
  return { ...work, scenario, policies, without: work.without.map((name) => renamed.get(name) ?? name) };
}
