import { AxeBuilder } from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { expect, type Playground, test } from "./playground.ts";

const story = "/play/#scenario=frankfurt/frankfurt-story";
const storyTitle = "The whole story: who may delegate, inside which fence";

const steps = (page: Page): Locator => page.locator("fenceline-steps");
const count = (page: Page): Locator => steps(page).locator(".step-count");
const forward = (page: Page): Locator => steps(page).getByRole("button", { name: "Forward" });
const back = (page: Page): Locator => steps(page).getByRole("button", { name: "Back" });
const deeds = (page: Page): Locator => steps(page).getByRole("list", { name: "What it changes" });

async function openStory(page: Page, playground: Playground, step = 1): Promise<void> {
  await page.goto(`${story}&request=${step - 1}`);
  await playground.live();
  await expect(count(page)).toContainText(`Step ${step} of 22`);
}

test("a story plays forward and back, step by step", { tag: "@main" }, async ({ page, playground }) => {
  await openStory(page, playground);
  const told: string[] = [];
  for (let step = 1; step <= 22; step++) {
    await expect(count(page)).toContainText(`Step ${step} of 22`);
    await expect(steps(page).locator(".step-name .verdict")).not.toContainText("Not evaluated");
    await expect(playground.headline).toContainText(
      (await steps(page).locator(".verdict").first().innerText()).slice(2),
    );
    told.push(
      await steps(page)
        .locator(".step-name, .deeds, .deeds-none")
        .allInnerTexts()
        .then((all) => all.join(" | ")),
    );
    if (step < 22) await forward(page).click();
  }
  await page.keyboard.press("Enter");
  await expect(count(page)).toContainText("Step 22 of 22");
  await expect(forward(page)).toHaveAttribute("aria-disabled", "true");
  await expect(forward(page)).toBeFocused();
  expect(told[0]).toContain("The policy DynamoDB_Boundary_Frankfurt is made");
  expect(told[8]).toContain("It is refused, no role trust policy allows it, and changes nothing");
  expect(told[9]).toContain("The session arn:aws:sts::111122223333:assumed-role/MyEmployeeRole/anna begins");
  expect(told[11]).toContain("It is refused, no identity-based policy allows it, and changes nothing");
  expect(told[12]).toContain("The role MyTestAppRole is made with the boundary");
  expect(told[15]).toContain("The instance profile MyTestAppProfile holds the role MyTestAppRole");
  expect(told[18]).toContain("Allowed");
  expect(told[19]).toContain("Denied implicitly");
  for (let step = 22; step > 1; step--) await back(page).click();
  await expect(count(page)).toContainText("Step 1 of 22");
  await expect(steps(page).locator(".step-name")).toContainText("The administrator makes the boundary");
  await expect(back(page)).toHaveAttribute("aria-disabled", "true");
});

test("keys step, a listener hears what changed, and the account until here can be read", async ({
  page,
  playground,
}) => {
  await openStory(page, playground, 12);
  await page.locator("#decision").focus();
  await page.keyboard.press(".");
  await expect(count(page)).toContainText("Step 13 of 22");
  await expect(steps(page).locator("[aria-live=polite]")).toContainText(
    "Step 13 of 22, She makes the role with the boundary: Allowed; the role MyTestAppRole is made",
  );
  await page.keyboard.press(",");
  await expect(count(page)).toContainText("Step 12 of 22");
  await steps(page)
    .getByText(/The account until here: 10 changes/)
    .click();
  await steps(page).getByRole("button", { name: "Go to step 5", exact: true }).click();
  await expect(count(page)).toContainText("Step 5 of 22");
  await expect(deeds(page)).toContainText("The role MyEmployeeRole is made without a boundary");
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
});

test("what would change a call's decision is a parameter of it", async ({ page, playground }) => {
  await openStory(page, playground, 12);
  await expect(playground.headline).toContainText("Denied implicitly");
  const change = playground.decision.locator("fenceline-changes li", { hasText: "PermissionsBoundary" }).first();
  await expect(change).toContainText("Set the parameter PermissionsBoundary of the call to");
  await change.getByRole("button", { name: /^Try it/ }).click();
  await expect(deeds(page)).toContainText("The role MyTestAppRole is made with the boundary");
  await expect(playground.request.getByLabel("PermissionsBoundary", { exact: true })).toHaveValue(
    /DynamoDB_Boundary_Frankfurt$/,
  );
  // The step after it made the same role, which is there by now.
  await forward(page).click();
  await expect(steps(page)).toContainText("AWS does not carry it out, with the error EntityAlreadyExists");
  await expect(steps(page)).toContainText("Role with name MyTestAppRole already exists.");
  await expect(page.locator(".request[aria-current=true]")).toContainText("Not carried out: EntityAlreadyExists.");
});

test("the policies that calls brought are read beside the decision", async ({ page, playground }) => {
  await openStory(page, playground, 20);
  const boundary = page.locator("details.made", { hasText: "DynamoDB_Boundary_Frankfurt" });
  await expect(boundary).toContainText("made in step 1");
  await page.locator("fenceline-matrix").getByRole("button", { name: "WriteItemsInFrankfurtOnly" }).click();
  await expect(boundary.locator("mark")).toContainText('"Sid": "WriteItemsInFrankfurtOnly"');
  await boundary.getByRole("button", { name: /^Go to the step/ }).click();
  await expect(count(page)).toContainText("Step 1 of 22");
});

test("a reader leaves the story and tries something else", { tag: "@main" }, async ({ page, playground }) => {
  await openStory(page, playground, 14);
  await steps(page).getByText("Leave the story and try something else").click();
  await steps(page).getByRole("button", { name: "Leave before this step" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${storyTitle}, left before step 14`);
  await expect(page.locator(".request")).toHaveCount(9);
  await expect(count(page)).toContainText("Step 1 of 9");
  await expect(playground.headline).toContainText("Allowed");
  const policy = playground.request.getByLabel("PolicyArn", { exact: true });
  await expect(policy).toHaveValue("arn:aws:iam::111122223333:policy/MyTestApp_DDB_Permissions");
  await policy.fill("arn:aws:iam::aws:policy/AdministratorAccess");
  await expect(deeds(page)).toContainText(
    "The role MyTestAppRole has the policy arn:aws:iam::aws:policy/AdministratorAccess",
  );
  // Whatever is attached, the boundary still stops the application.
  await page.locator(".request", { hasText: "The application reads an item" }).click();
  await expect(playground.headline).toContainText("no permissions boundary allows it");
  // The account is there as policies that can be edited, and undo leads back.
  await expect(playground.editor("DynamoDB_Boundary_Frankfurt")).toBeVisible();
  await playground.retype("DynamoDB_Boundary_Frankfurt", "PutItem", "dynamodb:PutItem", "dynamodb:GetItem");
  await expect(playground.headline).toContainText("Allowed");
  for (
    let back = 0;
    back < 40 && !(await page.getByRole("heading", { level: 1 }).innerText()).endsWith("fence");
    back++
  )
    await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(storyTitle);
});

test("after the last step the story goes on with what was asked last", async ({ page, playground }) => {
  await openStory(page, playground, 22);
  await page.keyboard.press("ControlOrMeta+k");
  await page.getByRole("combobox", { name: "Find a command" }).fill("Leave the story after");
  await page.keyboard.press("Enter");
  await expect(page.locator(".request")).toHaveCount(1);
  await expect(playground.request.getByLabel("Action", { exact: true })).toHaveValue("dynamodb:PutItem");
  await playground.request
    .getByLabel("Resource", { exact: true })
    .fill("arn:aws:dynamodb:eu-central-1:111122223333:table/MyTestApp_DDB_Table");
  await expect(playground.headline).toContainText("Allowed");
});

test("every way out of the fence is refused, with its cause", async ({ page, playground }) => {
  await page.goto("/play/#scenario=frankfurt/frankfurt-escapes");
  await playground.live();
  const rows = page.locator(".request");
  await expect(rows).toHaveCount(31);
  await expect(page.locator(".score")).toHaveText("31 of 31 as expected");
  const causes: string[] = [];
  for (let at = 3; at < 28; at++) {
    await rows.nth(at).locator(".request-name").click();
    await expect(count(page)).toContainText(`Step ${at + 1} of 31`);
    await expect(steps(page).locator(".deeds-none")).toContainText("It is refused");
    await expect(deeds(page)).toHaveCount(0);
    causes.push(await playground.headline.innerText());
  }
  expect(causes.filter((cause) => cause.includes("Denied explicitly"))).toHaveLength(5);
  expect(causes.filter((cause) => cause.includes("no identity-based policy allows it"))).toHaveLength(19);
  expect(causes.filter((cause) => cause.includes("no role trust policy allows it"))).toHaveLength(1);
  // Two are refused by what the call needs besides.
  await rows.filter({ hasText: "An instance with the administrator's profile" }).locator(".request-name").click();
  await expect(playground.decision).toContainText(
    "The call also needs iam:PassRole on arn:aws:iam::111122223333:role/AdminRole",
  );
});

test("the parameters of a call are a form, and its JSON keeps them", { tag: "@main" }, async ({ page, playground }) => {
  await openStory(page, playground, 13);
  const { request } = playground;
  await expect(request.locator(".follows")).toContainText("arn:aws:iam::111122223333:role/MyTestAppRole");
  await request.getByLabel("RoleName", { exact: true }).fill("OtherRole");
  await expect(playground.headline).toContainText("Denied implicitly");
  await expect(request.locator(".follows")).toContainText("role/OtherRole");
  await request.getByLabel("RoleName", { exact: true }).fill("MyTestAppRole");
  await expect(playground.headline).toContainText("Allowed");

  await request.getByRole("button", { name: "Remove the parameter PermissionsBoundary" }).click();
  await expect(playground.headline).toContainText("Denied implicitly");
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(playground.headline).toContainText("Allowed");

  await request.getByRole("combobox", { name: "A parameter to add" }).selectOption("Description");
  await request.getByRole("button", { name: "Add the parameter" }).click();
  await expect(request.getByLabel("Description", { exact: true })).toBeFocused();
  await page.keyboard.type("for the test");

  const trust = request.getByLabel("AssumeRolePolicyDocument", { exact: true });
  await trust.fill("{");
  await expect(request).toContainText("This is not yet JSON");
  await expect(playground.headline).toContainText("Allowed");
  await trust.fill(
    '{"Version":"2012-10-17","Statement":[{"Effect":"Grant","Principal":"*","Action":"sts:AssumeRole"}]}',
  );
  await expect(steps(page)).toContainText("AWS does not carry it out, with the error MalformedPolicyDocument");
  await expect(request.locator(".parameter", { hasText: "AssumeRolePolicyDocument" })).toContainText(
    "The call fails by its document",
  );

  await page.getByRole("button", { name: "JSON", exact: true }).click();
  await expect(page.getByRole("textbox", { name: "The selected request" })).toContainText(
    '"Description": "for the test"',
  );
});

test("a request becomes a call, and a call names its resource", async ({ page, playground }) => {
  await page.goto("/play/#scenario=frankfurt/frankfurt-employee");
  await playground.live();
  const { request } = playground;
  await expect(steps(page)).toHaveCount(0);
  await request.getByRole("button", { name: "Give the call's parameters instead" }).click();
  await request.getByLabel("RoleName", { exact: true }).fill("MyTestAppRole");
  await expect(request.locator(".follows")).toContainText("role/MyTestAppRole");
  await expect(steps(page)).toHaveCount(1);
  await request.getByRole("button", { name: "Name a resource instead" }).click();
  await expect(request.getByLabel("Resource", { exact: true })).toHaveValue(
    "arn:aws:iam::111122223333:role/MyTestAppRole",
  );
  await expect(steps(page)).toHaveCount(0);
});

test("a link carries a story, its step and its parameters", async ({ page, playground, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openStory(page, playground, 13);
  await playground.request.getByLabel("RoleName", { exact: true }).fill("MyTestAppOther");
  await expect(deeds(page)).toContainText("The role MyTestAppOther is made");
  await page.locator("#decision").focus();
  await page.keyboard.press("ControlOrMeta+s");
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain("#");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const other = await context.newPage();
  await other.goto(link);
  await expect(count(other)).toContainText("Step 13 of 22");
  await expect(deeds(other)).toContainText("The role MyTestAppOther is made");
});

test("a page's playground plays the story, and without scripts its table tells it", async ({ page, browser }) => {
  await page.goto("/scenarios/frankfurt/frankfurt-story/");
  const playground = page.locator("fenceline-playground[data-state=live]");
  await expect(playground.locator(".step-count")).toHaveText("Step 1 of 22");
  for (let step = 2; step <= 13; step++) await playground.getByRole("button", { name: "Forward" }).click();
  await expect(playground.locator(".step-count")).toHaveText("Step 13 of 22");
  await expect(playground.locator(".deeds")).toContainText("The role MyTestAppRole is made with the boundary");
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  const still = await browser.newPage({ javaScriptEnabled: false });
  await still.goto(page.url());
  const row = still.locator(".request-table tr", { hasText: "The role comes into the profile" });
  await expect(row).toContainText("arn:aws:iam::111122223333:instance-profile/MyTestAppProfile");
  await expect(row).toContainText("→ The instance profile MyTestAppProfile holds the role MyTestAppRole.");
  await still.close();
});

for (const width of [1280, 390]) {
  test(`a story fits into ${width} pixels`, async ({ page, playground }) => {
    await page.setViewportSize({ width, height: 844 });
    await openStory(page, playground, 16);
    await steps(page)
      .getByText(/The account until here/)
      .click();
    await steps(page).getByText("Leave the story and try something else").click();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    const shots = process.env["SHOTS"];
    if (shots) await page.screenshot({ path: `${shots}/story-${width}.png` });
  });
}
