// The policies that ship with the engine, by name. Each text is asked for once.

import type { Answer } from "../engine/protocol.ts";

/** What the engine answers about them. */
export interface ManagedAnswer {
  readonly names: readonly string[];
  readonly text?: string;
}

/** Managed asks for them when they are first wanted. */
export class Managed {
  readonly #ask: (name: string) => Promise<Answer<ManagedAnswer>>;
  readonly #texts = new Map<string, Promise<string>>();
  #names: Promise<readonly string[]> | undefined;

  constructor(ask: (name: string) => Promise<Answer<ManagedAnswer>>) {
    this.#ask = ask;
  }

  async #answer(name: string): Promise<ManagedAnswer> {
    const answer = await this.#ask(name);
    if (!answer.ok) throw new Error(answer.error.message);
    return answer.answer;
  }

  /** names lists them; where the engine can't say, there are none for now. */
  async names(): Promise<readonly string[]> {
    this.#names ??= this.#answer("").then(({ names }) => names);
    try {
      return await this.#names;
    } catch {
      this.#names = undefined;
      return [];
    }
  }

  /** text is what one of them says. */
  text(name: string): Promise<string> {
    const known = this.#texts.get(name);
    if (known) return known;
    const asked = this.#answer(name).then(({ text }) => {
      if (text === undefined) throw new Error(`the engine has no text of ${name}`);
      return text;
    });
    asked.catch(() => this.#texts.delete(name));
    this.#texts.set(name, asked);
    return asked;
  }
}
