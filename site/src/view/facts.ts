// What AWS says of the selected request's action, for the parts that show it.

import type { ReactiveController } from "lit";
import { type Described, keyWords } from "../model/catalogue.ts";
import { surroundingsOf } from "../model/surroundings.ts";
import type { KeyWord } from "../model/words.ts";
import type { SessionElement } from "./element.ts";

/** Facts follows the request that is selected, once the list of actions is there; it does not load it. */
export class Facts implements ReactiveController {
  readonly #host: SessionElement;
  #about = "";
  #now: Described | undefined;

  constructor(host: SessionElement) {
    this.#host = host;
    host.addController(this);
  }

  /** What is known of the action; nothing as long as nobody asked for the list. */
  get now(): Described | undefined {
    return this.#now;
  }

  /** Keys as words: those that the page explains, then those of the action. */
  keys(words: readonly KeyWord[]): readonly KeyWord[] {
    return this.#now ? [...words, ...keyWords(this.#now)] : words;
  }

  hostUpdate(): void {
    const { session } = this.#host;
    const { request, catalogue } = session;
    if (!catalogue.now || !request?.action) {
      this.#about = "";
      this.#now = undefined;
      return;
    }
    const where = surroundingsOf(session.scenario, request, session.resultOf(session.selected));
    const about = JSON.stringify([request.action, where]);
    if (about === this.#about) return;
    this.#about = about;
    void catalogue.describe(request.action, where).then((found) => {
      if (about !== this.#about) return;
      this.#now = found;
      this.#host.requestUpdate();
    });
  }
}
