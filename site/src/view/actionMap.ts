// The services as tiles, their actions as cells: coloured by what was decided, the paler the less an action can do,
// struck through where a ceiling cuts off what the caller's policies grant.

import { html, LitElement, nothing, type TemplateResult } from "lit";
import {
  type ActionService,
  type Answer,
  answerOf,
  answerWords,
  type Asked,
  classOf,
  type Filter,
  isCutOff,
} from "../model/everyAction.ts";
import { accessLevels } from "../model/catalogue.ts";

/** The side of a cell with its gap, and the cell's own, in CSS pixels. */
const pitch = 9;
const side = 7;

/** How strong a cell's colour is, by access level. */
const strength: Readonly<Record<string, number>> = { L: 0.4, R: 0.55, T: 0.7, W: 0.85, P: 1 };

const tokens: Readonly<Record<Answer, string>> = { always: "--allow", depends: "--depends", never: "--edge" };

/** A tile as it is drawn: the actions of a service that are shown. */
interface Tile {
  readonly service: ActionService;
  readonly actions: readonly number[];
  readonly across: number;
}

const acrossFor = (count: number): number => Math.max(4, Math.ceil(Math.sqrt(count * 1.6)));

export class FencelineActionMap extends LitElement {
  static override properties = { asked: { attribute: false }, shown: { attribute: false }, pointed: { state: true } };

  declare asked: Asked;
  declare shown: readonly number[];
  /** What is pointed at, in words. */
  declare pointed: string;

  constructor() {
    super();
    this.pointed = "";
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#scheme.addEventListener("change", this.#redraw);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#scheme.removeEventListener("change", this.#redraw);
  }

  readonly #scheme = matchMedia("(prefers-color-scheme: dark)");
  readonly #redraw = (): void => this.requestUpdate();

  #tiles(): Tile[] {
    const shown = [...this.shown].sort((a, b) => a - b);
    const tiles: Tile[] = [];
    let at = 0;
    for (const service of this.asked.list.services) {
      const actions: number[] = [];
      for (; at < shown.length && (shown[at] ?? 0) < service.next; at++) actions.push(shown[at] ?? 0);
      if (actions.length > 0) tiles.push({ service, actions, across: acrossFor(actions.length) });
    }
    return tiles;
  }

  #answerOf(action: number, table = this.asked.table): Answer {
    const one = classOf(table, action);
    return one ? answerOf(one) : "never";
  }

  #sum({ actions }: Tile): string {
    const counted: Record<Answer, number> = { always: 0, depends: 0, never: 0 };
    for (const action of actions) counted[this.#answerOf(action)]++;
    return `${counted.always} allowed always, ${counted.depends} depending, ${counted.never} never`;
  }

  /** The action under the pointer. */
  #under({ actions, across }: Tile, event: PointerEvent | MouseEvent): number | undefined {
    const canvas = (event.currentTarget as HTMLElement).querySelector("canvas");
    if (!canvas) return undefined;
    const box = canvas.getBoundingClientRect();
    const [x, y] = [Math.floor((event.clientX - box.left) / pitch), Math.floor((event.clientY - box.top) / pitch)];
    return x < 0 || y < 0 || x >= across ? undefined : actions[y * across + x];
  }

  #point(tile: Tile, event: PointerEvent): void {
    const action = this.#under(tile, event);
    const { list } = this.asked;
    this.pointed =
      action === undefined
        ? `${tile.service.prefix}: ${this.#sum(tile)}`
        : `${list.names[action] ?? ""}: ${answerWords[this.#answerOf(action)]}, ${accessLevels[list.access[action] ?? ""] ?? ""}${this.#was(action)}`;
  }

  /** What an action was before, where it is compared. */
  #was(action: number): string {
    const { before } = this.asked;
    return before ? `; was: ${answerWords[this.#answerOf(action, before)]}` : "";
  }

  #choose(tile: Tile, event: MouseEvent): void {
    // A key press on the tile has no place in it.
    const action = event.detail === 0 ? undefined : this.#under(tile, event);
    const detail: Partial<Filter> = {
      service: tile.service.prefix,
      text: action === undefined ? "" : ((this.asked.list.names[action] ?? "").split(":")[1] ?? ""),
    };
    this.dispatchEvent(new CustomEvent("chosen", { detail }));
  }

  #tile(tile: Tile): TemplateResult {
    const { service, actions, across } = tile;
    const rows = Math.ceil(actions.length / across);
    return html`<li>
      <button
        type="button"
        class="tile"
        aria-label="${service.name}: ${this.#sum(tile)}"
        @pointermove=${(event: PointerEvent) => this.#point(tile, event)}
        @focus=${() => (this.pointed = `${service.prefix}: ${this.#sum(tile)}`)}
        @click=${(event: MouseEvent) => this.#choose(tile, event)}
      >
        <span class="tile-name">${service.prefix}</span>
        <canvas data-service=${service.prefix} width=${across * pitch} height=${rows * pitch} aria-hidden="true"></canvas>
      </button>
    </li>`;
  }

  #drawn: Tile[] = [];

  protected override render(): TemplateResult {
    this.#drawn = this.#tiles();
    return html`<p class="map-legend">
        <span class="verdict tone-allow"><span class="sign" aria-hidden="true">■</span> ${answerWords.always}</span>
        <span class="verdict tone-depends"><span class="sign" aria-hidden="true">■</span> ${answerWords.depends}</span>
        <span class="verdict tone-none"><span class="sign" aria-hidden="true">■</span> ${answerWords.never}; crossed where a ceiling cuts off what is granted</span>
        ${this.asked.before ? html`<span class="hint">Each cell has two halves: on the left as it was, on the right as it is.</span>` : nothing}
        <span class="hint">The paler a cell, the less the action can do: list, read, tagging, write, permissions management.</span>
      </p>
      <p class="map-pointed" aria-live="off">${this.pointed || "Point at a cell, or go to a service, to read it here."}</p>
      <ul class="map">${this.#drawn.map((tile) => this.#tile(tile))}</ul>`;
  }

  protected override updated(changed: Map<string, unknown>): void {
    if (changed.size === 1 && changed.has("pointed")) return;
    const style = getComputedStyle(this);
    const colour = (token: string): string => style.getPropertyValue(token).trim();
    const probe = this.querySelector<HTMLElement>(".map-legend");
    const resolve = (token: string): string => {
      // A token may be light-dark(…), which a canvas does not know.
      if (!probe) return colour(token);
      probe.style.setProperty("color", `var(${token})`);
      const value = getComputedStyle(probe).color;
      probe.style.removeProperty("color");
      return value;
    };
    const colours = { always: resolve(tokens.always), depends: resolve(tokens.depends), never: resolve(tokens.never) };
    const cross = resolve("--deny");
    for (const tile of this.#drawn) this.#draw(tile, colours, cross);
  }

  #draw({ service, actions, across }: Tile, colours: Readonly<Record<Answer, string>>, cross: string): void {
    const canvas = this.querySelector<HTMLCanvasElement>(`canvas[data-service="${CSS.escape(service.prefix)}"]`);
    const pen = canvas?.getContext("2d");
    if (!canvas || !pen) return;
    pen.clearRect(0, 0, canvas.width, canvas.height);
    const { list, table, before } = this.asked;
    const half = before ? side / 2 : 0;
    const fill = (action: number, answer: Answer, x: number, y: number, width: number): void => {
      pen.globalAlpha = (strength[list.access[action] ?? ""] ?? 1) * (answer === "never" ? 0.5 : 1);
      pen.fillStyle = colours[answer];
      pen.fillRect(x, y, width, side);
    };
    actions.forEach((action, at) => {
      const [x, y] = [(at % across) * pitch, Math.floor(at / across) * pitch];
      const one = classOf(table, action);
      const answer = this.#answerOf(action);
      if (before) fill(action, this.#answerOf(action, before), x, y, half);
      fill(action, answer, x + half, y, side - half);
      if (answer !== "never" || !one || !isCutOff(one)) return;
      pen.globalAlpha = 1;
      pen.strokeStyle = cross;
      pen.beginPath();
      pen.moveTo(x, y + side);
      pen.lineTo(x + side, y);
      pen.stroke();
    });
  }
}

customElements.define("fenceline-action-map", FencelineActionMap);
