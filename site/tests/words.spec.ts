// What the editor knows of the text, without a browser.

import { expect, test } from "@playwright/test";
import { coverageOf } from "../src/model/coverage.ts";
import { applyFix } from "../src/model/fixes.ts";
import { type JsonPlace, placeAt } from "../src/model/jsonPlace.ts";
import { namesOf } from "../src/model/names.ts";
import type { Position, StatementResult } from "../src/model/result.ts";

/** The place of § in a text. */
function at(marked: string): JsonPlace | undefined {
  const place = marked.indexOf("§");
  return placeAt(marked.replace("§", ""), place);
}

const cases: readonly (readonly [string, (string | number)[], "key" | "value", string])[] = [
  ["{§}", [], "key", ""],
  ['{ "Eff§ect": 1 }', [], "key", "Effect"],
  ["{ Eff§ }", [], "key", "Eff"],
  ['{ "Statement": [ { "Effect": "Al§low" } ] }', ["Statement", 0, "Effect"], "value", "Allow"],
  ['{ "Statement": [ {}, { "Effect": § } ] }', ["Statement", 1, "Effect"], "value", ""],
  ['{ "Statement": { "Action": ["a:b", "s3:§"] } }', ["Statement", "Action", 1], "value", "s3:"],
  ['{ "Statement": { "Action": ["a:b", §] } }', ["Statement", "Action", 1], "value", ""],
  ['{ "Statement": { "Condition": { "Bool§" } } }', ["Statement", "Condition"], "key", "Bool"],
  ['{ "Statement": { "Condition": { "Bool": { "aws:§ } } }', ["Statement", "Condition", "Bool"], "key", "aws:"],
  ['{ "a": "x\\"y§" }', ["a"], "value", 'x\\"y'],
  ['{ "a": 1, § }', [], "key", ""],
  ['{\n  "a": 1,\n  "b§\n  "c": 2\n}', [], "key", "b"],
  ['[ { "a": tr§ue } ]', [0, "a"], "value", "true"],
  ['§"a"', [], "value", ""],
];

test("the place in a text that is being typed is known", () => {
  for (const [text, path, role, word] of cases.slice(0, -1)) {
    expect({ text, ...pick(at(text)) }).toEqual({ text, path, role, word });
  }
});

const pick = (place: JsonPlace | undefined): Partial<JsonPlace> =>
  place ? { path: place.path, role: place.role, word: place.word } : {};

test("where neither a name nor a value can stand there is no place", () => {
  for (const text of ['{ "a"§ : 1 }', '{ "a": 1 § }', '{ "a": "b"§ }', "§", '§"a"', "{}§"]) {
    expect({ text, place: at(text) }).toEqual({ text, place: undefined });
  }
});

test("an open string ends before the brackets that follow it", () => {
  const place = at('{ "a": { "b§} }');
  expect(place && [place.from, place.to, place.typed]).toEqual([9, 11, "b"]);
});

test("a name knows its siblings, before and behind it", () => {
  expect(at('{ "Sid": "x", "§", "Effect": { "inner": 1 } }')?.siblings).toEqual(["Sid", "Effect"]);
  expect(at('{ "a§": 1 }')?.colon).toBe(true);
  expect(at('{ "a§" }')?.colon).toBe(false);
});

test("a place is found in any text without end or exception", () => {
  const text =
    '{ "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Action": ["s3:*"], \\ } ] ] "" , : { é😀';
  for (let end = 0; end <= text.length; end++) {
    for (let place = 0; place <= end; place++) {
      const found = placeAt(text.slice(0, end), place);
      if (found) expect(found.from <= place && place <= found.to && found.to <= end).toBe(true);
    }
  }
});

const position = (offset: number): Position => ({ line: 1, column: 0, offset });

test("a fix counts bytes", () => {
  const edits = [
    { start: position(6), end: position(7), text: "" },
    { start: position(0), end: position(2), text: "e" },
  ];
  expect(applyFix("é😀,x", { title: "", edits })).toBe("e😀x");
});

const range = { start: position(0), end: position(1) };

test("the first element that failed is underlined", () => {
  const condition = { ...range, operator: "Bool", key: "k", outcome: "noMatch", reason: "it is absent" };
  const statement = {
    ...range,
    outcome: "noMatch",
    effect: "Allow",
    action: { ...range, element: "Action", outcome: "match" },
    conditions: [condition],
  } as unknown as StatementResult;
  expect(coverageOf([statement])[0]).toMatchObject({ element: condition, reason: "it is absent" });
  const other = { ...statement, action: { ...statement.action, outcome: "noMatch" } } as StatementResult;
  expect(coverageOf([other])[0]).toMatchObject({ element: other.action, reason: "its Action does not cover it" });
  expect(coverageOf([{ ...statement, outcome: "match" }])[0]).not.toHaveProperty("element");
});

test("names are what the scenario and its policies name", () => {
  const user = "arn:aws:iam::111122223333:user/U";
  const names = namesOf(
    {
      identities: [{ arn: user }],
      resources: [{ arn: "arn:aws:s3:::b" }],
      requests: [{ principal: "anonymous", action: "s3:GetObject", resource: "*" }],
    },
    {
      scenario: "",
      policies: [{ name: "P", text: '{ "Action": ["ec2:Stop*", "s3:GetObject"] }' }],
      selected: 0,
      without: [],
    },
  );
  expect(names).toEqual({
    actions: ["s3:GetObject", "ec2:Stop*"],
    arns: ["arn:aws:s3:::b"],
    principals: [user, "anonymous", "111122223333"],
    policies: ["P"],
  });
});
