// The settings' store, without a browser.

import { expect, test } from "@playwright/test";
import { defaultSettings, readSettings, type SettingsHome, SettingsStore } from "../src/model/settings.ts";

/** A storage that tabs share. */
class Tabs {
  text: string | null = null;
  refused = false;
  readonly #heard = new Map<object, (text: string | null) => void>();

  open(): SettingsStore {
    const tab = {};
    const home: SettingsHome = {
      read: () => this.text,
      write: (text) => {
        if (this.refused) return false;
        this.text = text;
        for (const [other, hear] of this.#heard) if (other !== tab) hear(text);
        return true;
      },
      onChange: (hear) => this.#heard.set(tab, hear),
    };
    return new SettingsStore(home);
  }
}

test("what can't be read is as it is by default", () => {
  for (const text of [null, "", "{", "null", "3", "[]", `"dark"`]) expect(readSettings(text)).toEqual(defaultSettings);
  expect(
    readSettings(`{"theme":"blue","live":0,"singleKeys":false,"panes":{"a":-1,"b":"4","c":320.5},"more":1}`),
  ).toEqual({ ...defaultSettings, singleKeys: false, panes: { c: 320.5 } });
});

test("a change is kept, told, and heard by other tabs", () => {
  const tabs = new Tabs();
  const [one, other] = [tabs.open(), tabs.open()];
  let told = 0;
  const stop = other.subscribe(() => told++);
  expect(one.change({ theme: "dark" })).toBe(true);
  expect(one.resize("policies", 320.4)).toBe(true);
  expect(other.now).toEqual({ ...defaultSettings, theme: "dark", panes: { policies: 320 } });
  expect(tabs.open().now).toEqual(other.now);
  expect(told).toBe(2);
  stop();
  one.change({ live: false });
  expect(told).toBe(2);
  expect(one.resize("policies", Number.NaN)).toBe(false);
  expect(one.now.panes).toEqual({ policies: 320 });
});

test("where nothing may be kept a change holds for the tab", () => {
  const tabs = new Tabs();
  tabs.refused = true;
  const one = tabs.open();
  expect(one.change({ tabIndents: true })).toBe(false);
  expect(one.now.tabIndents).toBe(true);
  expect(tabs.open().now.tabIndents).toBe(false);
});
