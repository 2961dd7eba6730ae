// The account that the engine holds for the page: reading it in, and asking about it. What was given is kept here, in
// memory, so that an engine that had to be started again can be given it again. Nothing of it is stored.

import { type EngineClient, EngineStopped } from "../../engine/client.ts";
import type { Answer, AnswerOf, Call } from "../../engine/protocol.ts";
import type { Inventory } from "./answers.ts";
import { type Given, piecesOf, sizeOf } from "./given.ts";

/** What there is to show; a reason says why the last thing that was given was not read. */
export type Stage =
  | { readonly kind: "empty"; readonly reason?: string }
  | {
      readonly kind: "reading";
      /** Bytes. */
      readonly read: number;
      readonly total: number;
      readonly identities: number;
    }
  | { readonly kind: "held"; readonly inventory: Inventory; readonly reason?: string };

/** Why something could not be read, in words for a person. */
const wordsOf = (cause: unknown): string =>
  cause instanceof EngineStopped
    ? `The engine stopped: ${cause.message}`
    : cause instanceof Error
      ? cause.message
      : String(cause);

/** A reading that was given up for another. */
class Abandoned extends Error {}

/** Holding is the one account of a page. */
export class Holding {
  readonly #engine: EngineClient;
  readonly #tell: () => void;
  #stage: Stage = { kind: "empty" };
  #given: readonly Given[] = [];
  /** Counts the readings; an earlier one stops when a later one begins. */
  #reading = 0;
  /** How much the engine has read. */
  #bytes = 0;
  #identities = 0;
  #restoring: Promise<void> | undefined;

  constructor(engine: EngineClient, tell: () => void) {
    this.#engine = engine;
    this.#tell = tell;
  }

  get stage(): Stage {
    return this.#stage;
  }

  #show(stage: Stage): void {
    this.#stage = stage;
    this.#tell();
  }

  /** Reads more into the account. */
  async add(list: readonly Given[]): Promise<void> {
    if (list.length === 0) return;
    const before = this.#stage.kind === "held" ? this.#given : [];
    const all = [...before, ...list];
    try {
      // An engine that was started again lacks what it read before: then all is read from the start.
      if (before.length > 0) await this.#read(all, list).catch((cause) => this.#readAll(all, cause));
      else await this.#read(all);
    } catch (cause) {
      if (!(cause instanceof Abandoned)) await this.#goBack(before, wordsOf(cause));
    }
  }

  #readAll(all: readonly Given[], cause: unknown): Promise<void> {
    if (cause instanceof Abandoned) throw cause;
    return this.#read(all);
  }

  /** Stops reading; what was there before stays. */
  async cancel(): Promise<void> {
    if (this.#stage.kind === "reading") await this.#goBack(this.#given, undefined);
  }

  /** Forgets everything. */
  async forget(): Promise<void> {
    this.#given = [];
    await this.#goBack([], undefined);
  }

  async #goBack(to: readonly Given[], reason: string | undefined): Promise<void> {
    this.#reading++;
    try {
      if (to.length > 0) {
        await this.#read(to);
        if (reason !== undefined && this.#stage.kind === "held") this.#show({ ...this.#stage, reason });
        return;
      }
      await this.#clear();
    } catch (cause) {
      if (cause instanceof Abandoned) return;
      reason ??= wordsOf(cause);
    }
    this.#given = [];
    this.#show(reason === undefined ? { kind: "empty" } : { kind: "empty", reason });
  }

  /** Reads all that is given from the start, or only the rest of it. */
  async #read(all: readonly Given[], rest?: readonly Given[]): Promise<void> {
    const reading = ++this.#reading;
    const list = rest ?? all;
    const total = sizeOf(list);
    let read = 0;
    this.#show({ kind: "reading", read, total, identities: 0 });
    if (!rest) await this.#clear();
    await this.#feed(list, (size, identities) => {
      if (reading !== this.#reading) throw new Abandoned();
      read += size;
      this.#show({ kind: "reading", read, total, identities });
    });
    const inventory = await this.#call({ call: "accountDone" });
    if (reading !== this.#reading) throw new Abandoned();
    this.#given = all;
    this.#show({ kind: "held", inventory });
  }

  async #clear(): Promise<void> {
    await this.#call({ call: "accountClear" });
    this.#bytes = 0;
  }

  /** Gives texts to the engine, piece by piece. */
  async #feed(list: readonly Given[], tell: (size: number, identities: number) => void): Promise<void> {
    for (const one of list) {
      for await (const { text, size, last } of piecesOf(one)) {
        tell(0, this.#identities);
        const call = { call: "accountAdd", name: one.name, text, more: !last, after: this.#bytes } as const;
        ({ bytes: this.#bytes, identities: this.#identities } = await this.#call(call));
        tell(size, this.#identities);
      }
    }
  }

  async #call<C extends Call>(call: C): Promise<AnswerOf<C>> {
    const answer: Answer<AnswerOf<C>> = await this.#engine.ask(call);
    if (!answer.ok) throw new Error(answer.error.message);
    return answer.answer;
  }

  /** Asks the engine about the account. One that was started again is given it first. */
  async ask<C extends Call>(call: C): Promise<AnswerOf<C>> {
    const answer: Answer<AnswerOf<C>> = await this.#engine.ask(call);
    if (answer.ok) return answer.answer;
    if (answer.error.code !== "noAccount" || this.#given.length === 0) throw new Error(answer.error.message);
    // Several questions may find the engine started again; it is given the account once.
    this.#restoring ??= this.#again().finally(() => (this.#restoring = undefined));
    await this.#restoring;
    return this.#call(call);
  }

  /** Gives the engine again what it held, unseen. */
  async #again(): Promise<void> {
    await this.#clear();
    await this.#feed(this.#given, () => {});
    await this.#call({ call: "accountDone" });
  }
}
