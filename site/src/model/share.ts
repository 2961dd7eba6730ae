// A work made ready to be shared: looked through, redacted where that is wanted, evaluated, put in a link.

import type { Answer, AnswerOf, Call } from "../engine/protocol.ts";
import type { Subject } from "./export/subject.ts";
import { encodeLink } from "./permalink.ts";
import { holdsKey, redactedWork, type Redaction, type Replacement } from "./redaction.ts";
import type { Result } from "./result.ts";
import type { Unopened } from "./unopened.ts";
import { byteLength, limits, type Workspace } from "./workspace.ts";

/** Asks the engine. */
export type Ask = <C extends Call>(call: C) => Promise<Answer<AnswerOf<C>>>;

/** How a work is shared. */
export interface Wish {
  /** Whether what identifies is replaced; where a person has not said, access keys decide. */
  readonly redact?: boolean;
  /** Whether names are replaced, too. */
  readonly names: boolean;
}

/** A work that can be shared. */
export interface Shared extends Subject {
  /** What was found in the work as it is. */
  readonly found: readonly Replacement[];
  /** What was replaced in what is shared; undefined where nothing was meant to be. */
  readonly redaction?: Redaction;
  /** Whether every request is decided as before. */
  readonly same: boolean;
  /** The fragment of its link, or why there is none. */
  readonly fragment: string | Unopened;
  /** Why the engine could not look through the texts. */
  readonly unchecked?: string;
}

/** The lengths up to which a link passes: everywhere, and in most places. */
export const passing = { everywhere: 2000, widely: 8000 } as const;

/** lengthWords says what carries a link of that length. */
export function lengthWords(length: number): string {
  const count = `${length.toLocaleString("en")} characters`;
  if (length <= passing.everywhere) return `${count}: it works everywhere.`;
  if (length <= passing.widely) return `${count}: it works in browsers and most e-mail; some chat tools cut it.`;
  return `${count}: many chat tools and e-mail programs cut it. Save the scenario file and share that.`;
}

const nothing: Result = { version: 1, results: [], problems: [], policies: [] };

const isEvaluated = ({ scenario, policies }: Workspace): boolean =>
  byteLength(scenario) <= limits.scenario && policies.every(({ text }) => byteLength(text) <= limits.policy);

async function answerOf<C extends Call>(ask: Ask, call: C): Promise<AnswerOf<C>> {
  const answer = await ask(call);
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.answer;
}

function decide(ask: Ask, work: Workspace): Promise<Result> {
  const { scenario, policies, selected, without } = work;
  if (!isEvaluated(work)) return Promise.resolve(nothing);
  return answerOf(ask, { call: "evaluate", scenario, policies, trace: [selected], without });
}

const redact = (ask: Ask, { scenario, policies }: Workspace, names: boolean): Promise<Redaction> =>
  answerOf(ask, { call: "redact", scenario, policies, names });

/** findSecrets is what in a work looks as if it identified somebody. */
export async function findSecrets(ask: Ask, work: Workspace): Promise<readonly Replacement[]> {
  return isEvaluated(work) ? (await redact(ask, work, false)).replaced : [];
}

const decisionsOf = ({ results }: Result): string =>
  results.map(({ decision, decidedBy, error = "" }) => `${decision} ${decidedBy} ${error === ""}`).join("\n");

/** prepare makes a work ready; links that open it begin with the address. Without an engine there still is a link. */
export async function prepare(ask: Ask, work: Workspace, wish: Wish, address: string): Promise<Shared> {
  try {
    return await checked(ask, work, wish, address);
  } catch (cause) {
    const unchecked = cause instanceof Error ? cause.message : String(cause);
    return { workspace: work, result: nothing, found: [], same: true, fragment: await encodeLink(work), unchecked };
  }
}

async function checked(ask: Ask, work: Workspace, wish: Wish, address: string): Promise<Shared> {
  const found = await findSecrets(ask, work);
  const result = await decide(ask, work);
  const wanted = wish.names || (wish.redact ?? holdsKey(found));
  const redaction = wanted && isEvaluated(work) ? await redact(ask, work, wish.names) : undefined;
  const workspace = redaction ? redactedWork(work, redaction) : work;
  const decided = redaction ? await decide(ask, workspace) : result;
  const fragment = await encodeLink(workspace);
  const short = typeof fragment === "string" && address.length + fragment.length <= passing.widely;
  return {
    workspace,
    result: decided,
    found,
    same: decisionsOf(decided) === decisionsOf(result),
    fragment,
    ...(redaction ? { redaction } : {}),
    ...(short ? { link: address + fragment } : {}),
  };
}
