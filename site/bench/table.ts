// Prints the figures of a run as a table, and what went wrong beside them.

import type { FullResult, Reporter, TestCase, TestResult } from "@playwright/test/reporter";
import { type Figure, figureType } from "./figures.ts";

function line({ what, value, unit, limit }: Figure): string {
  const digits = value < 100 ? 1 : 0;
  const verdict = limit === undefined ? "" : value < limit ? "ok" : "TOO MUCH";
  const most = limit === undefined ? "" : `< ${limit} ${unit}`;
  return `${what.padEnd(72)} ${value.toFixed(digits).padStart(8)} ${unit}  ${most.padEnd(10)} ${verdict}`.trimEnd();
}

export default class Table implements Reporter {
  onTestEnd(test: TestCase, result: TestResult): void {
    const figures = result.annotations.filter(({ type }) => type === figureType);
    for (const { description } of figures) console.log(line(JSON.parse(description ?? "") as Figure));
    if (result.status === "passed") return;
    console.log(`FAILED: ${test.title}`);
    for (const { message } of result.errors) console.log(message ?? "");
  }

  onEnd({ status }: FullResult): void {
    console.log(status === "passed" ? "every figure is below its limit" : `the page's figures: ${status}`);
  }
}
