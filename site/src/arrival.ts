// The work that the page's address names: a link, a shipped scenario, an empty
// one. It opens beside the work that was there, which stays kept.
//
// The address keeps naming it until its first edit; then the fragment goes, so
// that a reload brings back the edit and not what was opened. While a person
// types the address is never written: browsers send their history to the servers
// that synchronise it, so texts would leave the machine unasked. A link is made
// by a command alone.

import { scenarioFromFragment } from "./catalog.ts";
import { isHandover, takeOver } from "./model/handover.ts";
import { mostFile, openScenarioFile, tooLarge } from "./model/export/file.ts";
import { decodeLink, isLink } from "./model/permalink.ts";
import type { Session } from "./model/session.ts";
import { titleOf } from "./model/storage.ts";
import { isUnopened, type Unopened, unopened } from "./model/unopened.ts";
import { emptyWorkspace, type Workspace } from "./model/workspace.ts";

interface Named {
  readonly workspace: Workspace;
  /** How it was opened: "Opened from a link". */
  readonly what: string;
}

/** What a fragment names; undefined where it names no work, as a heading's does. */
async function find(fragment: string): Promise<Named | Unopened | undefined> {
  if (fragment === "#new") return { workspace: emptyWorkspace(), what: "Opened an empty scenario" };
  if (isLink(fragment)) {
    const workspace = await decodeLink(fragment);
    return isUnopened(workspace) ? workspace : { workspace, what: "Opened from a link" };
  }
  try {
    const named = await scenarioFromFragment(fragment);
    return named && { workspace: named.workspace, what: `Opened "${named.title}"` };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return unopened(
      "damaged",
      `The scenario that this address names could not be loaded: ${why}. Choose one from the menu.`,
    );
  }
}

const sameTexts = (a: Workspace, b: Workspace): boolean =>
  a.scenario === b.scenario && a.policies === b.policies && a.without === b.without;

/** Arrival opens what the address names, and knows the way back. */
export class Arrival {
  readonly #session: Session;
  #tell = (): void => {};
  /** What the address names, as long as it is unchanged. */
  #named: Workspace | undefined;
  #what = "";
  #slot = "";
  #own: Workspace | undefined;
  #problem: Unopened | undefined;
  #openings = 0;

  constructor(session: Session) {
    this.#session = session;
    session.subscribe(() => this.#follow());
    addEventListener("hashchange", () => void this.open());
  }

  /** Calls back when there is something else to tell. */
  onChange(tell: () => void): void {
    this.#tell = tell;
  }

  /** How the work was opened that is open now, where a person's own work waits behind it. */
  get banner(): string | undefined {
    return this.#own && this.#session.slot === this.#slot ? `${this.#what}. Your own work is kept.` : undefined;
  }

  /** Why what the address names was not opened. */
  get problem(): Unopened | undefined {
    return this.#problem;
  }

  /** Opens what the address names now, if it names anything. */
  async open(): Promise<void> {
    const opening = ++this.#openings;
    if (isHandover(location.hash)) this.#take();
    const found = await find(location.hash);
    if (!found || opening !== this.#openings) return;
    this.#problem = undefined;
    if (isUnopened(found)) this.refuse(found);
    else this.#enter(found);
    this.#tell();
  }

  /** Opens what another page of the site handed over; its address is good for once. */
  #take(): void {
    const workspace = takeOver(location.hash);
    history.replaceState(null, "", location.pathname + location.search);
    if (workspace) this.#session.open(workspace, `Opened "${titleOf(workspace)}"`);
    else
      this.refuse(unopened("damaged", "What this address opened was taken already. Open it again from the account."));
  }

  /** Opens a file that a person chose. */
  async openFile(file: File): Promise<void> {
    const found = file.size > mostFile ? tooLarge(file.size) : openScenarioFile(await file.text());
    if (isUnopened(found)) this.refuse(found);
    else this.#session.open(found, `Opened the file ${file.name}`);
  }

  /** Tells why something was not opened. */
  refuse(problem: Unopened): void {
    this.#problem = problem;
    this.#tell();
  }

  #enter({ workspace, what }: Named): void {
    const session = this.#session;
    if (session.own) this.#own = session.workspace;
    else if (this.banner === undefined) this.#own = undefined;
    this.#named = undefined;
    session.openPassing(workspace, what);
    this.#named = workspace;
    this.#what = what;
    this.#slot = session.slot;
    if (this.#own) session.dismissNotice();
  }

  /** Goes back to the work that was there before the address's. */
  goBack(): void {
    const own = this.#own;
    this.dismiss();
    if (own) this.#session.returnTo(own);
  }

  /** Tells nothing more of what was opened, or was not. */
  dismiss(): void {
    this.#own = undefined;
    this.#problem = undefined;
    this.#tell();
  }

  /** Takes the fragment off the address once what it names is changed or left. */
  #follow(): void {
    if (!this.#named || sameTexts(this.#named, this.#session.workspace)) return;
    this.#named = undefined;
    try {
      history.replaceState(null, "", location.pathname + location.search);
    } catch {
      // A browser may refuse to write addresses often; then a reload opens the link again, beside the kept edit.
    }
  }
}
