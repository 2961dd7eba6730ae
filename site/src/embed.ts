// `<fenceline-playground src="/scenarios/STORY/NAME.json">`: what stands in it was decided when the site was built, and
// stays until a person comes near; then it becomes live. All of a page's playgrounds share one engine.
//
// A lesson can be presented, too: `<fenceline-present>`.
//
// Optional: `request`, counted from 0; `edit`, the names of the policies that may be changed; `view`, some of
// "request,policies,verdict,explanation".

import { engineFiles } from "./addresses.ts";
import { EngineClient } from "./engine/client.ts";
import { openFile } from "./model/workspace.ts";
import { missing, showMissing, stopping } from "./support.ts";
import type { FencelineDecision } from "./view/picture.ts";
import type { FencelineExample, Part, Wish } from "./view/playground.ts";

/** How far from the window's edge a playground wakes up. */
const nearMargin = "400px";

let shared: EngineClient | undefined;

function engine(): EngineClient {
  shared ??= new EngineClient(engineFiles());
  return shared;
}

const words = (text: string | null): string[] => (text ?? "").split(/[\s,]+/).filter((word) => word !== "");

/** What stands here was decided when the site was built; it becomes live when a person comes near. */
abstract class Waking extends HTMLElement {
  #observer: IntersectionObserver | undefined;

  connectedCallback(): void {
    this.#observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        this.#observer?.disconnect();
        // What stands here stays readable where it can't be made live.
        void this.#wake().catch(() => this.setAttribute("data-state", "failed"));
      },
      { rootMargin: nearMargin },
    );
    this.#observer.observe(this);
  }

  disconnectedCallback(): void {
    this.#observer?.disconnect();
  }

  async #wake(): Promise<void> {
    engine().start();
    const live = await this.live(engine());
    await live.answered;
    if (!live.alive) throw new Error("the engine did not start");
    this.replaceChildren(live);
    this.setAttribute("data-state", "live");
  }

  /** What takes the place of what stands here, once the engine has answered. */
  protected abstract live(engine: EngineClient): Promise<HTMLElement & Pick<FencelineExample, "answered" | "alive">>;
}

export class FencelinePlayground extends Waking {
  async #wish(all: readonly Part[]): Promise<Wish> {
    const src = this.getAttribute("src") ?? "";
    const response = await fetch(src);
    if (!response.ok) throw new Error(`${src}: the server answered ${response.status}`);
    const selected = Number(this.getAttribute("request") ?? 0);
    const asked = words(this.getAttribute("view"));
    return {
      workspace: { ...openFile(await response.text()), selected },
      edit: new Set(words(this.getAttribute("edit"))),
      view: new Set(asked.length > 0 ? all.filter((part) => asked.includes(part)) : all),
      fragment: `scenario=${src.replace(/^\/scenarios\/|\.json$/g, "")}`,
    };
  }

  protected async live(client: EngineClient): Promise<FencelineExample> {
    const { FencelineExample, parts } = await import("./view/playground.ts");
    return new FencelineExample(client, await this.#wish(parts));
  }
}

/** `<fenceline-picture>`: the evaluation as a picture, which begins with the scenario that stands in it. */
export class FencelinePicture extends Waking {
  protected async live(client: EngineClient): Promise<FencelineDecision> {
    const { FencelineDecision } = await import("./view/picture.ts");
    return new FencelineDecision(client);
  }
}

const root = document.documentElement;
showMissing(missing());
root.dataset["state"] = stopping().length > 0 ? "stopped" : "started";
if (document.querySelector("fenceline-present")) void import("./view/present.ts");
if (stopping().length === 0) {
  customElements.define("fenceline-playground", FencelinePlayground);
  customElements.define("fenceline-picture", FencelinePicture);
}
