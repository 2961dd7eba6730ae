// AWS's list of actions: loaded when something asks for it, and what it then helps with.

import { AxeBuilder } from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { matchesPattern, matchingActions } from "../src/model/catalogue.ts";
import { resourceOffers, surroundingsOf } from "../src/model/surroundings.ts";
import { expect, type Playground, test } from "./playground.ts";

const policy = "MyTestApp_DDB_Permissions";
const allow = (action: string, resource = "*"): string =>
  `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"${action}","Resource":"${resource}"}]}`;

const search = (page: Page): Locator => page.getByRole("combobox", { name: "Add a request for an action" });
const options = (page: Page): Locator => page.locator("fenceline-policy").getByRole("option");

/** Counts how often the list is fetched. */
function fetches(page: Page): string[] {
  const seen: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/catalogue-")) seen.push(request.url());
  });
  return seen;
}

/** Puts a policy with an action that is being typed in the editor, the cursor behind it. */
async function typeAction(playground: Playground, action: string): Promise<void> {
  const text = allow("");
  const at = text.indexOf('"Action":"') + '"Action":"'.length;
  await playground.paste(playground.editor(policy), text);
  for (let left = at; left < text.length; left++) await playground.page.keyboard.press("ArrowLeft");
  await playground.page.keyboard.type(action);
}

test("the list is not loaded before something asks for it, and then once", async ({ page, playground }) => {
  const seen = fetches(page);
  await playground.open();
  await page.waitForLoadState("networkidle");
  expect(seen).toEqual([]);
  await search(page).focus();
  await search(page).fill("kinesis PutRec");
  await expect(
    page.getByRole("option", { name: "kinesis:PutRecord Amazon Kinesis Data Streams, Write" }),
  ).toBeVisible();
  await page.getByLabel("Resource", { exact: true }).focus();
  expect(seen).toHaveLength(1);
});

test("a request is added for any action of AWS", { tag: "@main" }, async ({ page, playground }) => {
  await playground.open();
  await search(page).fill("dynamodb:TransactW");
  await search(page).press("ArrowDown");
  await search(page).fill("sqs:SendMess");
  await page.getByRole("option", { name: /^sqs:SendMessage / }).click();
  await expect(page.locator(".request[aria-current=true]")).toContainText("sqs:SendMessage");
  await expect(page.getByLabel("Action", { exact: true })).toHaveValue("sqs:SendMessage");
});

test("services, then their actions are completed, also behind a wildcard", async ({ page, playground }) => {
  await playground.open();
  await typeAction(playground, "kinesisv");
  await expect(options(page).first()).toContainText("kinesisvideo:");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(playground.editor(policy)).toContainText('"Action":"kinesisvideo:"');
  await expect(options(page).filter({ hasText: "kinesisvideo:GetMedia" }).first()).toBeVisible();
  await page.keyboard.type("PutMe");
  await expect(options(page).first()).toHaveText("kinesisvideo:PutMediaWrite");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(playground.editor(policy)).toContainText('"Action":"kinesisvideo:PutMedia"');

  await typeAction(playground, "s3:*Encryption");
  await expect(options(page).filter({ hasText: "s3:PutEncryptionConfiguration" })).toBeVisible();
  await expect(options(page).filter({ hasText: "s3:ListBucket" })).toHaveCount(0);
});

test("an action is explained at the cursor: what it works on, or that it needs a star", async ({
  page,
  playground,
}) => {
  await playground.open();
  const card = page.getByRole("group", { name: "Help" });
  await playground.paste(playground.editor(policy), allow("dynamodb:PutItem"));
  await playground.line(policy, "Action").getByText('"dynamodb:PutItem"').first().click();
  await page.keyboard.press("F1");
  await expect(card).toContainText("dynamodb:PutItem Write, Amazon DynamoDB");
  await expect(card).toContainText(
    "table, required: arn:${Partition}:dynamodb:${Region}:${Account}:table/${TableName}",
  );
  await expect(card).toContainText("dynamodb:LeadingKeys");
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.keyboard.press("Escape");

  await playground.paste(playground.editor(policy), allow("ec2:DescribeInstances"));
  await playground.line(policy, "Action").getByText('"ec2:DescribeInstances"').first().hover();
  await expect(page.locator("fenceline-policy .help")).toContainText("It needs * as its resource");
  await page.mouse.move(0, 0);

  await playground.paste(playground.editor(policy), allow("s3:GetObject*"));
  await playground.line(policy, "Action").getByText('"s3:GetObject*"').first().click();
  await page.keyboard.press("F1");
  await expect(card).toContainText(/\d+ actions of Amazon S3 match: s3:GetObject, s3:GetObjectAcl/);
});

test("what AWS does not list is a problem with a fix", { tag: "@main" }, async ({ page, playground }) => {
  await playground.open();
  await playground.paste(playground.editor(policy), allow("dynamodb:PutItme"));
  await search(page).focus();
  await expect(playground.problems).toContainText("Amazon DynamoDB has no action PutItme");
  await expect(playground.problems).toContainText("unknownAction");
  await playground.problems.getByRole("button", { name: /Write dynamodb:PutItem, which changes the meaning/ }).click();
  await expect(playground.problems).toContainText("None found");
  await expect(playground.editor(policy)).toContainText("dynamodb:PutItem");

  await playground.paste(playground.editor(policy), allow("s3:ListAllMyBuckets", "arn:aws:s3:::b"));
  await expect(playground.problems).toContainText("needsStar");
  await playground.problems.getByRole("button", { name: /Write "Resource": "\*"/ }).click();
  await expect(playground.problems).toContainText("None found");

  const condition = allow("s3:GetObject").replace('"*"}', '"*","Condition":{"StringEquals":{"s3:prefix":"a"}}}');
  await playground.paste(playground.editor(policy), condition);
  await expect(playground.problems).toContainText("AWS listed s3:prefix for none of these actions");
});

test("the resource is filled in from what the action works on", async ({ page, playground }) => {
  await playground.open();
  const resource = page.getByLabel("Resource", { exact: true });
  const account = (await page.getByLabel("Principal", { exact: true }).inputValue()).split(":")[4] ?? "";
  await page.getByLabel("Action", { exact: true }).fill("lambda:InvokeFunction");
  await resource.focus();
  const offers = page.getByRole("group", { name: "Resources of lambda:InvokeFunction" });
  const template = `arn:aws:lambda:eu-central-1:${account}:function:\${FunctionName}`;
  await offers.getByRole("button", { name: `${template} function`, exact: true }).click();
  await expect(resource).toHaveValue(template);
  await expect(resource).toBeFocused();
  await page.keyboard.type("hello");
  await expect(resource).toHaveValue(template.replace("${FunctionName}", "hello"));
  await expect(offers).toHaveCount(0);

  await page.getByLabel("Action", { exact: true }).fill("s3:ListAllMyBuckets");
  await page.getByRole("button", { name: "* is what it needs: it works on nothing that has an ARN" }).click();
  await expect(resource).toHaveValue("*");
});

test("the action's keys are offered, with fields of their types", async ({ page, playground }) => {
  await playground.open();
  await page.getByLabel("Action", { exact: true }).fill("kms:CreateGrant");
  const key = page.getByLabel("Add a key", { exact: true });
  await key.focus();
  await expect(page.locator("#context-keys option").first()).toHaveAttribute("value", /^kms:|^aws:/);
  await expect(page.locator('#context-keys option[value="kms:GrantIsForAWSResource"]')).toHaveCount(1);
  await page.getByLabel("Action", { exact: true }).fill("ec2:RunInstances");
  await expect(page.locator('#context-keys option[value="ec2:EbsOptimized"]')).toHaveCount(1);
  await key.fill("ec2:EbsOptimized");
  await key.press("Enter");
  await playground.choice("Value 1 of ec2:EbsOptimized", "true").check({ force: true });
  await expect(playground.choice("Value 1 of ec2:EbsOptimized", "true")).toBeChecked();
});

test("without the list everything else works", async ({ page, playground }) => {
  await page.route("**/catalogue-*", (route) => route.abort());
  await playground.open();
  await search(page).fill("dynamodb");
  await expect(page.getByRole("listbox", { name: "Known actions" }).getByRole("option").first()).toContainText(
    "dynamodb:",
  );
  await typeAction(playground, "dynamodb:");
  await expect(options(page).filter({ hasText: "dynamodb:" }).first()).toBeVisible();
  await page.keyboard.press("Escape");
  await playground.paste(playground.editor(policy), allow("dynamodb:PutItme"));
  await expect(playground.problems).toContainText("None found");
});

test("an engine that was started again knows the list, which is not fetched twice", async ({ page, playground }) => {
  const mortal = `addEventListener("message", (event) => {
    if (!String(event.data.call).includes("DieNow")) return;
    event.stopImmediatePropagation();
    postMessage({ kind: "dead", reason: "as the test wants it" });
  });`;
  await page.route("**/assets/worker-*.js", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: mortal + (await response.text()) });
  });
  const seen = fetches(page);
  await playground.open();
  await search(page).focus();
  await playground.paste(playground.editor(policy), allow("dynamodb:PutItme"));
  await expect(playground.problems).toContainText("unknownAction");
  await playground.paste(playground.editor(policy), allow("dynamodb:DieNow"));
  await expect(page.getByRole("alert")).toContainText("The engine stopped on this text: as the test wants it");
  await playground.paste(playground.editor(policy), allow("dynamodb:GetItme"));
  await expect(playground.problems).toContainText("Amazon DynamoDB has no action GetItme");
  expect(seen).toHaveLength(1);
});

test("patterns match as in a policy", () => {
  for (const [pattern, text, matches] of [
    ["s3:Get*", "s3:getobject", true],
    ["s3:*Object", "s3:GetObject", true],
    ["s3:*Object", "s3:GetObjectAcl", false],
    ["s3:?etObject", "s3:GetObject", true],
    ["*", "", true],
    ["?", "", false],
    ["*a*a*a*a*a*a*b", "a".repeat(500), false],
  ] as const) {
    expect(matchesPattern(pattern, text), pattern).toBe(matches);
  }
});

test("actions are found by their words, those that begin with them first", () => {
  const listing = {
    source: "",
    date: "",
    services: [
      { prefix: "a", name: "A", actions: ["GetThing", "PutThing"], access: "RW" },
      { prefix: "b", name: "B", actions: ["ThingGet"], access: "P" },
    ],
  };
  expect(matchingActions(listing, "thing", 9)).toEqual([
    { action: "b:ThingGet", about: "B, Permissions management" },
    { action: "a:GetThing", about: "A, Read" },
    { action: "a:PutThing", about: "A, Write" },
  ]);
  expect(matchingActions(listing, "put a:", 9).map(({ action }) => action)).toEqual(["a:PutThing"]);
  expect(matchingActions(listing, " ", 9)).toEqual([]);
});

test("resources are offered where the request's fits none", () => {
  const arn = "arn:aws:sqs:eu-central-1:111122223333:${QueueName}";
  const action = {
    name: "",
    access: "",
    keys: [],
    dependent: [],
    resources: [{ name: "queue", required: true, arns: [arn] }],
  };
  expect(resourceOffers(action, "*")).toEqual([{ resource: arn, why: "queue" }]);
  expect(resourceOffers(action, "arn:aws:sqs:eu-central-1:111122223333:q")).toEqual([]);
  const request = { principal: "arn:aws:iam::111122223333:user/U", context: { "aws:RequestedRegion": "eu-west-1" } };
  expect(surroundingsOf({ requests: [request] }, request, undefined)).toEqual({
    partition: "aws",
    account: "111122223333",
    region: "eu-west-1",
  });
  expect(surroundingsOf({ requests: [] }, { principal: "anonymous" }, undefined)).toEqual({});
});
