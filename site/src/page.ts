// The first of the playground's script: small, so that the engine is on its way before the rest of the page is.

import { address } from "./addresses.ts";
import { boot } from "./boot.ts";

await boot(async (engine) => {
  const { start } = await import("./start.ts");
  await start(engine, { first: address("first"), index: address("index") });
});
