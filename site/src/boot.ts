// How a page whose main part is live begins: what the browser lacks is said, and the engine is on its way before the
// rest of the page is.

import { engineFiles } from "./addresses.ts";
import { EngineClient } from "./engine/client.ts";
import { missing, showMissing, stopping } from "./support.ts";

/** boot starts the engine and then the page; where its script does not come, the page says so. */
export async function boot(begin: (engine: EngineClient) => Promise<void>): Promise<void> {
  const root = document.documentElement;
  showMissing(missing());
  if (stopping().length > 0) {
    root.dataset["state"] = "stopped";
    return;
  }
  const engine = new EngineClient(engineFiles());
  engine.start();
  try {
    await begin(engine);
    root.dataset["state"] = "started";
  } catch (cause) {
    document.getElementById("unstarted")?.removeAttribute("hidden");
    throw cause;
  }
}
