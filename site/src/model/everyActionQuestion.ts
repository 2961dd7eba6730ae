// What is asked about every action: the selected request's principal, session and context, on resources of the
// pane's own. The request's own action and resource don't matter, so that a person can look into one action after
// another while the table stands.

import { decidedFile } from "./export/file.ts";
import type { Output } from "./export/subject.ts";
import { setUnknown } from "./context.ts";
import { type ActionList, type ActionTable, answerOf, type Asked, classOf, decider } from "./everyAction.ts";
import type { Request, Scenario } from "./scenario.ts";
import type { Workspace } from "./workspace.ts";

/** A resource that is asked about; nothing where it is not known. */
export type Target = string | undefined;

/** The action of a question: any, as the engine puts each in its place. */
const anyAction = "s3:GetObject";

/** targetOf is the resource of a request. */
export const targetOf = ({ resource, unknown = [] }: Request): Target =>
  unknown.includes("resource") ? undefined : resource || "*";

/** linesOf are the resources of a text, one a line; none of them is any resource. */
export function targetsOf(text: string): Target[] {
  const lines = [...new Set(text.split("\n").map((line) => line.trim()))].filter((line) => line !== "");
  return lines.length === 0 ? [undefined] : lines;
}

function ask(request: Request, target: Target): void {
  delete request.parameters;
  delete request.expect;
  setUnknown(request, "resource", target === undefined);
  request.resource = target ?? "*";
}

/** questionText is the scenario in which the selected request, its last one, is about a target. */
export function questionText(scenario: Scenario, selected: number, target: Target): string {
  const copy = structuredClone(scenario);
  copy.requests = copy.requests.slice(0, selected + 1);
  const request = copy.requests[selected];
  if (request) {
    request.action = anyAction;
    request.name = "every action";
    ask(request, target);
  }
  return JSON.stringify(copy);
}

/** isBucket says whether a target is a bucket, which has objects. */
export const isBucket = (target: Target): target is string =>
  target !== undefined && /^arn:[^:]+:s3:::[^/*]+$/.test(target);

/**
 * joined puts the answers on several resources one after the other, each with all actions; what is asked on `*` whatever
 * the resource stands there once.
 */
export function joined(list: ActionList, tables: readonly ActionTable[]): { list: ActionList; table: ActionTable } {
  const [first] = tables;
  if (first && tables.length === 1) return { list, table: first };
  const classes = tables.flatMap((table) => table.classes);
  const of: number[] = [];
  let before = 0;
  tables.forEach((table, at) => {
    for (const one of table.of) {
      const again = at > 0 && table.classes[one]?.resource === "*";
      of.push(one < 0 || again ? -1 : one + before);
    }
    before += table.classes.length;
  });
  const counts = classes.map(() => 0);
  for (const one of of) if (one >= 0) counts[one] = (counts[one] ?? 0) + 1;
  const names = list.names.length;
  return {
    list: {
      names: tables.flatMap(() => list.names),
      access: list.access.repeat(tables.length),
      services: tables.flatMap((_, at) =>
        list.services.map((service) => ({
          ...service,
          first: service.first + at * names,
          next: service.next + at * names,
        })),
      ),
    },
    table: { classes: classes.map((one, at) => ({ ...one, actions: counts[at] ?? 0 })), of },
  };
}

/** The most actions that become requests of a scenario. */
export const mostRequests = 1000;

/** scenarioOf is the work as a scenario file whose requests are actions, each expecting what it came to. */
export function scenarioOf(workspace: Workspace, selected: number, asked: Asked, actions: readonly number[]): Output {
  return decidedFile(workspace, (scenario) => {
    const from = scenario.requests[selected] ?? {};
    scenario.requests = actions.slice(0, mostRequests).flatMap((action): Request[] => {
      const one = classOf(asked.table, action);
      if (!one) return [];
      const request = structuredClone(from);
      ask(request, one.resource || undefined);
      request.name = `${asked.list.names[action] ?? ""}: ${answerOf(one)}`;
      request.action = asked.list.names[action] ?? "";
      for (const key of one.dependsOn) if (!(key in (request.context ?? {}))) setUnknown(request, key, true);
      const by = one.decision === "depends" ? undefined : decider(one);
      request.expect = { decision: one.decision, ...(by ? { decidedBy: by } : {}) };
      return [request];
    });
  });
}
