// Finding principals: by what they are called, tagged with, and have.

import type { IdentityKind, Inventory, PrincipalLine } from "./answers.ts";

/** What is looked for. */
export interface Search {
  /** Words that must all occur in name, tags, groups or policies. */
  readonly words: string;
  readonly kind: IdentityKind | "all";
  readonly boundary: boolean;
  readonly inline: boolean;
  readonly missing: boolean;
}

export const everything: Search = { words: "", kind: "all", boundary: false, inline: false, missing: false };

/** nameOf is what stands at the end of an ARN. */
export const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1);

/** A principal with what is searched. */
interface Entry {
  readonly line: PrincipalLine;
  readonly words: string;
  readonly inline: boolean;
}

const order: Record<IdentityKind, number> = { user: 0, group: 1, role: 2 };
const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** Catalogue is an inventory that can be searched. */
export class Catalogue {
  readonly inventory: Inventory;
  readonly #entries: readonly Entry[];

  constructor(inventory: Inventory) {
    this.inventory = inventory;
    const names = inventory.principals.map(({ arn }) => nameOf(arn));
    this.#entries = inventory.principals
      .map((line, at) => ({ ...this.#entry(line), name: names[at] ?? "" }))
      .sort((a, b) => order[a.line.kind] - order[b.line.kind] || collator.compare(a.name, b.name));
  }

  #entry(line: PrincipalLine): Entry {
    const { policies } = this.inventory;
    const groups = this.groupsOf(line);
    const has = [line, ...groups].flatMap(({ has }) => has);
    const named = [...has, ...(line.boundary === undefined ? [] : [line.boundary])].map((at) => policies[at]?.name);
    const words = [line.arn, ...line.tags, ...groups.map(({ arn }) => nameOf(arn)), ...named].join("\n").toLowerCase();
    return { line, words, inline: line.has.some((at) => policies[at]?.origin === "inline") };
  }

  groupsOf({ groups }: PrincipalLine): PrincipalLine[] {
    return groups.flatMap((at) => this.inventory.principals[at] ?? []);
  }

  /** find is all principals that fit. */
  find({ words, kind, boundary, inline, missing }: Search): readonly PrincipalLine[] {
    const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
    return this.#entries
      .filter(
        ({ line, ...entry }) =>
          (kind === "all" || line.kind === kind) &&
          (!boundary || line.boundary !== undefined) &&
          (!inline || entry.inline) &&
          (!missing || line.missing) &&
          wanted.every((word) => entry.words.includes(word)),
      )
      .map(({ line }) => line);
  }

  /** count is how many there are of a kind. */
  count(kind: IdentityKind): number {
    return this.inventory.principals.filter((line) => line.kind === kind).length;
  }
}
