// How far a person is with the exercises, kept in this browser alone: under the hash of the exercise's file, so that a
// corrected exercise begins afresh.

import type { PolicyText } from "../workspace.ts";
import type { Request } from "../scenario.ts";

const prefix = "fenceline.exercise.1.";

/** What is kept of one exercise. */
export interface Progress {
  readonly name: string;
  readonly hash: string;
  readonly solved: boolean;
  /** How often an answer was checked, and how many hints were opened. */
  readonly attempts: number;
  readonly hints: number;
  /** The answer that a person is at: the policies that they may edit, or the request. */
  readonly policies?: readonly PolicyText[];
  readonly request?: Request;
}

export const noProgress = (name: string, hash: string): Progress => ({
  name,
  hash,
  solved: false,
  attempts: 0,
  hints: 0,
});

function asProgress(text: string | null): Progress | undefined {
  try {
    const value: unknown = JSON.parse(text ?? "null");
    if (typeof value !== "object" || value === null) return undefined;
    const { name, hash, solved, attempts, hints, policies = [] } = value as { [member in keyof Progress]?: unknown };
    const sound =
      typeof name === "string" &&
      typeof hash === "string" &&
      typeof solved === "boolean" &&
      typeof attempts === "number" &&
      typeof hints === "number" &&
      Array.isArray(policies);
    return sound ? (value as Progress) : undefined;
  } catch {
    return undefined;
  }
}

/** keptProgress is all that this browser keeps. */
export function keptProgress(): Progress[] {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(prefix))
      .flatMap((key) => asProgress(localStorage.getItem(key)) ?? []);
  } catch {
    return [];
  }
}

/** progressOf is that of one exercise as it is now. */
export const progressOf = (name: string, hash: string): Progress =>
  keptProgress().find((one) => one.hash === hash && one.name === name) ?? noProgress(name, hash);

/** earlierProgress is that of the exercise before it was corrected, where there is an answer in it. */
export const earlierProgress = (name: string, hash: string): Progress | undefined =>
  keptProgress().find(
    (one) => one.name === name && one.hash !== hash && (one.policies !== undefined || one.request !== undefined),
  );

/** keepProgress keeps it; false where the browser keeps nothing. */
export function keepProgress(progress: Progress): boolean {
  try {
    localStorage.setItem(prefix + progress.hash, JSON.stringify(progress));
    return true;
  } catch {
    return false;
  }
}

/** forgetProgress removes what is kept of all exercises, or of one. */
export function forgetProgress(hash?: string): void {
  for (const one of keptProgress()) {
    if (hash === undefined || one.hash === hash) localStorage.removeItem(prefix + one.hash);
  }
}

/** restoreProgress keeps again what was removed. */
export function restoreProgress(all: readonly Progress[]): void {
  for (const one of all) keepProgress(one);
}
