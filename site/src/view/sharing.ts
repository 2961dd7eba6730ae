// What the commands for sharing do, without a dialog as far as that goes.

import { fileName, scenarioFile } from "../model/export/file.ts";
import { encodeLink } from "../model/permalink.ts";
import { holdsKey } from "../model/redaction.ts";
import type { Session } from "../model/session.ts";
import { findSecrets } from "../model/share.ts";
import type { FencelineApp } from "./app.ts";
import { chooseFile, copy, save } from "./clipboard.ts";

/** The address to which a link's fragment is added. It is the same for every link, for ever, wherever the page was opened. */
export const pageAddress = (): string => `${location.origin}/play/`;

/** The work's link; it fails where there is none, or where an access key would leave unseen. */
async function linkOf(session: Session): Promise<string> {
  const work = { ...session.workspace, selected: session.selected };
  const found = await findSecrets((call) => session.ask(call), work);
  if (holdsKey(found)) throw new Error("it holds an access key");
  const fragment = await encodeLink(work);
  if (typeof fragment !== "string") throw new Error(fragment.message);
  return pageAddress() + fragment;
}

export const copiedWords = (link: string): string => `Link copied: ${link.length.toLocaleString("en")} characters.`;

/** Copies the work's link at once; the dialog opens where that can't be done, and says why. */
export async function copyLink({ session }: FencelineApp): Promise<void> {
  const link = linkOf(session);
  if (await copy(link)) session.say(copiedWords(await link));
  else session.openDialog("share");
}

/** Saves the scenario file; the dialog opens where a text is no JSON. */
export function saveScenario({ session }: FencelineApp): void {
  const file = scenarioFile(session.workspace);
  if ("problem" in file) {
    session.openDialog("share");
    return;
  }
  const name = fileName(session.workspace, ".json");
  save(name, file.text);
  const { without } = session.workspace;
  session.say(
    `Saved as ${name}.${without.length > 0 ? ` What is left out (${without.join(", ")}) is attached in it.` : ""}`,
  );
}

export function openAnyFile({ arrival }: FencelineApp): void {
  chooseFile((file) => void arrival.openFile(file));
}
