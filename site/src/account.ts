// The account's page. What stands in it without a script says what it does; the script puts the live part in.

import { address } from "./addresses.ts";
import { boot } from "./boot.ts";

await boot(async (engine) => {
  const { FencelineAccount } = await import("./view/account/app.ts");
  const account = new FencelineAccount(engine, address("sample"), document.getElementById("about"));
  document.getElementById("account")?.replaceChildren(account);
});
