// Everything that can be done by a command: the palette, the menus and the
// shortcuts all come from this list.

import { settings } from "../model/settings.ts";
import { leaveStory, tellsStory } from "../model/story.ts";
import { emptyWorkspace } from "../model/workspace.ts";
import type { FencelineApp } from "./app.ts";
import { commandStep, resetPanes, widen } from "./separator.ts";
import { copyLink, openAnyFile, saveScenario } from "./sharing.ts";

/** A key with its modifiers. `mod` is ⌘ on Apple's keyboards and Ctrl elsewhere. */
export interface Shortcut {
  readonly key: string;
  readonly mod?: boolean;
  readonly shift?: boolean;
  readonly alt?: boolean;
}

export interface Command {
  readonly id: string;
  /** What it does, as a button would say. */
  readonly title: string;
  readonly shortcuts?: readonly Shortcut[];
  /** Whether it can be done now; without it, always. */
  available?(app: FencelineApp): boolean;
  run(app: FencelineApp): void;
}

const apple = /Mac|iPhone|iPad/.test(navigator.platform);

/** shortcutWords writes a shortcut as keyboards do: `Ctrl+K`, `⌘K`. */
export function shortcutWords({ key, mod, shift, alt }: Shortcut): string {
  const name = key.length === 1 ? key.toUpperCase() : key.replace("Arrow", "");
  const parts = [mod && (apple ? "⌘" : "Ctrl"), alt && (apple ? "⌥" : "Alt"), shift && (apple ? "⇧" : "Shift"), name];
  return parts.filter(Boolean).join(apple ? "" : "+");
}

/** aria-keyshortcuts' own spelling of a shortcut. */
export function ariaShortcut({ key, mod, shift, alt }: Shortcut): string {
  return [mod && (apple ? "Meta" : "Control"), alt && "Alt", shift && "Shift", key].filter(Boolean).join("+");
}

function fits(shortcut: Shortcut, event: KeyboardEvent): boolean {
  const mod = apple ? event.metaKey : event.ctrlKey;
  const single = !shortcut.mod && !shortcut.alt && shortcut.key.length === 1;
  return (
    event.key.toLowerCase() === shortcut.key.toLowerCase() &&
    mod === Boolean(shortcut.mod) &&
    event.altKey === Boolean(shortcut.alt) &&
    (single || event.shiftKey === Boolean(shortcut.shift))
  );
}

/** Whether keys that come from there are text. */
function takesText(event: KeyboardEvent): boolean {
  return event.composedPath().some((target) => {
    if (!(target instanceof HTMLElement)) return false;
    return target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);
  });
}

/** commandFor is the command that a key press means, if any. */
export function commandFor(event: KeyboardEvent, app: FencelineApp): Command | undefined {
  return commands.find(
    ({ shortcuts = [], available }) =>
      shortcuts.some((shortcut) => {
        const single = !shortcut.mod && !shortcut.alt && shortcut.key.length === 1;
        return fits(shortcut, event) && !(single && (takesText(event) || !settings().now.singleKeys));
      }) &&
      (available?.(app) ?? true),
  );
}

const dialog = (id: string, title: string, shortcut?: Shortcut): Command => ({
  id,
  title,
  ...(shortcut ? { shortcuts: [shortcut] } : {}),
  run: ({ session }) => session.openDialog(id),
});

/** Whether the panes stand beside each other. */
const inColumns = (): boolean => matchMedia("(width >= 64rem)").matches;

/** In the order in which the palette lists them. */
export const commands: readonly Command[] = [
  dialog("commands", "Find a command", { key: "k", mod: true }),
  {
    id: "every-action",
    title: "Ask about every action",
    available: ({ session }) => session.request !== undefined,
    run: (app) => void app.showEveryAction(),
  },
  {
    id: "evaluate",
    title: "Evaluate now",
    shortcuts: [{ key: "Enter", mod: true }],
    run: ({ session }) => session.evaluate(),
  },
  {
    id: "tab-indents",
    title: "Let Tab indent in editors, or leave them",
    run: ({ session }) => {
      settings().change({ tabIndents: !settings().now.tabIndents });
      session.say(
        settings().now.tabIndents ? "Tab indents in editors. Escape, then Tab, leaves one." : "Tab leaves an editor.",
      );
    },
  },
  {
    id: "undo",
    title: "Undo",
    shortcuts: [{ key: "z", mod: true }],
    available: ({ session }) => session.undoable !== undefined,
    run: ({ session }) => session.undo(),
  },
  {
    id: "redo",
    title: "Redo",
    shortcuts: [
      { key: "z", mod: true, shift: true },
      { key: "y", mod: true },
    ],
    available: ({ session }) => session.redoable !== undefined,
    run: ({ session }) => session.redo(),
  },
  dialog("share", "Share"),
  {
    id: "copy-link",
    title: "Copy link",
    shortcuts: [{ key: "s", mod: true }],
    run: (app) => void copyLink(app),
  },
  { id: "save-file", title: "Save scenario file", run: saveScenario },
  { id: "open-file", title: "Open a file …", run: openAnyFile },
  dialog("recent", "Your recent work"),
  {
    id: "next-problem",
    title: "Go to the next problem",
    shortcuts: [{ key: "ArrowDown", alt: true }],
    available: ({ session }) => session.problems.length > 0,
    run: ({ session }) => session.showProblem(1),
  },
  {
    id: "previous-problem",
    title: "Go to the previous problem",
    shortcuts: [{ key: "ArrowUp", alt: true }],
    available: ({ session }) => session.problems.length > 0,
    run: ({ session }) => session.showProblem(-1),
  },
  {
    id: "next-pane",
    title: "Go to the next pane",
    shortcuts: [{ key: "F6" }],
    run: (app) => app.cyclePanes(1),
  },
  {
    id: "previous-pane",
    title: "Go to the previous pane",
    shortcuts: [{ key: "F6", shift: true }],
    run: (app) => app.cyclePanes(-1),
  },
  {
    id: "step-forward",
    title: "Go a step forward",
    shortcuts: [{ key: "." }],
    available: ({ session }) => session.scenario.requests.length > 1,
    run: ({ session }) => session.goStep(1),
  },
  {
    id: "step-back",
    title: "Go a step back",
    shortcuts: [{ key: "," }],
    available: ({ session }) => session.scenario.requests.length > 1,
    run: ({ session }) => session.goStep(-1),
  },
  {
    id: "leave-before",
    title: "Leave the story before this step",
    available: ({ session }) => session.current && tellsStory(session.scenario),
    run: ({ session }) => void leaveStory(session, false),
  },
  {
    id: "leave-after",
    title: "Leave the story after this step",
    available: ({ session }) => session.current && tellsStory(session.scenario),
    run: ({ session }) => void leaveStory(session, true),
  },
  {
    id: "add-request",
    title: "Add a request",
    available: ({ session }) => session.readable,
    run: ({ session }) => session.addRequest(),
  },
  {
    id: "expect-all",
    title: "Expect what is decided now, where nothing is expected",
    available: ({ session }) => session.readable && session.fresh && session.result !== undefined,
    run: ({ session }) => session.expectAllNow(),
  },
  {
    id: "keep-to-compare",
    title: "Keep this as the one to compare with",
    run: ({ session }) => {
      session.compareWith(session.workspace);
      session.say("Kept as it is now. What you change from here is compared with it");
    },
  },
  dialog("compare", "Compare…"),
  {
    ...dialog("requests", "Show the requests as a full table"),
    available: ({ session }) => session.scenario.requests.length > 0,
  },
  ...(["request", "decision"] as const).flatMap((pane): Command[] => [
    {
      id: `widen-${pane}`,
      title: `Make the ${pane} pane wider`,
      available: inColumns,
      run: () => widen(pane, commandStep),
    },
    {
      id: `narrow-${pane}`,
      title: `Make the ${pane} pane narrower`,
      available: inColumns,
      run: () => widen(pane, -commandStep),
    },
  ]),
  { id: "reset-panes", title: "Reset the panes' widths", available: inColumns, run: resetPanes },
  {
    id: "start",
    title: "Start from what you have",
    run: (app) => app.startFrom([]),
  },
  {
    id: "empty",
    title: "Open an empty scenario",
    run: ({ session }) => session.open(emptyWorkspace(), "Opened an empty scenario"),
  },
  { id: "start-over", title: "Start over", run: (app) => app.startOver() },
  dialog("settings", "Settings"),
  dialog("shortcuts", "Keyboard shortcuts", { key: "?" }),
];

/** command is the one with the id. */
export function command(id: string): Command {
  const found = commands.find((one) => one.id === id);
  if (!found) throw new Error(`there is no command ${id}`);
  return found;
}
