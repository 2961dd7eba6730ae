// The model behind comparing, without a browser.

import { expect, test } from "@playwright/test";
import { compareResults, compareTexts, countOf, differenceSentence, flipped } from "../src/model/compare.ts";
import type { Decision, Layer, RequestResult } from "../src/model/result.ts";
import type { Workspace } from "../src/model/workspace.ts";
import { resultOf } from "./results.ts";

const decided = (name: string, decision: Decision, decidedBy?: Layer, action = "s3:GetObject"): RequestResult =>
  resultOf({ name, principal: "anonymous", action, resource: "*", decision, ...(decidedBy && { decidedBy }) });

const kinds = (rows: ReturnType<typeof compareResults>): string[] =>
  rows.map(({ name, difference }) => `${name} ${difference}`);

test("requests are paired by name, wherever they stand, and unnamed ones by what they ask", () => {
  const before = [
    decided("a", "allowed"),
    decided("b", "implicitDeny", "identityPolicy"),
    decided("", "allowed", undefined, "s3:PutObject"),
    decided("gone", "allowed"),
  ];
  const after = [
    decided("b", "implicitDeny", "permissionsBoundary"),
    decided("a", "allowed"),
    decided("new", "depends"),
    decided("", "explicitDeny", undefined, "s3:PutObject"),
  ];
  const rows = compareResults(before, after);
  expect(kinds(rows)).toEqual(["b changed", "a same", "new new", "Request 4 changed", "gone gone"]);
  expect(rows[0]).toMatchObject({ index: 0, before: before[1], after: after[0] });
  expect(countOf(rows, "changed")).toBe(2);
  expect(differenceSentence(rows)).toBe("2 decisions differ");
  expect(differenceSentence([])).toBe("No decision differs");
});

test("of requests with one name each is paired once", () => {
  const rows = compareResults([decided("a", "allowed"), decided("a", "depends")], [decided("a", "allowed")]);
  expect(kinds(rows)).toEqual(["a same", "a gone"]);
});

test("a request that could not be evaluated differs from one that could", () => {
  const broken = { ...decided("a", "implicitDeny"), error: "no action" };
  expect(kinds(compareResults([decided("a", "implicitDeny")], [broken]))).toEqual(["a changed"]);
});

test("texts are paired by policy", () => {
  const work = (scenario: string, policies: Record<string, string>): Workspace => ({
    scenario,
    policies: Object.entries(policies).map(([name, text]) => ({ name, text })),
    selected: 0,
    without: [],
  });
  const all = compareTexts(work("1", { A: "a", B: "b", C: "c" }), work("1", { B: "b", C: "d", D: "e" }));
  expect(all.map(({ policy, difference }) => `${policy} ${difference}`)).toEqual([
    "undefined same",
    "B same",
    "C changed",
    "D new",
    "A gone",
  ]);
  expect(flipped(all).map(({ difference, before }) => `${difference} ${before}`)).toEqual([
    "same 1",
    "same b",
    "changed d",
    "gone e",
    "new ",
  ]);
});
