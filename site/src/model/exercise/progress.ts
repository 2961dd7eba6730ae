// How far a person is with the exercises, kept in this browser alone: under the hash of the exercise's file, so that a
// corrected exercise begins afresh. All of it can be saved as a file, and loaded again.

import type { Decision, Layer } from "../result.ts";
import { readRequest, type Request } from "../scenario.ts";
import { isPolicyText, type PolicyText } from "../workspace.ts";
import type { Choice } from "./file.ts";

const prefix = "fenceline.exercise.1.";

/** The largest file of progress that is read, in bytes: browsers keep about as much. */
export const mostFile = 4 << 20;

/** The most exercises in such a file. */
const mostEntries = 1000;

/** The most choices of one answer. */
const mostChoices = 100;

/** What is kept of one exercise. */
export interface Progress {
  readonly name: string;
  readonly hash: string;
  readonly solved: boolean;
  /** How often an answer was checked, and how many hints were opened. */
  readonly attempts: number;
  readonly hints: number;
  /** The answer that a person is at: the policies that they may edit, the request, or what they chose. */
  readonly policies?: readonly PolicyText[];
  readonly request?: Request;
  readonly choices?: readonly Choice[];
}

/** The part of it that is an answer. */
export type Answer = Pick<Progress, "policies" | "request" | "choices">;

export const noProgress = (name: string, hash: string): Progress => ({
  name,
  hash,
  solved: false,
  attempts: 0,
  hints: 0,
});

type Members<T> = { readonly [member in keyof T]?: unknown };

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** asChoices are choices from outside, if they are such. */
export function asChoices(value: unknown): readonly Choice[] | undefined {
  if (!Array.isArray(value) || value.length > mostChoices) return undefined;
  const list = value.map((one: unknown): Choice | undefined => {
    if (!isObject(one)) return undefined;
    const { request, decision, decidedBy, policy, index } = one as Members<Choice>;
    const sound =
      [request, index].every((each) => each === undefined || isCount(each)) &&
      [decision, decidedBy, policy].every((each) => each === undefined || typeof each === "string");
    if (!sound) return undefined;
    // Words that mean nothing here fit nothing that is offered.
    return {
      ...(isCount(request) ? { request } : {}),
      ...(decision === undefined ? {} : { decision: decision as Decision }),
      ...(decidedBy === undefined ? {} : { decidedBy: decidedBy as Layer }),
      ...(policy === undefined ? {} : { policy: policy as string }),
      ...(isCount(index) ? { index } : {}),
    };
  });
  return list.every((one) => one !== undefined) ? list : undefined;
}

function asAnswer({ policies, request, choices }: Members<Answer>): Answer | undefined {
  const texts = Array.isArray(policies) && policies.every(isPolicyText) ? (policies as PolicyText[]) : undefined;
  const read = request === undefined ? undefined : readRequest(JSON.stringify(request));
  const asked = read && "request" in read ? read.request : undefined;
  const chosen = choices === undefined ? undefined : asChoices(choices);
  const sound =
    (policies === undefined || texts) && (request === undefined || asked) && (choices === undefined || chosen);
  if (!sound) return undefined;
  return {
    ...(texts ? { policies: texts.map(({ name, text }) => ({ name, text })) } : {}),
    ...(asked ? { request: asked } : {}),
    ...(chosen ? { choices: chosen } : {}),
  };
}

/** asProgress is a value from outside as the progress with an exercise, if it is one. */
function asProgress(value: unknown): Progress | undefined {
  if (!isObject(value)) return undefined;
  const { name, hash, solved, attempts, hints, ...rest } = value as Members<Progress>;
  const answer = asAnswer(rest);
  const sound =
    typeof name === "string" &&
    /^[a-z0-9-]{1,100}$/.test(name) &&
    typeof hash === "string" &&
    /^[0-9a-f]{16}$/.test(hash) &&
    typeof solved === "boolean" &&
    isCount(attempts) &&
    isCount(hints);
  return sound && answer ? { name, hash, solved, attempts, hints, ...answer } : undefined;
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return undefined;
  }
}

/** keptProgress is all that this browser keeps. */
export function keptProgress(): Progress[] {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(prefix))
      .flatMap((key) => asProgress(parsed(localStorage.getItem(key))) ?? []);
  } catch {
    return [];
  }
}

/** progressOf is that of one exercise as it is now. */
export const progressOf = (name: string, hash: string): Progress =>
  keptProgress().find((one) => one.hash === hash && one.name === name) ?? noProgress(name, hash);

/** earlierProgress is that of the exercise before it was corrected, where there is an answer in it that may still fit. */
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

/** forgetProgress removes what is kept of an exercise as it is now. */
export function forgetProgress(hash: string): void {
  try {
    localStorage.removeItem(prefix + hash);
  } catch {
    // a browser that keeps nothing has nothing to forget
  }
}

/** replaceProgress puts other progress in the place of all that is kept; false where the browser does not keep it. */
export function replaceProgress(all: readonly Progress[]): boolean {
  for (const { hash } of keptProgress()) forgetProgress(hash);
  return all.every(keepProgress);
}

/** writeProgress is progress as a file. */
export const writeProgress = (progress: readonly Progress[]): string =>
  `${JSON.stringify({ version: 1, progress }, null, 2)}\n`;

/** readProgress reads such a file, or says why it is none, in words that end a sentence. */
export function readProgress(text: string): readonly Progress[] | string {
  const file = parsed(text);
  if (!isObject(file)) return "it is not JSON";
  const { version, progress } = file as { readonly version?: unknown; readonly progress?: unknown };
  if (version !== 1 || !Array.isArray(progress)) return 'it has no `"version": 1` with a list `progress`';
  if (progress.length > mostEntries) return `it has ${progress.length} exercises; at most ${mostEntries} are read`;
  const all = progress.map(asProgress);
  const broken = all.indexOf(undefined);
  if (broken >= 0) return `entry ${broken + 1} of \`progress\` is not as Fenceline saves it`;
  return all.filter((one) => one !== undefined);
}

/** Both of two about one exercise: what was solved stays solved, and the own answer stays where there is one. */
function joined(mine: Progress, theirs: Progress): Progress {
  return {
    ...theirs,
    ...mine,
    solved: mine.solved || theirs.solved,
    attempts: Math.max(mine.attempts, theirs.attempts),
    hints: Math.max(mine.hints, theirs.hints),
  };
}

/** mergeProgress adds loaded progress to what is kept. */
export function mergeProgress(kept: readonly Progress[], loaded: readonly Progress[]): Progress[] {
  const all = new Map(kept.map((one) => [one.hash, one]));
  for (const one of loaded) {
    const mine = all.get(one.hash);
    all.set(one.hash, mine ? joined(mine, one) : one);
  }
  return [...all.values()];
}
