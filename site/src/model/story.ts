// A scenario with calls tells a story: each call changes the account for the requests after it.

import type { Continued } from "../engine/protocol.ts";
import { likeRequest } from "./order.ts";
import type { RequestResult } from "./result.ts";
import { readScenario, type Request, type Scenario, writeJson } from "./scenario.ts";
import type { Session } from "./session.ts";
import { decidedBy, verdictOf } from "./verdict.ts";
import { openFile, type Workspace } from "./workspace.ts";

/** Whether a request is a call, from whose parameters all else follows. */
export const isCall = ({ parameters }: Request): boolean => parameters !== undefined;

/** Whether a scenario tells a story. */
export const tellsStory = ({ requests }: Pick<Scenario, "requests">): boolean => requests.some(isCall);

/** A step that changed the account, with its changes as clauses. */
export interface Deed {
  readonly step: number;
  readonly texts: readonly string[];
}

/** deedsUpTo are the changes of the account up to a step, that one included. */
export function deedsUpTo(results: readonly RequestResult[], last: number): Deed[] {
  return results.slice(0, last + 1).flatMap(({ call }, step) => {
    const texts = call?.changes.map(({ text }) => text) ?? [];
    return texts.length > 0 ? [{ step, texts }] : [];
  });
}

/** whatBecame says in a clause why a call changed nothing; undefined where it did, or where there is no more to say. */
export function whyNothing(result: RequestResult): string | undefined {
  if (result.error || !result.call) return undefined;
  const { call } = result;
  if (call.error) return `AWS does not carry it out, with the error \`${call.error.code}\``;
  if (result.decision === "depends") return "whether it is carried out is not known";
  if (result.decision !== "allowed") return `it is refused, ${decidedBy(result)}, and changes nothing`;
  return call.changes.length === 0 ? "it changes nothing in the account" : undefined;
}

/** stepSentence is what a listener hears of a step. */
export function stepSentence(step: number, count: number, name: string, result: RequestResult | undefined): string {
  const clauses = result ? [...(result.call?.changes.map(({ text }) => text) ?? []), whyNothing(result) ?? ""] : [];
  const told = [verdictOf(result).words, ...clauses.filter((clause) => clause !== "")].join("; ").replaceAll("`", "");
  return `Step ${step + 1} of ${count}, ${name}: ${told}.`;
}

/** leftAt makes a work of what goes on from a step; where nothing is left to ask, it asks what was asked last. */
export function leftAt({ scenario: file, policies }: Continued, where: string, last: Request | undefined): Workspace {
  const opened = openFile(file);
  const scenario = readScenario(opened.scenario);
  const workspace = { ...opened, policies: [...opened.policies, ...policies] };
  if (!scenario) return workspace;
  scenario.title = `${scenario.title ?? "Story"}, left ${where}`;
  if (scenario.requests.length === 0 && last) scenario.requests.push(likeRequest(last, 1));
  return { ...workspace, scenario: writeJson(scenario) };
}

/** leaveStory opens a copy that goes on before the selected step, or after it. */
export async function leaveStory(session: Session, after: boolean): Promise<void> {
  const { workspace, selected, request } = session;
  const { scenario, policies } = workspace;
  const where = `${after ? "after" : "before"} step ${selected + 1}`;
  const asked = { call: "continue", scenario, policies, request: selected + (after ? 1 : 0) } as const;
  const answer = await session.ask(asked).catch(() => undefined);
  if (session.workspace !== workspace) return;
  if (!answer?.ok || !answer.answer.continues) {
    session.say("The story can't be left here, since it has no decisions as it stands");
    return;
  }
  const { title = "the story" } = session.scenario;
  session.open(leftAt(answer.answer, where, request), `Left "${title}" ${where}: the account is as it is then`);
  if (answer.answer.notes.length > 0) session.say(answer.answer.notes.join("; "), true);
}
