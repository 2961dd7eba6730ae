// The dialogs of the page: one entry for each. A dialog's code is loaded when it is first opened.

import { html, type TemplateResult } from "lit";
import type { FencelineApp } from "./app.ts";

export interface DialogKind {
  readonly title: string;
  /** Whether its content wants the width of the window. */
  readonly wide?: boolean;
  /** Loads the element that `body` uses. */
  load(): Promise<unknown>;
  body(app: FencelineApp): TemplateResult;
}

/** By the name that `session.openDialog` takes. */
export const dialogs: Readonly<Record<string, DialogKind>> = {
  start: {
    title: "Start from what you have",
    load: () => import("./start.ts"),
    body: (app) => html`<fenceline-start .session=${app.session} .files=${app.dropped}></fenceline-start>`,
  },
  commands: {
    title: "Commands",
    load: () => import("./palette.ts"),
    body: (app) => html`<fenceline-palette .session=${app.session} .app=${app}></fenceline-palette>`,
  },
  compare: {
    title: "Compare",
    wide: true,
    load: () => import("./compare.ts"),
    body: (app) => html`<fenceline-compare .session=${app.session}></fenceline-compare>`,
  },
  requests: {
    title: "Requests",
    wide: true,
    load: () => import("./table.ts"),
    body: (app) => html`<fenceline-table .session=${app.session}></fenceline-table>`,
  },
  settings: {
    title: "Settings",
    load: () => import("./settings.ts"),
    body: (app) => html`<fenceline-settings .session=${app.session}></fenceline-settings>`,
  },
  share: {
    title: "Share",
    load: () => import("./share.ts"),
    body: (app) => html`<fenceline-share .session=${app.session}></fenceline-share>`,
  },
  recent: {
    title: "Your recent work",
    load: () => import("./recent.ts"),
    body: (app) => html`<fenceline-recent .session=${app.session}></fenceline-recent>`,
  },
  shortcuts: {
    title: "Keyboard shortcuts",
    load: () => import("./shortcuts.ts"),
    body: (app) => html`<fenceline-shortcuts .session=${app.session}></fenceline-shortcuts>`,
  },
};
