// The account's page. What stands in it without a script says what it does; the script puts the live part in.

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
    const { FencelineAccount } = await import("./view/account/app.ts");
    const account = new FencelineAccount(engine, address("sample"), document.getElementById("about"));
    document.getElementById("account")?.replaceChildren(account);
    root.dataset["state"] = "started";
  } catch (cause) {
    document.getElementById("unstarted")?.removeAttribute("hidden");
    throw cause;
  }
}
