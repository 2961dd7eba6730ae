// A link to an exercise: the work as any link carries it, and after it what a person chose, where that is no text:
// `#v1.…&choices=[{"request":0,"decision":"allowed"}]`.

import { encodeLink } from "../permalink.ts";
import type { Unopened } from "../unopened.ts";
import type { Workspace } from "../workspace.ts";
import type { Choice } from "./file.ts";
import { asChoices } from "./progress.ts";

/** joinLink is the fragment that carries a work and choices. */
export async function joinLink(work: Workspace, choices: readonly Choice[]): Promise<string | Unopened> {
  const fragment = await encodeLink(work);
  if (typeof fragment !== "string" || choices.length === 0) return fragment;
  return `${fragment}&${new URLSearchParams({ choices: JSON.stringify(choices) }).toString()}`;
}

/** splitLink takes such a fragment apart; choices that can't be read are undefined. */
export function splitLink(hash: string): { fragment: string; choices: readonly Choice[] | undefined } {
  const [fragment = "", ...more] = hash.split("&");
  const written = new URLSearchParams(more.join("&")).get("choices");
  try {
    return { fragment, choices: asChoices(JSON.parse(written ?? "[]")) };
  } catch {
    return { fragment, choices: undefined };
  }
}
