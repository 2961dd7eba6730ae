// One request, asked of every user and role: some at a time, so that the page hears how far it is and can stop it.

import { csvCell } from "../export/results.ts";
import { statementsIn } from "../everyAction.ts";
import type { Layer } from "../result.ts";
import type { Request } from "../scenario.ts";
import type { WhoLine } from "./answers.ts";
import type { Holding } from "./holding.ts";

/** How many are asked by one call. */
const step = 100;

/** How it came out, for a filter. */
export type Kind = "allowed" | "depends" | "denied" | "undecided";

export const kinds: readonly Kind[] = ["allowed", "depends", "denied", "undecided"];

export const kindWords: Readonly<Record<Kind, string>> = {
  allowed: "Allowed",
  depends: "Depends",
  denied: "Denied",
  undecided: "Not decided",
};

export function kindOf({ decision, error }: WhoLine): Kind {
  if (error) return "undecided";
  return decision === "allowed" || decision === "depends" ? decision : "denied";
}

/** What of the answers is looked at. */
export interface WhoFilter {
  readonly words: string;
  readonly kinds: ReadonlySet<Kind>;
  /** The layer that decided; empty for any. */
  readonly by: string;
}

export const noWhoFilter: WhoFilter = { words: "", kinds: new Set(), by: "" };

/** linesIn are the answers that a filter lets through. */
export function linesIn(lines: readonly WhoLine[], { words, kinds, by }: WhoFilter): readonly WhoLine[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0 && kinds.size === 0 && by === "") return lines;
  return lines.filter((line) => {
    if (kinds.size > 0 && !kinds.has(kindOf(line))) return false;
    if (by !== "" && line.decidedBy !== by) return false;
    const text = [line.principal, ...line.determining.map(({ policy, sid }) => `${policy} ${sid ?? ""}`)].join("\n");
    return wanted.every((word) => text.toLowerCase().includes(word));
  });
}

/** countsIn counts the answers of each kind. */
export function countsIn(lines: readonly WhoLine[]): Record<Kind, number> {
  const counts = { allowed: 0, depends: 0, denied: 0, undecided: 0 };
  for (const line of lines) counts[kindOf(line)]++;
  return counts;
}

/** decidersIn are the layers that decided any of them. */
export const decidersIn = (lines: readonly WhoLine[]): Layer[] => [
  ...new Set(lines.flatMap(({ decidedBy }) => decidedBy ?? [])),
];

const head = ["principal", "decision", "decidedBy", "statements", "dependsOn", "error"] as const;

/** linesAsCsv are answers as a table, with what was asked in each row. */
export function linesAsCsv(lines: readonly WhoLine[], { action = "", resource = "", unknown = [] }: Request): string {
  const on = unknown.includes("resource") ? "unknown" : resource;
  const rows = lines.map(({ principal, decision, decidedBy = "", determining, dependsOn, error = "" }) => [
    action,
    on,
    ...[principal, error ? "" : decision, decidedBy, statementsIn(determining), dependsOn.join(" "), error],
  ]);
  return [["action", "resource", ...head], ...rows].map((cells) => `${cells.map(csvCell).join(",")}\r\n`).join("");
}

/** Asking is one request on its way through all users and roles. */
export class Asking {
  /** Without a principal. */
  readonly request: Request;
  readonly #holding: Holding;
  readonly #tell: () => void;
  #lines: readonly WhoLine[] = [];
  #of: number | undefined;
  #state: "running" | "done" | "cancelled" | "failed" = "running";
  #failure = "";

  constructor(holding: Holding, request: Request, tell: () => void) {
    this.#holding = holding;
    this.request = request;
    this.#tell = tell;
  }

  get state(): "running" | "done" | "cancelled" | "failed" {
    return this.#state;
  }

  /** Why it stopped. */
  get failure(): string {
    return this.#failure;
  }

  /** The answers so far. */
  get lines(): readonly WhoLine[] {
    return this.#lines;
  }

  /** How many there are to ask, once that is known. */
  get of(): number | undefined {
    return this.#of;
  }

  /** Stops before the next step; the answers so far stay. */
  cancel(): void {
    if (this.#state === "running") this.#end("cancelled");
  }

  #end(state: "done" | "cancelled" | "failed", failure = ""): void {
    this.#state = state;
    this.#failure = failure;
    this.#tell();
  }

  async run(): Promise<void> {
    const request = JSON.stringify(this.request);
    try {
      for (let from = 0; this.#state === "running";) {
        const { answers, next, of } = await this.#holding.ask({ call: "accountAsk", request, from, most: step });
        if (this.#state !== "running") return;
        this.#lines = [...this.#lines, ...answers];
        this.#of = of;
        from = next;
        if (from >= of) this.#end("done");
        else this.#tell();
      }
    } catch (cause) {
      if (this.#state === "running") this.#end("failed", cause instanceof Error ? cause.message : String(cause));
    }
  }
}
