// How a change to a decision is made, without a browser.

import { expect, test } from "@playwright/test";
import { applyChange, applyEdits, canApply, type Change, offsetOf, type TextEdit } from "../src/model/changes.ts";
import type { Workspace } from "../src/model/workspace.ts";

/** edit replaces a piece of a text that stands in it once, with the place that the engine would give. */
function edit(text: string, piece: string, by: string, policy?: string): TextEdit {
  const from = text.indexOf(piece);
  expect(from).toBeGreaterThanOrEqual(0);
  const place = (at: number): TextEdit["start"] => {
    const before = text.slice(0, at);
    const line = before.split("\n");
    return {
      line: line.length,
      column: [...(line.at(-1) ?? "")].length,
      offset: new TextEncoder().encode(before).length,
    };
  };
  const range = { start: place(from), end: place(from + piece.length), text: by };
  return policy === undefined ? range : { ...range, policy };
}

const workspace: Workspace = {
  scenario: '{\n  "identities": [{ "arn": "u", "policies": ["P"] }]\n}',
  policies: [
    { name: "P", text: '{ "Sid": "😀é",\r\n  "Action": "ec2:*" }' },
    { name: "Q", text: "{}" },
  ],
  selected: 1,
  without: ["Q"],
};

const change = (edits: readonly TextEdit[], policies: Change["policies"] = []): Change => ({
  kind: "action",
  title: "Add",
  why: "Nothing allows it.",
  edits,
  policies,
  decision: "allowed",
  also: [],
});

test("positions become offsets by lines and code points", () => {
  const text = '{\n"é": "😀😀x"\r\n}';
  expect(offsetOf(text, { line: 1, column: 0, offset: 0 })).toBe(0);
  expect(offsetOf(text, { line: 2, column: 8, offset: 0 })).toBe(text.indexOf("x"));
  expect(offsetOf(text, { line: 3, column: 1, offset: 0 })).toBe(text.length);
  expect(offsetOf(text, { line: 1, column: 99, offset: 0 })).toBe(1);
  expect(offsetOf(text, { line: 9, column: 0, offset: 0 })).toBe(text.length);
  expect(offsetOf("", { line: 1, column: 0, offset: 0 })).toBe(0);
});

test("edits are all placed before any is made, in whatever order they come", () => {
  const text = '["😀", "b", "c"]';
  const edits = [edit(text, '"c"', '"C"'), edit(text, '"😀", ', ""), edit(text, '"b"', '"bbbb"')];
  expect(applyEdits(text, edits)).toBe('["bbbb", "C"]');
  expect(applyEdits(text, [])).toBe(text);
});

test("an insertion replaces nothing", () => {
  const at = { line: 1, column: 1, offset: 1 };
  expect(applyEdits("[]", [{ start: at, end: at, text: '"a"' }])).toBe('["a"]');
});

test("a change edits each text by its name and adds its new policies at the end", () => {
  const policy = workspace.policies[0]?.text ?? "";
  const made = applyChange(
    workspace,
    change(
      [edit(workspace.scenario, '["P"]', '["P", "New"]'), edit(policy, '"ec2:*"', '["ec2:*", "s3:GetObject"]', "P")],
      [{ name: "New", text: "{ }" }],
    ),
  );
  expect(made).toEqual({
    scenario: '{\n  "identities": [{ "arn": "u", "policies": ["P", "New"] }]\n}',
    policies: [
      { name: "P", text: '{ "Sid": "😀é",\r\n  "Action": ["ec2:*", "s3:GetObject"] }' },
      { name: "Q", text: "{}" },
      { name: "New", text: "{ }" },
    ],
    selected: 1,
    without: ["Q"],
  });
  expect(made.policies[1]).toBe(workspace.policies[1]);
  expect(workspace.policies).toHaveLength(2);
});

test("a change that does not fit leaves the workspace as it is", () => {
  const elsewhere = change([edit("{}", "{}", "[]", "R")]);
  const taken = change([], [{ name: "Q", text: "{}" }]);
  for (const one of [elsewhere, taken]) {
    expect(canApply(workspace, one)).toBe(false);
    expect(applyChange(workspace, one)).toBe(workspace);
  }
  expect(canApply(workspace, change([edit("{}", "{}", "[]", "Q")]))).toBe(true);
});
