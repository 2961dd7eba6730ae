// The exercises, as people solve them and fail in them.

import { AxeBuilder } from "@axe-core/playwright";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import type { AnswerOf, Call } from "../src/engine/protocol.ts";
import { type Choice, type Exercise, readExercise, type Solution, withPolicies } from "../src/model/exercise/file.ts";
import {
  type Asked,
  checkedOf,
  decidingOf,
  hits,
  judgeAttack,
  judgeChecks,
  judgeRequests,
  knownEdit,
  knownRequest,
  predicted,
} from "../src/model/exercise/judge.ts";
import { onwardIn } from "../src/model/exercise/onward.ts";
import { mergeProgress, readProgress, writeProgress } from "../src/model/exercise/progress.ts";
import type { RequestResult } from "../src/model/result.ts";
import type { Request } from "../src/model/scenario.ts";
import { decisionVerdict } from "../src/model/verdict.ts";
import { oneOf } from "../src/model/layers.ts";
import { ask as askEngine, repository } from "./engine.ts";
import { expect, looks, test } from "./playground.ts";

const names = {
  predict: "frankfurt-four-requests",
  repair: "let-the-application-read",
  write: "a-fence-for-customer-x",
  attack: "rewrite-the-boundary",
  spot: "who-denies-alex",
} as const;

/** Those whose pages are looked at: a form of an attack has more than one kind of field. */
const looked = { ...names, session: "the-session-that-is-named" } as const;

const pathOf = (name: string): string => `/exercises/${name}/`;
const fileOf = (name: string): Exercise =>
  readExercise(readFileSync(join(repository, "content/exercises", `${name}.json`), "utf8"));

const widget = (page: Page): Locator => page.locator("fenceline-exercise");

/** Opens an exercise, and waits until it checks. */
async function open(page: Page, name: string): Promise<Exercise> {
  await page.goto(pathOf(name));
  await expect(widget(page)).toHaveAttribute("data-state", "live");
  return fileOf(name);
}

const check = (page: Page): Promise<void> => page.getByRole("button", { name: "Check", exact: true }).click();
const note = (page: Page): Locator => widget(page).locator(".exercise-note");

/** As on a telephone: the text field stays a text field. */
async function withoutEditor(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const real = window.matchMedia.bind(window);
    window.matchMedia = (query) => real(query === "(pointer: fine)" ? "not all" : query);
  });
}

async function write(page: Page, policies: Readonly<Record<string, unknown>> = {}): Promise<void> {
  for (const [name, document] of Object.entries(policies)) {
    await page.getByLabel(`Policy ${name}`, { exact: true }).fill(JSON.stringify(document, null, 2));
  }
}

async function ask(page: Page, request: Request = {}): Promise<void> {
  for (const label of ["Action", "Resource"] as const) {
    const value = request[label === "Action" ? "action" : "resource"];
    if (value !== undefined) await page.getByLabel(label, { exact: true }).fill(value);
  }
}

async function predict(page: Page, { request = 0, decision, decidedBy }: Choice): Promise<void> {
  if (!decision) return;
  const group = page.getByRole("radiogroup", { name: `Decision of request ${request + 1}` });
  await group.getByRole("radio", { name: decisionVerdict(decision).words }).check();
  if (decision === "allowed") return;
  const layers = page.getByRole("radiogroup", { name: `Layer that settles request ${request + 1}` });
  await layers.getByRole("radio", { name: oneOf(decidedBy ?? "identityPolicy") }).check();
}

const choose = (page: Page, { policy = "", index = 0 }: Choice): Promise<void> =>
  page.getByRole("button", { name: new RegExp(`^Choose Statement ${index + 1}\\b.* of ${policy}$`) }).click();

/** The site's own engine, asked without a page. */
const engine: Asked = {
  ask: async <C extends Call>(call: C) => ({ ok: true, answer: (await askEngine(call)) as AnswerOf<C> }),
};

function resultsOf(judged: Awaited<ReturnType<typeof judgeRequests>>): readonly RequestResult[] {
  if ("wrong" in judged) throw new Error(judged.wrong);
  return judged.results;
}

/** The checks that an answer fails, by what they say; for an attack, whether it fails. */
async function failing(exercise: Exercise, { policies, request }: Solution): Promise<string[]> {
  const work = { ...exercise.start, policies: withPolicies(exercise.start.policies, policies) };
  const { attack } = exercise;
  if (!attack) {
    const checked = checkedOf(exercise, resultsOf(await judgeChecks(engine, exercise, work)));
    const failed = checked.filter(({ passed }) => !passed);
    if (policies && failed.length > 0) expect(knownEdit(exercise, work, checked)?.exact).toBe(true);
    return failed.map(({ check: one }) => one.says);
  }
  const asked = request ?? exercise.requests.at(-1) ?? {};
  const [result, ...then] = resultsOf(await judgeAttack(engine, attack, work, asked));
  const through = result?.met === true && hits(attack, result) && then.every(({ met }) => met === true);
  if (request && !through) expect(knownRequest(exercise, request)?.exact).toBe(true);
  return through ? [] : [attack.says];
}

test("the page judges every exercise as it was proved", async () => {
  const files = readdirSync(join(repository, "content/exercises"));
  expect(files.length).toBeGreaterThanOrEqual(51);
  for (const name of files.map((file) => file.replace(".json", ""))) {
    const exercise = fileOf(name);
    const truth = resultsOf(await judgeRequests(engine, exercise.start));
    for (const wrong of exercise.wrong) {
      if (exercise.kind === "predict") {
        for (const { request = 0, ...one } of wrong.answers ?? []) {
          const { decidedBy } = { ...truth[request], ...one };
          expect(
            predicted({ ...one, ...(decidedBy ? { decidedBy } : {}) }, truth[request] as RequestResult),
            name,
          ).toBe(false);
        }
      } else if (exercise.kind === "spot") {
        const deciding = decidingOf(truth.at(-1) as RequestResult).map(({ policy, index }) => `${policy}#${index}`);
        expect(deciding.length).toBeGreaterThan(0);
        for (const one of wrong.answers ?? []) expect(deciding).not.toContain(`${one.policy}#${one.index}`);
      } else {
        const fails = exercise.attack ? [exercise.attack.says] : [...(wrong.fails ?? [])];
        expect((await failing(exercise, wrong)).sort(), `${name}: ${wrong.says}`).toEqual(fails.sort());
      }
    }
    if (exercise.kind === "predict" || exercise.kind === "spot") continue;
    expect(await failing(exercise, exercise.solution), name).toEqual([]);
    expect((await failing(exercise, {})).length, name).toBeGreaterThan(0);
  }
});

for (const kind of ["repair", "write"] as const) {
  const tag = kind === "repair" ? ["@main"] : [];
  test(`${kind}: each wrong answer fails as it says, and the solution passes`, { tag }, async ({ page }) => {
    await withoutEditor(page);
    const exercise = await open(page, names[kind]);
    for (const wrong of exercise.wrong) {
      await write(page, wrong.policies);
      await check(page);
      await expect(note(page)).toContainText("checks pass");
      const failed = widget(page).locator(".failure h4");
      await expect(failed).toHaveText(
        exercise.checks.map(({ says }) => says).filter((one) => wrong.fails?.includes(one)),
      );
      await expect(widget(page).locator(".failure").first()).toContainText("Expected:");
      await expect(widget(page).locator(".failure .verdict").first()).toBeVisible();
      await expect(widget(page).locator(".feedback h4")).toHaveText(wrong.says.replaceAll("`", ""));
    }
    await write(page, exercise.solution.policies);
    await check(page);
    await expect(note(page)).toHaveText("Solved: every check passes.");
    await expect(page.getByRole("heading", { name: "Why this works" })).toBeVisible();
    await expect(widget(page).locator(".exercise-next")).toBeVisible();
  });
}

test("any policy that does what is asked is right, and a hidden check shows itself when it fails", async ({ page }) => {
  await withoutEditor(page);
  await open(page, names.repair);
  const text = page.getByLabel("Policy DynamoDB_Boundary_Frankfurt", { exact: true });
  const hidden = widget(page).getByText("can't reach the table of the same name in us-east-1");
  await expect(hidden).toHaveCount(0);
  const statement = (resource: string): string =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Action: ["dynamodb:*Item"], Resource: resource },
    });
  await text.fill(statement("*"));
  await check(page);
  await expect(note(page)).toHaveText("3 of 3 checks pass. 1 more, not listed before, fails.");
  await expect(hidden.first()).toBeVisible();
  await expect(widget(page).locator(".feedback h4")).toContainText("Several answers fail like this");
  await text.fill(statement("arn:aws:dynamodb:eu-central-1:*:table/*"));
  await check(page);
  await expect(note(page)).toHaveText("Solved: every check passes.");
});

test("a broken policy is told with its line, and nothing is checked", async ({ page }) => {
  await withoutEditor(page);
  await open(page, names.repair);
  const text = page.getByLabel("Policy DynamoDB_Boundary_Frankfurt", { exact: true });
  await text.fill('{\n  "Version": "2012-10-17",\n  "Statement": [{ "Efect": "Allow" }]\n}');
  await expect(widget(page).locator(".policy .hint").filter({ hasText: "Line 3" })).toBeVisible();
  await check(page);
  await expect(note(page)).toContainText("Nothing is checked yet: DynamoDB_Boundary_Frankfurt, line 3");
  await expect(widget(page).locator(".exercise-outcome")).toHaveCount(0);
});

test("attack: no wrong request gets through, and the solution does", async ({ page }) => {
  const exercise = await open(page, names.attack);
  await expect(widget(page).getByText("Principal · locked")).toBeVisible();
  for (const [index, wrong] of exercise.wrong.entries()) {
    await ask(page, wrong.request);
    await check(page);
    await expect(widget(page).locator(".feedback h4")).toHaveText(wrong.says);
    const aside = "decided as wanted, but is not about what it must be about";
    await expect(note(page)).toContainText(index === 2 ? aside : "does not get through");
  }
  await ask(page, exercise.solution.request);
  await page.keyboard.press("Enter");
  await expect(note(page)).toHaveText("Solved: the request gets through.");
});

test("attack: what gets through must be worth something", async ({ page }) => {
  const exercise = await open(page, "escape-older-version");
  const then = widget(page).locator(".exercise-answer .check-item");
  await expect(then).toContainText("The application creates a user");
  const call = async (request: Request = {}): Promise<void> => {
    await page.getByLabel("Action", { exact: true }).fill(request.action ?? "");
    await page.getByLabel("Parameters, an object in JSON").fill(JSON.stringify(request.parameters));
    await check(page);
  };
  for (const wrong of exercise.wrong) {
    await call(wrong.request);
    await expect(widget(page).locator(".feedback h4")).toHaveText(wrong.says.replaceAll("`", ""));
  }
  await expect(note(page)).toHaveText("The request gets through, but what must hold then does not.");
  await expect(then).toContainText("Failed");
  await expect(widget(page).locator(".failure")).toContainText("its default version is the small one");
  const parameters = page.getByLabel("Parameters, an object in JSON");
  for (const [text, said] of [
    ['{"PolicyArn":', "The parameters are not an object in JSON yet."],
    ["[1]", "The parameters are not an object in JSON yet."],
    ['{}, "action": "iam:ListUsers"', "The parameters are not an object in JSON yet."],
    ["{}", "Nothing is checked yet: iam:SetDefaultPolicyVersion needs the parameter PolicyArn."],
  ] as const) {
    await parameters.fill(text);
    await check(page);
    await expect(note(page)).toHaveText(said);
    await expect(parameters).toHaveValue(text);
  }
  await call(exercise.solution.request);
  await expect(note(page)).toHaveText("Solved: the request gets through.");
  await expect(then).toContainText("Passed");
});

test("attack: a session is named, and other names don't get through", async ({ page }) => {
  const exercise = await open(page, "the-session-that-is-named");
  const name = page.getByLabel("Session name");
  await expect(name).toHaveValue("alice");
  for (const wrong of exercise.wrong) {
    await name.fill(wrong.request?.session?.name ?? "");
    await check(page);
    await expect(widget(page).locator(".feedback h4")).toHaveText(wrong.says);
  }
  await name.fill("nightly-export");
  await check(page);
  await expect(note(page)).toHaveText("Solved: the request gets through.");
  await page.reload();
  await expect(widget(page)).toHaveAttribute("data-state", "live");
  await expect(name).toHaveValue("nightly-export");
});

test("attack: context keys are added and removed", async ({ page }) => {
  const name = "past-the-trailing-star";
  const file = JSON.parse(readFileSync(join(repository, "content/exercises", `${name}.json`), "utf8"));
  file.attack = { allowed: ["context"], says: "The object is read", wants: "allowed" };
  file.scenario.policies["Customer-X-Boundary"].Statement[0].Resource = "*";
  file.scenario.policies.AllOfS3.Statement[0].Condition = { Bool: { "aws:MultiFactorAuthPresent": "true" } };
  await page.route(`**/exercises/${name}.json`, (route) => route.fulfill({ json: file }));
  await open(page, name);
  await check(page);
  await expect(note(page)).toHaveText("The request does not get through.");
  await page.getByRole("button", { name: "Add a context key" }).click();
  await expect(page.getByLabel("Context key 1", { exact: true })).toBeFocused();
  await page.getByLabel("Context key 1", { exact: true }).fill("aws:MultiFactorAuthPresent");
  await page.getByLabel("Value of context key 1").fill("true");
  await check(page);
  await expect(note(page)).toHaveText("Solved: the request gets through.");
  await page.getByRole("button", { name: "Remove context key 1" }).click();
  await check(page);
  await expect(note(page)).toHaveText("The request does not get through.");
});

test("predict: what is wrong stays hidden, and every wrong answer has its feedback", async ({ page }) => {
  const exercise = await open(page, names.predict);
  await check(page);
  await expect(note(page)).toContainText("Say first what is decided of request 1");
  const truth: Choice[] = [
    { request: 0, decision: "allowed" },
    { request: 1, decision: "implicitDeny", decidedBy: "permissionsBoundary" },
    { request: 2, decision: "implicitDeny", decidedBy: "identityPolicy" },
    { request: 3, decision: "implicitDeny", decidedBy: "permissionsBoundary" },
  ];
  for (const wrong of exercise.wrong) {
    for (const one of [...truth, ...(wrong.answers ?? [])]) await predict(page, one);
    await check(page);
    await expect(note(page)).toHaveText("3 of 4 predictions are right.");
    await expect(widget(page).locator(".mark-failed")).toHaveCount(1);
    await expect(widget(page).locator(".check-item .verdict")).toHaveCount(3);
    await expect(widget(page).locator(".feedback h4")).toHaveText([wrong.says.replaceAll("`", "")]);
  }
  // A denial by another layer is another answer.
  for (const one of truth) await predict(page, one);
  await predict(page, { request: 2, decision: "implicitDeny", decidedBy: "permissionsBoundary" });
  await check(page);
  await expect(note(page)).toHaveText("3 of 4 predictions are right.");
  await predict(page, truth[2] ?? {});
  await check(page);
  await expect(note(page)).toHaveText("Solved: every prediction is right.");
});

test("spot: a statement is pointed at by click and by key", async ({ page }) => {
  const exercise = await open(page, names.spot);
  for (const wrong of exercise.wrong) {
    for (const one of wrong.answers ?? []) {
      await choose(page, one);
      await expect(note(page)).toContainText("not this one");
      await expect(widget(page).locator(".feedback h4")).toHaveText(wrong.says);
    }
  }
  await page.getByRole("button", { name: "Choose Statement 2, NoS3 of DenyS3" }).focus();
  await page.keyboard.press("Enter");
  await expect(note(page)).toHaveText("Statement 2, NoS3 of DenyS3: this is it.");
  await expect(widget(page).locator(".exercise-outcome")).toContainText("Denied explicitly");
});

test("hints come one at a time, and the solution with the third", async ({ page }) => {
  const exercise = await open(page, names.write);
  const solution = page.getByRole("button", { name: "Show the solution" });
  await expect(solution).toHaveAttribute("aria-disabled", "true");
  await solution.press("Enter");
  await expect(page.getByRole("heading", { name: "Solution", exact: true })).toHaveCount(0);
  for (const at of [1, 2, 3]) {
    await page.getByRole("button", { name: `Show hint ${at} of 3` }).click();
    await expect(page.getByRole("heading", { name: `Hint ${at}` })).toBeVisible();
  }
  expect(exercise.kind).toBe("write");
  await expect(solution).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("fenceline-diff")).toContainText("CustomerXBucketOnly");
  await expect(widget(page)).toContainText("The boundary names the bucket and its objects");
});

test("an answer and what was solved are kept, counted, saved and removed", async ({ page }) => {
  await withoutEditor(page);
  const exercise = await open(page, names.repair);
  await write(page, exercise.solution.policies);
  await check(page);
  await expect(note(page)).toContainText("Solved");
  await page.reload();
  await expect(widget(page)).toHaveAttribute("data-state", "live");
  await expect(page.getByLabel("Policy DynamoDB_Boundary_Frankfurt", { exact: true })).toHaveValue(/dynamodb:GetItem/);
  await page.getByRole("button", { name: "Reset", exact: true }).click();
  await expect(page.getByLabel("Policy DynamoDB_Boundary_Frankfurt", { exact: true })).not.toHaveValue(/GetItem/);
  await page.getByRole("button", { name: "Undo reset" }).click();
  await expect(page.getByLabel("Policy DynamoDB_Boundary_Frankfurt", { exact: true })).toHaveValue(/dynamodb:GetItem/);

  await page.goto("/exercises/");
  const item = page.locator(`[data-exercise="${names.repair}"]`);
  await expect(item).toContainText("● Solved · 1 check");
  await expect(page.locator("fenceline-progress")).toContainText("1 of ");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save progress as a file" }).click(),
  ]);
  expect(readFileSync(await download.path(), "utf8")).toContain(`"name": "${names.repair}"`);
  await page.getByRole("button", { name: "Remove my progress" }).click();
  await expect(item).not.toContainText("Solved");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(item).toContainText("Solved");
  await page.getByRole("button", { name: "Remove my progress" }).click();
  await expect(item).not.toContainText("Solved");

  // The file brings it all back, the answer, too.
  const load = async (file: string | { name: string; mimeType: string; buffer: Buffer }): Promise<void> => {
    const [chooser] = await Promise.all([
      page.waitForEvent("filechooser"),
      page.getByRole("button", { name: "Load a file of progress" }).click(),
    ]);
    await chooser.setFiles(file);
  };
  const said = page.locator("fenceline-progress .exercise-note");
  const broken = {
    name: "notes.json",
    mimeType: "application/json",
    buffer: Buffer.from('{"version":1,"progress":[{}]}'),
  };
  await load(broken);
  await expect(said).toHaveText(
    "notes.json is no progress that Fenceline saved: entry 1 of progress is not as Fenceline saves it. Nothing was changed.",
  );
  await load(await download.path());
  await expect(said).toHaveText("Loaded the progress with 1 exercise.");
  await expect(item).toContainText("● Solved · 1 check");
  await open(page, names.repair);
  await expect(page.getByLabel("Policy DynamoDB_Boundary_Frankfurt", { exact: true })).toHaveValue(/dynamodb:GetItem/);
});

test("loaded progress adds to what is kept, and takes nothing away", () => {
  const one = { name: "one", hash: "0".repeat(16), solved: true, attempts: 1, hints: 3 };
  const mine = { ...one, choices: [{ request: 0, decision: "allowed" as const }] };
  const theirs = { ...one, solved: false, attempts: 4, hints: 0, choices: [] };
  const other = { ...one, name: "other", hash: "1".repeat(16) };
  expect(mergeProgress([mine], [theirs, other])).toEqual([{ ...mine, attempts: 4 }, other]);
  expect(readProgress(writeProgress([mine, other]))).toEqual([mine, other]);
  expect(readProgress(writeProgress(Array.from({ length: 1001 }, () => mine)))).toContain("at most 1000");
  for (const text of ["", "[]", '{"version":2,"progress":[]}', '{"version":1,"progress":[{"name":"../x"}]}'])
    expect(typeof readProgress(text)).toBe("string");
});

test("after an exercise comes the next one that is not solved", () => {
  const all = ["a", "b", "c"].map((name, at) => ({ name, title: name, hash: `${at}`.repeat(16) }));
  const solved = (...at: readonly number[]) =>
    at.map((n) => ({ name: "", hash: `${n}`.repeat(16), solved: true, attempts: 1, hints: 0 }));
  expect(onwardIn(all, "a", solved(0))).toEqual({ next: all[1], done: false });
  expect(onwardIn(all, "a", solved(0, 1))).toEqual({ next: all[2], done: false });
  expect(onwardIn(all, "c", solved(1, 2))).toEqual({ next: all[0], done: false });
  expect(onwardIn(all, "c", solved(0, 1, 2))).toEqual({ next: undefined, done: true });
});

test("what was chosen is kept before it is checked, and a link carries it", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, names.predict);
  await predict(page, { request: 0, decision: "allowed" });
  await predict(page, { request: 1, decision: "implicitDeny", decidedBy: "permissionsBoundary" });
  const chosen = (at: number, group: string) =>
    page.getByRole("radiogroup", { name: `${group} request ${at + 1}` }).locator("input:checked");
  const stands = async (): Promise<void> => {
    await expect(chosen(0, "Decision of")).toHaveValue("allowed");
    await expect(chosen(1, "Layer that settles")).toHaveValue("permissionsBoundary");
    await expect(chosen(2, "Decision of")).toHaveCount(0);
  };
  await page.reload();
  await stands();
  await page.getByRole("button", { name: "Copy link" }).click();
  await expect(note(page)).toContainText("Copied a link");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  // Reset forgets it; the link still has it, and takes nothing from what is kept.
  await page.getByRole("button", { name: "Reset", exact: true }).click();
  await expect(chosen(0, "Decision of")).toHaveCount(0);
  await page.reload();
  await expect(widget(page)).toHaveAttribute("data-state", "live");
  await expect(chosen(0, "Decision of")).toHaveCount(0);
  await page.goto("/exercises/");
  await page.goto(link);
  await stands();
  await expect(page.getByText("From a link. Your own answer is kept.")).toBeVisible();

  const spot = await open(page, names.spot);
  const wrong = spot.wrong[0]?.answers?.[0] ?? {};
  await choose(page, wrong);
  await expect(note(page)).toContainText("not this one");
  await page.getByRole("button", { name: "Copy link" }).click();
  await expect(note(page)).toContainText("Copied a link");
  const pointed = await page.evaluate(() => navigator.clipboard.readText());
  await page.goto("/exercises/");
  await page.evaluate(() => localStorage.clear());
  await page.goto(pointed);
  await expect(page.locator(".spot-statement.chosen")).toContainText(`Statement ${(wrong.index ?? 0) + 1}`);
  await expect(widget(page).locator(".exercise-outcome")).toHaveCount(0);

  // What can't be read, or fits nothing here, is told.
  for (const broken of ["garbage", '[{"index":-1}]', '[{"policy":"Other","index":9}]']) {
    await page.goto("/exercises/");
    await page.goto(`${pointed.split("&")[0]}&choices=${encodeURIComponent(broken)}`);
    await expect(note(page)).toContainText("can't be read or does not fit this exercise");
    await expect(page.locator(".spot-statement.chosen")).toHaveCount(0);
  }
});

test("a predicted request shows all that it is decided on", async ({ page }) => {
  await open(page, "who-wears-what");
  const last = widget(page).locator(".check-item").last();
  await expect(last.locator("dt")).toHaveText(["Principal", "Principal's tags", "Session tags", "Action", "Resource"]);
  await expect(last.locator("dd").nth(1)).toHaveText("customer=x");
  await expect(last.locator("dd").nth(2)).toHaveText("customer=y");
  await open(page, "mfa-three-states");
  await expect(widget(page).locator(".check-item").first()).toContainText("aws:MultiFactorAuthPresent=false");
});

test("a corrected exercise begins afresh and offers the answer from before", async ({ page }) => {
  await withoutEditor(page);
  const { solution } = fileOf(names.repair);
  const policies = Object.entries(solution.policies ?? {}).map(([name, document]) => ({
    name,
    text: JSON.stringify(document),
  }));
  const earlier = { name: names.repair, hash: "0123456789abcdef", solved: true, attempts: 2, hints: 0, policies };
  await page.addInitScript((kept) => {
    localStorage.setItem("fenceline.exercise.1.0123456789abcdef", JSON.stringify(kept));
  }, earlier);
  await open(page, names.repair);
  const text = page.getByLabel("Policy DynamoDB_Boundary_Frankfurt", { exact: true });
  await expect(text).not.toHaveValue(/GetItem/);
  await page.getByRole("button", { name: "Bring your answer back" }).click();
  await expect(text).toHaveValue(/GetItem/);
  await check(page);
  await expect(note(page)).toContainText("Solved");
});

test("a link carries an attempt, and says when it changes what is locked", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await withoutEditor(page);
  const exercise = await open(page, names.repair);
  await write(page, exercise.wrong[0]?.policies);
  await page.getByRole("button", { name: "Copy link" }).click();
  await expect(note(page)).toContainText("Copied a link");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toContain(`${pathOf(names.repair)}#v1.`);
  await page.goto("/exercises/");
  await page.goto(link);
  await expect(page.getByText("From a link. Your own answer is kept.")).toBeVisible();
  await expect(page.getByLabel("Policy DynamoDB_Boundary_Frankfurt", { exact: true })).toHaveValue(/AllOfDynamoDB/);
  await expect(widget(page).locator(".notice")).not.toContainText("locked");

  const { encodeLink } = await import("../src/model/permalink.ts");
  const changed = exercise.start.policies.map((one) =>
    one.name === "MyTestApp_DDB_Permissions"
      ? { ...one, text: one.text.replace("dynamodb:*", "dynamodb:GetItem") }
      : one,
  );
  await page.goto("/exercises/");
  await page.goto(`${pathOf(names.repair)}${String(await encodeLink({ ...exercise.start, policies: changed }))}`);
  await expect(widget(page).locator(".notice")).toContainText(
    "It changes what is locked in the exercise (MyTestApp_DDB_Permissions)",
  );
  await page.goto("/exercises/");
  await page.goto(`${pathOf(names.repair)}#v1.damaged`);
  await expect(note(page)).toContainText("This link is damaged");
});

test("the keyboard alone edits, checks and takes hints; the editor comes with the focus", async ({ page }) => {
  const exercise = await open(page, names.repair);
  await expect(page.locator("fenceline-editor")).toHaveCount(0);
  await page.getByLabel("Policy DynamoDB_Boundary_Frankfurt", { exact: true }).focus();
  const editor = page.locator("fenceline-editor .cm-content");
  await expect(editor).toBeFocused();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(JSON.stringify(Object.values(exercise.solution.policies ?? {})[0]));
  const tabTo = async (name: string): Promise<void> => {
    const target = page.getByRole("button", { name, exact: true });
    for (let n = 0; n < 12 && !(await target.evaluate((one) => one === document.activeElement)); n++)
      await page.keyboard.press("Tab");
    await expect(target).toBeFocused();
  };
  await tabTo("Check");
  await page.keyboard.press("Enter");
  await expect(note(page)).toHaveText("Solved: every check passes.");
  await tabTo("Show hint 1 of 3");
  await page.keyboard.press("Space");
  await expect(page.getByRole("heading", { name: "Hint 1" })).toBeVisible();
});

for (const { width, colorScheme } of looks) {
  test.describe(`${width} px, ${colorScheme}`, () => {
    test.use({ viewport: { width, height: 844 }, colorScheme });

    test("axe finds nothing on the list", async ({ page }) => {
      await page.goto("/exercises/");
      await expect(page.locator("fenceline-progress")).toContainText("solved");
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    });

    for (const [kind, name] of Object.entries(looked)) {
      test(`axe finds nothing on ${kind}, before and after a check`, async ({ page }) => {
        const exercise = await open(page, name);
        const looks = async (): Promise<void> => {
          expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        };
        await looks();
        if (kind === "predict")
          for (const at of [0, 1, 2, 3]) await predict(page, { request: at, decision: "implicitDeny" });
        if (kind === "spot") await choose(page, exercise.wrong[0]?.answers?.[0] ?? {});
        else await check(page);
        await expect(widget(page).locator(".exercise-outcome")).toBeVisible();
        for (const at of [1, 2, 3]) await page.getByRole("button", { name: `Show hint ${at} of 3` }).click();
        await page.getByRole("button", { name: "Show the solution" }).click();
        await looks();
      });
    }
  });
}

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("an exercise is read with its hints and its solution", async ({ page }) => {
    for (const name of Object.values(names)) {
      await page.goto(pathOf(name));
      await expect(page.getByRole("heading", { name: "Policies" })).toBeVisible();
      await page.getByText("Hint 1 of 3").click();
      await expect(page.locator("details[open]")).toHaveCount(1);
      await page.getByText("Solution", { exact: true }).click();
      await expect(page.getByRole("heading", { name: "What to take away" })).toBeVisible();
    }
    await page.goto("/exercises/");
    await expect(page.locator(".exercise-list li").first()).toBeVisible();
  });
});

test("at 360 px nothing is wider than the window", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 640 });
  for (const name of Object.values(names)) {
    await open(page, name);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBeLessThanOrEqual(360);
  }
});
