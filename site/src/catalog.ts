// What the site publishes beside the page: the scenarios, and the first one with its stored result.

import type { Result } from "./model/result.ts";
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
