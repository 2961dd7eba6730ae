// The dialog for sharing: what would leave, the link, the file, and everything to copy.

import { html, nothing, type TemplateResult } from "lit";
import { fileName, scenarioFile, workFile } from "../model/export/file.ts";
import { outputs } from "../model/export/outputs.ts";
import type { Output } from "../model/export/subject.ts";
import { foundWords, kindWords, redactedWork, type Replacement } from "../model/redaction.ts";
import { lengthWords, prepare, type Shared, type Wish } from "../model/share.ts";
import { verdictOf } from "../model/verdict.ts";
import type { Workspace } from "../model/workspace.ts";
import { copy, save } from "./clipboard.ts";
import { focusSoon, SessionElement } from "./element.ts";
import { option } from "./option.ts";
import { inline } from "./prose.ts";
import { copiedWords, pageAddress } from "./sharing.ts";

const refused = "The browser refused the clipboard. The text is selected: copy it with the keyboard.";

export class FencelineShare extends SessionElement {
  static override properties = {
    ...SessionElement.properties,
    wish: { state: true },
    shared: { state: true },
    kind: { state: true },
    said: { state: true },
  };

  declare wish: Wish;
  /** What is shared, once it is ready. */
  declare shared: Shared | undefined;
  /** Which output is shown. */
  declare kind: string;
  /** What was just done. */
  declare said: string;
  #about: Workspace | undefined;
  #turn = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.wish = { names: false };
    this.shared = undefined;
    this.kind = "markdown";
    this.said = "";
    this.addEventListener("keydown", this.#key);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener("keydown", this.#key);
  }

  /** What was prepared before the work changed is not about it. */
  protected override willUpdate(): void {
    if (this.#about !== this.session.workspace) void this.#prepare();
  }

  #wants(wish: Wish): void {
    this.wish = wish;
    void this.#prepare();
  }

  async #prepare(): Promise<void> {
    const { session } = this;
    const turn = ++this.#turn;
    this.#about = session.workspace;
    const work = { ...session.workspace, selected: session.selected };
    const shared = await prepare((call) => session.ask(call), work, this.wish, pageAddress());
    if (turn === this.#turn) this.shared = shared;
  }

  #key = (event: KeyboardEvent): void => {
    if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    void this.#copyLink();
  };

  /** Copies a text, or selects the field that shows it. */
  async #copy(text: string, done: string, field: string): Promise<void> {
    this.said = "";
    if (await copy(Promise.resolve(text))) {
      this.said = done;
      return;
    }
    const shown = this.querySelector<HTMLInputElement | HTMLTextAreaElement>(field);
    shown?.focus();
    shown?.select();
    this.said = refused;
  }

  async #copyLink(): Promise<void> {
    const link = this.#link();
    if (link !== undefined) await this.#copy(link, copiedWords(link), "[name=link]");
  }

  #link(): string | undefined {
    const fragment = this.shared?.fragment;
    return typeof fragment === "string" ? pageAddress() + fragment : undefined;
  }

  #redactNow(): void {
    const { shared, session } = this;
    if (!shared?.redaction) return;
    session.apply(redactedWork(session.workspace, shared.redaction), "Redacted the scenario");
    this.wish = { names: false };
    this.said = "The scenario is redacted. Undo brings the real values back.";
    // The button goes away with what it did.
    focusSoon(() => this.querySelector<HTMLElement>("[name=link]"));
  }

  #replacement({ kind, from, to, count }: Replacement): TemplateResult {
    return html`<tr>
      <td>${kindWords(kind)}</td>
      <td><code>${from}</code></td>
      <td><code>${to}</code></td>
      <td>${count}</td>
    </tr>`;
  }

  #replacements(replaced: readonly Replacement[]): TemplateResult | typeof nothing {
    if (replaced.length === 0) return nothing;
    return html`<details>
      <summary>What is replaced (${replaced.length})</summary>
      <div class="scrolls" tabindex="0" role="region" aria-label="What is replaced">
        <table class="replaced">
          <thead><tr><th scope="col">Kind</th><th scope="col">From</th><th scope="col">To</th><th scope="col">Places</th></tr></thead>
          <tbody>${replaced.map((one) => this.#replacement(one))}</tbody>
        </table>
      </div>
    </details>`;
  }

  /** Whether the copy decides as the scenario does. */
  #sameness({ same, result, workspace }: Shared): TemplateResult {
    const { words } = verdictOf(result.results[workspace.selected]);
    return same
      ? html`<p class="hint">Every decision stays the same; this one: ${words}.</p>`
      : html`<p class="share-warning">The copy does not decide every request as this scenario does.</p>`;
  }

  #redaction(shared: Shared): TemplateResult {
    const { wish } = this;
    const { found, redaction, unchecked } = shared;
    if (unchecked !== undefined) {
      return html`<p class="share-warning" role="alert">
        The engine could not look through the texts: ${unchecked}. Look for account ids and access keys yourself before you share.
      </p>`;
    }
    return html`<section class="share-part" aria-labelledby="share-redact">
      <h3 id="share-redact">Before you share</h3>
      <p>${found.length > 0 ? html`This holds <strong>${foundWords(found)}</strong>.` : "Nothing in it looks like a real account, access key, e-mail or IP address."}</p>
      ${
        found.length > 0
          ? html`<label class="check"><input
                type="checkbox"
                name="redact"
                .checked=${redaction !== undefined}
                @change=${(event: Event) => this.#wants({ redact: (event.target as HTMLInputElement).checked, names: false })}
              /> Share a redacted copy</label>`
          : nothing
      }
      <label class="check"><input
          type="checkbox"
          name="names"
          .checked=${wish.names}
          @change=${(event: Event) => this.#wants({ ...wish, names: (event.target as HTMLInputElement).checked })}
        /> Replace the names of users, roles, policies and buckets, too</label>
      ${
        redaction
          ? html`${this.#replacements(redaction.replaced)} ${redaction.notes.map((note) => html`<p class="hint">${inline(note)}</p>`)}
              ${this.#sameness(shared)}
              <div class="tools"><button type="button" @click=${() => this.#redactNow()}>Redact this scenario</button></div>`
          : nothing
      }
    </section>`;
  }

  #linkPart(shared: Shared): TemplateResult {
    const link = this.#link();
    return html`<section class="share-part" aria-labelledby="share-link">
      <h3 id="share-link">Link</h3>
      ${
        link === undefined
          ? html`<p>${typeof shared.fragment === "string" ? "" : inline(shared.fragment.message)}</p>`
          : html`<input name="link" readonly aria-label="Link" .value=${link} @focus=${(event: Event) => (event.target as HTMLInputElement).select()} />
              <p class="hint">${lengthWords(link.length)} All of it stands after the #, the part of an address that browsers send to no server.</p>
              <div class="tools"><button type="button" @click=${() => this.#copyLink()}>Copy link</button></div>`
      }
    </section>`;
  }

  #filePart({ workspace }: Shared): TemplateResult {
    const file = scenarioFile(workspace);
    const left =
      workspace.without.length > 0
        ? "A scenario file has every policy attached; a work file also keeps what is left out."
        : "";
    const why =
      "problem" in file ? `${file.problem} A work file keeps every text as it is, and opens here again.` : left;
    return html`<section class="share-part" aria-labelledby="share-file">
      <h3 id="share-file">File</h3>
      ${why === "" ? nothing : html`<p class="hint">${why}</p>`}
      <div class="tools">
        ${"text" in file ? html`<button type="button" @click=${() => this.#save(workspace, ".json", file.text)}>Save scenario file</button>` : nothing}
        ${why === "" ? nothing : html`<button type="button" @click=${() => this.#save(workspace, ".fenceline.json", workFile(workspace))}>Save work file</button>`}
      </div>
    </section>`;
  }

  #save(workspace: Workspace, ending: string, text: string): void {
    const name = fileName(workspace, ending);
    save(name, text);
    this.said = `Saved as ${name}.`;
  }

  #outputPart(shared: Shared): TemplateResult {
    const kind = outputs.find(({ id }) => id === this.kind);
    const output: Output = kind?.make(shared) ?? { problem: "" };
    return html`<section class="share-part" aria-labelledby="share-copy">
      <h3 id="share-copy">Copy as</h3>
      <label class="field"><span>What to copy</span>
        <select name="output" @change=${(event: Event) => (this.kind = (event.target as HTMLSelectElement).value)}>
          ${outputs.map(({ id, title }) => option(id, title, id === this.kind))}
        </select>
      </label>
      ${
        "problem" in output
          ? html`<p>${output.problem}</p>`
          : html`<textarea name="output-text" readonly rows="10" aria-label="The text to copy" .value=${output.text}></textarea>
              <div class="tools"><button type="button" @click=${() => this.#copy(output.text, `Copied: ${kind?.title ?? ""}.`, "[name=output-text]")}>Copy text</button></div>`
      }
    </section>`;
  }

  #parts(): TemplateResult {
    const { shared } = this;
    if (!shared) return html`<p class="hint">Looking through the texts …</p>`;
    return html`${this.#redaction(shared)} ${this.#linkPart(shared)} ${this.#filePart(shared)} ${this.#outputPart(shared)}`;
  }

  protected override render(): TemplateResult {
    return html`${this.#parts()}
      <p class="share-said" role="status">${this.said}</p>`;
  }
}

customElements.define("fenceline-share", FencelineShare);
