// Puts a theme on the page. It is also part of the script that runs before anything is drawn, in every browser, so it
// is written as the oldest read it.

/** The key under which this browser keeps settings. */
export function settingsKey(): string {
  return "fenceline.settings.1";
}

/** applyTheme sets the page's colours, and those of the browser's own frame; anything but light and dark is the system's. */
export function applyTheme(theme: unknown): void {
  var forced = theme === "light" || theme === "dark" ? theme : "";
  var root = document.documentElement;
  if (forced) root.setAttribute("data-theme", forced);
  else root.removeAttribute("data-theme");
  var colours = document.querySelectorAll<HTMLMetaElement>("meta[name=theme-color][data-scheme]");
  for (var i = 0; i < colours.length; i++) {
    var colour = colours[i]!;
    var scheme = colour.getAttribute("data-scheme");
    var follows = "(prefers-color-scheme: " + scheme + ")";
    colour.setAttribute("media", forced ? (forced === scheme ? "all" : "not all") : follows);
  }
}
