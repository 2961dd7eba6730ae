// Reading an AWS account: by file, by paste, percent-encoded, large; and looking at what is in it.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Locator, Page, TestInfo } from "@playwright/test";
import { repository } from "./engine.ts";
import { expect, looks, mortalEngines, test } from "./playground.ts";

const seed = readFileSync(join(repository, "content", "accounts", "simulator.json"), "utf8");

/** The seed with its documents as the interface itself answers them. */
function percentEncoded(): string {
  const encode = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null) return value;
    if ("Statement" in value) return encodeURIComponent(JSON.stringify(value));
    if (Array.isArray(value)) return value.map(encode);
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, encode(one)]));
  };
  return JSON.stringify(encode(JSON.parse(seed)));
}

test.use({ actionTimeout: 15_000 });

const file = (name: string, text: string | Buffer): { name: string; mimeType: string; buffer: Buffer } => ({
  name,
  mimeType: "application/json",
  buffer: Buffer.from(text),
});

const files = (page: Page): Locator => page.getByLabel("Open files;");
const account = (page: Page): Locator => page.getByRole("heading", { level: 2, name: /^Account/ });
const principals = (page: Page): Locator => page.getByRole("list", { name: "Users, groups and roles" });

async function open(page: Page): Promise<void> {
  await page.goto("/account/");
  await expect(page.getByRole("button", { name: "Try the sample account" })).toBeVisible();
}

async function openSeed(page: Page): Promise<void> {
  await open(page);
  await files(page).setInputFiles(file("simulator.json", seed));
  await expect(account(page)).toHaveText("Account 111122223333");
}

async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name, exact: true }).click();
  await expect(page.getByRole("heading", { level: 2, name })).toBeVisible();
}

/** What must be seen of Alex, whichever way the account was given. */
async function seeAlex(page: Page): Promise<void> {
  await expect(account(page)).toHaveText("Account 111122223333");
  await page.getByLabel("Find by name, tag, group or policy").fill("platform denys3");
  await expect(principals(page).getByRole("listitem")).toHaveCount(1);
  await choose(page, "Alex");
  const policies = page.getByRole("region", { name: "Policies" }).locator("summary");
  await expect(policies).toHaveCount(2);
  await expect(policies.nth(0)).toContainText(/DenyS3\s+inline/);
  await expect(policies.nth(1)).toContainText(/AdministratorAccess\s+AWS managed\s+attached to the group Admins/);
  await policies.nth(0).click();
  await expect(page.getByRole("textbox", { name: "Policy user/Alex/DenyS3" })).toContainText('"Sid": "NoS3"');
}

test("a file is read, and Alex is found with his policies and their origin", { tag: "@main" }, async ({ page }) => {
  await open(page);
  await files(page).setInputFiles(file("simulator.json", seed));
  await seeAlex(page);
  // The text is only read.
  const text = page.getByRole("textbox", { name: "Policy user/Alex/DenyS3" });
  await expect(text).toHaveAttribute("aria-readonly", "true");
  await text.click();
  await page.keyboard.type("x");
  await expect(text).not.toContainText("x");
});

test("what is pasted is read, below its command's line", async ({ page }) => {
  await open(page);
  await page.getByLabel("Or paste what").fill(`$ aws iam get-account-authorization-details\n${seed}`);
  await page.getByRole("button", { name: "Read what is pasted" }).click();
  await seeAlex(page);
});

test("percent-encoded documents and UTF-16 files are read", async ({ page }) => {
  await open(page);
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(percentEncoded(), "utf16le")]);
  await files(page).setInputFiles(file("encoded.json", utf16));
  await seeAlex(page);
});

test("what was not used and what is missing is listed", async ({ page }) => {
  await open(page);
  const strange = seed.replace('"UserName": "Alex"', '"Vault": true, "UserName": "Alex"');
  await files(page).setInputFiles([file("a.json", strange), file("b.json", '{"Buckets": []}\n{"Roles": [')]);
  await page.getByText("4 parts were not used").click();
  const report = page.locator(".report", { hasText: "parts were not used" });
  await expect(report).toContainText("a.json, line 3");
  await expect(report).toContainText("Vault is not known here");
  await expect(report).toContainText("InstanceProfileList: instance profiles take no part in decisions");
  await expect(report).toContainText("b.json, line 1 The output with Buckets is not read here");
  await expect(report).toContainText("b.json, line 2 The text ends here");
  await page.getByText("1 document is missing").click();
  await expect(page.locator(".report", { hasText: "document is missing" })).toContainText(
    "aws iam get-policy-version --policy-arn arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy",
  );
  await page.getByLabel("with a missing document").check();
  await expect(principals(page).getByRole("button")).toHaveText(["LogShipper"]);
});

test("what is no account says why at once", async ({ page }) => {
  await open(page);
  await page.getByLabel("Or paste what").fill('{"UserDetailList": [');
  await page.getByRole("button", { name: "Read what is pasted" }).click();
  await expect(page.getByText("The text ends here")).toBeVisible();
  await expect(page.getByText(/, line 1$/)).toBeVisible();
});

test("a missing document is added afterwards, below its command's line", async ({ page }) => {
  await openSeed(page);
  const version = { PolicyVersion: { Document: { Version: "2012-10-17", Statement: [] }, IsDefaultVersion: true } };
  await page.getByRole("button", { name: "Add files" }).click();
  await page
    .getByLabel("Or paste what")
    .fill(
      `aws iam get-policy-version --policy-arn arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy --version-id v3\n${JSON.stringify(version)}`,
    );
  await page.getByRole("button", { name: "Read what is pasted" }).click();
  await expect(account(page)).toHaveText("Account 111122223333");
  await expect(page.getByText("document is missing")).toHaveCount(0);
});

test("filters and kinds, and groups show their members", async ({ page }) => {
  await openSeed(page);
  await page.getByRole("radio", { name: "roles" }).check({ force: true });
  await expect(principals(page).getByRole("button")).toHaveText([
    "AWSServiceRoleForSupport",
    "LogShipper",
    "MyTestAppRole",
  ]);
  await page.getByLabel("with a boundary").check();
  await expect(principals(page).getByRole("button")).toHaveText(["MyTestAppRole"]);
  await page.getByLabel("with a boundary").uncheck();
  await page.getByLabel("with inline policies").check();
  await expect(principals(page).getByRole("button")).toHaveText(["AWSServiceRoleForSupport"]);
  await page.getByLabel("with inline policies").uncheck();
  await page.getByRole("radio", { name: "groups" }).check({ force: true });
  await choose(page, "Admins");
  await page.getByRole("region", { name: "Members" }).getByRole("button", { name: "Alex" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "Alex" })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("heading", { level: 2, name: "Admins" })).toBeVisible();
  await page.goBack();
  await expect(principals(page)).toBeVisible();
  // No name of the account is ever in the address, which browsers keep and synchronise.
  expect(new URL(page.url()).pathname + new URL(page.url()).hash).toBe("/account/");
});

test("a role shows its boundary, its trust and its tags", async ({ page }) => {
  await openSeed(page);
  await choose(page, "MyTestAppRole");
  await expect(page.getByRole("region", { name: "Permissions boundary" })).toContainText("DynamoDB_Boundary_Frankfurt");
  const trust = page.getByRole("region", { name: "Who may assume it" });
  await trust.locator("summary").click();
  await expect(trust.getByRole("textbox")).toContainText("ec2.amazonaws.com");
  await expect(page.getByRole("region", { name: "Tags" })).toContainText("MyTestApp");
});

test("the organization's policies show their level", async ({ page }) => {
  const full = {
    Id: "p-FullAWSAccess",
    Arn: "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess",
    Name: "FullAWSAccess",
    Type: "SERVICE_CONTROL_POLICY",
  };
  const root = { Id: "r-abcd", Arn: "arn:aws:organizations::999999999999:root/o-exampleorgid/r-abcd", Name: "Root" };
  const outputs = [
    ["list-roots", { Roots: [{ ...root, PolicyTypes: [{ Type: "SERVICE_CONTROL_POLICY", Status: "ENABLED" }] }] }],
    ["list-parents --child-id 111122223333", { Parents: [{ Id: "r-abcd", Type: "ROOT" }] }],
    ["list-policies-for-target --filter SERVICE_CONTROL_POLICY --target-id r-abcd", { Policies: [full] }],
  ] as const;
  await open(page);
  const text = outputs.map(([call, output]) => `aws organizations ${call}\n${JSON.stringify(output)}`).join("\n");
  await files(page).setInputFiles([file("simulator.json", seed), file("organization.txt", text)]);
  await choose(page, "Alex");
  const above = page.getByRole("region", { name: "Service and resource control policies" });
  await expect(above.getByRole("listitem").nth(0)).toContainText(/root Root \(r-abcd\)\s+FullAWSAccess\s+SCP/);
  // What is attached to the account was not given: it is missing, not empty.
  await expect(above.getByRole("listitem").nth(1)).toContainText(/account 111122223333[\s\S]*missing/);
});

test("a bucket's policy is shown, and how it is known whose it is", async ({ page }) => {
  await open(page);
  const policy = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Alow", Principal: "*", Action: "s3:*", Resource: "*" }],
  };
  const bucket = file("get-bucket-policy-customer-x.json", JSON.stringify({ Policy: JSON.stringify(policy) }));
  await files(page).setInputFiles([file("simulator.json", seed), bucket]);
  await page.getByText("1 resource with a policy", { exact: true }).click();
  const resources = page.locator(".resources fenceline-document");
  await expect(resources).toContainText(/customer-x \(resource policy\)\s+told by the command or the file's name/);
  await resources.locator("summary").click();
  await expect(resources.getByRole("textbox")).toContainText('"Effect": "Alow"');
  await expect(resources).toContainText("Error, line 5");
});

test("a principal opens in the playground, and is decided there", async ({ page, context }) => {
  await openSeed(page);
  await choose(page, "Alex");
  const [opened] = await Promise.all([
    context.waitForEvent("page"),
    page.getByRole("link", { name: /^Open in the playground/ }).click(),
  ]);
  await expect(opened.getByRole("heading", { level: 1 })).toHaveText("What Alex may do");
  await expect(opened.locator("#decision .headline").first()).toContainText("Denied explicitly");
  await expect(opened.getByText("Attached to the user Alex.")).toBeVisible();
  expect(new URL(opened.url()).hash).toBe("");
  // Nothing stays behind of what was handed over.
  expect(await page.evaluate(() => localStorage.getItem("fenceline.handover"))).toBeNull();
});

test("an account that is not stored is gone with the page", async ({ page }) => {
  await openSeed(page);
  const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  expect(stored).not.toContain("111122223333");
  await page.reload();
  await expect(page.getByRole("button", { name: "Try the sample account" })).toBeVisible();
});

test("an engine that dies is given the account again", async ({ page }) => {
  const kill = await mortalEngines(page);
  await openSeed(page);
  await kill();
  await choose(page, "Alex");
  await expect(page.getByRole("region", { name: "Policies" }).locator("summary")).toHaveCount(2);
});

/** A dump of so many principals in so many bytes. */
function large(principals: number, bytes: number): Buffer {
  const filler = Math.ceil(bytes / principals / 330);
  const document = (at: number): object => ({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: `S${at}`,
        Effect: "Allow",
        Action: ["s3:GetObject", "s3:PutObject"],
        Resource: `arn:aws:s3:::bucket-${at}/*`,
      },
      {
        Effect: "Deny",
        Action: "s3:DeleteBucket",
        Resource: "*",
        Condition: { Bool: { "aws:MultiFactorAuthPresent": "false" } },
      },
    ],
  });
  const list = Array.from({ length: principals }, (_, at) =>
    JSON.stringify({
      Path: "/",
      UserName: `user-${at}`,
      UserId: `AIDA${at}`,
      Arn: `arn:aws:iam::111122223333:user/user-${at}`,
      GroupList: [],
      UserPolicyList: Array.from({ length: filler }, (_, n) => ({
        PolicyName: `own-${n}`,
        PolicyDocument: document(at),
      })),
      AttachedManagedPolicies: [],
      Tags: [{ Key: "team", Value: `team-${at % 50}` }],
    }),
  );
  return Buffer.from(
    `{"UserDetailList": [\n${list.join(",\n")}\n], "GroupDetailList": [], "RoleDetailList": [], "Policies": []}`,
  );
}

test.describe("a dump of 20 MB with 5,000 principals", () => {
  test.slow();

  /** On disk, from where the browser takes it itself. */
  const write = (info: TestInfo): string => {
    const path = info.outputPath("large.json");
    const dump = large(5000, 20 << 20);
    expect(dump.length).toBeGreaterThan(20 << 20);
    writeFileSync(path, dump);
    return path;
  };

  test("is read with progress while the page answers, and is searched at once", async ({ page }, info) => {
    const path = write(info);
    await open(page);
    // How long the page did not get to its own work, at most.
    await page.evaluate(() => {
      const watch = { longest: 0, last: performance.now() };
      Object.assign(window, { watch });
      setInterval(() => {
        const now = performance.now();
        watch.longest = Math.max(watch.longest, now - watch.last);
        watch.last = now;
      }, 10);
    });
    await files(page).setInputFiles(path);
    const progress = page.getByRole("progressbar");
    const seen = new Set<number>();
    await expect(async () => {
      seen.add(await progress.evaluate((bar: HTMLProgressElement) => bar.value, { timeout: 2000 }));
      expect(seen.size).toBeGreaterThan(3);
    }).toPass({ intervals: [20] });
    await expect(page.getByText("5,000 users, 0 groups, 0 roles")).toBeVisible({ timeout: 60_000 });
    const { longest } = await page.evaluate(() => (window as unknown as { watch: { longest: number } }).watch);
    // Two cores are shared with whatever else runs; a page that froze would be silent for seconds.
    expect(longest).toBeLessThan(1500);
    const began = Date.now();
    await page.getByLabel("Find by name, tag, group or policy").fill("team-7 user-4907");
    await expect(principals(page).getByRole("button")).toHaveText(["user-4907"]);
    expect(Date.now() - began).toBeLessThan(2000);
    await page.getByLabel("Find by name, tag, group or policy").fill("");
    await expect(page.getByText("1 to 100").first()).toBeVisible();
    await page.getByRole("button", { name: "Next" }).first().click();
    await expect(principals(page).getByRole("button").first()).toHaveText("user-100");
    await choose(page, "user-100");
    await expect(page.getByRole("region", { name: "Policies" }).locator("summary").first()).toContainText("own-0");
  });

  test("can be cancelled, and what was there before stays", async ({ page }, info) => {
    const path = write(info);
    await openSeed(page);
    await page.getByRole("button", { name: "Add files" }).click();
    await files(page).setInputFiles(path);
    await page.getByRole("button", { name: "Cancel" }).click();
    await expect(account(page)).toHaveText("Account 111122223333");
    await expect(page.getByText("2 users, 2 groups, 3 roles")).toBeVisible();
    await page.getByRole("button", { name: "Forget this account" }).click();
    await expect(page.getByRole("button", { name: "Try the sample account" })).toBeVisible();
  });
});

for (const { width, colorScheme } of looks) {
  test.describe(`${width} px, ${colorScheme}`, () => {
    test.use({ viewport: { width, height: 844 }, colorScheme });

    test("axe finds nothing, and nothing is wider than the window", async ({ page }) => {
      await open(page);
      await page.getByRole("button", { name: "Try the sample account" }).click();
      await expect(account(page)).toBeVisible();
      for (const summary of await page.locator(".report summary").all()) await summary.click();
      await page.getByRole("button", { name: "Add files" }).click();
      const fits = async (): Promise<void> => {
        expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      };
      await fits();
      await choose(page, "LogShipper");
      for (const summary of await page.locator("fenceline-document summary").all()) await summary.click();
      await expect(page.getByRole("textbox")).toBeVisible();
      await fits();
    });
  });
}

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the page says what it does and which commands to run", async ({ page }) => {
    await page.goto("/account/");
    await expect(page.getByText("aws iam get-account-authorization-details --output json")).toBeVisible();
    await expect(page.getByRole("heading", { name: "Where it stays" })).toBeVisible();
  });
});
