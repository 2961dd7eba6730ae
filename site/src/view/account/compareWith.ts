// Compares the table of every action with that of another user or role, who is asked the same.

import { html, nothing, type TemplateResult } from "lit";
import type { Bench } from "../../model/account/bench.ts";
import { nameOf } from "../../model/account/search.ts";
import type { Baseline } from "../../model/everyAction.ts";
import { SessionElement } from "../element.ts";
import type { FencelineEveryAction } from "../everyAction.ts";
import { sentence } from "../prose.ts";

/** The most that are offered while a name is typed. */
const mostOffered = 50;

/** `<fenceline-compare-with>` tells `compared` with the other's table; `table` is the one that is compared with it. */
export class FencelineCompareWith extends SessionElement {
  static override properties = {
    ...SessionElement.properties,
    bench: { attribute: false },
    words: { state: true },
    failure: { state: true },
    busy: { state: true },
  };

  declare bench: Bench;
  /** Asked when it is needed. */
  declare table: () => FencelineEveryAction | null;
  declare words: string;
  declare failure: string;
  declare busy: boolean;

  constructor() {
    super();
    this.words = "";
    this.failure = "";
    this.busy = false;
  }

  /** The one that is meant: by ARN, or by a name that only one has. */
  #meant(): string | undefined {
    const words = this.words.trim().toLowerCase();
    const others = this.bench.others;
    const named = others.filter((arn) => nameOf(arn).toLowerCase() === words);
    return others.find((arn) => arn.toLowerCase() === words) ?? (named.length === 1 ? named[0] : undefined);
  }

  #offered(): string[] {
    const words = this.words.trim().toLowerCase();
    return this.bench.others.filter((arn) => arn.toLowerCase().includes(words)).slice(0, mostOffered);
  }

  #compare = async (event: Event): Promise<void> => {
    event.preventDefault();
    const arn = this.#meant();
    if (arn === undefined) {
      this.failure = "this names no other user or role; choose one that is offered";
      return;
    }
    this.failure = "";
    this.busy = true;
    try {
      const table = this.table();
      if (!table) return;
      const detail = await table.baselineOf(await this.bench.asIf(arn, table.targets));
      this.dispatchEvent(new CustomEvent<Baseline>("compared", { detail }));
    } catch (cause) {
      this.failure = cause instanceof Error ? cause.message : String(cause);
    } finally {
      this.busy = false;
    }
  };

  protected override render(): TemplateResult | typeof nothing {
    if (this.bench.others.length === 0) return nothing;
    const type = (event: Event): void => {
      this.failure = "";
      this.words = (event.target as HTMLInputElement).value;
    };
    return html`<h2>Compare</h2>
      <form class="compare-with" @submit=${this.#compare}>
      <label class="field">
        <span>Compare with another principal</span>
        <input
          name="compare-with"
          list="others"
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          aria-describedby=${this.failure ? "compare-with-wrong" : nothing}
          aria-invalid=${this.failure ? "true" : nothing}
          .value=${this.words}
          @input=${type}
        />
      </label>
      <datalist id="others">${this.#offered().map((arn) => html`<option value=${arn}></option>`)}</datalist>
      <button type="submit" ?disabled=${this.busy}>Compare</button>
      ${this.failure ? html`<p class="wrong" id="compare-with-wrong" role="alert">${sentence(this.failure)}</p>` : nothing}
    </form>`;
  }
}

customElements.define("fenceline-compare-with", FencelineCompareWith);
