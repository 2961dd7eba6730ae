import { readFile } from "node:fs/promises";
import { AxeBuilder } from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./playground.ts";

const user = "arn:aws:iam::111122223333:user/Alex";

const policy = (...Statement: object[]): object => ({ Version: "2012-10-17", Statement });

/** What an administrator is denied by another policy, inside a boundary. */
const scenario = {
  version: 1,
  title: "Every action of Alex",
  policies: {
    Admin: policy({ Effect: "Allow", Action: "*", Resource: "*" }),
    DenyS3: policy({ Sid: "NoS3", Effect: "Deny", Action: "s3:*", Resource: "*" }),
    Fence: policy({ Effect: "Allow", Action: ["s3:*", "sqs:*", "dynamodb:GetItem"], Resource: "*" }),
  },
  identities: [{ arn: user, policies: ["Admin", "DenyS3"], boundary: "Fence" }],
  requests: [{ name: "First", principal: user, action: "sqs:ListQueues", resource: "*", unknown: ["resource"] }],
};

/** Opens a scenario as the browser would have kept it. */
async function open(page: Page, file: typeof scenario): Promise<void> {
  const { policies, ...rest } = file;
  const texts = Object.entries(policies).map(([name, document]) => ({ name, text: JSON.stringify(document, null, 2) }));
  const work = { scenario: JSON.stringify(rest), policies: texts, selected: 0, without: [] };
  await page.goto("/help/");
  await page.evaluate((kept) => localStorage.setItem("fenceline.work.1", kept), JSON.stringify(work));
  await page.goto("/play/");
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
}

async function openPane(page: Page): Promise<Locator> {
  await page.getByRole("button", { name: "Ask about every action" }).click();
  const pane = page.getByRole("region", { name: "Every action" });
  await expect(pane.getByRole("status").filter({ hasText: /of 2\d,\d{3} actions/ })).toBeVisible();
  return pane;
}

/** The row of an action. */
const rowOf = (pane: Locator, action: string): Locator =>
  pane.locator("tr").filter({ has: pane.page().getByRole("button", { name: `Why: ${action}`, exact: true }) });

/** How many actions an answer counts. */
async function count(pane: Locator, answer: string): Promise<number> {
  const words = await pane.getByRole("button", { name: answer }).innerText();
  return Number(words.replaceAll(/[^\d]/g, ""));
}

test("every action is decided, and the counts say by whom", { tag: "@main" }, async ({ page }) => {
  await open(page, scenario);
  const pane = await openPane(page);
  await expect(page.getByRole("region", { name: "Every action" })).toContainText("Refused by");
  expect(await count(pane, "Allowed always")).toBeGreaterThan(10);
  expect(await count(pane, "Never allowed")).toBeGreaterThan(20_000);
  await pane.locator("select[name=every-service]").selectOption("s3");
  await expect(pane.locator(".every-table tbody tr").first()).toContainText("Denied explicitly");
  await expect(pane.locator(".every-table")).not.toContainText("Allowed");
});

test("an action's row leads to its decision and to the deciding lines", async ({ page, playground }) => {
  await open(page, scenario);
  const pane = await openPane(page);
  await pane.locator("input[name=every-search]").fill("s3:GetObject");
  await pane.getByRole("button", { name: "Why: s3:GetObject", exact: true }).click();
  await expect(playground.decision).toContainText("Denied explicitly");
  await expect(page.getByLabel("Action", { exact: true })).toHaveValue("s3:GetObject");
  await rowOf(pane, "s3:GetObject")
    .getByRole("button", { name: /DenyS3: NoS3/ })
    .click();
  await expect(page.getByRole("textbox", { name: "Policy DenyS3", exact: true })).toBeFocused();
});

test("an edit, and a policy left out, are taken in at once", async ({ page }) => {
  await open(page, scenario);
  const pane = await openPane(page);
  await pane.locator("select[name=every-service]").selectOption("s3");
  await pane.getByRole("button", { name: "Compare with this from now on" }).click();
  await page.getByRole("button", { name: "Leave out: the policy DenyS3" }).click();
  await expect(pane).toContainText(/[1-9]\d* gained, 0 lost/);
  await pane.getByRole("button", { name: "Map", exact: true }).click();
  await expect(pane.locator(".map-legend")).toContainText("on the left as it was, on the right as it is");
  await pane
    .locator(".tile")
    .first()
    .hover({ position: { x: 12, y: 26 } });
  await expect(pane.locator(".map-pointed")).toHaveText(/^s3:\w+: Allowed always, .*; was: Never allowed$/);
  await pane.getByRole("button", { name: "Table", exact: true }).click();
  await pane.getByLabel("Only these").check();
  await expect(pane.locator(".every-table tbody tr").first()).toContainText("gained, was: Never allowed");
  await pane.getByRole("button", { name: "End the comparison" }).click();
  await expect(pane.getByText("gained")).toHaveCount(0);
});

test("what is not known is told in words", async ({ page }) => {
  const statement = { Effect: "Allow", Action: "sqs:*", Resource: `arn:aws:sqs:eu-central-1:111122223333:orders` };
  await open(page, { ...scenario, policies: { ...scenario.policies, Admin: policy(statement) } });
  const pane = await openPane(page);
  await pane.locator("input[name=every-search]").fill("sqs:SendMessage");
  const row = rowOf(pane, "sqs:SendMessage");
  await expect(row).toContainText("Depends");
  await expect(row).toContainText("allowed where the resource matches arn:aws:sqs:eu-central-1:111122223333:orders");
  await pane.locator("textarea[name=every-resources]").fill("arn:aws:sqs:eu-central-1:111122223333:orders");
  await expect(row).toContainText("Allowed");
});

test("a bucket is asked about with its objects, and a look into an action leaves that as it is", async ({
  page,
  playground,
}) => {
  await open(page, scenario);
  const pane = await openPane(page);
  const resources = pane.locator("textarea[name=every-resources]");
  await resources.fill("arn:aws:s3:::fence");
  await pane.getByRole("button", { name: "And the bucket's objects" }).click();
  await expect(resources).toHaveValue("arn:aws:s3:::fence\narn:aws:s3:::fence/*");
  await pane.locator("input[name=every-search]").fill("s3:GetObject, s3:ListBucket, s3:ListAllMyBuckets");
  await expect(rowOf(pane, "s3:ListBucket")).toContainText("on arn:aws:s3:::fence");
  await expect(rowOf(pane, "s3:GetObject")).toContainText("on arn:aws:s3:::fence/*");
  await pane.getByRole("button", { name: "Why: s3:ListAllMyBuckets" }).click();
  await expect(playground.decision).toContainText("Denied explicitly");
  await expect(rowOf(pane, "s3:ListBucket")).toContainText("on arn:aws:s3:::fence");
});

test("what is shown is saved as a scenario that comes out as expected", async ({ page, playground }) => {
  await open(page, scenario);
  const pane = await openPane(page);
  await pane.locator("select[name=every-service]").selectOption("sqs");
  const saved = page.waitForEvent("download");
  await pane.getByRole("button", { name: "Save as a scenario" }).click();
  const path = await (await saved).path();
  const choosing = page.waitForEvent("filechooser");
  await playground.command("Open a file …");
  await (await choosing).setFiles(path);
  await expect(page.locator(".score")).toHaveText(/^(\d+) of \1 as expected$/);
});

test("the map leads to the table", async ({ page }) => {
  await open(page, scenario);
  const pane = await openPane(page);
  await pane.getByRole("button", { name: "Map", exact: true }).click();
  const tile = pane.getByRole("button", { name: /^Amazon SQS: / });
  await tile.focus();
  await expect(pane.locator(".map-pointed")).toContainText("sqs: ");
  await page.keyboard.press("Enter");
  await expect(pane.locator("select[name=every-service]")).toHaveValue("sqs");
  await expect(pane.locator(".every-table tbody tr").first()).toContainText("sqs:");
});

test("the areas have true counts", async ({ page }) => {
  await open(page, scenario);
  const pane = await openPane(page);
  const row = (words: string): Locator => pane.locator(".areas-table tr").filter({ hasText: words });
  const remains = Number((await row("what remains").locator(".figure").innerText()).replaceAll(",", ""));
  await expect(row("cut off by a ceiling")).toContainText("granted by identity policies, not by permissions boundary");
  // What remains of the areas is what is allowed at all: S3 is denied.
  expect(remains).toBeGreaterThanOrEqual((await count(pane, "Allowed always")) - 5);
});

test("what is shown is saved as CSV", async ({ page }) => {
  await open(page, scenario);
  const pane = await openPane(page);
  await pane.locator("select[name=every-service]").selectOption("sqs");
  const saved = page.waitForEvent("download");
  await pane.getByRole("button", { name: "Save as CSV" }).click();
  const text = await readFile(await (await saved).path(), "utf8");
  const lines = text.trim().split("\r\n");
  expect(lines[0]).toBe("action,accessLevel,resource,answer,decision,decidedBy,statements,dependsOn,terms");
  expect(lines.length).toBeGreaterThan(15);
  expect(text).toContain("sqs:SendMessage,Write,unknown,always,allowed,identityPolicy,Admin#0,,");
});

test("without the list of actions the pane says so, and tries again", async ({ page }) => {
  await page.route("**/catalogue-*.txt", (route) => route.abort());
  await open(page, scenario);
  await page.getByRole("button", { name: "Ask about every action" }).click();
  const pane = page.getByRole("region", { name: "Every action" });
  await expect(pane).toContainText("The list of AWS's actions could not be loaded.");
  await page.unroute("**/catalogue-*.txt");
  await pane.getByRole("button", { name: "Try again" }).click();
  await expect(pane.getByRole("button", { name: "Never allowed" })).toBeVisible();
});

for (const [colorScheme, width] of [
  ["light", 1280],
  ["dark", 390],
] as const) {
  test(`the pane is accessible, ${colorScheme}, ${width} px`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 844 });
    await open(page, scenario);
    const pane = await openPane(page);
    const analyze = async (): Promise<void> =>
      expect((await new AxeBuilder({ page }).include("#every-action").analyze()).violations).toEqual([]);
    await pane.locator("select[name=every-service]").selectOption("sqs");
    await analyze();
    await pane.getByRole("button", { name: "Map", exact: true }).click();
    await analyze();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
}
