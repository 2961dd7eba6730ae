// The first of the page's script: small, so that the engine is on its way before the rest of the page is.

import { address, engineFiles } from "./addresses.ts";
import { EngineClient } from "./engine/client.ts";
import { missing, showMissing, stopping } from "./support.ts";

const root = document.documentElement;
showMissing(missing());
if (stopping().length > 0) {
  root.dataset["state"] = "stopped";
} else {
  const engine = new EngineClient(engineFiles());
  engine.start();
  try {
    const { start } = await import("./start.ts");
    await start(engine, { first: address("first"), index: address("index") });
    root.dataset["state"] = "started";
  } catch (cause) {
    document.getElementById("unstarted")?.removeAttribute("hidden");
    throw cause;
  }
}
