// The decision as a person reads it: gates, boundary, statements, keys, changes.

import { AxeBuilder } from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { encodeLink } from "../src/model/permalink.ts";
import { openFile } from "../src/model/workspace.ts";
import { expect, firstTitle, looks, mfaScenario, type Playground, test } from "./playground.ts";

const account = "111122223333";
const other = "444455556666";
const user = `arn:aws:iam::${account}:user/Ana`;

interface Statement {
  Sid: string;
  Effect?: string;
  Principal?: unknown;
  Action: string | string[];
  Resource?: string;
  Condition?: object;
}

const policy = (...statements: Statement[]): object => ({
  Version: "2012-10-17",
  Statement: statements.map(({ Sid, Effect = "Allow", Resource = "*", ...rest }) => ({
    Sid,
    Effect,
    ...rest,
    Resource,
  })),
});

/** Opens a scenario as its link does. */
async function open(playground: Playground, scenario: object): Promise<void> {
  const link = await encodeLink(openFile(JSON.stringify({ version: 1, title: "A scenario", ...scenario })));
  if (typeof link !== "string") throw new Error(link.message);
  await playground.page.goto(`/${link}`);
  await playground.live();
  await expect(playground.headline).toBeVisible();
}

const asks = (more: object = {}): object => ({
  requests: [{ name: "Get", principal: user, action: "s3:GetObject", resource: "arn:aws:s3:::b/k", ...more }],
});

const gates = (page: Page): Locator => page.locator(".gate > button");
const gate = (page: Page, name: string | RegExp): Locator => gates(page).filter({ hasText: name });
const part = (page: Page): Locator => page.locator(".gate-part");
const stopped = (page: Page): Locator => page.locator(".gate.stops");

test(
  "the first story: the gates in AWS's order, and the line at the boundary",
  { tag: "@main" },
  async ({ page, playground }) => {
    await playground.open();
    const names = await gates(page).locator(".gate-name").allInnerTexts();
    expect(names.map((name) => name.replace("∩ ", ""))).toEqual([
      "Explicit denies",
      "RCPs",
      "SCPs",
      "Endpoint policy",
      "Resource-based policy",
      "Identity-based policies",
      "Permissions boundary",
      "Session policy",
    ]);
    await expect(stopped(page)).toHaveCount(1);
    await expect(stopped(page)).toContainText("Permissions boundary");
    await expect(stopped(page)).toContainText("does not allow, stops here");
    await expect(part(page)).toContainText("What lies beyond it, no policy of the identity can grant");
    await expect(page.getByRole("list", { name: "Gates, in the order in which AWS evaluates them" })).toBeVisible();
  },
);

test("MFA: the gate of the identity's policies stops a session without it", async ({ page, playground }) => {
  await playground.open();
  await playground.choose(mfaScenario);
  await expect(stopped(page)).toHaveCount(0);
  await expect(page.locator(".gate.decides")).toContainText("Identity-based policies");
  await page.locator(".request", { hasText: "UserNoMFA, console sign-in: terminate" }).click();
  await expect(stopped(page)).toContainText("Identity-based policies");
  await expect(page.locator(".gate.beyond").filter({ hasText: "Permissions boundary" })).toHaveCount(1);
});

test("SCPs: every level is a gate, and the line is at the first that is silent", async ({ page, playground }) => {
  await open(playground, {
    policies: {
      Admin: policy({ Sid: "Everything", Action: "*" }),
      Frankfurt: policy({
        Sid: "OnlyThere",
        Action: "*",
        Condition: { StringEquals: { "aws:RequestedRegion": "eu-central-1" } },
      }),
      Fence: policy({ Sid: "OnlyEC2", Action: "ec2:*" }),
    },
    identities: [{ arn: user, policies: ["Admin"], boundary: "Fence" }],
    organization: {
      id: "o-exampleorgid",
      managementAccount: "999999999999",
      root: {
        id: "r-abcd",
        units: [{ id: "ou-abcd-11111111", name: "Workloads", scps: ["Frankfurt"], accounts: [{ id: account }] }],
      },
    },
    ...asks({ context: { "aws:RequestedRegion": "eu-west-1" } }),
  });
  await expect(stopped(page)).toHaveCount(1);
  await expect(stopped(page)).toContainText("unit Workloads");
  await expect(gate(page, "SCPs")).toHaveCount(3);
  await expect(gate(page, "Permissions boundary")).toContainText("would not allow, not reached");
  await expect(gate(page, "Identity-based policies")).toContainText("would allow, not reached");
});

test("across accounts: two lanes, each with its own line", async ({ page, playground }) => {
  await open(playground, {
    policies: {
      Mine: policy({ Sid: "Read", Action: "s3:GetObject" }),
      Theirs: policy({ Sid: "LetIn", Action: "s3:PutObject", Principal: { AWS: account } }),
    },
    identities: [{ arn: user, policies: ["Mine"] }],
    resources: [{ arn: "arn:aws:s3:::b", account: other, policy: "Theirs" }],
    ...asks(),
  });
  await expect(page.locator(".lane").filter({ hasText: "The caller's account" })).toContainText(`${account} ✓ allows`);
  await expect(page.locator(".lane").filter({ hasText: "The resource's account" })).toContainText(
    `${other} ✖ does not allow`,
  );
  await expect(stopped(page)).toContainText("Resource-based policy");
  await playground.retype("Theirs", "s3:PutObject", "s3:PutObject", "s3:GetObject");
  await expect(playground.headline).toContainText("Allowed");
  await expect(stopped(page)).toHaveCount(0);
  await expect(page.locator(".gate.decides")).toHaveCount(2);
});

test("an explicit deny stops at the first gate, and the others would have said", async ({ page, playground }) => {
  await open(playground, {
    policies: { P: policy({ Sid: "All", Action: "*" }, { Sid: "Never", Effect: "Deny", Action: "s3:*" }) },
    identities: [{ arn: user, policies: ["P"] }],
    ...asks(),
  });
  await expect(stopped(page)).toContainText("Explicit denies");
  await expect(part(page)).toContainText("A Deny statement of the identity-based policy matches");
  await gate(page, "Explicit denies").click();
  await expect(playground.editor("P").locator(".line-shown").filter({ hasText: "Never" })).toBeVisible();
  await gate(page, "Permissions boundary").click();
  await expect(part(page)).toContainText("There is no permissions boundary");
  await gate(page, "Permissions boundary").click();
  await expect(part(page)).toHaveCount(0);
});

test("from a gate down to a value, each step shows its place", { tag: "@main" }, async ({ page, playground }) => {
  await playground.open();
  await playground.choose(mfaScenario);
  await page.locator(".request", { hasText: "UserNoMFA, console sign-in: terminate" }).click();
  const shown = playground.editor("StopNeedsMFA").locator(".line-shown");
  await gate(page, "Identity-based policies").click();
  await expect(shown).toContainText(["aws:MultiFactorAuthPresent"]);
  await expect(part(page)).toContainText("Closest to allowing it");
  await part(page).getByRole("button", { name: "Show the statement" }).first().click();
  await expect(shown.filter({ hasText: "StopAndTerminateWithMfa" })).toBeVisible();
  await part(page).getByRole("button", { name: "true", exact: true }).click();
  await expect(shown).toHaveCount(1);
  await expect(shown).toContainText('"aws:MultiFactorAuthPresent": "true"');
});

test.describe("the boundary's card", () => {
  const here = (page: Page): Locator => page.locator(".areas .here");
  const scenario = (identity: string, boundary: string): object => ({
    policies: { I: policy({ Sid: "I", Action: identity }), B: policy({ Sid: "B", Action: boundary }) },
    identities: [{ arn: user, policies: ["I"], boundary: "B" }],
    ...asks(),
  });

  for (const [identity, boundary, cell, says] of [
    ["s3:*", "s3:*", "what both allow", "Both must allow, and both do."],
    ["s3:*", "ec2:*", "beyond the boundary: no effect", "beyond the boundary an Allow has no effect"],
    ["ec2:*", "s3:*", "the boundary alone grants nothing", "an identity-based policy must allow it, too"],
    ["ec2:*", "ec2:*", "neither allows", "a boundary that allowed it would still grant nothing"],
  ] as const) {
    test(`identity ${identity}, boundary ${boundary}`, async ({ page, playground }) => {
      await open(playground, scenario(identity, boundary));
      await expect(here(page)).toHaveCount(1);
      await expect(here(page)).toContainText(cell);
      await expect(here(page)).toContainText("this request");
      await expect(playground.decision).toContainText(says);
    });
  }

  test("a grant that names the user goes round it", async ({ page, playground }) => {
    await open(playground, {
      policies: {
        B: policy({ Sid: "B", Action: "ec2:*" }),
        R: policy({ Sid: "R", Action: "s3:*", Principal: { AWS: user } }),
      },
      identities: [{ arn: user, boundary: "B" }],
      resources: [{ arn: "arn:aws:s3:::b", policy: "R" }],
      ...asks(),
    });
    await expect(playground.headline).toContainText("Allowed");
    await expect(here(page)).toContainText("neither allows");
    await expect(playground.decision).toContainText("What a boundary merely leaves out does not limit such a grant");
    await expect(gate(page, "Permissions boundary")).toContainText("would not allow, not needed");
  });
});

test("the table of statements: why, where, and what is folded", { tag: "@main" }, async ({ page, playground }) => {
  await open(playground, {
    policies: {
      P: policy(
        { Sid: "Buckets", Action: "s3:ListAllMyBuckets" },
        { Sid: "Queues", Action: "sqs:*" },
        { Sid: "Topics", Action: "sns:*" },
        { Sid: "Keys", Action: "kms:*" },
        { Sid: "Red", Action: "s3:GetObject", Condition: { StringEquals: { "aws:PrincipalTag/team": "red" } } },
      ),
    },
    identities: [{ arn: user, policies: ["P"], tags: { team: "blue" } }],
    ...asks(),
  });
  const table = page.getByRole("table").filter({ hasText: "Applies" });
  const rows = table.locator("tbody tr");
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText("Red");
  const cell = rows
    .first()
    .getByRole("button", { name: /StringEquals aws:PrincipalTag\/team does not match: .*blue.*red/ });
  await cell.focus();
  await expect(page.locator(".matrix-told")).toContainText("the policy wants red");
  await cell.click();
  const shown = playground.editor("P").locator(".line-shown");
  await expect(shown).toHaveCount(1);
  await expect(shown).toContainText("aws:PrincipalTag/team");
  await page.getByRole("button", { name: "4 more statements don't match" }).click();
  await expect(rows).toHaveCount(5);
  await rows.filter({ hasText: "Queues" }).getByRole("button", { name: "Queues" }).click();
  await expect(rows.filter({ hasText: "Queues" })).toHaveClass(/lit/);
  await expect(shown.filter({ hasText: "sqs:*" })).toBeVisible();
});

test("missing keys: fields of their kinds, values to try, and the three states", async ({ page, playground }) => {
  await open(playground, {
    policies: {
      P: policy({
        Sid: "P",
        Action: "s3:GetObject",
        Condition: {
          Bool: { "aws:MultiFactorAuthPresent": "true" },
          DateLessThan: { "aws:CurrentTime": "2027-01-01T00:00:00Z" },
          IpAddress: { "aws:SourceIp": "203.0.113.0/24" },
        },
      }),
    },
    identities: [{ arn: user, policies: ["P"] }],
    ...asks(),
  });
  const { decision } = playground;
  await expect(decision.locator(".absent-keys")).toContainText("Decided without the keys");
  await playground.choice("State of aws:MultiFactorAuthPresent", "present", decision).check();
  await playground.choice("Value 1 of aws:MultiFactorAuthPresent", "true", decision).check();
  await decision.getByRole("button", { name: "203.0.113.0 would match" }).click();
  await expect(playground.headline).toContainText("Denied implicitly");
  await expect(decision.locator(".absent-keys")).toContainText("Decided without the key aws:CurrentTime");

  await playground.choice("State of aws:CurrentTime", "unknown", decision).check();
  await expect(playground.headline).toContainText("Depends");
  await expect(page.locator(".gate.unknown")).toContainText("Identity-based policies");
  await playground.choice("State of aws:CurrentTime", "present", decision).check();
  await decision.getByLabel("Value 1 of aws:CurrentTime, as date and time in UTC").fill("2026-06-01T12:30:15");
  await expect(decision.getByLabel("Value 1 of aws:CurrentTime", { exact: true })).toHaveValue("2026-06-01T12:30:15Z");
  await expect(playground.headline).toContainText("Allowed");

  const address = decision.getByLabel("Value 1 of aws:SourceIp", { exact: true });
  await address.fill("203.0.113.999");
  await expect(decision).toContainText("Write an address without a range, 203.0.113.7 for one.");
  await expect(address).toHaveAttribute("aria-invalid", "true");
  await expect(playground.request.getByLabel("Value 1 of aws:SourceIp", { exact: true })).toHaveValue("203.0.113.999");
});

test(
  "the nearest change is tried and undone, and never asks for more than was there",
  { tag: "@main" },
  async ({ page, playground }) => {
    await playground.open();
    await playground.choose(mfaScenario);
    await page.locator(".request", { hasText: "UserNoMFA, console sign-in: terminate" }).click();
    const { decision } = playground;
    await expect(decision.getByRole("heading", { name: "What would change this" })).toBeVisible();
    await expect(decision).toContainText("not advice to widen access");
    const first = decision.getByRole("button", { name: /^Try it: Set aws:MultiFactorAuthPresent to true/ });
    await decision.locator(".also summary").first().click();
    await expect(decision.locator(".also li").first()).toContainText(
      /Allowed\s+→to\s+✖ Denied implicitly|Denied implicitly\s+→to\s+✓ Allowed/,
    );
    await first.click();
    await expect(playground.headline).toContainText("Allowed");
    await expect(page.locator("#decision")).toBeFocused();
    await expect(playground.notices).toContainText("Tried: Set aws:MultiFactorAuthPresent to true");
    await playground.notices.getByRole("button", { name: "Undo" }).click();
    await expect(playground.headline).toContainText("Denied implicitly");
  },
);

test("a rule says what it is and where AWS says it", async ({ page, playground }) => {
  await playground.open();
  await page.locator(".rule summary", { hasText: "S-169" }).click();
  await expect(page.locator(".rule")).toContainText("identity ∩ boundary");
  await expect(page.getByRole("link", { name: "All about S-169" })).toHaveAttribute("href", "/rules/#S-169");
  await expect(page.getByRole("link", { name: /^AWS's page/ }).first()).toHaveAttribute(
    "href",
    /^https:\/\/docs\.aws\.amazon\.com\//,
  );
});

test("without the rules' asset their numbers are links", async ({ page, playground }) => {
  await page.route("**/assets/rules-*.json", (route) => route.fulfill({ status: 404, body: "" }));
  await playground.open();
  await expect(page.getByRole("link", { name: "S-169" })).toHaveAttribute("href", "/rules/#S-169");
});

test("a changed verdict is lit for a moment, but not where motion is unwanted", async ({ page, playground }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await playground.open();
  await playground.choose(mfaScenario);
  const line = page.locator("#decision .headline");
  /** The line's ground at the very beginning of the pulse. */
  const ground = (): Promise<string> =>
    line.evaluate((element) => {
      element.classList.add("pulse");
      const { backgroundColor } = getComputedStyle(element);
      element.classList.remove("pulse");
      return backgroundColor;
    });
  expect(await ground()).toBe("rgba(0, 0, 0, 0)");
  await page.emulateMedia({ reducedMotion: "no-preference" });
  expect(await ground()).not.toBe("rgba(0, 0, 0, 0)");
  const lit = line.evaluate(
    (element) =>
      new Promise<boolean>((resolve) => {
        new MutationObserver(() => resolve(element.classList.contains("pulse"))).observe(element, { attributes: true });
      }),
  );
  await playground.choice("Value 1 of aws:MultiFactorAuthPresent", "false").check();
  expect(await lit).toBe(true);
  await expect(line).not.toHaveClass(/pulse/);
});

for (const { width, colorScheme } of looks) {
  test.describe(`${width} px, ${colorScheme}`, () => {
    test.use({ viewport: { width, height: 844 }, colorScheme });

    test("axe finds nothing with everything open", async ({ page, playground }) => {
      await playground.open();
      await expect(playground.decision.getByRole("heading", { name: "What would change this" })).toBeVisible();
      const openAll = (): Promise<void> =>
        page.locator("#decision").evaluate((pane) => {
          for (const one of pane.querySelectorAll("details")) one.open = true;
        });
      await openAll();
      expect((await new AxeBuilder({ page }).include("#decision").analyze()).violations).toEqual([]);
      await playground.choose(mfaScenario);
      await playground.choice("State of aws:MultiFactorAuthPresent", "absent").check();
      await expect(playground.decision.getByRole("heading", { name: "Keys that the decision asks for" })).toBeVisible();
      await expect(playground.decision.getByRole("heading", { name: "What would change this" })).toBeVisible();
      await openAll();
      expect((await new AxeBuilder({ page }).include("#decision").analyze()).violations).toEqual([]);
    });
  });
}

test.describe("at 320 px", () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test("the decision is not wider than the window, and the table scrolls by itself", async ({ page, playground }) => {
    await playground.open();
    await playground.choose(firstTitle);
    await playground.choose(mfaScenario);
    await playground.choice("State of aws:MultiFactorAuthPresent", "absent").check();
    await expect(playground.decision.getByRole("heading", { name: "Keys that the decision asks for" })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    const table = page.getByRole("region", { name: "Statements" });
    expect(await table.evaluate((element) => element.scrollWidth > element.clientWidth)).toBe(true);
  });
});
