// Simulating in the account's page: the workbench on a principal, who can do something, and two principals compared.

import { readFileSync } from "node:fs";
import { AxeBuilder } from "@axe-core/playwright";
import type { Download, Locator, Page } from "@playwright/test";
import { expect, looks, mortalEngines, test } from "./playground.ts";

const alex = "arn:aws:iam::111122223333:user/Alex";
const blake = "arn:aws:iam::111122223333:user/contractors/Blake";

async function openSample(page: Page): Promise<void> {
  await page.goto("/account/");
  await page.getByRole("button", { name: "Try the sample account" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "Account 111122223333" })).toBeVisible();
}

const every = (page: Page): Locator => page.getByRole("region", { name: "Every action" });
const rows = (page: Page): Locator =>
  every(page)
    .locator("tbody tr")
    .filter({ has: page.getByRole("button", { name: /^Why: / }) });
const decision = (page: Page): Locator => page.getByRole("region", { name: "Decision" });
const headline = (page: Page): Locator => decision(page).locator(".headline").first();
const counts = (page: Page): Locator => every(page).getByRole("list", { name: "Counts" });
const tick = (page: Page, policy: string): Locator =>
  page.getByRole("region", { name: "What if" }).getByRole("checkbox", { name: policy });
const editor = (page: Page, policy: string): Locator =>
  page.getByRole("textbox", { name: `Policy ${policy}`, exact: true });

async function simulate(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name, exact: true }).click();
  await page.getByRole("button", { name: "Open the workbench" }).click();
  await expect(counts(page)).toBeVisible();
}

async function service(page: Page, prefix: string): Promise<void> {
  await every(page)
    .getByRole("combobox", { name: /^Service/ })
    .selectOption(prefix);
}

/** The answers that stand in the table's rows, each once. */
const answersOf = async (page: Page): Promise<string[]> => [
  ...new Set((await rows(page).locator(".verdict").allInnerTexts()).map((text) => text.replace(/^\S+\s+/, ""))),
];

async function read(download: Download): Promise<string> {
  return readFileSync(await download.path(), "utf8");
}

const stored = (page: Page): Promise<string> =>
  page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));

test(
  "all of S3 is denied to Alex by one statement, which a click shows, and allowed without its policy",
  { tag: "@main" },
  async ({ page }) => {
    await openSample(page);
    await simulate(page, "Alex");
    await service(page, "s3");
    expect(await answersOf(page)).toEqual(["Denied explicitly"]);
    await expect(rows(page).first()).toContainText("user/Alex/DenyS3: NoS3, line 4");

    await every(page).getByRole("button", { name: "Why: s3:GetObject", exact: true }).click();
    await expect(page.locator("#decision")).toBeFocused();
    await expect(headline(page)).toContainText("Denied explicitly");
    await expect(decision(page)).toContainText("s3:GetObject");

    await rows(page)
      .first()
      .getByRole("button", { name: /NoS3, line 4/ })
      .click();
    await expect(editor(page, "user/Alex/DenyS3")).toBeFocused();
    await expect(editor(page, "user/Alex/DenyS3")).toBeInViewport();
    await page.keyboard.type("x");
    await expect(editor(page, "user/Alex/DenyS3").locator(".cm-line", { hasText: "x{" })).toBeVisible();
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await expect(headline(page)).toContainText("Denied explicitly");

    await expect(page.getByText("This is the account as it is.")).toBeVisible();
    await tick(page, "DenyS3").uncheck();
    await expect(headline(page)).toContainText("Allowed");
    await expect.poll(() => answersOf(page)).toEqual(["Allowed"]);
    await expect(page.getByText("This is a what-if")).toBeVisible();
    await tick(page, "DenyS3").check();
    await expect(headline(page)).toContainText("Denied explicitly");
    await expect.poll(() => answersOf(page)).toEqual(["Denied explicitly"]);
    expect(await stored(page)).not.toContain("111122223333");
  },
);

test("an edit is a what-if that can be undone, and goes back to the account with the request kept", async ({
  page,
}) => {
  await openSample(page);
  await simulate(page, "Alex");
  const back = page.getByRole("button", { name: "Back to the account as it is" });
  await expect(back).toBeDisabled();
  const line = editor(page, "user/Alex/DenyS3").locator(".cm-line", { hasText: '"s3:*"' });
  await line.getByText('"s3:*"', { exact: true }).click();
  await page.keyboard.press("Home");
  await page.keyboard.press("Shift+End");
  await page.keyboard.type('"Action": "s3:Put*",');
  await expect(headline(page)).toContainText("Allowed");
  const request = page.getByRole("region", { name: "Request", exact: true });
  await request.getByLabel("Action", { exact: true }).fill("s3:GetBucketPolicy");
  await expect(back).toBeEnabled();
  await back.click();
  await expect(back).toBeDisabled();
  await expect(headline(page)).toContainText("Denied explicitly");
  await expect(request.getByLabel("Action", { exact: true })).toHaveValue("s3:GetBucketPolicy");
  await expect(page.locator("#what-if")).toBeFocused();
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(headline(page)).toContainText("Allowed");
  expect(await stored(page)).not.toContain("111122223333");
});

test("what was tried is there again after the list, and goes to the playground as it is", async ({ page, context }) => {
  await openSample(page);
  await simulate(page, "Alex");
  await tick(page, "DenyS3").uncheck();
  await expect(headline(page)).toContainText("Allowed");
  await page.getByRole("button", { name: "All users, groups and roles" }).click();
  await page.getByRole("button", { name: "Alex", exact: true }).click();
  await expect(tick(page, "DenyS3")).not.toBeChecked();
  const [opened] = await Promise.all([
    context.waitForEvent("page"),
    page.getByRole("link", { name: /^Open in the playground/ }).click(),
  ]);
  await expect(opened.locator("#decision .headline").first()).toContainText("Allowed");
  await expect(opened.getByText(/Left out: every request is decided as if it were not/)).toBeVisible();
});

test("a boundary that is left out limits no more, and a group offers its members", async ({ page }) => {
  await openSample(page);
  await page.getByRole("button", { name: "Developers", exact: true }).click();
  const simulation = page.getByRole("region", { name: "Simulate" });
  await expect(simulation).toContainText("A group makes no requests");
  await simulation.getByRole("button", { name: "Blake" }).click();
  await page.getByRole("button", { name: "Open the workbench" }).click();
  const request = page.getByRole("region", { name: "Request", exact: true });
  await request.getByLabel("Action", { exact: true }).fill("dynamodb:DeleteItem");
  await request.getByLabel("Resource", { exact: true }).fill("arn:aws:dynamodb:eu-central-1:111122223333:table/Books");
  await expect(headline(page)).toContainText("no permissions boundary allows it");
  await expect(page.getByRole("region", { name: "What if" })).toContainText("permissions boundary of the user Blake");
  await tick(page, "DynamoDB_Boundary_Frankfurt").uncheck();
  await expect(headline(page)).toContainText("Allowed");
});

test("a bucket's own policy counts, and a role that is named is brought along", async ({ page }) => {
  await page.goto("/account/");
  const policy = {
    Version: "2012-10-17",
    Statement: [
      { Sid: "All", Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::books/*" },
    ],
  };
  const seed = readFileSync(new URL("../../content/accounts/simulator.json", import.meta.url));
  await page.getByLabel("Open files;").setInputFiles([
    { name: "simulator.json", mimeType: "application/json", buffer: seed },
    {
      name: "get-bucket-policy-books.json",
      mimeType: "application/json",
      buffer: Buffer.from(JSON.stringify({ Policy: JSON.stringify(policy) })),
    },
  ]);
  await simulate(page, "Blake");
  const request = page.getByRole("region", { name: "Request", exact: true });
  await request.getByLabel("Action", { exact: true }).fill("s3:GetObject");
  await request.getByLabel("Resource", { exact: true }).fill("arn:aws:s3:::books/list.txt");
  await expect(headline(page)).toContainText("Allowed");
  await expect(page.getByRole("region", { name: "What if" })).toContainText(
    "resource-based policy of arn:aws:s3:::books",
  );

  await request.getByLabel("Action", { exact: true }).fill("sts:AssumeRole");
  await request.getByLabel("Resource", { exact: true }).fill("arn:aws:iam::111122223333:role/MyTestAppRole");
  await page.getByRole("button", { name: "Bring it along" }).click();
  await expect(page.getByRole("button", { name: "Bring it along" })).toHaveCount(0);
  await expect(page.getByRole("region", { name: "What if" })).toContainText(
    "role trust policy of the role MyTestAppRole",
  );
  // What comes from the account is no change of it.
  await expect(page.getByText("This is the account as it is.")).toBeVisible();
});

/** Asks everybody about an action. */
async function askEverybody(page: Page, action: string, resource: string): Promise<Locator> {
  await page.getByRole("button", { name: "Ask everybody …" }).click();
  await page.getByRole("combobox", { name: "Action" }).fill(action);
  await page.getByLabel("Resource", { exact: true }).fill(resource);
  await page.getByRole("button", { name: "Ask everybody", exact: true }).click();
  const table = page.getByRole("region", { name: "Users and roles" });
  await expect(table).toBeVisible();
  return table;
}

test("who can read an object: everybody with the cause, filtered, saved, and asked again in the workbench", async ({
  page,
}) => {
  await openSample(page);
  const table = await askEverybody(page, "s3:GetObject", "arn:aws:s3:::books/list.txt");
  const line = (name: string): Locator =>
    table.getByRole("row").filter({ has: page.getByRole("button", { name: `Why: ${name}`, exact: true }) });
  await expect(table.locator("tbody tr")).toHaveCount(5);
  await expect(line("Alex")).toContainText("Denied explicitly");
  await expect(line("Alex")).toContainText("user/Alex/DenyS3: NoS3, line 4");
  await expect(line("Blake")).toContainText("Denied implicitly");
  await expect(line("Blake")).toContainText("no identity-based policy allows it");
  await expect(line("LogShipper")).toContainText("Not evaluated");
  await expect(line("LogShipper")).toContainText("CloudWatchAgentServerPolicy");

  const answers = page.locator("fenceline-who").getByRole("list", { name: "Counts" });
  await expect(answers.getByRole("button", { name: "Denied 4" })).toBeVisible();
  await answers.getByRole("button", { name: "Not decided 1" }).click();
  await expect(table.locator("tbody tr")).toHaveCount(1);
  await answers.getByRole("button", { name: "Not decided 1" }).click();
  await page.getByLabel("Search by name, policy or statement").fill("denys3");
  await expect(table.locator("tbody tr")).toHaveCount(1);

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save as CSV" }).click(),
  ]);
  expect(await read(download)).toBe(
    "action,resource,principal,decision,decidedBy,statements,dependsOn,error\r\n" +
      `s3:GetObject,arn:aws:s3:::books/list.txt,${alex},explicitDeny,identityPolicy,user/Alex/DenyS3#NoS3,,\r\n`,
  );

  await line("Alex").getByRole("button").click();
  await expect(page.getByRole("heading", { level: 2, name: "Alex" })).toBeVisible();
  await expect(headline(page)).toContainText("Denied explicitly");
  await expect(page.locator("#decision")).toBeFocused();
  const request = page.getByRole("region", { name: "Request", exact: true });
  await expect(request.getByLabel("Resource", { exact: true })).toHaveValue("arn:aws:s3:::books/list.txt");
  await page.goBack();
  // What was asked is still there.
  await expect(table.locator("tbody tr")).toHaveCount(1);
  expect(await stored(page)).not.toContain("111122223333");
});

test("an action is found by its words, and everybody is asked by the keyboard", async ({ page }) => {
  await openSample(page);
  await page.getByRole("button", { name: "Ask everybody …" }).click();
  const action = page.getByRole("combobox", { name: "Action" });
  await action.click();
  await action.pressSequentially("dynamodb putitem");
  await expect(page.getByRole("option", { name: /^dynamodb:PutItem / })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(action).toHaveValue("dynamodb:PutItem");
  await expect(page.getByLabel("Resource", { exact: true })).toBeFocused();
  await page.keyboard.type("arn:aws:dynamodb:eu-central-1:111122223333:table/Books");
  await page.keyboard.press("Enter");
  const answers = page.locator("fenceline-who").getByRole("list", { name: "Counts" });
  await expect(answers.getByRole("button", { name: "Allowed 3" })).toBeVisible();
});

test("a context decides, in the workbench too", async ({ page }) => {
  const allow = (condition: object): object => ({
    Version: "2012-10-17",
    Statement: [{ Sid: "WithMFA", Effect: "Allow", Action: "s3:GetObject", Resource: "*", Condition: condition }],
  });
  const user = (name: string, document: object): object => ({
    Path: "/",
    UserName: name,
    UserId: `AIDA${name}`,
    Arn: `arn:aws:iam::111122223333:user/${name}`,
    UserPolicyList: [{ PolicyName: "own", PolicyDocument: document }],
    GroupList: [],
    AttachedManagedPolicies: [],
  });
  const users = [user("Kim", allow({ Bool: { "aws:MultiFactorAuthPresent": "true" } })), user("Lee", allow({}))];
  const account = JSON.stringify({ UserDetailList: users, GroupDetailList: [], RoleDetailList: [], Policies: [] });
  await page.goto("/account/");
  await page
    .getByLabel("Open files;")
    .setInputFiles({ name: "account.json", mimeType: "application/json", buffer: Buffer.from(account) });
  const table = await askEverybody(page, "s3:GetObject", "arn:aws:s3:::books/list.txt");
  await expect(table.getByRole("row").filter({ hasText: "Kim" })).toContainText("Denied implicitly");
  await expect(table.getByRole("row").filter({ hasText: "Lee" })).toContainText("own: WithMFA, line");
  await page.getByLabel("Key of entry 1 of the context").fill("aws:MultiFactorAuthPresent");
  await page.getByLabel("Value of entry 1 of the context").fill("true");
  await page.getByRole("button", { name: "Ask everybody", exact: true }).click();
  await expect(table.getByRole("row").filter({ hasText: "Kim" })).toContainText("Allowed");
  // The workbench is asked with the same context.
  await table.getByRole("button", { name: "Why: Kim" }).click();
  await expect(headline(page)).toContainText("Allowed");
  await expect(page.getByRole("textbox", { name: "Key aws:MultiFactorAuthPresent" })).toBeVisible();
});

/** An account of so many users, of whom every other one may read one bucket. */
function crowd(users: number): Buffer {
  const allow = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::books/*" }],
  };
  const list = Array.from({ length: users }, (_, at) => ({
    Path: "/",
    UserName: `user-${at}`,
    UserId: `AIDA${at}`,
    Arn: `arn:aws:iam::111122223333:user/user-${at}`,
    GroupList: [],
    UserPolicyList: at % 2 === 0 ? [{ PolicyName: "own", PolicyDocument: allow }] : [],
    AttachedManagedPolicies: [],
    Tags: [],
  }));
  return Buffer.from(JSON.stringify({ UserDetailList: list, GroupDetailList: [], RoleDetailList: [], Policies: [] }));
}

test.describe("5,000 users", () => {
  test.slow();

  test("are asked with progress while the page answers, and the asking can be cancelled", async ({ page }) => {
    await page.goto("/account/");
    await page
      .getByLabel("Open files;")
      .setInputFiles({ name: "crowd.json", mimeType: "application/json", buffer: crowd(5000) });
    await expect(page.getByText("5,000 users, 0 groups, 0 roles")).toBeVisible({ timeout: 60_000 });
    await page.evaluate(() => {
      const watch = { longest: 0, last: performance.now() };
      Object.assign(window, { watch });
      setInterval(() => {
        const now = performance.now();
        watch.longest = Math.max(watch.longest, now - watch.last);
        watch.last = now;
      }, 10);
    });
    const table = await askEverybody(page, "s3:GetObject", "arn:aws:s3:::books/list.txt");
    await page.getByRole("button", { name: "Cancel" }).click();
    await expect(page.getByText(/^Cancelled: only [\d,]+ of 5,000 were asked\.$/)).toBeVisible();
    await page.getByRole("button", { name: "Ask everybody", exact: true }).click();
    const answers = page.locator("fenceline-who").getByRole("list", { name: "Counts" });
    await expect(answers.getByRole("button", { name: "Allowed 2,500" })).toBeVisible({ timeout: 60_000 });
    await expect(page.getByRole("progressbar")).toHaveCount(0);
    await answers.getByRole("button", { name: /^✖ Denied|Denied/ }).click();
    await expect(table.locator("tbody tr")).toHaveCount(100);
    await page.getByLabel("Search by name, policy or statement").fill("user-4907");
    await expect(table.locator("tbody tr")).toHaveCount(1);
    // Two cores are shared with whatever else runs; a page that froze would be silent for seconds.
    expect(
      (await page.evaluate(() => (window as unknown as { watch: { longest: number } }).watch)).longest,
    ).toBeLessThan(1500);
  });
});

/** How many actions differ, as the page counts them. */
async function differences(page: Page): Promise<{ gained: number; lost: number }> {
  const text = (await every(page).locator(".every-difference").innerText()).replaceAll(",", "");
  return { gained: Number(/(\d+) gained/.exec(text)?.[1]), lost: Number(/(\d+) lost/.exec(text)?.[1]) };
}

test("two principals are compared, from either side", async ({ page }) => {
  await openSample(page);
  await simulate(page, "Alex");
  await every(page).getByRole("button", { name: "Compare with this from now on" }).click();
  await expect(every(page)).toContainText("Against before: 0 gained, 0 lost");
  await page.getByRole("button", { name: "All users, groups and roles" }).click();
  await simulate(page, "Blake");
  await expect(every(page)).toContainText(`Against ${alex}:`);
  const after = await differences(page);
  expect(after.gained).toBe(0);
  expect(after.lost).toBeGreaterThan(20_000);
  await every(page).getByLabel("Only these").check();
  await service(page, "ec2");
  await expect(rows(page).first()).toContainText("lost, was: Allowed always");
  await every(page).getByRole("button", { name: "End the comparison" }).click();
  await expect(every(page).locator(".every-difference")).toHaveCount(0);

  // From the other side, by name: what one lost the other gained.
  await page.getByRole("button", { name: "All users, groups and roles" }).click();
  await page.getByRole("button", { name: "Alex", exact: true }).click();
  await page.getByLabel("Compare with another principal").fill("nobody");
  await page.getByRole("button", { name: "Compare", exact: true }).click();
  await expect(page.getByText("This names no other user or role")).toBeVisible();
  await page.getByLabel("Compare with another principal").fill("Blake");
  await page.keyboard.press("Enter");
  await expect(every(page)).toContainText(`Against ${blake}:`);
  expect(await differences(page)).toEqual({ gained: after.lost, lost: after.gained });
});

test("another principal is asked on the table's resources, of which each is counted", async ({ page }) => {
  await openSample(page);
  await simulate(page, "Blake");
  await every(page)
    .getByLabel(/^Resources, one a line/)
    .fill("arn:aws:dynamodb:eu-central-1:111122223333:table/Books\narn:aws:iam::111122223333:role/LogShipper");
  // The role that the table asks about stands in the account with a policy of its own.
  await page.getByRole("button", { name: "Bring it along" }).click();
  await expect(page.getByRole("button", { name: "Bring it along" })).toHaveCount(0);
  await page.getByLabel("Compare with another principal").fill("Alex");
  await page.getByRole("button", { name: "Compare", exact: true }).click();
  await expect(every(page)).toContainText(`Against ${alex}:`);
  expect((await differences(page)).lost).toBeGreaterThan(1000);
  await every(page).getByLabel("Only these").check();
  await service(page, "dynamodb");
  await expect(every(page).getByRole("button", { name: "Why: dynamodb:DeleteTable", exact: true })).toBeVisible();
});

test("an engine that dies is given the catalogue and the account again", async ({ page }) => {
  const kill = await mortalEngines(page);
  await openSample(page);
  await simulate(page, "Alex");
  const before = await counts(page).innerText();
  await kill();
  await tick(page, "DenyS3").uncheck();
  await expect(headline(page)).toContainText("Allowed");
  await expect(counts(page)).not.toHaveText(before);
  await page.getByLabel("Compare with another principal").fill("Blake");
  await page.getByRole("button", { name: "Compare", exact: true }).click();
  await expect(every(page)).toContainText(`Against ${blake}:`);
});

for (const { width, colorScheme } of looks) {
  test.describe(`${width} px, ${colorScheme}`, () => {
    test.use({ viewport: { width, height: 844 }, colorScheme });

    test("axe finds nothing, and nothing is wider than the window", async ({ page }) => {
      const fits = async (): Promise<void> => {
        expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      };
      await openSample(page);
      await askEverybody(page, "s3:GetObject", "arn:aws:s3:::books/list.txt");
      await fits();
      await simulate(page, "Alex");
      await tick(page, "DenyS3").uncheck();
      await expect(headline(page)).toContainText("Allowed");
      await page.getByLabel("Compare with another principal").fill("Blake");
      await page.getByRole("button", { name: "Compare", exact: true }).click();
      await service(page, "s3");
      await expect(rows(page).first()).toContainText("gained");
      await fits();
    });
  });
}

test("the keyboard alone opens the workbench, leaves a policy out and asks why", async ({ page }) => {
  await openSample(page);
  await page.getByRole("button", { name: "Alex", exact: true }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "All users, groups and roles" })).toBeFocused();
  await page.getByRole("button", { name: "Open the workbench" }).focus();
  await page.keyboard.press("Enter");
  await expect(counts(page)).toBeVisible();
  await page.keyboard.press("Tab");
  while (!(await tick(page, "DenyS3").evaluate((box) => box === document.activeElement)))
    await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await expect(tick(page, "DenyS3")).not.toBeChecked();
  await expect(tick(page, "DenyS3")).toBeFocused();
  await expect(headline(page)).toContainText("Allowed");
  await every(page)
    .getByRole("button", { name: /^Why: / })
    .first()
    .focus();
  await page.keyboard.press("Enter");
  await expect(page.locator("#decision")).toBeFocused();
});
