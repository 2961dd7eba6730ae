// `<fenceline-exercise src="/exercises/NAME.json" name="NAME" hash="…">`: what stands in it can be
// read without a script, and becomes the exercise that checks itself. `<fenceline-progress>` stands on the page that
// lists all exercises.

import { engineFiles } from "./addresses.ts";
import { EngineClient } from "./engine/client.ts";
import { readExercise } from "./model/exercise/file.ts";
import { missing, showMissing, stopping } from "./support.ts";

/** Texts of the exercise's author, as the generator has rendered them. */
export interface Parts {
  readonly hints: readonly Node[];
  readonly why: Node;
  readonly learned: Node;
  readonly locked: Node | undefined;
  /** Policies of AWS that are attached. */
  readonly managed: Node | undefined;
  /** Who has a policy, by its name. */
  readonly attached: ReadonlyMap<string, Node>;
  /** What it means that a check fails, and what to tell a known wrong answer, by index. */
  readonly failed: readonly DocumentFragment[];
  readonly wrong: readonly DocumentFragment[];
}

function partsOf(element: Element): Parts {
  const all = (name: string): HTMLElement[] => [...element.querySelectorAll<HTMLElement>(`[data-part="${name}"]`)];
  const one = (name: string): Node => all(name)[0] ?? document.createElement("div");
  const templates = (name: string): DocumentFragment[] =>
    all(name).map((part) => (part as HTMLTemplateElement).content);
  return {
    hints: all("hint"),
    why: one("why"),
    learned: one("learned"),
    locked: all("locked")[0],
    managed: all("managed")[0],
    attached: new Map(all("attached").map((part) => [part.dataset["policy"] ?? "", part])),
    failed: templates("failed"),
    wrong: templates("wrong"),
  };
}

export class FencelineExercise extends HTMLElement {
  connectedCallback(): void {
    if (this.dataset["state"]) return;
    this.dataset["state"] = "waking";
    // What stands here stays readable where it can't be made live.
    this.#wake().catch(() => (this.dataset["state"] = "failed"));
  }

  async #wake(): Promise<void> {
    const engine = new EngineClient(engineFiles());
    engine.start();
    const src = this.getAttribute("src") ?? "";
    const [{ taskFor }, response] = await Promise.all([import("./view/exercise/tasks.ts"), fetch(src)]);
    if (!response.ok) throw new Error(`${src}: the server answered ${response.status}`);
    const exercise = readExercise(await response.text());
    const task = taskFor(exercise.kind);
    Object.assign(task, {
      engine,
      exercise,
      parts: partsOf(this),
      name: this.getAttribute("name") ?? "",
      hash: this.getAttribute("hash") ?? "",
    });
    await task.begin();
    this.replaceChildren(task);
    this.dataset["state"] = "live";
  }
}

const root = document.documentElement;
showMissing(missing());
root.dataset["state"] = stopping().length > 0 ? "stopped" : "started";
if (stopping().length === 0) customElements.define("fenceline-exercise", FencelineExercise);
if (document.querySelector("fenceline-progress")) void import("./view/exercise/progress.ts");
