// What a person must know, above the panes: what went wrong, and what just happened.

import { html, type TemplateResult } from "lit";
import type { FencelineApp } from "./app.ts";

function engineNotice({ session }: FencelineApp): TemplateResult | undefined {
  const { engine } = session;
  switch (engine.kind) {
    case "failed":
      return html`<p class="notice" role="alert">
        The engine did not start: ${engine.reason}. It needs WebAssembly and this site's own files; the texts can still be edited.
        <button type="button" @click=${() => session.evaluate()}>Try again</button>
      </p>`;
    case "stopped":
      return html`<p class="notice" role="alert">
        The engine stopped on this text: ${engine.reason}. It was started again and your text is kept. It decides again when the text changes.
      </p>`;
    case "refused":
      return html`<p class="notice" role="alert">The engine has no result for this text: ${engine.reason}. Your text is kept.</p>`;
    default:
      return undefined;
  }
}

/** What just happened, with a way back where there is one. */
function happened(app: FencelineApp): TemplateResult | undefined {
  const { session } = app;
  const { notice } = session;
  if (!notice) return undefined;
  const back = html`<button type="button" @click=${() => app.settle(() => session.undo())}>Undo</button>`;
  return html`<p class="notice">
    ${notice.text} ${notice.undo ? back : ""}
    <button type="button" @click=${() => app.settle(() => session.dismissNotice())}>Dismiss</button>
  </p>`;
}

/** The notices, the gravest first. */
export function notices(app: FencelineApp): TemplateResult[] {
  const { session, failure } = app;
  const all = [
    engineNotice(app),
    failure ? html`<p class="notice" role="alert">This could not be loaded: ${failure}.</p>` : undefined,
    session.kept
      ? undefined
      : html`<p class="notice">This browser does not keep this work: storage is refused, or the texts are too large for it. It is gone when the tab closes.</p>`,
    happened(app),
  ];
  return all.filter((one) => one !== undefined);
}
