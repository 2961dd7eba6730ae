// What is tried with an account's principals: a bench for each, in memory, as long as the account is held. Their code is
// loaded with the first.

import type { EngineClient } from "../../engine/client.ts";
import { type Catalogue, catalogueOf } from "../catalogue.ts";
import type { Baseline } from "../everyAction.ts";
import type { Workspace } from "../workspace.ts";
import type { Inventory } from "./answers.ts";
import type { Bench } from "./bench.ts";
import type { Holding } from "./holding.ts";

/** The most resources that are brought along before a request names them; of more, each comes when it is asked about. */
const mostResources = 50;

/** targetsOf are the resources that come along with every principal. */
export const targetsOf = ({ resources }: Inventory): string[] =>
  resources.length > mostResources ? [] : resources.map(({ arn }) => arn);

/** Benches are those of one page. */
export class Benches {
  readonly #engine: EngineClient;
  /** AWS's actions, which all benches share. */
  readonly actions: Catalogue;
  readonly #benches = new Map<string, Bench>();
  /** The table of some principal that those of others are compared with. */
  baseline: Baseline | undefined;

  constructor(engine: EngineClient) {
    this.#engine = engine;
    this.actions = catalogueOf(engine);
  }

  /** The bench of a principal with whom something was tried. */
  of(arn: string): Bench | undefined {
    return this.#benches.get(arn);
  }

  /** open is a principal's bench, over what is given where there is none yet. */
  async open(arn: string, holding: Holding, workspace: Workspace): Promise<Bench> {
    const { Bench } = await import("./bench.ts");
    const bench = this.of(arn) ?? new Bench(this.#engine, holding, this.actions, arn, workspace);
    this.#benches.set(arn, bench);
    return bench;
  }

  /** Forgets what was tried, since the account is another one or gone. */
  forget(): void {
    this.#benches.clear();
    this.baseline = undefined;
  }
}
