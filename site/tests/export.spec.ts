// What a work is copied as, made of real results and read by what it is meant for.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { duplicateName } from "../src/model/duplicates.ts";
import { evalTest } from "../src/model/export/check.ts";
import { fileName, openScenarioFile, scenarioFile, workFile } from "../src/model/export/file.ts";
import { code, escaped, fenced, markdownReport, table } from "../src/model/export/markdown.ts";
import { outputs } from "../src/model/export/outputs.ts";
import { csvCell, resultsAsCsv, resultsAsMarkdown } from "../src/model/export/results.ts";
import { quoted } from "../src/model/export/shell.ts";
import { simulatorCall } from "../src/model/export/simulator.ts";
import type { Output, Subject } from "../src/model/export/subject.ts";
import { plainText } from "../src/model/export/text.ts";
import type { Scenario } from "../src/model/scenario.ts";
import { writeJson } from "../src/model/scenario.ts";
import { isUnopened } from "../src/model/unopened.ts";
import { emptyWorkspace, openFile, type Workspace } from "../src/model/workspace.ts";
import { evaluate, repository } from "./engine.ts";

const scenarios = join(repository, "content", "scenarios");
const shipped = readdirSync(scenarios).flatMap((story) =>
  readdirSync(join(scenarios, story)).map((name) => `${story}/${name}`),
);

const read = (path: string): string => readFileSync(join(scenarios, path), "utf8");
const open = (path: string, selected = 0): Workspace => ({ ...openFile(read(path)), selected });
const subjectOf = async (workspace: Workspace): Promise<Subject> => ({ workspace, result: await evaluate(workspace) });

function textOf(output: Output): string {
  if ("problem" in output) throw new Error(output.problem);
  return output.text;
}

const user = "arn:aws:iam::111122223333:user/O'Brien";

/** A work whose names, values and texts hold whatever could break a format. */
function nasty(): Workspace {
  const statement = {
    Sid: "It",
    Effect: "Allow",
    Action: "s3:GetObject",
    Resource: "*",
    Condition: {
      StringEquals: { "aws:PrincipalTag/team": ["a'b", "`x`", "|", "$(id)"] },
      NumericLessThan: { "s3:max-keys": "10" },
      Bool: { "aws:MultiFactorAuthPresent": "true" },
      IpAddress: { "aws:SourceIp": "203.0.113.0/24" },
      DateLessThan: { "aws:CurrentTime": "2030-01-01T00:00:00Z" },
      "ForAnyValue:StringLike": { "aws:TagKeys": ["co*"] },
    },
  };
  const scenario = {
    version: 1,
    title: "A | title with `ticks`, <b>markup</b>\nand # lines",
    identities: [{ arn: user, policies: ["Pol|icy `one`"], tags: { team: "a'b" } }],
    requests: [
      {
        name: "=cmd|' /C calc'!A0",
        principal: user,
        action: "s3:GetObject",
        resource: "arn:aws:s3:::b/it's | `here`",
        context: {
          "s3:max-keys": 5,
          "aws:MultiFactorAuthPresent": true,
          "aws:SourceIp": "203.0.113.7",
          "aws:CurrentTime": "2029-01-01T00:00:00Z",
          "aws:TagKeys": ["cost", "it's"],
        },
        expect: "implicitDeny",
      },
    ],
  };
  const text = writeJson({ Version: "2012-10-17", Statement: [statement] });
  return {
    scenario: writeJson(scenario),
    policies: [{ name: "Pol|icy `one`", text }],
    selected: 0,
    without: [],
  };
}

test("the Markdown report has the request, the verdict, why, the layers and the statements in their lines", async () => {
  const subject = { ...(await subjectOf(open("mfa/mfa.json", 1))), link: "https://example.org/#v1.AAAA" };
  const text = textOf(markdownReport(subject));
  expect(text).toMatch(/^# Terminating an instance needs MFA\n\n\*\*Allowed: by an identity-based policy\*\*\n/);
  expect(text).toContain("| Action | `ec2:TerminateInstances` |");
  expect(text).toContain("| aws:MultiFactorAuthPresent | `true` |");
  expect(text).toMatch(/\| Identity-based policies \|  \| allows \| `StopNeedsMFA`/);
  const [ref] = subject.result.results[1]?.determining ?? [];
  expect(ref).toBeDefined();
  expect(text).toContain(`On lines ${ref?.start.line} to ${ref?.end.line}:`);
  const [, block = ""] = /```json\n([^]*?)\n```/.exec(text) ?? [];
  expect(JSON.parse(block)).toMatchObject({ Sid: ref?.sid, Effect: "Allow" });
  expect(block.split("\n").at(-1)).toBe("}");
  expect(text).toContain("[Open this scenario in Fenceline](https://example.org/#v1.AAAA)");
});

test("a denial's report says it in AWS's sentence, and why", async () => {
  const workspace = open("frankfurt/frankfurt-application.json");
  const { results } = await evaluate(workspace);
  const selected = results.findIndex(({ decidedBy }) => decidedBy === "permissionsBoundary");
  const subject = await subjectOf({ ...workspace, selected });
  const { message = "", explanation = "" } = subject.result.results[selected] ?? {};
  expect(message).toContain("is not authorized to perform");
  const report = textOf(markdownReport(subject));
  expect(report).toContain("\n**Denied implicitly: no permissions boundary allows it**\n");
  expect(report).toContain(`\n> ${escaped(message)}\n`);
  expect(report).toContain(explanation.split(/[\\`[\]<>&|]/)[0]);
  expect(textOf(plainText(subject))).toContain(`AWS would say:\n    ${message}\n`);
});

test("user text never breaks a report, nor becomes markup in it", async () => {
  const subject = await subjectOf(nasty());
  expect(subject.result.problems.filter(({ severity }) => severity === "error")).toEqual([]);
  const report = textOf(markdownReport(subject));
  expect(report.split("\n")[0]).toBe("# A \\| title with \\`ticks\\`, \\<b\\>markup\\</b\\> and \\# lines");
  expect(report).not.toMatch(/(?<!\\)<b/);
  for (const line of report.split("\n").filter((one) => one.startsWith("|"))) {
    expect([2, 4]).toContain(line.replaceAll("\\|", "").split("|").length - 2);
  }
  const results = textOf(resultsAsMarkdown(subject)).trimEnd().split("\n");
  expect(results).toHaveLength(3);
  for (const line of results) expect(line.replaceAll("\\|", "").split("|")).toHaveLength(10);
});

test("Markdown's own characters are escaped, in code and out of it", () => {
  expect(escaped("*a*_b_[c](d)<e>&|\n#")).toBe("\\*a\\*\\_b\\_\\[c\\](d)\\<e\\>\\&\\| \\#");
  expect(code("a`b``c")).toBe("```a`b``c```");
  expect(code("`a")).toBe("`` `a ``");
  expect(code(" ")).toBe("");
  expect(fenced("a\n```\nb", "json")).toBe("````json\na\n```\nb\n````");
  expect(table(["A"], [[code("x|y")], [escaped("x|y")]])).toBe("| A |\n| --- |\n| `x\\|y` |\n| x\\|y |");
});

/** Reads CSV as RFC 4180 describes it. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, open, bare = "", end] of text.matchAll(/("(?:[^"]|"")*")?([^,\r\n"]*)(,|\r\n|$)/g)) {
    rows.at(-1)?.push(open === undefined ? bare : open.slice(1, -1).replaceAll('""', '"'));
    if (end === "\r\n") rows.push([]);
    if (end === "") break;
  }
  return rows.filter((row) => row.length > 1);
}

test("the CSV has a row for each request, and no cell that a spreadsheet would run", async () => {
  const subject = await subjectOf(nasty());
  const [head, row, ...more] = readCsv(textOf(resultsAsCsv(subject)));
  expect(head).toEqual(["Name", "Principal", "Action", "Resource", "Decision", "Decided by", "Expected", "Met"]);
  expect(row).toEqual([
    "'=cmd|' /C calc'!A0",
    user,
    "s3:GetObject",
    "arn:aws:s3:::b/it's | `here`",
    "Allowed",
    "by an identity-based policy",
    "implicitDeny",
    "no",
  ]);
  expect(more).toEqual([]);
  for (const start of ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"]) {
    expect(csvCell(start).replace(/^"/, ""), start).toMatch(/^'/);
  }
  expect(csvCell('a "b", c')).toBe('"a ""b"", c"');
  expect(csvCell("two\nlines")).toBe('"two\nlines"');
  expect(csvCell("arn:aws:s3:::b")).toBe("arn:aws:s3:::b");
});

/** What a shell makes of a script in which `aws` and `go` only tell their arguments. */
function argumentsOf(script: string): string[] {
  const check = spawnSync("sh", ["-n"], { input: script, encoding: "utf8" });
  expect(check.stderr).toBe("");
  expect(check.status).toBe(0);
  const stub = `aws() { for word; do printf '%s\\0' "$word"; done; }\n`;
  return execFileSync("sh", { input: stub + script, encoding: "utf8" })
    .split("\0")
    .slice(0, -1);
}

/** The values of each option of a call. */
function optionsOf(words: readonly string[]): Record<string, string[]> {
  const options: Record<string, string[]> = {};
  let values: string[] = [];
  for (const word of words) {
    if (word.startsWith("--")) options[word.slice(2)] = values = [];
    else values.push(word);
  }
  return options;
}

test("a shell reads the simulator's call as it is meant", async () => {
  const workspace = nasty();
  const script = textOf(simulatorCall(await subjectOf(workspace)));
  const words = argumentsOf(script);
  expect(words.slice(0, 2)).toEqual(["iam", "simulate-custom-policy"]);
  const options = optionsOf(words.slice(2));
  expect(options["policy-input-list"]?.map((text) => JSON.parse(text) as unknown)).toEqual([
    JSON.parse(workspace.policies[0]?.text ?? "") as unknown,
  ]);
  expect(options["caller-arn"]).toEqual([user]);
  expect(options["action-names"]).toEqual(["s3:GetObject"]);
  expect(options["resource-arns"]).toEqual(["arn:aws:s3:::b/it's | `here`"]);
  const entries = (options["context-entries"] ?? []).map((text) => JSON.parse(text) as Record<string, unknown>);
  const typeOf = (key: string): unknown => entries.find((one) => one["ContextKeyName"] === key)?.["ContextKeyType"];
  expect(typeOf("s3:max-keys")).toBe("numeric");
  expect(typeOf("aws:MultiFactorAuthPresent")).toBe("boolean");
  expect(typeOf("aws:SourceIp")).toBe("ip");
  expect(typeOf("aws:CurrentTime")).toBe("date");
  expect(typeOf("aws:TagKeys")).toBe("stringList");
  expect(typeOf("aws:PrincipalTag/team")).toBe("string");
  expect(entries.find((one) => one["ContextKeyName"] === "aws:TagKeys")?.["ContextKeyValues"]).toEqual([
    "cost",
    "it's",
  ]);
});

test("the simulator's call says what it can't carry", async () => {
  const role = textOf(simulatorCall(await subjectOf(open("frankfurt/frankfurt-application.json"))));
  expect(role).toMatch(/^# What this call leaves out:\n# The call takes an IAM user as its caller, not arn:aws:/);
  expect(role).toContain("--permissions-boundary-policy-input-list");
  expect(role).not.toContain("--caller-arn");
  argumentsOf(role);

  const work = nasty();
  const scenario = JSON.parse(work.scenario) as Scenario;
  scenario.organization = {
    id: "o-exampleorgid",
    managementAccount: "999999999999",
    root: { id: "r-abcd", accounts: [{ id: "111122223333" }] },
  };
  const limited = textOf(simulatorCall(await subjectOf({ ...work, scenario: writeJson(scenario) })));
  expect(limited).toContain("# Service control policies (SCPs) decide here, but the call can't carry them.");
  argumentsOf(limited);

  const nobody = await subjectOf({ ...work, policies: [], scenario: writeJson({ ...scenario, identities: [] }) });
  expect(simulatorCall(nobody)).toEqual({ problem: expect.stringContaining("the simulator needs one") as unknown });
});

test("our command line answers the simulator's call with the decision that the page shows", async () => {
  test.setTimeout(180_000);
  const program = join(mkdtempSync(join(tmpdir(), "fenceline-")), "fenceline");
  execFileSync("go", ["build", "-o", program, "./engine/cmd/fenceline"], { cwd: repository });
  const asked = `aws() { shift; '${program}' "$@" --query 'EvaluationResults[0].EvalDecision' --output text; }\n`;
  let calls = 0;
  for (const workspace of [nasty(), ...shipped.map((path) => open(path))]) {
    const count = (await evaluate(workspace)).results.length;
    for (let selected = 0; selected < count; selected++) {
      const subject = await subjectOf({ ...workspace, selected });
      const call = simulatorCall(subject);
      if (!("text" in call) || call.text.startsWith("#")) continue; // it leaves out what may decide
      const { status, stdout, stderr } = spawnSync("sh", { input: asked + call.text, encoding: "utf8" });
      expect({ status, stdout, stderr }, call.text).toEqual({
        status: 0,
        stdout: `${subject.result.results[selected]?.decision}\n`,
        stderr: "",
      });
      calls++;
    }
  }
  expect(calls).toBeGreaterThan(20);
});

test("words of a shell come back as they were", () => {
  for (const text of ["", "a b", "it's", "''", '$HOME `id` $(id) \\ "x"', "a\nb", "-n", "*", "~", "#x", "!x", "ü €"]) {
    expect(execFileSync("sh", { input: `printf '%s' ${quoted(text)}`, encoding: "utf8" })).toBe(text);
  }
});

/** Runs a script in the repository, as a person would. */
function run(script: string): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync("sh", { cwd: repository, input: script, encoding: "utf8" });
  return { status, output: stdout + stderr };
}

test("the test for the command line passes, and fails when a decision changes", async () => {
  test.setTimeout(180_000);
  const subject = await subjectOf(open("mfa/mfa.json"));
  const script = textOf(evalTest(subject));
  expect(run(script)).toMatchObject({ status: 0 });
  const changed = script.replace('"aws:MultiFactorAuthPresent": "true"', '"aws:MultiFactorAuthPresent": "false"');
  expect(changed).not.toBe(script);
  expect(run(changed)).toMatchObject({ status: 1 });
});

test("the test for the command line holds with policies left out, and with names that are no words of a shell", async () => {
  test.setTimeout(180_000);
  const work = nasty();
  expect(run(textOf(evalTest(await subjectOf(work))))).toMatchObject({ status: 0 });
  const [policy] = work.policies;
  const without = await subjectOf({ ...work, without: [policy?.name ?? ""] });
  expect(without.result.results[0]?.decision).toBe("implicitDeny");
  expect(run(textOf(evalTest(without)))).toMatchObject({ status: 0 });

  const tree = {
    id: "o-exampleorgid",
    managementAccount: "999999999999",
    root: { id: "r-abcd", accounts: [{ id: "111122223333" }] },
  };
  const scenario = writeJson({ ...(JSON.parse(work.scenario) as object), organization: tree });
  const closed = await subjectOf({ ...work, scenario, without: ["FullAWSAccess"] });
  expect(closed.result.results[0]?.decidedBy).toBe("serviceControlPolicy");
  expect(run(textOf(evalTest(closed)))).toMatchObject({ status: 0 });
});

test("what has no decision gives a reason in place of an output", async () => {
  const broken = open("mfa/mfa.json");
  const subject = await subjectOf({ ...broken, policies: broken.policies.map(({ name }) => ({ name, text: "{" })) });
  for (const { id, make } of outputs.filter(({ id }) => !id.startsWith("results"))) {
    expect(make(subject), id).toHaveProperty("problem");
  }
  const empty = await subjectOf(emptyWorkspace());
  for (const { id, make } of outputs.filter(({ id }) => id !== "file")) {
    expect(make(empty), id).toHaveProperty("problem");
  }
  const unreadable = await subjectOf({ ...emptyWorkspace(), scenario: "{" });
  for (const { id, make } of outputs) expect(make(unreadable), id).toHaveProperty("problem");
});

for (const path of shipped) {
  test(`${path} is the same scenario after it was saved and opened, and has every output`, async () => {
    const workspace = open(path);
    const file = textOf(scenarioFile(workspace));
    expect(JSON.parse(file)).toEqual(JSON.parse(read(path)));
    expect(openScenarioFile(file)).toEqual(workspace);
    const subject = await subjectOf(workspace);
    for (const { id, make } of outputs) {
      if (id !== "simulator") expect(make(subject), id).toHaveProperty("text");
    }
  });
}

test("a work file keeps broken texts byte for byte", () => {
  const work: Workspace = {
    scenario: '{ "version": 1,, }',
    policies: [{ name: "Broken", text: '{\r\n\t"Statement": [' }],
    selected: 3,
    without: ["Broken"],
  };
  expect(scenarioFile(work)).toHaveProperty("problem");
  expect(scenarioFile({ ...emptyWorkspace(), policies: work.policies })).toHaveProperty("problem");
  expect(openScenarioFile(workFile(work))).toEqual(work);
});

test("a file that is no scenario says what it is instead", () => {
  const why = (text: string): string => {
    const answer = openScenarioFile(text);
    if (!isUnopened(answer)) throw new Error("it opened");
    return answer.message;
  };
  expect(why("not json")).toContain("it is not JSON");
  expect(why('{"Version":"2012-10-17","Statement":[]}')).toContain("no scenario: a scenario has `requests`");
  expect(why('{"requests":[],"policies":{"P":{"a":1,"\\u0061":2}}}')).toContain("has `a` twice");
  expect(why("[]")).toContain("no scenario");
  expect(why('{"requests":[],"policies":[]}')).toContain("its `policies` are not an object");
  expect(why('{"v":2,"s":"","p":[]}')).toContain("a later version");
  expect(why('{"v":1,"s":"","p":[["A"]]}')).toContain("the policy 1 is not a name and a text");
  expect(why(" ".repeat(9 << 20))).toContain("9.0 MB; at most 8.0 MB");
});

test("a name that stands twice in one object is found, whatever stands in strings", () => {
  expect(duplicateName('{"a":{"b":1},"c":[{"b":1},{"b":2}],"d":"\\"a\\":{","e":"a"}')).toBeUndefined();
  expect(duplicateName('{"a":[{"b":1,"x":{},"b":2}]}')).toBe("b");
  expect(duplicateName(`{"a":"${"\\\\".repeat(1 << 20)}","a" : 1}`)).toBe("a");
});

test("a file is named after its scenario", () => {
  const titled = (title: string): Workspace => ({ ...emptyWorkspace(), scenario: writeJson({ title, requests: [] }) });
  expect(fileName(titled("Größe: ../Über & all"), ".json")).toBe("gro-e-uber-all.json");
  expect(fileName(titled("世界"), ".json")).toBe("scenario.json");
  expect(fileName(titled("x".repeat(200)), ".json")).toHaveLength(65);
});
