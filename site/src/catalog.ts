// What the site publishes beside the page: the scenarios, and the first one with its stored result.

import type { Result } from "./model/result.ts";
import { readScenario } from "./model/scenario.ts";
import { openFile, type Workspace } from "./model/workspace.ts";

/** A line of `scenarios/index.json`. */
export interface ScenarioEntry {
  /** Scenarios of one story belong together. */
  readonly story: string;
  readonly title: string;
  readonly path: string;
  /** The request that tells most. */
  readonly start: number;
}

/** The scenario of a first visit. */
export interface First {
  readonly workspace: Workspace;
  readonly result: Result;
}

async function load<T>(path: string): Promise<T> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: the server answered ${response.status}`);
  return (await response.json()) as T;
}

/** loadFirst is the scenario of a first visit. */
export const loadFirst = (path: string): Promise<First> => load<First>(path);

/** loadIndex lists the scenarios. */
export const loadIndex = (path: string): Promise<ScenarioEntry[]> => load<ScenarioEntry[]>(path);

/** loadScenario opens one of them. */
export async function loadScenario({ path, start }: ScenarioEntry): Promise<Workspace> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: the server answered ${response.status}`);
  return { ...openFile(await response.text()), selected: start };
}

/** A shipped scenario that a fragment names. */
export interface NamedScenario {
  readonly title: string;
  readonly workspace: Workspace;
}

/** `#scenario=STORY/NAME`, and optionally `&request=N`, counted from 0. */
const fragmentName = /^[a-z0-9-]{1,64}\/[a-z0-9-]{1,64}$/;

/** scenarioFromFragment opens the shipped scenario that a page's fragment names; undefined where it names none. */
export async function scenarioFromFragment(hash: string): Promise<NamedScenario | undefined> {
  const parameters = new URLSearchParams(hash.replace(/^#/, ""));
  const name = parameters.get("scenario");
  if (name === null || !fragmentName.test(name)) return undefined;
  const response = await fetch(`/scenarios/${name}.json`);
  if (!response.ok) throw new Error(`/scenarios/${name}.json: the server answered ${response.status}`);
  const workspace = openFile(await response.text());
  const { title = name, requests = [] } = readScenario(workspace.scenario) ?? {};
  const request = Number(parameters.get("request") ?? 0);
  const selected = Number.isInteger(request) && request >= 0 && request < requests.length ? request : 0;
  return { title, workspace: { ...workspace, selected } };
}
