// What a person set about the page itself, kept in this browser and shared by its tabs.

import { applyTheme, settingsKey } from "./theme.ts";

export type Theme = "system" | "light" | "dark";

export interface Settings {
  readonly theme: Theme;
  /** Whether shortcuts of one key work where no text is typed. */
  readonly singleKeys: boolean;
  /** Whether Tab indents in editors, instead of leaving them. */
  readonly tabIndents: boolean;
  /** Whether the engine decides while a person types. */
  readonly live: boolean;
  /** Widths and heights of panes by their name, in CSS pixels. */
  readonly panes: Readonly<Record<string, number>>;
}

export const defaultSettings: Settings = {
  theme: "system",
  singleKeys: true,
  tabIndents: false,
  live: true,
  panes: {},
};

type Member = keyof Settings;
type Readers = { readonly [M in Member]: (value: unknown) => Settings[M] | undefined };

const boolean = (value: unknown): boolean | undefined => (typeof value === "boolean" ? value : undefined);
const isSize = (value: unknown): value is number => typeof value === "number" && value > 0 && value < 10_000;

/** What each member is read as; anything else is as if it had never been set. */
const readers: Readers = {
  theme: (value) => (value === "light" || value === "dark" || value === "system" ? value : undefined),
  singleKeys: boolean,
  tabIndents: boolean,
  live: boolean,
  panes: (value) =>
    typeof value === "object" && value !== null
      ? Object.fromEntries(Object.entries(value).filter((pane): pane is [string, number] => isSize(pane[1])))
      : undefined,
};

/** readSettings takes from a kept text what it can; the rest is as it is by default. */
export function readSettings(text: string | null): Settings {
  let kept: unknown;
  try {
    kept = JSON.parse(text ?? "null");
  } catch {
    return defaultSettings;
  }
  if (typeof kept !== "object" || kept === null) return defaultSettings;
  const given = new Map(Object.entries(kept));
  const read = <M extends Member>(member: M): Settings[M] =>
    readers[member](given.get(member)) ?? defaultSettings[member];
  return {
    theme: read("theme"),
    singleKeys: read("singleKeys"),
    tabIndents: read("tabIndents"),
    live: read("live"),
    panes: read("panes"),
  };
}

/** Where settings are kept, and what tells of another tab's changes. */
export interface SettingsHome {
  read(): string | null;
  /** write says whether the text is kept. */
  write(text: string): boolean;
  /** onChange calls back with what another tab wrote. */
  onChange(heard: (text: string | null) => void): void;
}

const browserHome: SettingsHome = {
  read() {
    try {
      return localStorage.getItem(settingsKey());
    } catch {
      return null;
    }
  },
  write(text) {
    try {
      localStorage.setItem(settingsKey(), text);
      return true;
    } catch {
      return false;
    }
  },
  onChange(heard) {
    addEventListener("storage", ({ key, newValue }) => {
      // A cleared storage has no key.
      if (key === settingsKey() || key === null) heard(newValue);
    });
  },
};

/** SettingsStore holds the settings, and tells its subscribers of changes in this and in other tabs. */
export class SettingsStore {
  readonly #home: SettingsHome;
  readonly #listeners = new Set<() => void>();
  #settings: Settings;

  constructor(home: SettingsHome) {
    this.#home = home;
    this.#settings = readSettings(home.read());
    home.onChange((text) => this.#take(readSettings(text)));
  }

  get now(): Settings {
    return this.#settings;
  }

  /** change sets some members, and says whether the browser keeps them; they hold for this tab in any case. */
  change(members: Partial<Settings>): boolean {
    const next = { ...this.#settings, ...members };
    const kept = this.#home.write(JSON.stringify(next));
    this.#take(next);
    return kept;
  }

  /** resize sets one pane's size. */
  resize(pane: string, pixels: number): boolean {
    return isSize(pixels) && this.change({ panes: { ...this.#settings.panes, [pane]: Math.round(pixels) } });
  }

  /** subscribe calls back after each change; the answer stops that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #take(settings: Settings): void {
    this.#settings = settings;
    for (const listener of this.#listeners) listener();
  }
}

let store: SettingsStore | undefined;

/** settings is this page's one store; its theme is put on the page whichever tab changed it. */
export function settings(): SettingsStore {
  if (store) return store;
  const made = new SettingsStore(browserHome);
  made.subscribe(() => applyTheme(made.now.theme));
  store = made;
  return made;
}

/** setTheme keeps a theme and puts it on the page. */
export const setTheme = (theme: Theme): boolean => settings().change({ theme });
