// A test of the decisions as they are now: the scenario with what it gives as what
// is expected, and the shell line that runs it.

import type { RequestResult } from "../result.ts";
import type { Request } from "../scenario.ts";
import { decidedFile } from "./file.ts";
import { commented } from "./shell.ts";
import type { Output, Subject } from "./subject.ts";

/** No line of JSON that this page writes is this word alone. */
const endOfFile = "SCENARIO";

function expectation({ decision, decidedBy }: RequestResult): Request["expect"] {
  return decidedBy === undefined ? { decision } : { decision, decidedBy };
}

/** evalTest is a shell script; it fails when a decision is no longer what it is now. */
export function evalTest({ workspace, result }: Subject): Output {
  const broken = result.results.findIndex(({ error }) => error);
  if (broken >= 0) return { problem: `Request ${broken + 1} is not evaluated, so nothing can be expected of it.` };
  if (result.results.length === 0) return { problem: "There are no decisions to expect: add a request first." };
  const file = decidedFile(workspace, ({ requests }) =>
    requests.forEach((request, index) => {
      const decided = result.results[index];
      if (decided) request.expect = expectation(decided);
    }),
  );
  if ("problem" in file) return file;
  const words =
    "Run this in a copy of Fenceline's repository. It ends with 0 as long as every decision is as it was, else with 1.";
  const line = `go run ./engine/cmd/fenceline eval - <<'${endOfFile}'`;
  return { text: `${commented(words)}\n${line}\n${file.text}${endOfFile}\n` };
}
