// The search's page. What stands in it without a script names the pages that it looks through.

import { address } from "./addresses.ts";

const root = document.documentElement;
try {
  const { FencelineSearch } = await import("./view/search.ts");
  document.getElementById("search")?.replaceChildren(new FencelineSearch(address("searched")));
  root.dataset["state"] = "started";
} catch (cause) {
  document.getElementById("unstarted")?.removeAttribute("hidden");
  throw cause;
}
