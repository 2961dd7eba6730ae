// The first of the page's script: small, so that the engine is on its way before the rest of the page is.

import { EngineClient } from "./engine/client.ts";
import { missing, showMissing, stopping } from "./support.ts";

/** The addresses that the generator wrote on the page. */
function address(of: string): string {
  const value = document.body.dataset[of];
  if (!value) throw new Error(`the page names no ${of}`);
  return value;
}

const root = document.documentElement;
showMissing(missing());
if (stopping().length > 0) {
  root.dataset["state"] = "stopped";
} else {
  const engine = new EngineClient({
    worker: address("worker"),
    engine: address("engine"),
    bytes: Number(address("engineBytes")),
  });
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
