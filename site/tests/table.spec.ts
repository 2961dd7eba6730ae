// The model behind the table of requests, without a browser.

import { expect, test } from "@playwright/test";
import { knownActions, patternStart, suggestActions } from "../src/model/actions.ts";
import {
  differenceWords,
  expectAllNow,
  expectationOf,
  expectNow,
  isUnmet,
  scoreOf,
  setExpectation,
  setExpectedList,
} from "../src/model/expect.ts";
import { clampWidth, keyedWidth, narrowest, widest } from "../src/model/panes.ts";
import { rangeOf } from "../src/model/places.ts";
import { requestProblems } from "../src/model/requestProblems.ts";
import { copiedIn, likeRequest, reorder, swappedIn, withoutIn } from "../src/model/order.ts";
import type { Path, Problem } from "../src/model/result.ts";
import { rowOf, shortContext, sortRows } from "../src/model/rows.ts";
import { readRequest, type Request, type Scenario } from "../src/model/scenario.ts";
import { withTag } from "../src/view/tags.ts";
import { resultOf } from "./results.ts";

const origin = { line: 1, column: 0, offset: 0 };

test("an expectation keeps its other members when the decision changes", () => {
  const request: Request = { expect: { decision: "allowed", decidedBy: "identityPolicy", determining: ["P#S"] } };
  setExpectation(request, { decision: "explicitDeny" });
  expect(request.expect).toEqual({ decision: "explicitDeny", decidedBy: "identityPolicy", determining: ["P#S"] });
  setExpectation(request, { decidedBy: undefined });
  setExpectedList(request, " ");
  expect(request.expect).toBe("explicitDeny");
  setExpectedList(request, "P#S, Q#0");
  expect(request.expect).toEqual({ decision: "explicitDeny", determining: ["P#S", "Q#0"] });
  setExpectation(request, { decision: undefined });
  expect("expect" in request).toBe(false);
});

test("a plain expectation stays plain", () => {
  const request: Request = { expect: "allowed" };
  setExpectation(request, { decision: "depends" });
  expect(request.expect).toBe("depends");
  expect(expectationOf({ expect: "allowed" })).toEqual({ decision: "allowed" });
  expect(expectationOf({})).toBeUndefined();
});

test("what is decided now becomes what is expected, in as much detail as before", () => {
  const statement = { policy: "P", layer: "identityPolicy", sid: "", index: 2, effect: "Deny" } as const;
  const result = resultOf({
    decision: "explicitDeny",
    decidedBy: "identityPolicy",
    determining: [
      { ...statement, start: origin, end: origin },
      { ...statement, sid: "No", start: origin, end: origin },
    ],
  });
  const plain: Request = { expect: "allowed" };
  expectNow(plain, result);
  expect(plain.expect).toBe("explicitDeny");
  const full: Request = { expect: { decision: "allowed", decidedBy: "sessionPolicy", determining: [] } };
  expectNow(full, result);
  expect(full.expect).toEqual({ decision: "explicitDeny", decidedBy: "identityPolicy", determining: ["P#2", "P#No"] });
});

test("only requests that expect nothing and were evaluated come to expect what is decided", () => {
  const scenario: Scenario = { requests: [{ expect: "allowed" }, {}, {}, {}] };
  expectAllNow(scenario, [resultOf({}), resultOf({ decision: "depends" }), resultOf({ error: "no action" })]);
  expect(scenario.requests.map((request) => request.expect)).toEqual(["allowed", "depends", undefined, undefined]);
});

test("the score counts what was expected", () => {
  const results = [
    resultOf({ met: true }),
    resultOf({ met: false }),
    resultOf({ met: false, error: "x" }),
    resultOf({}),
  ];
  expect(scoreOf(results)).toEqual({ judged: 3, met: 1, failed: 1 });
  expect(results.map(isUnmet)).toEqual([false, true, true, false]);
  expect(isUnmet(undefined)).toBe(false);
});

test("what is not as expected is named: decision, layer or statements", () => {
  const decided = resultOf({ decision: "implicitDeny", decidedBy: "permissionsBoundary" });
  expect(differenceWords({ expect: "allowed" }, decided)).toBe("Allowed");
  const by = { decision: "denied", decidedBy: "identityPolicy" };
  expect(differenceWords({ expect: by }, decided)).toBe("decided by identity-based policy");
  expect(differenceWords({ expect: { decision: "implicitDeny", determining: ["P#0"] } }, decided)).toBe(
    "other statements",
  );
});

test("actions are known from requests and policies, each once, patterns last", () => {
  const statement = (members: object): string => JSON.stringify({ Statement: [{ Effect: "Allow", ...members }] });
  const work = {
    scenario: { requests: [{ action: "s3:GetObject" }, {}, { action: "S3:getobject" }] },
    policies: [
      { name: "A", text: statement({ Action: ["s3:PutObject", "s3:Get*"] }) },
      { name: "B", text: statement({ NotAction: "iam:PassRole" }) },
      { name: "C", text: '{ "Statement": { "Action": "ec2:Run?nstances" } }' },
      { name: "D", text: "{" },
      { name: "E", text: statement({ Action: ["*", 1] }) },
    ],
  };
  const known = knownActions(work);
  expect(known.map(({ action, from }) => `${action} ${from}`)).toEqual([
    "s3:GetObject a request",
    "s3:PutObject a policy",
    "iam:PassRole a policy",
    "s3:Get* a policy",
    "ec2:Run?nstances a policy",
  ]);
  expect(suggestActions(known, "object").map(({ action }) => action)).toEqual(["s3:GetObject", "s3:PutObject"]);
  expect(suggestActions(known, "pass iam").map(({ action }) => action)).toEqual(["iam:PassRole"]);
  expect(suggestActions(known, "s3:GetBucket").map(({ action }) => action)).toEqual(["s3:Get*"]);
  expect(suggestActions(known, "", 2)).toHaveLength(2);
  const more = knownActions(work, [{ from: "the catalogue", actions: () => ["sqs:SendMessage"] }]);
  expect(more).toEqual([{ action: "sqs:SendMessage", from: "the catalogue", pattern: false }]);
  expect(patternStart("ec2:Run?nstances")).toBe("ec2:Run");
});

test("a path leads to a place in a JSON text", () => {
  const text = '{\n "requests": [ {}, { "é😀": "x", "context": { "a:b": [1, "é"] } } ]\n}';
  const path = ["requests", 1, "context", "a:b", 1];
  const { start, end } = rangeOf(text, path);
  expect([...(text.split("\n")[1] ?? "")].slice(start.column, end.column).join("")).toBe('"é"');
  expect(rangeOf(text, [...path, "nothing"]).start).toEqual(start);
});

test("a request's problems are those that stand in it", () => {
  const start = { line: 1, column: 0, offset: 0 };
  const problem = (path: Path, policy?: string): Problem => ({
    code: "c",
    severity: "error",
    message: path.join("."),
    start,
    end: start,
    path,
    ...(policy === undefined ? {} : { policy }),
  });
  const all = [
    problem(["title"]),
    problem(["requests", 1, "action"]),
    problem(["requests", 0]),
    problem(["requests", 1], "P"),
  ];
  expect(requestProblems(all, 1).map(({ path }) => path)).toEqual([["action"]]);
  expect(requestProblems(all, 0).map(({ path }) => path)).toEqual([[]]);
});

test("a text is a request, or says why it is none", () => {
  expect(readRequest('{"action":"s3:GetObject"}')).toEqual({ request: { action: "s3:GetObject" } });
  expect(readRequest('{"action":1}')).toEqual({ wrong: "a request is an object of the members that the form shows" });
  expect(readRequest("{")).toHaveProperty("wrong");
});

test("rows are sorted by what they show, numbers by their size", () => {
  const rows = ["r10", "r9", "R1"].map((name, at) => rowOf({ name }, at, undefined));
  const names = (down: boolean): number[] => sortRows(rows, { column: "name", down }).map(({ index }) => index);
  expect(names(false)).toEqual([2, 1, 0]);
  expect(names(true)).toEqual([0, 1, 2]);
  expect(sortRows(rows, { column: undefined, down: true }).map(({ index }) => index)).toEqual([0, 1, 2]);
  const request = { context: { "aws:TagKeys": ["a", "b"], "aws:x": 1 }, unknown: ["aws:y"] };
  expect(shortContext(request)).toBe("aws:TagKeys=[a, b], aws:x=1, aws:y unknown");
});

test("a tag changes in its place, and goes when its key is emptied", () => {
  expect(Object.entries(withTag({ a: "1", b: "2" }, 0, "c", "1") ?? {})).toEqual([
    ["c", "1"],
    ["b", "2"],
  ]);
  expect(withTag({ a: "1" }, 1, "b", "")).toEqual({ a: "1", b: "" });
  expect(withTag({ a: "1" }, 0, "", "1")).toBeUndefined();
});

test("a separator's keys move it, and it stays within the window", () => {
  expect(keyedWidth("request", 300, 1280, "ArrowRight", false)).toBe(316);
  expect(keyedWidth("decision", 300, 1280, "ArrowRight", true)).toBe(narrowest);
  expect(keyedWidth("decision", 300, 1280, "ArrowLeft", true)).toBe(364);
  expect(keyedWidth("request", 300, 1280, "Home", false)).toBe(narrowest);
  expect(keyedWidth("request", 300, 1280, "End", false)).toBe(widest(1280));
  expect(keyedWidth("request", 300, 1280, "x", false)).toBeUndefined();
  expect(clampWidth(10_000, 1024)).toBe(430);
  expect(clampWidth(300.4, 400)).toBe(narrowest);
});

test("requests are copied, taken out and swapped by where they stood", () => {
  const named = (order: readonly number[] | undefined): string => {
    const scenario: Scenario = { requests: ["a", "b", "c"].map((name) => ({ name })) };
    reorder(scenario, order ?? []);
    expect(new Set(scenario.requests).size).toBe(scenario.requests.length);
    return scenario.requests.map(({ name }) => name).join("");
  };
  expect(named(copiedIn(3, 1))).toBe("abbc");
  expect(named(withoutIn(3, 0))).toBe("bc");
  expect(named(swappedIn(3, 2, 1))).toBe("acb");
  expect(swappedIn(3, 0, -1)).toBeUndefined();
  expect(swappedIn(3, 2, 3)).toBeUndefined();
});

test("a request that is added is like another, and expects nothing", () => {
  const like: Request = { name: "a", action: "s3:GetObject", context: { "aws:x": "1" }, expect: "allowed" };
  const added = likeRequest(like, 4);
  expect(added).toEqual({ name: "Request 4", action: "s3:GetObject", context: { "aws:x": "1" } });
  expect(added.context).not.toBe(like.context);
  expect(likeRequest(like, 4, "s3:PutObject")).toMatchObject({ name: "s3:PutObject", resource: "*" });
});
