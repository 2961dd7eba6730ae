// Work in progress, kept in this browser only. Each tab keeps its own work
// under its own name, so that two tabs never write over each other.

import { asWorkspace, type Workspace } from "./workspace.ts";

const prefix = "fenceline.work.2.";
const tabKey = "fenceline.tab";

/** The one place that an earlier version kept its work in. */
const earlierKey = "fenceline.work.1";
const earlierId = "1";

/** How many works are kept; beyond that the ones that were changed longest ago go. */
const mostWorks = 12;

/** How long typing may go on before it is written. */
const restMs = 300;

/** A kept work. */
export interface Kept {
  readonly id: string;
  readonly title: string;
  /** When it was last changed, in milliseconds since 1970. */
  readonly changed: number;
  readonly workspace: Workspace;
  /** The work that it is compared with. */
  readonly baseline?: Workspace;
}

/** Keeping is where a session's work is kept: in this browser, or in memory alone. */
export interface Keeping {
  /** Whether the work is where it should be. */
  readonly kept: boolean;
  /** Which of the kept works is this one. */
  readonly slot: string;
  /** The work that the present one is compared with. */
  readonly baseline: Workspace | undefined;
  onChange(tell: () => void): void;
  compare(workspace: Workspace, baseline: Workspace | undefined): void;
  claim(id: string): Promise<boolean>;
  beginAnother(): void;
  use(id: string): void;
  keep(workspace: Workspace): void;
  forget(): void;
}

const newId = (): string => crypto.randomUUID();

/** titleOf is a work's title. */
export function titleOf({ scenario }: Workspace): string {
  try {
    const { title } = JSON.parse(scenario) as { title?: unknown };
    if (typeof title === "string" && title !== "") return title;
  } catch {
    // A text that can't be read has no title.
  }
  return "Untitled";
}

function read(key: string): Kept | undefined {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? "null");
    if (typeof value !== "object" || value === null) return undefined;
    const earlier = key === earlierKey;
    const { changed = 0, workspace: inside, baseline } = value as { [member in keyof Kept]?: unknown };
    const workspace = asWorkspace(earlier ? value : inside);
    if (!workspace || typeof changed !== "number") return undefined;
    const id = earlier ? earlierId : key.slice(prefix.length);
    const other = asWorkspace(baseline);
    return { id, title: titleOf(workspace), changed, workspace, ...(other ? { baseline: other } : {}) };
  } catch {
    return undefined;
  }
}

/** keptWorks are all works that this browser keeps, the newest first. */
export function keptWorks(): Kept[] {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(prefix) || key === earlierKey)
      .flatMap((key) => read(key) ?? [])
      .sort((a, b) => b.changed - a.changed);
  } catch {
    return [];
  }
}

/** A copied tab has the name of the tab that it is a copy of; the one that holds the lock is the first. */
async function isFree(id: string): Promise<boolean> {
  if (!navigator.locks) return true;
  return new Promise((resolve) => {
    const hold = (lock: Lock | null): Promise<void> => {
      resolve(lock !== null);
      return lock === null ? Promise.resolve() : new Promise(() => {});
    };
    navigator.locks.request(prefix + id, { ifAvailable: true }, hold).catch(() => resolve(true));
  });
}

/** Storage keeps one tab's work in this browser. */
export class Storage implements Keeping {
  #tell = (): void => {};
  #id = newId();
  /** The works that no other tab writes to as long as this one is open. */
  readonly #claimed = new Set<string>();
  #waiting: Workspace | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #kept = true;
  /** What each work of this tab is compared with. */
  readonly #baselines = new Map<string, Workspace>();

  constructor() {
    addEventListener("pagehide", () => this.flush());
    document.addEventListener("visibilitychange", () => this.flush());
  }

  /** Calls back when the browser begins or ceases to keep the work. */
  onChange(tell: () => void): void {
    this.#tell = tell;
  }

  /** Whether the browser keeps the work. */
  get kept(): boolean {
    return this.#kept;
  }

  /** open is this tab's own work, else a copy of the newest that there is. */
  async open(): Promise<Workspace | undefined> {
    const own = await this.#own();
    const works = keptWorks();
    const work = works.find(({ id }) => id === own) ?? works[0];
    if (work?.baseline) this.#baselines.set(this.#id, work.baseline);
    return work?.workspace;
  }

  /** The work that the present one is compared with; it is kept beside it. */
  get baseline(): Workspace | undefined {
    return this.#baselines.get(this.#id);
  }

  /** Compares the work with another from now on, or with none. */
  compare(workspace: Workspace, baseline: Workspace | undefined): void {
    if (baseline) this.#baselines.set(this.#id, baseline);
    else this.#baselines.delete(this.#id);
    this.keep(workspace);
  }

  /** Which of the kept works is this tab's. */
  get slot(): string {
    return this.#id;
  }

  async #own(): Promise<string | undefined> {
    try {
      const own = sessionStorage.getItem(tabKey);
      if (own && (await this.claim(own))) {
        this.#id = own;
        return own;
      }
      await this.claim(this.#id);
      sessionStorage.setItem(tabKey, this.#id);
      return own ?? undefined;
    } catch {
      return undefined;
    }
  }

  /** claim says whether this tab may write to a kept work: no other tab has it. */
  async claim(id: string): Promise<boolean> {
    if (!this.#claimed.has(id) && (await isFree(id))) this.#claimed.add(id);
    return this.#claimed.has(id);
  }

  /** beginAnother leaves the work that was kept so far as it is; what comes is kept beside it. */
  beginAnother(): void {
    const id = newId();
    void this.claim(id);
    this.use(id);
  }

  /** use goes on in a work that this tab claimed; what was kept so far stays as it is. */
  use(id: string): void {
    if (id === this.#id) return;
    this.flush();
    this.#id = id;
    const kept = this.#baselines.get(id) ?? read(prefix + id)?.baseline;
    if (kept) this.#baselines.set(id, kept);
  }

  /** keep writes the work soon; flush does at once. */
  keep(workspace: Workspace): void {
    this.#waiting = workspace;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), restMs);
  }

  flush(): void {
    const workspace = this.#waiting;
    if (!workspace) return;
    this.#waiting = undefined;
    clearTimeout(this.#timer);
    const kept = this.#write(JSON.stringify({ changed: Date.now(), workspace, baseline: this.baseline }));
    if (kept === this.#kept) return;
    this.#kept = kept;
    this.#tell();
  }

  #write(text: string): boolean {
    try {
      if (localStorage.getItem(prefix + this.#id) === null) this.#makeRoom();
      localStorage.setItem(prefix + this.#id, text);
      // A reload goes on with what was kept last.
      sessionStorage.setItem(tabKey, this.#id);
      return true;
    } catch {
      return false;
    }
  }

  #makeRoom(): void {
    localStorage.removeItem(earlierKey);
    for (const { id } of keptWorks().slice(mostWorks - 1)) localStorage.removeItem(prefix + id);
  }

  /** forget removes what this tab kept. */
  forget(): void {
    this.#waiting = undefined;
    clearTimeout(this.#timer);
    forgetWork(this.#id);
  }
}

/** forgetWork removes a kept work. */
export function forgetWork(id: string): void {
  try {
    localStorage.removeItem(prefix + id);
    if (id === earlierId) localStorage.removeItem(earlierKey);
  } catch {
    // Nothing was kept where nothing may be kept.
  }
}

/** restoreWork keeps a work again that was removed. */
export function restoreWork({ id, changed, workspace, baseline }: Kept): void {
  try {
    localStorage.setItem(prefix + id, JSON.stringify({ changed, workspace, baseline }));
  } catch {
    // Nothing is kept where nothing may be kept.
  }
}
