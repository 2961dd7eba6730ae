// The exercise to go on with: the next one that is not solved yet, in the order of the lessons.

import { keptProgress, type Progress } from "./progress.ts";

/** An exercise in the list of all. */
export interface Entry {
  readonly name: string;
  readonly hash: string;
  readonly title: string;
}

/** Where to go on; done where every exercise is solved. */
export interface Onward {
  readonly next: Entry | undefined;
  readonly done: boolean;
}

/** onwardIn is the next unsolved exercise after the one with a name; after the last one the first follows. */
export function onwardIn(all: readonly Entry[], name: string, kept: readonly Progress[]): Onward {
  const solved = new Set(kept.flatMap((one) => (one.solved ? [one.hash] : [])));
  const at = all.findIndex((one) => one.name === name) + 1;
  const open = [...all.slice(at), ...all.slice(0, at)].filter(({ hash }) => !solved.has(hash));
  return { next: open.find((one) => one.name !== name), done: open.length === 0 };
}

/** onwardFrom looks in what this browser keeps. */
export async function onwardFrom(name: string): Promise<Onward> {
  const response = await fetch("/exercises/index.json");
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  return onwardIn((await response.json()) as readonly Entry[], name, keptProgress());
}
