// `<fenceline-present>` shows the lesson that it stands in as slides, on the whole screen where the browser lets it: the
// same page, block by block in larger type, so that its scenarios stay live. The address keeps the slide over a reload.

import { html, LitElement, nothing, type TemplateResult } from "lit";
import { type Block, slidesOf } from "../model/slides.ts";
import { focusSoon } from "./element.ts";

const fragment = /^#present(?:-(\d{1,4}))?$/;

/** What is not for an audience. */
const aside = "nav, .place, .edit, fenceline-present";

/** Where a key moves a caret, a choice or what is scrolled sideways, it does not turn the page. */
const takesKeys = "input, textarea, select, [contenteditable], [role=separator], .cm-editor";

const scrollsAside = (element: Element): boolean => element.scrollWidth > element.clientWidth + 1;

export class FencelinePresent extends LitElement {
  #slides: readonly (readonly HTMLElement[])[] = [];
  /** Counted from 0; absent where nothing is presented. */
  #at: number | undefined;
  #whole = false;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("resize", this.#resized);
    document.addEventListener("keydown", this.#key);
    document.addEventListener("fullscreenchange", this.#screenChanged);
    const [found, slide = "1"] = fragment.exec(location.hash) ?? [];
    if (found !== undefined) this.#begin(Number(slide) - 1);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("resize", this.#resized);
    document.removeEventListener("keydown", this.#key);
    document.removeEventListener("fullscreenchange", this.#screenChanged);
  }

  get #lesson(): HTMLElement | null {
    return this.closest<HTMLElement>(".lesson");
  }

  get #blocks(): HTMLElement[] {
    return [...(this.#lesson?.children ?? [])].filter(
      (one): one is HTMLElement => one instanceof HTMLElement && !one.matches(aside),
    );
  }

  /** The first block of the slide below its section's heading. */
  get #firstBlock(): HTMLElement | undefined {
    return this.#slides[this.#at ?? 0]?.find((one) => !one.matches("h2"));
  }

  /** Measures the blocks as they are shown to an audience, and cuts them into slides. */
  #cut(): void {
    const blocks = this.#blocks;
    for (const one of blocks) one.removeAttribute("data-away");
    const top = blocks[0]?.getBoundingClientRect().top ?? 0;
    const bar = this.querySelector(".present-bar")?.getBoundingClientRect().height ?? 0;
    const room = innerHeight - bar - Math.max(0, top + scrollY) * 2;
    const measured = blocks.map((one, at): Block => {
      const { top: begin, bottom } = one.getBoundingClientRect();
      const height = (blocks[at + 1]?.getBoundingClientRect().top ?? bottom) - begin;
      const leads = one.matches("h3") || (one.matches("p") && one.textContent.trimEnd().endsWith(":"));
      return { height, section: one.matches("h2"), alone: one.matches(".running"), leads };
    });
    this.#slides = slidesOf(measured, room).map((slide) => slide.flatMap((at) => blocks[at] ?? []));
  }

  readonly #start = (): void => {
    // Where a person has read to, but from the beginning where they have hardly begun.
    const seen = this.#blocks.findIndex((one) => one.getBoundingClientRect().bottom > 0);
    const from = scrollY > innerHeight / 2 ? this.#blocks[seen] : undefined;
    this.#begin(0);
    const slide = from ? this.#slides.findIndex((blocks) => blocks.includes(from)) : 0;
    this.#show(Math.max(0, slide));
    document.documentElement.requestFullscreen?.({ navigationUI: "hide" }).then(
      () => (this.#whole = true),
      () => {}, // the window is filled, at least
    );
    focusSoon(() => this.querySelector<HTMLElement>("[data-turn=forward]"));
  };

  #begin(slide: number): void {
    document.documentElement.dataset["presenting"] = "";
    this.#at = slide;
    this.performUpdate();
    this.#cut();
    this.#show(slide);
  }

  #show(slide: number): void {
    const last = this.#slides.length - 1;
    const at = Math.min(Math.max(0, slide), last);
    const shown = new Set(this.#slides[at]);
    for (const one of this.#blocks) one.toggleAttribute("data-away", !shown.has(one));
    this.#at = at;
    history.replaceState(history.state, "", `#present-${at + 1}`);
    scrollTo(0, 0);
    // A focus that went away with its block would be lost.
    const lost = document.activeElement?.closest("[data-away]");
    if (lost) this.#lesson?.focus({ preventScroll: true });
    this.requestUpdate();
  }

  readonly #leave = (): void => {
    const first = this.#firstBlock;
    const begun = (this.#at ?? 0) > 0;
    this.#at = undefined;
    this.#whole = false;
    for (const one of this.#blocks) one.removeAttribute("data-away");
    delete document.documentElement.dataset["presenting"];
    history.replaceState(history.state, "", location.pathname);
    if (document.fullscreenElement) void document.exitFullscreen().catch(() => {});
    this.requestUpdate();
    // One reads on where the presentation ended, with the keyboard, too.
    const on = begun ? first : this.querySelector<HTMLElement>("button");
    if (on === first) first?.setAttribute("tabindex", "-1");
    first?.scrollIntoView({ block: "center" });
    focusSoon(() => on);
  };

  readonly #screenChanged = (): void => {
    if (this.#whole && !document.fullscreenElement && this.#at !== undefined) this.#leave();
  };

  readonly #resized = (): void => {
    if (this.#at === undefined) return;
    const first = this.#firstBlock;
    this.#cut();
    this.#show(this.#slides.findIndex((blocks) => first !== undefined && blocks.includes(first)));
  };

  readonly #key = (event: KeyboardEvent): void => {
    const at = this.#at;
    if (at === undefined || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const [target] = event.composedPath();
    if (target instanceof Element && target.closest(takesKeys)) return;
    const { scrollHeight, clientHeight } = document.documentElement;
    const sideways = target instanceof Element && scrollsAside(target);
    const turns: Record<string, number | undefined> = {
      ArrowRight: sideways ? undefined : at + 1,
      ArrowLeft: sideways ? undefined : at - 1,
      // What is higher than the screen is scrolled first.
      PageDown: scrollY + clientHeight < scrollHeight - 2 ? undefined : at + 1,
      PageUp: scrollY > 0 ? undefined : at - 1,
      Home: 0,
      End: this.#slides.length - 1,
    };
    if (event.key === "Escape") {
      event.preventDefault();
      this.#leave();
      return;
    }
    const to = turns[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.#show(to);
  };

  #turn(words: string, turn: "back" | "forward", to: number): TemplateResult {
    const ends = to < 0 || to >= this.#slides.length;
    return html`<button
      type="button"
      data-turn=${turn}
      aria-disabled=${ends ? "true" : "false"}
      @click=${() => (ends ? undefined : this.#show(to))}
    >${words}</button>`;
  }

  #bar(at: number): TemplateResult {
    const count = this.#slides.length;
    return html`<div class="present-bar" role="group" aria-label="Slides">
      ${this.#turn("Previous slide", "back", at - 1)} ${this.#turn("Next slide", "forward", at + 1)}
      <span role="status">${count > 0 ? `Slide ${at + 1} of ${count}` : ""}</span>
      <span class="present-keys" aria-hidden="true">← →</span>
      <button type="button" class="present-leave" @click=${this.#leave}>Leave</button>
    </div>`;
  }

  protected override render(): TemplateResult {
    return html`<button type="button" ?hidden=${this.#at !== undefined} @click=${this.#start}>Present on the whole screen</button>
      ${this.#at === undefined ? nothing : this.#bar(this.#at)}`;
  }
}

customElements.define("fenceline-present", FencelinePresent);
