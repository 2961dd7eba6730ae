// The line between two panes: it is dragged, or moved by keys, and remembers where it was put.

import { clampWidth, keyedWidth, narrowest, type SizedPane, steps, widenedBy, widest } from "../model/panes.ts";
import { settings } from "../model/settings.ts";

const property = (pane: SizedPane): string => `--${pane}-width`;

/** The columns of the live page; while it is made, the still one stands beside it. */
const columns = (): HTMLElement | null => document.querySelector<HTMLElement>("fenceline-app .columns");

function paneOf(pane: SizedPane): HTMLElement | null {
  return columns()?.querySelector<HTMLElement>(`#${pane}`) ?? null;
}

/** Puts the kept widths on the page. */
export function applyPanes(): void {
  const { style } = columns() ?? {};
  if (!style) return;
  for (const pane of Object.keys(widenedBy) as SizedPane[]) {
    const width = settings().now.panes[pane];
    if (width === undefined) style.removeProperty(property(pane));
    else style.setProperty(property(pane), `${clampWidth(width, innerWidth)}px`);
  }
}

/** widen makes a pane wider, or narrower by less than nothing. */
export function widen(pane: SizedPane, by: number): void {
  const width = paneOf(pane)?.getBoundingClientRect().width;
  if (width !== undefined) settings().resize(pane, clampWidth(width + by, innerWidth));
}

/** resetPanes gives the panes the widths that they have by themselves. */
export function resetPanes(): void {
  settings().change({ panes: {} });
}

/** The pane commands move by this much. */
export const commandStep = steps.large;

/** `<fenceline-separator pane="request">` stands beside the pane that it widens. */
export class FencelineSeparator extends HTMLElement {
  #forget: (() => void) | undefined;
  /** Tells the pane's width whenever it changes, without a look at the page's layout before that is made. */
  readonly #watch = new ResizeObserver(() => this.#tell());
  #from: { readonly x: number; readonly width: number } | undefined;

  connectedCallback(): void {
    this.role = "separator";
    this.tabIndex = 0;
    this.setAttribute("aria-orientation", "vertical");
    this.setAttribute("aria-controls", this.#pane);
    this.setAttribute("aria-valuemin", String(narrowest));
    this.#forget = settings().subscribe(this.#fit);
    this.addEventListener("keydown", this.#key);
    this.addEventListener("pointerdown", this.#grab);
    this.addEventListener("pointermove", this.#drag);
    this.addEventListener("pointerup", this.#drop);
    this.addEventListener("pointercancel", this.#drop);
    this.addEventListener("dblclick", this.#reset);
    addEventListener("resize", this.#fit);
    requestAnimationFrame(() => this.#begin());
  }

  disconnectedCallback(): void {
    this.#forget?.();
    this.#watch.disconnect();
    removeEventListener("resize", this.#fit);
  }

  get #pane(): SizedPane {
    return this.getAttribute("pane") === "decision" ? "decision" : "request";
  }

  get #width(): number {
    return paneOf(this.#pane)?.getBoundingClientRect().width ?? narrowest;
  }

  #fit = (): void => {
    applyPanes();
    this.setAttribute("aria-valuemax", String(widest(innerWidth)));
  };

  #begin(): void {
    this.#fit();
    const pane = paneOf(this.#pane);
    if (pane && this.isConnected) this.#watch.observe(pane);
  }

  #tell(): void {
    this.setAttribute("aria-valuenow", String(clampWidth(this.#width, innerWidth)));
  }

  #key = (event: KeyboardEvent): void => {
    const width = keyedWidth(this.#pane, this.#width, innerWidth, event.key, event.shiftKey);
    if (width !== undefined) settings().resize(this.#pane, width);
    else if (event.key === "Enter") this.#reset();
    else return;
    event.preventDefault();
  };

  #grab = (event: PointerEvent): void => {
    this.#from = { x: event.clientX, width: this.#width };
    this.setPointerCapture(event.pointerId);
  };

  #drag = (event: PointerEvent): void => {
    if (!this.#from) return;
    const moved = (event.clientX - this.#from.x) * widenedBy[this.#pane];
    const width = clampWidth(this.#from.width + moved, innerWidth);
    this.closest<HTMLElement>(".columns")?.style.setProperty(property(this.#pane), `${width}px`);
  };

  #drop = (): void => {
    if (!this.#from) return;
    const moved = Math.abs(this.#width - this.#from.width) >= 1;
    this.#from = undefined;
    if (moved) settings().resize(this.#pane, this.#width);
  };

  #reset = (): void => {
    const { [this.#pane]: _, ...panes } = settings().now.panes;
    settings().change({ panes });
  };
}

customElements.define("fenceline-separator", FencelineSeparator);
