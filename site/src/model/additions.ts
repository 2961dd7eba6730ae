// Work with what was pasted added to it, as one step.

import { callerOf } from "./slots.ts";
import type { AttachPlace } from "./slots.ts";
import type { Asked, ImportedPolicy } from "./intake.ts";
import { readScenario, type Scenario, writeJson } from "./scenario.ts";
import { emptyWorkspace, freeName, openFile, type Workspace } from "./workspace.ts";

/** A policy with the place that a person chose for it. */
export interface PlacedPolicy {
  readonly policy: ImportedPolicy;
  readonly place: AttachPlace;
}

function changed(workspace: Workspace, mutate: (scenario: Scenario) => void): Workspace {
  const scenario = readScenario(workspace.scenario);
  if (!scenario) return workspace;
  mutate(scenario);
  return { ...workspace, scenario: writeJson(scenario) };
}

/** withRequests adds requests, and the identities that ask; the first of them is selected. */
export function withRequests(workspace: Workspace, asked: readonly Asked[]): Workspace {
  let first = workspace.selected;
  const added = changed(workspace, (scenario) => {
    first = scenario.requests.length;
    for (const { request, identity } of asked) {
      scenario.requests.push(structuredClone(request));
      const arn = identity ?? callerOf(scenario, request) ?? "";
      const known = scenario.identities?.some((one) => one.arn === arn) ?? false;
      if (!known && /:(?:user|role)\//.test(arn)) (scenario.identities ??= []).push({ arn });
    }
  });
  return { ...added, selected: first };
}

/** withPolicies adds policies and attaches each to its place. */
export function withPolicies(workspace: Workspace, list: readonly PlacedPolicy[]): Workspace {
  return list.reduce((work, { policy, place }) => {
    const name = freeName(work, policy.name);
    const added = { ...work, policies: [...work.policies, { name, text: policy.text }] };
    return changed(added, (scenario) => place.attach(scenario, scenario.requests[work.selected], name));
  }, workspace);
}

/** openScenario is a pasted scenario as work of its own, or undefined where it can't be read. */
export function openScenario(text: string): Workspace | undefined {
  try {
    return openFile(text);
  } catch {
    return undefined;
  }
}

/** freshWorkspace is what new work begins with. */
export function freshWorkspace(title: string): Workspace {
  return changed(emptyWorkspace(), (scenario) => (scenario.title = title));
}
