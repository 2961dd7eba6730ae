// The code editor's looks, in the page's colours.

import { HighlightStyle } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

export const highlighting = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--code-key)" },
  { tag: tags.string, color: "var(--code-string)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--code-atom)" },
  { tag: tags.invalid, color: "var(--code-invalid)" },
]);

const control = {
  minHeight: "1.75rem",
  padding: "0 0.5rem",
  font: "inherit",
  color: "var(--ink)",
  background: "var(--sheet)",
  border: "1px solid var(--edge)",
  borderRadius: "3px",
};

export const theme = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--sheet)", fontSize: "var(--code-size)" },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "-2px" },
  // Lines wrap, so nothing scrolls sideways; a scroller is a layer of its own that each frame has to look at.
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55", overflowX: "visible" },
  ".cm-content": { padding: "0.5rem 0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 0.75rem 0 0.5rem", borderLeft: "3px solid var(--unmarked)" },
  ".cm-gutters": { backgroundColor: "var(--sheet)", color: "var(--muted)", border: "none", overflowWrap: "normal" },
  ".cm-content ::selection, .cm-content::selection": { backgroundColor: "var(--selection)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--selection)" },
  ".cm-panels": { backgroundColor: "var(--paper)", color: "var(--ink)", borderBottom: "1px solid var(--rule)" },
  ".cm-panel.cm-search": { fontFamily: "var(--sans)", fontSize: "var(--small)", padding: "0.5rem 2rem 0.5rem 0.75rem" },
  ".cm-panel.cm-search label": {
    fontSize: "inherit",
    display: "inline-flex",
    alignItems: "center",
    minHeight: "1.75rem",
  },
  ".cm-panel.cm-search .cm-textfield, .cm-panel.cm-search .cm-button": { ...control, fontSize: "inherit" },
  ".cm-panel.cm-search [name=close]": {
    color: "var(--ink)",
    minWidth: "1.75rem",
    minHeight: "1.75rem",
    font: "inherit",
  },
  ".cm-searchMatch": { backgroundColor: "var(--shown)", outline: "1px solid var(--edge)" },
  ".cm-searchMatch-selected": { backgroundColor: "var(--selection)" },
  ".cm-foldGutter .cm-gutterElement": { cursor: "pointer", padding: "0 0.2rem" },
  ".cm-foldPlaceholder": { ...control, minHeight: "0", padding: "0 0.35rem", color: "var(--muted)" },

  ".cm-tooltip": { backgroundColor: "var(--paper)", color: "var(--ink)", border: "1px solid var(--edge)", zIndex: "5" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    fontFamily: "var(--mono)",
    fontSize: "var(--code-size)",
    maxHeight: "16em",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "0.2rem 0.5rem", lineHeight: "1.4" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--selection)",
    color: "var(--ink)",
  },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-completionDetail": { color: "var(--muted)", fontStyle: "normal" },
  ".cm-tooltip.cm-completionInfo": { fontFamily: "var(--sans)", padding: "0.4rem 0.6rem", maxWidth: "22rem" },

  ".cm-diagnostic": { fontFamily: "var(--sans)", borderLeft: "3px solid var(--depends)" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--deny)" },
  ".cm-diagnosticAction": { ...control, margin: "0.35rem 0.5rem 0 0" },
  ".cm-lintRange-error": { backgroundImage: "none", borderBottom: "2px solid var(--deny)" },
  ".cm-lintRange-warning, .cm-lintRange-info": { backgroundImage: "none", borderBottom: "2px dotted var(--depends)" },

  ".help": {
    fontFamily: "var(--sans)",
    fontSize: "var(--small)",
    padding: "0.5rem 0.75rem",
    maxWidth: "24rem",
    lineHeight: "1.45",
  },
  ".help:focus-visible": { outline: "2px solid var(--accent)", outlineOffset: "-2px" },
  ".help p": { margin: "0 0 0.35rem" },
  ".help strong": { fontFamily: "var(--mono)", fontWeight: "700" },
  ".help .facts": { color: "var(--muted)" },
  ".help a": { color: "var(--accent)" },
  ".help button": { ...control, display: "block", margin: "0.35rem 0 0", textAlign: "left" },
  ".help button:focus-visible, .help a:focus-visible": { outline: "2px solid var(--accent)" },

  ".line-allow": { borderLeftColor: "var(--allow)" },
  ".line-deny": { borderLeftColor: "var(--deny)" },
  ".line-shown": { backgroundColor: "var(--shown)" },
  ".cm-coverage": { minWidth: "1.4em", textAlign: "center", fontWeight: "700" },
  ".covered-allow": { color: "var(--allow)" },
  ".covered-deny": { color: "var(--deny)" },
  ".covered-unknown": { color: "var(--depends)" },
  ".covered-none": { color: "var(--muted)", fontWeight: "400" },
  ".failed": { textDecoration: "underline dashed var(--muted) 1px", textUnderlineOffset: "0.25em" },
});
