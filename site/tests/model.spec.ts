// The page's model, without a browser.

import { Text } from "@codemirror/state";
import { expect, test } from "@playwright/test";
import { attachments } from "../src/model/attach.ts";
import { contextRows, renameKey, setKey } from "../src/model/context.ts";
import { editorOffset, visibleRange } from "../src/model/positions.ts";
import { renamePolicy } from "../src/model/references.ts";
import { readScenario, type Request, type Scenario, splitScenario } from "../src/model/scenario.ts";
import { freeName } from "../src/model/workspace.ts";

const user = "arn:aws:iam::111122223333:user/U";

function attach(layer: string, scenario: Scenario): Scenario {
  const request = scenario.requests[0];
  const attachment = attachments.find((one) => one.layer === layer);
  if (!attachment || !request) throw new Error("nothing to attach to");
  expect(attachment.available(scenario, request)).toBe(true);
  attachment.attach(scenario, request, "P");
  return scenario;
}

function available(layer: string, scenario: Scenario): boolean {
  const request = scenario.requests[0];
  return request !== undefined && attachments.some((one) => one.layer === layer && one.available(scenario, request));
}

test("positions count code points, the editor counts UTF-16 units", () => {
  const text = Text.of(["{", '"é": "😀😀x"', ""]);
  expect(editorOffset(text, { line: 1, column: 0, offset: 0 })).toBe(0);
  expect(editorOffset(text, { line: 2, column: 8, offset: 16 })).toBe(2 + 6 + 4);
  expect(editorOffset(text, { line: 2, column: 999, offset: 0 })).toBe(2 + 12);
  expect(editorOffset(text, { line: 9, column: 0, offset: 0 })).toBe(text.length);
  expect(editorOffset(text, { line: 0, column: 0, offset: 0 })).toBe(0);
});

test("an empty range is underlined at the character beside it", () => {
  const text = Text.of(["ab", ""]);
  const at = (line: number, column: number): ReturnType<typeof visibleRange> => {
    const position = { line, column, offset: 0 };
    return visibleRange(text, { start: position, end: position });
  };
  expect(at(1, 0)).toEqual({ from: 0, to: 1 });
  expect(at(1, 2)).toEqual({ from: 1, to: 2 });
  expect(at(2, 0)).toEqual({ from: 3, to: 3 });
});

test("a scenario file is split into its policies and the rest, in order", () => {
  const { scenario, policies } = splitScenario('{"version":1,"policies":{"B":{"x":[]},"A":{}},"requests":[]}');
  expect(policies).toEqual([
    { name: "B", text: '{\n  "x": []\n}' },
    { name: "A", text: "{}" },
  ]);
  expect(JSON.parse(scenario)).toEqual({ version: 1, requests: [] });
});

test("forms only take a scenario whose shape they know", () => {
  expect(readScenario('{"requests":[{"context":{"k":["a",1,true]}}]}')).toBeDefined();
  for (const text of [
    "",
    "null",
    "[]",
    "{}",
    '{"requests":{}}',
    '{"requests":[1]}',
    '{"requests":[{"context":{"k":{}}}]}',
    '{"requests":[],"identities":[{}]}',
    '{"requests":[],"organization":{"root":{"id":"r","units":[{}]}}}',
    "[".repeat(100_000),
  ]) {
    expect(readScenario(text), text.slice(0, 80)).toBeUndefined();
  }
});

test("a key is present, unknown or absent, whatever its case", () => {
  const request: Request = { context: { "aws:SourceIp": "10.0.0.1" } };
  setKey(request, "AWS:sourceip", "present", ["10.0.0.1", "10.0.0.2"]);
  expect(request.context).toEqual({ "aws:SourceIp": ["10.0.0.1", "10.0.0.2"] });
  setKey(request, "aws:sourceip", "unknown", []);
  expect(request).toEqual({ unknown: ["aws:sourceip"] });
  expect(contextRows(request, ["aws:SourceIp", "aws:b"]).map(({ key, state }) => [key, state])).toEqual([
    ["aws:sourceip", "unknown"],
    ["aws:b", "absent"],
  ]);
  setKey(request, "aws:SourceIp", "absent", []);
  expect(request).toEqual({});
  setKey(request, "__proto__", "present", ["x"]);
  expect(Object.keys(request.context ?? {})).toEqual(["__proto__"]);
});

test("a key takes a new name unless another has it", () => {
  const request: Request = { context: { a: "1", b: "2" } };
  renameKey(request, "a", "B");
  expect(request.context).toEqual({ a: "1", b: "2" });
  renameKey(request, "a", "c");
  expect(request.context).toEqual({ c: "1", b: "2" });
});

test("a policy is renamed and removed wherever it is named", () => {
  const make = (name: string | undefined): Scenario => ({
    identities: [
      { arn: user, policies: ["Q", ...(name ? [name] : [])], ...(name ? { boundary: name, trust: name } : {}) },
    ],
    resources: [{ arn: "arn:aws:s3:::b", ...(name ? { policy: name } : {}) }],
    vpcEndpoints: [{ id: "vpce-1", ...(name ? { policy: name } : {}) }],
    organization: {
      root: {
        id: "r",
        scps: name ? [name] : [],
        units: [{ id: "o", accounts: [{ id: "1", rcps: name ? [name] : [] }] }],
      },
    },
    requests: [{ session: { policies: name ? [name] : [] } }],
  });
  const renamed = make("P");
  renamePolicy(renamed, "P", "R");
  expect(renamed).toEqual(make("R"));
  renamePolicy(renamed, "R", undefined);
  expect(renamed).toEqual(make(undefined));
});

test("policies are added where the request meets them", () => {
  const request = { principal: user, action: "s3:GetObject", resource: "arn:aws:s3:::b/key" };
  const fresh = (): Scenario => ({ requests: [{ ...request }] });
  expect(attach("identityPolicy", fresh()).identities).toEqual([{ arn: user, policies: ["P"] }]);
  const bounded = attach("permissionsBoundary", fresh());
  expect(bounded.identities).toEqual([{ arn: user, boundary: "P" }]);
  expect(available("permissionsBoundary", bounded)).toBe(false);
  expect(attach("resourcePolicy", fresh()).resources).toEqual([{ arn: "arn:aws:s3:::b", policy: "P" }]);
  expect(available("sessionPolicy", fresh())).toBe(false);
  expect(available("trustPolicy", fresh())).toBe(false);
  expect(attach("serviceControlPolicy", fresh()).organization?.root.accounts).toEqual([
    { id: "111122223333", scps: ["FullAWSAccess", "P"] },
  ]);
  expect(attach("vpcEndpointPolicy", fresh()).requests[0]?.context).toEqual({ "aws:SourceVpce": "vpce-0a1b2c3d" });
});

test("a session's policies go to its role, under whatever path it is listed", () => {
  const role = "arn:aws:iam::111122223333:role/team/R";
  const scenario: Scenario = {
    identities: [{ arn: role }],
    requests: [{ principal: "arn:aws:sts::111122223333:assumed-role/R/alice", action: "s3:ListAllMyBuckets" }],
  };
  expect(attach("permissionsBoundary", scenario).identities).toEqual([{ arn: role, boundary: "P" }]);
  expect(attach("sessionPolicy", scenario).requests[0]?.session).toEqual({ policies: ["P"] });
});

test("an account outside the organization's tree gets no SCP", () => {
  const scenario: Scenario = { organization: { root: { id: "r" } }, requests: [{ principal: user }] };
  expect(available("serviceControlPolicy", scenario)).toBe(false);
});

test("a new policy takes a name that is free", () => {
  const policies = ["Boundary", "Boundary2"].map((name) => ({ name, text: "" }));
  expect(freeName({ policies }, "Boundary")).toBe("Boundary3");
});
