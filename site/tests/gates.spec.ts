// The models behind the decision's drawing, without a browser.

import { expect, test } from "@playwright/test";
import { coverageIn } from "../src/model/coverage.ts";
import { gateNote, gateTitle, gateToShow, lanesOf, laneVerdict } from "../src/model/gates.ts";
import { kindOf, suggestionsFor, wrongWith } from "../src/model/kinds.ts";
import { isShown, matrixOf } from "../src/model/matrix.ts";
import { writtenAt } from "../src/model/positions.ts";
import type { ConditionResult, GateResult, LayerResult, Outcome, StatementResult } from "../src/model/result.ts";
import { resultOf } from "./results.ts";

const at = (offset: number): { line: number; column: number; offset: number } => ({ line: 1, column: offset, offset });
const range = (start: number, end: number): { start: ReturnType<typeof at>; end: ReturnType<typeof at> } => ({
  start: at(start),
  end: at(end),
});

function gate(kind: GateResult["gate"], state: GateResult["state"], more: Partial<GateResult> = {}): GateResult {
  return { gate: kind, state, needed: true, decides: false, reason: "", ...more };
}

function condition(operator: string, key: string, outcome: Outcome, values: readonly string[] = []): ConditionResult {
  return {
    operator,
    key,
    policyValues: values,
    requestState: "absent",
    requestValues: [],
    outcome,
    reason: `${key} says ${outcome}`,
    values: values.map((value) => ({ value, outcome, ...range(0, 1) })),
    ...range(40, 50),
  };
}

function statement(index: number, outcome: Outcome, more: Partial<StatementResult> = {}): StatementResult {
  return {
    sid: `S${index}`,
    index,
    effect: "Allow",
    outcome,
    action: { outcome, element: "Action", ...range(10, 20), ...(outcome === "match" ? { pattern: "s3:*" } : {}) },
    conditions: [],
    ...range(index * 100, index * 100 + 90),
    ...more,
  };
}

function layer(name: LayerResult["layer"], policy: string, statements: StatementResult[], where?: string): LayerResult {
  return {
    layer: name,
    decision: "allowed",
    policies: [{ policy, statements }],
    ...(where === undefined ? {} : { at: where }),
  };
}

test("the line is drawn at the gate that stops, and what follows would have said", () => {
  const result = resultOf({
    gates: [
      gate("explicitDeny", "open"),
      gate("identityPolicy", "open"),
      gate("permissionsBoundary", "shut", { decides: true }),
      gate("sessionPolicy", "shut", { needed: false }),
    ],
  });
  const lanes = lanesOf(result, {});
  const gates = lanes.flatMap((lane) => lane.gates);
  expect(lanes).toHaveLength(1);
  expect(gates.map(({ verdict }) => verdict.words)).toEqual([
    "none matches",
    "allows",
    "does not allow",
    "would not allow",
  ]);
  expect(gates.map(gateNote)).toEqual(["", "", "stops here", "not reached"]);
  expect(gates.map(({ stops, beyond }) => (stops ? "line" : beyond ? "beyond" : "path"))).toEqual([
    "path",
    "path",
    "line",
    "beyond",
  ]);
  expect(gateToShow(lanes)?.kind).toBe("permissionsBoundary");
});

test("what an allowed request did not need is not beyond anything", () => {
  const result = resultOf({
    decision: "allowed",
    gates: [gate("resourcePolicy", "open", { decides: true }), gate("permissionsBoundary", "shut", { needed: false })],
  });
  const gates = lanesOf(result, {}).flatMap((lane) => lane.gates);
  expect(gates.map(gateNote)).toEqual(["this settles it", "not needed"]);
  expect(gates.map(({ stops, beyond }) => stops || beyond)).toEqual([false, false]);
});

test("two accounts are two lanes, each with its own verdict", () => {
  const result = resultOf({
    gates: [
      gate("explicitDeny", "open"),
      gate("resourceControlPolicy", "absent", { side: "resource" }),
      gate("vpcEndpointPolicy", "absent"),
      gate("resourcePolicy", "shut", { side: "resource", decides: true }),
      gate("identityPolicy", "open", { side: "caller" }),
    ],
    context: [{ key: "aws:PrincipalAccount", values: ["111122223333"], origin: "derived" }],
  });
  const [common, caller, resource] = lanesOf(result, {});
  expect(common?.gates.map(({ kind }) => kind)).toEqual(["explicitDeny", "vpcEndpointPolicy"]);
  expect(caller?.title).toBe("The caller's account 111122223333");
  expect(caller && laneVerdict(caller)?.words).toBe("allows");
  expect(resource?.title).toBe("The resource's account");
  expect(resource && laneVerdict(resource)?.words).toBe("does not allow");
});

test("an SCP's level is a gate of its own, RCPs are one as long as they say the same", () => {
  const levels = ["r-abcd", "r-abcd/ou-abcd-11111111", "r-abcd/ou-abcd-11111111/111122223333"];
  const of = (kind: "serviceControlPolicy" | "resourceControlPolicy"): GateResult[] =>
    levels.map((one) => gate(kind, "open", { at: one }));
  const result = resultOf({
    gates: [...of("resourceControlPolicy"), ...of("serviceControlPolicy")],
    layers: levels.map((one) => layer("resourceControlPolicy", "RCPFullAWSAccess", [], one)),
  });
  const organization = { root: { id: "r-abcd", units: [{ id: "ou-abcd-11111111", name: "Workloads" }] } };
  const gates = lanesOf(result, { organization }).flatMap((lane) => lane.gates);
  expect(gates.map(gateTitle)).toEqual(["RCPs", "SCPs, root", "SCPs, unit Workloads", "SCPs, account"]);
  expect(gates[0]?.layers).toHaveLength(3);
});

test("the table begins with what decided, then what came closest, and folds what does not match", () => {
  const statements = [statement(0, "noMatch"), statement(1, "match"), statement(2, "noMatch"), statement(3, "unknown")];
  const ref = { policy: "P", layer: "identityPolicy" as const, effect: "Allow" as const, sid: "" };
  const result = resultOf({
    layers: [layer("identityPolicy", "P", statements)],
    nearest: [{ ...ref, index: 2, failed: "action", reason: "", ...range(0, 1), failedStart: at(0), failedEnd: at(1) }],
  });
  const { rows, principals } = matrixOf(result);
  expect(rows.map(({ index }) => index)).toEqual([2, 1, 3, 0]);
  expect(rows.map(isShown)).toEqual([true, true, true, false]);
  expect(principals).toBe(false);
  const allowed = matrixOf({ ...result, nearest: [], determining: [{ ...ref, index: 3, ...range(0, 1) }] });
  expect(allowed.rows.map(({ index }) => index)).toEqual([3, 1, 0, 2]);
});

test("each operator on a key is a column, empty where a statement does not ask", () => {
  const both = [
    condition("Bool", "aws:SecureTransport", "match"),
    condition("StringEquals", "aws:PrincipalTag/t", "noMatch"),
  ];
  const result = resultOf({
    layers: [
      layer("identityPolicy", "P", [
        statement(0, "noMatch", { conditions: both }),
        statement(1, "match", { conditions: both.slice(1) }),
      ]),
    ],
  });
  const { conditions, rows } = matrixOf(result);
  expect(conditions).toEqual(["Bool aws:SecureTransport", "StringEquals aws:PrincipalTag/t"]);
  expect(rows.map((row) => row.conditions.map((cell) => cell?.outcome))).toEqual([
    [undefined, "noMatch"],
    ["match", "noMatch"],
  ]);
  expect(rows[0]?.conditions[1]?.reason).toBe("aws:PrincipalTag/t says noMatch");
  expect(rows[0]?.action.reason).toBe("`s3:*` covers `s3:GetObject`");
  expect(rows[1]?.action.reason).toBe("does not cover `s3:GetObject`");
});

test("coverage tells what each statement did, and which element failed first", () => {
  const result = resultOf({
    gates: [
      gate("explicitDeny", "open"),
      gate("identityPolicy", "shut"),
      gate("permissionsBoundary", "open", { needed: false }),
    ],
    layers: [
      layer("identityPolicy", "P", [
        statement(0, "noMatch"),
        statement(1, "noMatch", {
          action: { outcome: "match", element: "Action", ...range(10, 20) },
          conditions: [condition("Bool", "k", "noMatch")],
        }),
        statement(2, "noMatch", { effect: "Deny" }),
      ]),
      layer("permissionsBoundary", "B", [statement(0, "match"), statement(1, "match", { effect: "Deny" })]),
    ],
  });
  expect(coverageIn(result, "P")).toMatchObject([
    {
      range: range(0, 90),
      outcome: "noMatch",
      effect: "Allow",
      element: range(10, 20),
      reason: "its Action does not cover it",
    },
    { range: range(100, 190), outcome: "noMatch", effect: "Allow", element: range(40, 50), reason: "k says noMatch" },
    {
      range: range(200, 290),
      outcome: "noMatch",
      effect: "Deny",
      element: range(10, 20),
      reason: "its Action does not cover it",
    },
  ]);
  expect(coverageIn(result, "B").map(({ outcome }) => outcome)).toEqual(["notReached", "match"]);
  expect(coverageIn(result, "elsewhere")).toEqual([]);
});

test("a policy on two levels shows the most that a statement did", () => {
  const result = resultOf({
    gates: [
      gate("serviceControlPolicy", "shut", { at: "r" }),
      gate("serviceControlPolicy", "open", { at: "r/o", needed: false }),
    ],
    layers: [
      layer("serviceControlPolicy", "P", [statement(0, "match")], "r/o"),
      layer("serviceControlPolicy", "P", [statement(0, "noMatch")], "r"),
    ],
  });
  expect(coverageIn(result, "P").map(({ outcome }) => outcome)).toEqual(["noMatch"]);
});

test("a key's kind is what the site knows, else what its conditions compare it as", () => {
  const words = [
    { name: "aws:CurrentTime", text: "", url: "", type: "date" as const },
    { name: "aws:PrincipalTag/", text: "", url: "", type: "text" as const },
  ];
  expect(kindOf("AWS:currenttime", words, [])).toBe("date");
  expect(kindOf("aws:PrincipalTag/x", words, [condition("NumericEquals", "aws:PrincipalTag/x", "noMatch")])).toBe(
    "text",
  );
  expect(kindOf("my:Key", words, [condition("ForAnyValue:BoolIfExists", "my:Key", "noMatch")])).toBe("bool");
  expect(kindOf("my:Key", words, [condition("NotIpAddress", "my:Key", "noMatch")])).toBe("address");
  expect(kindOf("my:Key", words, [])).toBe("text");
});

test("suggested values are those that a condition takes, then those of the scenario", () => {
  const ask = (...conditions: ConditionResult[]): string[] => {
    const result = resultOf({ layers: [layer("identityPolicy", "P", [statement(0, "noMatch", { conditions })])] });
    return suggestionsFor("k", { requests: [] }, result).map(({ value }) => value);
  };
  expect(ask(condition("Bool", "K", "noMatch", ["true"]))).toEqual(["true"]);
  expect(ask(condition("ForAnyValue:StringLike", "k", "noMatch", ["a*", "b"]))).toEqual(["b"]);
  expect(ask(condition("NumericLessThanIfExists", "k", "noMatch", ["3600"]))).toEqual(["3599"]);
  expect(ask(condition("DateGreaterThan", "k", "noMatch", ["2026-01-01T00:00:00Z"]))).toEqual(["2026-01-01T00:00:01Z"]);
  expect(ask(condition("IpAddress", "k", "noMatch", ["203.0.113.0/24"]))).toEqual(["203.0.113.0"]);
  expect(ask(condition("StringNotEquals", "k", "noMatch", ["a"]), condition("Null", "k", "noMatch", ["true"]))).toEqual(
    [],
  );
  expect(ask(condition("StringEquals", "k", "noMatch", ["${aws:username}"]))).toEqual([]);
  const scenario = { organization: { id: "o-1", root: { id: "r" } }, vpcEndpoints: [{ id: "vpce-1" }], requests: [] };
  expect(suggestionsFor("aws:PrincipalOrgID", scenario, resultOf({})).map(({ value }) => value)).toEqual(["o-1"]);
  expect(suggestionsFor("aws:SourceVpce", scenario, resultOf({})).map(({ value }) => value)).toEqual(["vpce-1"]);
  expect(suggestionsFor("aws:SourceAccount", scenario, resultOf({})).map(({ value }) => value)).toEqual([
    "111122223333",
  ]);
});

test("a value of the wrong kind is told, one of the right kind is not", () => {
  for (const [kind, good, bad] of [
    ["bool", "TRUE", "yes"],
    ["number", "3.5", "many"],
    ["date", "2026-01-31T12:00:00Z", "tomorrow"],
    ["date", "1767225600", "31.01.2026x"],
    ["address", "203.0.113.7", "203.0.113.300"],
    ["address", "2001:db8::1", "2001:db8::/32"],
    ["arn", "arn:aws:s3:::b", "bucket"],
  ] as const) {
    expect(wrongWith(kind, good), good).toBe("");
    expect(wrongWith(kind, bad), bad).not.toBe("");
  }
  expect(wrongWith("text", "anything")).toBe("");
});

test("what a range says is quoted on one line, by bytes", () => {
  expect(writtenAt('é [\n  "a",\n  "b"\n]', range(3, 19))).toBe('[ "a", "b" ]');
  expect(writtenAt("x".repeat(500), range(0, 500))).toHaveLength(120);
});
