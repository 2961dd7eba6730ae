// The work beside another one that was kept to compare with: which decisions and which texts differ.

import type { EngineClient } from "../engine/client.ts";
import type { RequestResult, Result } from "./result.ts";
import type { Workspace } from "./workspace.ts";

/** How a thing of the present work differs from its counterpart. */
export type Difference = "changed" | "same" | "new" | "gone";

/** A request of one side, or of both. */
export interface RequestDifference {
  readonly name: string;
  readonly difference: Difference;
  readonly before?: RequestResult;
  readonly after?: RequestResult;
  /** Where the request stands in the present work. */
  readonly index?: number;
}

/** A text of one side, or of both. */
export interface TextDifference {
  /** The policy's name; the scenario's own text has none. */
  readonly policy: string | undefined;
  readonly difference: Difference;
  readonly before: string;
  readonly after: string;
}

/** Requests are the same ones by their names, unnamed ones by what they ask. */
const identityOf = ({ name, principal, action, resource }: RequestResult): string =>
  name === "" ? `\n${principal}\n${action}\n${resource}` : name;

const sameDecision = (a: RequestResult, b: RequestResult): boolean =>
  a.decision === b.decision && a.decidedBy === b.decidedBy && Boolean(a.error) === Boolean(b.error);

/** compareResults pairs requests: those of the same name in their order. */
export function compareResults(before: readonly RequestResult[], after: readonly RequestResult[]): RequestDifference[] {
  const waiting = new Map<string, RequestResult[]>();
  for (const result of before) {
    const identity = identityOf(result);
    waiting.set(identity, [...(waiting.get(identity) ?? []), result]);
  }
  const paired = after.map((result, index): RequestDifference => {
    const name = result.name || `Request ${index + 1}`;
    const other = waiting.get(identityOf(result))?.shift();
    if (!other) return { name, difference: "new", after: result, index };
    return { name, difference: sameDecision(other, result) ? "same" : "changed", before: other, after: result, index };
  });
  const gone = before.flatMap((result, at): RequestDifference[] =>
    waiting.get(identityOf(result))?.includes(result)
      ? [{ name: result.name || `Request ${at + 1}`, difference: "gone", before: result }]
      : [],
  );
  return [...paired, ...gone];
}

function compareText(
  policy: string | undefined,
  before: string | undefined,
  after: string | undefined,
): TextDifference {
  const difference =
    before === undefined ? "new" : after === undefined ? "gone" : before === after ? "same" : "changed";
  return { policy, difference, before: before ?? "", after: after ?? "" };
}

/** compareTexts pairs policies by name; the scenario's own text comes first. */
export function compareTexts(before: Workspace, after: Workspace): TextDifference[] {
  const old = new Map(before.policies.map(({ name, text }) => [name, text]));
  const now = new Map(after.policies.map(({ name, text }) => [name, text]));
  const names = [...now.keys(), ...[...old.keys()].filter((name) => !now.has(name))];
  return [
    compareText(undefined, before.scenario, after.scenario),
    ...names.map((name) => compareText(name, old.get(name), now.get(name))),
  ];
}

/** countOf counts the requests, or texts, that differ in one way. */
export const countOf = (all: readonly { difference: Difference }[], difference: Difference): number =>
  all.filter((one) => one.difference === difference).length;

/** flipped is the comparison seen from the other side. */
export function flipped<T extends { readonly difference: Difference }>(all: readonly T[]): T[] {
  const other: Record<Difference, Difference> = { changed: "changed", same: "same", new: "gone", gone: "new" };
  return all.map((one) => {
    const { before, after } = one as { before?: unknown; after?: unknown };
    const turned = { ...one, difference: other[one.difference] };
    return Object.assign(turned, { before: after, after: before });
  });
}

/** differenceSentence counts the decisions that differ, for the header. */
export function differenceSentence(all: readonly RequestDifference[]): string {
  const changed = countOf(all, "changed");
  if (changed === 0) return "No decision differs";
  return changed === 1 ? "1 decision differs" : `${changed} decisions differ`;
}

/** Comparison has the engine decide the other side, once. */
export class Comparison {
  readonly #engine: EngineClient;
  readonly #tell: () => void;
  #side: Workspace | undefined;
  #result: Result | undefined;
  #failure = "";
  #memo: { before: Result; after: Result; rows: RequestDifference[] } | undefined;

  constructor(engine: EngineClient, tell: () => void) {
    this.#engine = engine;
    this.#tell = tell;
  }

  /** The other side. */
  get side(): Workspace | undefined {
    return this.#side;
  }

  /** Why the other side has no decisions. */
  get failure(): string {
    return this.#failure;
  }

  /** Compares with another side, or with none. */
  take(side: Workspace | undefined): void {
    if (side === this.#side) return;
    this.#side = side;
    this.#result = undefined;
    this.#memo = undefined;
    this.#failure = "";
    if (side) void this.#decide(side);
  }

  async #decide(side: Workspace): Promise<void> {
    const { scenario, policies, without } = side;
    let result: Result | undefined;
    let failure = "";
    try {
      const answer = await this.#engine.ask({ call: "evaluate", scenario, policies, trace: [], without });
      if (answer.ok) result = answer.answer;
      else failure = answer.error.message;
    } catch (cause) {
      failure = cause instanceof Error ? cause.message : String(cause);
    }
    if (side !== this.#side) return;
    this.#result = result;
    this.#failure = failure;
    this.#tell();
  }

  /** The requests of both sides, as soon as both are decided. */
  requests(after: Result | undefined): readonly RequestDifference[] | undefined {
    const before = this.#result;
    if (!before || !after) return undefined;
    if (this.#memo?.before !== before || this.#memo.after !== after) {
      this.#memo = { before, after, rows: compareResults(before.results, after.results) };
    }
    return this.#memo.rows;
  }
}
