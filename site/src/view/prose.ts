// Text with `code`, *emphasis* and **weight**, as templates: it never becomes markup.

import { html, type TemplateResult } from "lit";

const spans = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*/g;

/** inline renders one run of text. */
export function inline(text: string): (string | TemplateResult)[] {
  const parts: (string | TemplateResult)[] = [];
  let end = 0;
  for (const match of text.matchAll(spans)) {
    const [whole, code, strong, emphasis] = match;
    parts.push(text.slice(end, match.index));
    end = match.index + whole.length;
    if (code !== undefined) parts.push(html`<code>${code}</code>`);
    else if (strong !== undefined) parts.push(html`<strong>${strong}</strong>`);
    else parts.push(html`<em>${emphasis}</em>`);
  }
  parts.push(text.slice(end));
  return parts;
}

/** paragraphs renders text whose paragraphs are parted by empty lines. */
export function paragraphs(text: string): TemplateResult[] {
  return text
    .split(/\n\s*\n/)
    .filter((paragraph) => paragraph.trim() !== "")
    .map((paragraph) => html`<p>${inline(paragraph)}</p>`);
}

/** sentence renders a message, which begins in lower case and has no full stop, as a sentence; a question has its mark. */
export function sentence(message: string): (string | TemplateResult)[] {
  const end = message.endsWith("?") ? "" : ".";
  return inline(`${message.charAt(0).toUpperCase()}${message.slice(1)}${end}`);
}
