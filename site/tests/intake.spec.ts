import { AxeBuilder } from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { expect, type Playground, test } from "./playground.ts";

const worker = "arn:aws:sts::111122223333:assumed-role/Worker/run-1";
const message = `An error occurred (AccessDenied) when calling the CreateUser operation: User: ${worker} is not authorized to perform: iam:CreateUser on resource: arn:aws:iam::111122223333:user/Bob because no permissions boundary allows the iam:CreateUser action`;
const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
const document = { Version: "2012-10-17", Statement: [statement] };
const event = {
  eventVersion: "1.10",
  eventTime: "2026-01-02T03:04:05Z",
  eventSource: "s3.amazonaws.com",
  eventName: "GetObject",
  awsRegion: "eu-central-1",
  sourceIPAddress: "203.0.113.7",
  userIdentity: { type: "IAMUser", arn: "arn:aws:iam::111122223333:user/Alice", accountId: "111122223333" },
  requestParameters: { bucketName: "b", key: "k" },
  errorCode: "AccessDenied",
  errorMessage: "Access Denied",
};

const dialogOf = (page: Page): Locator => page.getByRole("dialog", { name: "Start from what you have" });

/** Opens the dialog and puts a text into it. */
async function start(page: Page, playground: Playground, text: string): Promise<Locator> {
  await playground.open();
  await playground.pasteSomething();
  const dialog = dialogOf(page);
  const area = dialog.getByLabel(/Paste a policy/);
  await expect(area).toBeFocused();
  await area.fill(text);
  return dialog;
}

const scenarioText = (page: Page): Promise<string> =>
  page.locator("fenceline-app").evaluate((app: HTMLElement & { session?: { workspace: { scenario: string } } }) => {
    return app.session?.workspace.scenario ?? "";
  });

/** Drops files on the page, as from a folder. */
async function drop(page: Page, files: Record<string, string>): Promise<void> {
  await page.evaluate((contents) => {
    const dataTransfer = new DataTransfer();
    for (const [name, text] of Object.entries(contents)) dataTransfer.items.add(new File([text], name));
    const target = globalThis.document.querySelector("#policies") ?? globalThis.document.body;
    target.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  }, files);
}

test(
  "a message becomes a request; with the boundary that it names the cause is shown",
  { tag: "@main" },
  async ({ page, playground }) => {
    const dialog = await start(page, playground, message);
    await expect(dialog).toContainText("It names the permissions boundary.");
    await expect(dialog).toContainText("aws iam get-role --role-name Worker");
    await dialog.getByRole("button", { name: "Open as a new scenario" }).click();
    await expect(dialog).toHaveCount(0);
    await expect(playground.headline).toContainText("Denied implicitly");
    await expect(page.getByLabel("Action", { exact: true })).toHaveValue("iam:CreateUser");
    await expect(playground.notices).toContainText("Next, paste the boundary of Worker");

    // The boundary goes where the request waits for it, and then the cause is the one that AWS named.
    await playground.pasteSomething();
    const boundary = JSON.stringify({ PolicyVersion: { Document: document, VersionId: "v1" } });
    await dialog.getByLabel(/Paste a policy/).fill(boundary);
    await expect(dialog.getByLabel(/Attach/)).toHaveValue("permissionsBoundary arn:aws:iam::111122223333:role/Worker");
    await dialog.getByRole("button", { name: "Add the policy", exact: true }).click();
    await playground.pasteSomething();
    const everything = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
    await dialog.getByLabel(/Paste a policy/).fill(JSON.stringify(everything));
    await expect(dialog.getByLabel(/Attach/)).toHaveValue("identityPolicy arn:aws:iam::111122223333:role/Worker");
    await dialog.getByRole("button", { name: "Add the policy", exact: true }).click();
    await expect(playground.headline).toContainText("no permissions boundary allows it");
    await expect(page.locator(".request[aria-current=true]")).toContainText("as expected");
  },
);

test("an event becomes a request with its context", async ({ page, playground }) => {
  const dialog = await start(page, playground, JSON.stringify({ Records: [event] }));
  await expect(dialog).toContainText("A CloudTrail event.");
  await dialog.getByRole("button", { name: "Add the request", exact: true }).click();
  await expect(page.getByLabel("Action", { exact: true })).toHaveValue("s3:GetObject");
  await expect(page.getByLabel("Value 1 of aws:SourceIp")).toHaveValue("203.0.113.7");
  const scenario = JSON.parse(await scenarioText(page)) as { identities: { arn: string }[] };
  expect(scenario.identities.map(({ arn }) => arn)).toContain("arn:aws:iam::111122223333:user/Alice");
  await playground.notices.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByLabel("Action", { exact: true })).not.toHaveValue("s3:GetObject");
});

const template = `AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Reader:
    Type: AWS::IAM::Role
    Properties:
      RoleName: Reader
      AssumeRolePolicyDocument:
        Statement:
          - Effect: Allow
            Principal: { AWS: !Sub "arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root" }
            Action: sts:AssumeRole
      Policies:
        - PolicyName: Read
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: s3:GetObject
                Resource: !Join ["/", [!GetAtt Bucket.Arn, "*"]]
  Bucket:
    Type: AWS::S3::Bucket
`;

const shapes = [
  { name: "a document", text: JSON.stringify(document), says: "A policy document." },
  { name: "a statement", text: JSON.stringify(statement), says: "A statement." },
  {
    name: "get-role-policy",
    text: JSON.stringify({ RoleName: "R", PolicyName: "P", PolicyDocument: document }),
    says: "The output of get-role-policy",
  },
  {
    name: "a percent-encoded document",
    text: encodeURIComponent(JSON.stringify(document)),
    says: "A percent-encoded text",
  },
  { name: "a JSON string", text: JSON.stringify(JSON.stringify(document)), says: "A JSON string" },
  {
    name: "Terraform",
    text: `resource "aws_iam_policy" "p" {\n  policy = jsonencode(${JSON.stringify(document)})\n}`,
    says: "Terraform text",
  },
  { name: "a template in YAML", text: template, says: "A CloudFormation template, with 2 policies." },
  {
    name: "the command line's YAML",
    text: "PolicyVersion:\n  VersionId: v1\n  Document:\n    Version: '2012-10-17'\n    Statement:\n    - Effect: Allow\n      Action: '*'\n      Resource: '*'\n",
    says: "The output of get-policy-version",
  },
];

test("each shape of a policy is known", async ({ page, playground }) => {
  const dialog = await start(page, playground, "");
  for (const { name, text, says } of shapes) {
    await test.step(name, async () => {
      await dialog.getByLabel(/Paste a policy/).fill(text);
      await expect(dialog.locator(".found-kind")).toContainText(says);
      await expect(dialog.getByRole("button", { name: /^Add / })).toBeVisible();
    });
  }
});

test("a template's policies go to its role", async ({ page, playground }) => {
  const dialog = await start(page, playground, template);
  await expect(dialog).toContainText("Placeholders stand for values");
  await expect(dialog.getByLabel("Attach Read as")).toHaveValue(/^identityPolicy .*:role\/Reader$/);
  await dialog.getByRole("button", { name: "Add 2 policies" }).click();
  const scenario = JSON.parse(await scenarioText(page)) as { identities: object[] };
  const account = (scenario.identities as { arn: string }[])[0]?.arn.split(":")[4];
  expect(scenario.identities).toContainEqual({
    arn: `arn:aws:iam::${account}:role/Reader`,
    trust: "Reader-trust",
    policies: ["Read"],
  });
});

test("what is not known says what can be pasted, and bad YAML where it breaks", async ({ page, playground }) => {
  const dialog = await start(page, playground, "It does not work.");
  await expect(dialog).toContainText("Nothing in the text is known here; paste a policy");
  await expect(dialog.getByRole("button", { name: /^(Add|Open as)/ })).toHaveCount(0);
  await dialog.getByLabel(/Paste a policy/).fill("Resources:\n  A: [1\n  B: 2\n");
  await expect(dialog).toContainText(/The YAML can't be read from line \d/);
  const bomb = `Resources:\n  a: &a [x, x, x, x, x, x, x, x, x]\n${[..."bcdefghi"]
    .map((c, at) => `  ${c}: &${c} [${Array(9).fill(`*${"abcdefgh"[at]}`).join(", ")}]`)
    .join("\n")}\n`;
  await dialog.getByLabel(/Paste a policy/).fill(bomb);
  await expect(dialog).toContainText("go too far");
});

test("files that are dropped are read together", { tag: "@main" }, async ({ page, playground }) => {
  await playground.open();
  await drop(page, {
    "denied.txt": message,
    "boundary.json": JSON.stringify(document),
    "role.yaml": template,
  });
  const dialog = dialogOf(page);
  await expect(dialog.getByRole("heading", { level: 3 })).toHaveText(["denied.txt", "boundary.json", "role.yaml"]);
  await dialog.getByRole("button", { name: "Add the request and 3 policies" }).click();
  await expect(page.getByLabel("Action", { exact: true })).toHaveValue("iam:CreateUser");
  await expect(playground.notices).toContainText("Added the request and 3 policies.");
});

test("a scenario is opened as one", async ({ page, playground }) => {
  const scenario = { version: 1, title: "Mine", policies: { P: document }, requests: [] };
  const dialog = await start(page, playground, JSON.stringify(scenario));
  await dialog.getByRole("button", { name: "Open the scenario" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Mine");
  await playground.notices.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText("Mine");
});

test("what is pasted over a policy is unwrapped, and undo brings it back", async ({ page, playground }) => {
  await playground.open();
  const name = "DynamoDB_Boundary_Frankfurt";
  const output = JSON.stringify({ PolicyVersion: { Document: document, VersionId: "v1" } });
  await playground.paste(playground.editor(name), output);
  await expect(playground.notices).toContainText("This is the output of get-policy-version; its document was taken.");
  await expect(playground.editor(name)).not.toContainText("PolicyVersion");
  await expect(playground.editor(name)).toContainText("s3:GetObject");
  await playground.notices.getByRole("button", { name: "Undo" }).click();
  await expect(playground.editor(name)).toContainText("PolicyVersion");

  await playground.paste(playground.editor(name), JSON.stringify(document));
  await expect(playground.editor(name)).toContainText("s3:GetObject");
  await expect(playground.notices).not.toContainText("taken");
  await page.waitForTimeout(300);
  await expect(playground.editor(name)).toHaveText(new RegExp(JSON.stringify(document).replace(/[[\]{}*]/g, "\\$&")));
});

for (const [size, viewport] of Object.entries({
  wide: { width: 1280, height: 800 },
  narrow: { width: 320, height: 844 },
})) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${size}, ${colorScheme}`, () => {
      test.use({ viewport, colorScheme });

      test("axe finds nothing in the dialog, and it fits", async ({ page, playground }) => {
        const dialog = await start(page, playground, `${message}\n`);
        await expect(dialog).toContainText("It names the permissions boundary.");
        expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
        await dialog.getByLabel(/Paste a policy/).fill(template);
        await expect(dialog).toContainText("2 policies");
        await dialog.getByText("Show Read", { exact: true }).click();
        expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
        expect(await dialog.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(0);
      });
    });
  }
}
