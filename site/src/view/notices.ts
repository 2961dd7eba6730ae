// What a person must know, above the panes: what went wrong, and what just happened.

import { html, type TemplateResult } from "lit";
import type { FencelineApp } from "./app.ts";
import { inline } from "./prose.ts";

/** engineNotice says that the engine did not start, or stopped. */
export function engineNotice({ session }: Pick<FencelineApp, "session">): TemplateResult | undefined {
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

/** What the address opened, with the way back; or why it opened nothing. */
function arrived(app: FencelineApp): TemplateResult | undefined {
  const { arrival } = app;
  const { banner, problem } = arrival;
  const dismiss = html`<button type="button" @click=${() => app.settle(() => arrival.dismiss())}>Dismiss</button>`;
  if (problem) {
    return html`<div class="notice" role="alert">
      ${inline(problem.message)} ${dismiss}
      ${problem.raw === undefined ? "" : html`<details><summary>What could be read of it</summary><pre class="raw" tabindex="0" aria-label="Text of the link">${problem.raw}</pre></details>`}
    </div>`;
  }
  if (banner === undefined) return undefined;
  return html`<p class="notice">
    ${banner} <button type="button" @click=${() => app.settle(() => arrival.goBack())}>Go back to it</button> ${dismiss}
  </p>`;
}

/** What just happened, with a way back where there is one. */
function happened(app: FencelineApp): TemplateResult | undefined {
  const { session } = app;
  const { notice } = session;
  if (!notice) return undefined;
  const back = html`<button type="button" @click=${() => app.settle(() => session.undo())}>Undo</button>`;
  return html`<p class="notice">
    ${inline(notice.text)} ${notice.undo ? back : ""}
    <button type="button" @click=${() => app.settle(() => session.dismissNotice())}>Dismiss</button>
  </p>`;
}

/** The notices, the gravest first. */
export function notices(app: FencelineApp): TemplateResult[] {
  const { session, failure } = app;
  const all = [
    engineNotice(app),
    failure ? html`<p class="notice" role="alert">This could not be loaded: ${failure}.</p>` : undefined,
    arrived(app),
    session.kept
      ? undefined
      : html`<p class="notice">This browser does not keep this work: storage is refused, or the texts are too large for it. It is gone when the tab closes.</p>`,
    happened(app),
  ];
  return all.filter((one) => one !== undefined);
}
