// Runs before anything is drawn, in every browser, so it is written as the oldest read it: sets the theme that a
// person chose, and watches whether the page's own script starts.

import { applyTheme, settingsKey } from "./model/theme.ts";

function chosenTheme(): unknown {
  try {
    var kept: unknown = JSON.parse(localStorage.getItem(settingsKey()) || "null");
    return kept && (kept as { theme?: unknown }).theme;
  } catch (refused) {
    return undefined;
  }
}

applyTheme(chosenTheme());

/** How long the page's script may take to start before the page says that it did not. */
var patienceMs = 15000;

/** The page has a line for it; what has started, or said why it can't, has a state. */
function tell(): void {
  var notice = document.getElementById("unstarted");
  if (notice && !document.documentElement.getAttribute("data-state")) notice.hidden = false;
}

/** A script's failure to load doesn't bubble, but it can be caught on its way down. */
function watch(event: Event): void {
  if (!(event.target instanceof HTMLScriptElement)) return;
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", tell);
  else tell();
}

document.addEventListener("error", watch, true);
setTimeout(tell, patienceMs);
