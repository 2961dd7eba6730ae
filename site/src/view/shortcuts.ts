// The list of keyboard shortcuts.

import { html, type TemplateResult } from "lit";
import { commands, shortcutWords } from "./commands.ts";
import { SessionElement } from "./element.ts";

const inEditors: readonly (readonly [string, string])[] = [
  ["Tab", "Leave the editor, or indent if you chose so; Escape, then Tab leaves it in any case"],
  ["Ctrl+Space", "Offer what may stand here"],
  ["F1", "Explain the word at the cursor"],
  ["Ctrl+.", "Show the problems on this line, with their fixes"],
  ["Shift+Alt+F", "Format the text"],
  ["Ctrl+Shift+[ and Ctrl+Shift+]", "Fold and unfold"],
  ["Ctrl+] and Ctrl+[", "Indent and outdent a line"],
  ["Ctrl+F", "Find in the text"],
];

const row = (keys: string, what: string): TemplateResult =>
  html`<tr>
    <th scope="row"><kbd>${keys}</kbd></th>
    <td>${what}</td>
  </tr>`;

export class FencelineShortcuts extends SessionElement {
  protected override render(): TemplateResult {
    const shortcuts = commands.flatMap(({ title, shortcuts = [] }) =>
      shortcuts.length === 0 ? [] : [row(shortcuts.map(shortcutWords).join(" or "), title)],
    );
    return html`<table class="shortcuts">
        <caption>
          Everywhere
        </caption>
        <tbody>${shortcuts}</tbody>
      </table>
      <table class="shortcuts">
        <caption>
          In an editor
        </caption>
        <tbody>${inEditors.map(([keys, what]) => row(keys, what))}</tbody>
      </table>`;
  }
}

customElements.define("fenceline-shortcuts", FencelineShortcuts);
