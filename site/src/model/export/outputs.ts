// Everything that a work can be copied as, in the order in which it is offered.

import { evalTest } from "./check.ts";
import { scenarioFile } from "./file.ts";
import { markdownReport } from "./markdown.ts";
import { resultsAsCsv, resultsAsMarkdown } from "./results.ts";
import { simulatorCall } from "./simulator.ts";
import type { Output, Subject } from "./subject.ts";
import { plainText } from "./text.ts";

export interface OutputKind {
  readonly id: string;
  /** What it is, as a choice. */
  readonly title: string;
  make(subject: Subject): Output;
}

export const outputs: readonly OutputKind[] = [
  { id: "markdown", title: "This decision as Markdown", make: markdownReport },
  { id: "text", title: "This decision as plain text", make: plainText },
  { id: "results-markdown", title: "All decisions as a Markdown table", make: resultsAsMarkdown },
  { id: "results-csv", title: "All decisions as CSV", make: resultsAsCsv },
  { id: "file", title: "The scenario file", make: ({ workspace }) => scenarioFile(workspace) },
  { id: "test", title: "A test for the command line", make: evalTest },
  { id: "simulator", title: "A call of AWS's policy simulator", make: simulatorCall },
];
