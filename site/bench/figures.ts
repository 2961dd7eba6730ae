// Figures: what was measured, and what it may be at most.

import { expect, test } from "@playwright/test";

export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: "ms" | "KB";
  /** The figure must be below; without a limit it is only told. */
  readonly limit?: number;
}

/** The kind of annotation by which a figure travels to the table. */
export const figureType = "figure";

/** report puts a figure in the table; one that is not below its limit fails the test, which goes on. */
export function report(figure: Figure): void {
  test.info().annotations.push({ type: figureType, description: JSON.stringify(figure) });
  if (figure.limit !== undefined) expect.soft(figure.value, figure.what).toBeLessThan(figure.limit);
}

/** quantile is the smallest of some values that the share of them does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new Error("nothing was measured");
  return value;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);
