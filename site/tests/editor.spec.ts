// The editor: fixes, completion, help, layout, folding, the margin, and the
// plain field of phones.

import { AxeBuilder } from "@axe-core/playwright";
import { expect, mfaScenario, type Playground, test } from "./playground.ts";

const policy = "MyTestApp_DDB_Permissions";
const boundary = "DynamoDB_Boundary_Frankfurt";
const sound = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"dynamodb:*","Resource":"*"}]}';

/** The text of a policy's editor. */
const textOf = (playground: Playground, name: string): Promise<string> =>
  playground
    .editor(name)
    .locator(".cm-line")
    .allInnerTexts()
    .then((lines) => lines.join("\n").replaceAll(/\n+/g, "\n"));

/** Puts the cursor between two halves of an editor's text. */
async function type(playground: Playground, before: string, after: string): Promise<void> {
  const editor = playground.editor(policy);
  await playground.paste(editor, before + after);
  for (let left = 0; left < after.length; left++) await playground.page.keyboard.press("ArrowLeft");
}

test(
  "a problem is fixed by a click, as one step that can be undone",
  { tag: "@main" },
  async ({ page, playground }) => {
    await playground.open();
    await playground.paste(playground.editor(policy), sound.replace("Allow", "allow"));
    await playground.problems.getByRole("button", { name: "Fix: Write Allow" }).click();
    await expect(playground.problems).toContainText("None found");
    expect(await textOf(playground, policy)).toBe(sound);
    await expect(page.locator("#problems")).toBeFocused();
    await page.getByRole("button", { name: "Undo" }).first().click();
    await expect(playground.editor(policy)).toContainText('"allow"');
  },
);

test("a problem is fixed by the keyboard", async ({ page, playground }) => {
  await playground.open();
  const editor = playground.editor(policy);
  await playground.paste(editor, sound.replace('"Resource"', '"Resorce"'));
  await expect(playground.problems.getByRole("button", { name: "Fix: Write Resource" })).toBeVisible();
  await page.keyboard.press("ControlOrMeta+.");
  const fix = page.locator("fenceline-policy").getByRole("button", { name: "Write Resource" });
  await expect(fix).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(editor).toBeFocused();
  await page.keyboard.press("ControlOrMeta+.");
  await expect(fix).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(playground.problems).toContainText("None found");
  expect(await textOf(playground, policy)).toBe(sound);
  await expect(editor).toBeFocused();
});

test("an operator and a condition key are completed", async ({ page, playground }) => {
  await playground.open();
  await type(playground, sound.slice(0, -3) + ',"Condition":{', "}}]}");
  await page.keyboard.type('"NotIp');
  await expect(page.locator("fenceline-policy").getByRole("option").first()).toHaveText("NotIpAddress");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.keyboard.type('"aws:SourceI');
  await expect(page.locator("fenceline-policy").getByRole("option").first()).toContainText("aws:SourceIp");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.keyboard.type("203.0.113.0/24");
  await expect(playground.editor(policy)).toContainText(
    '"Condition":{"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}]}',
  );
  await expect(playground.problems).toContainText("None found");
});

test("Enter is a new line unless an option was chosen; Ctrl+Space chooses the first", async ({ page, playground }) => {
  await playground.open();
  await type(playground, '{"Statement":[{', "}]}");
  await page.keyboard.type('"Eff');
  await expect(page.locator("fenceline-policy").getByRole("option", { name: "Effect" })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(playground.editor(policy)).toContainText('"Eff');
  await expect(playground.editor(policy)).not.toContainText('"Effect"');
  await page.keyboard.press("ControlOrMeta+z");

  await type(playground, '{"Statement":[{"Eff', "}]}");
  await page.keyboard.press("Control+Space");
  await expect(page.locator("fenceline-policy").getByRole("option", { name: "Effect" })).toHaveAttribute(
    "aria-selected",
    "true",
  );
  await page.keyboard.press("Enter");
  await expect(playground.editor(policy)).toContainText('{"Statement":[{"Effect": ""}]}');
  await expect(page.locator("fenceline-policy").getByRole("option", { name: "Deny" })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(playground.editor(policy)).toContainText('{"Statement":[{"Effect": "Deny"}]}');
});

test("words are explained under the pointer and by the keyboard", async ({ page, playground }) => {
  await playground.open();
  await playground.choose(mfaScenario);
  const help = page.locator("fenceline-policy .help");
  const key = playground.line("StopNeedsMFA", "aws:MultiFactorAuthPresent").getByText('"aws:MultiFactorAuthPresent"');
  await key.first().hover();
  await expect(help).toContainText("Whether the credentials were made with MFA.");
  await expect(help).toContainText("Rule S-276 (documented by AWS)");
  await page.mouse.move(0, 0);

  await playground.line("StopNeedsMFA", '"Effect"').getByText('"Effect"').first().click();
  await page.keyboard.press("F1");
  const card = page.getByRole("group", { name: "Help" });
  await expect(card).toBeFocused();
  await expect(card.getByRole("link", { name: "AWS about Effect" })).toHaveAttribute(
    "href",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_effect.html",
  );
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(card).toHaveCount(0);
  await expect(playground.editor("StopNeedsMFA")).toBeFocused();
});

test("a text is laid out afresh by the button and by the keyboard", async ({ page, playground }) => {
  await playground.open();
  await playground.paste(playground.editor(policy), sound.replace('"Effect"', '"Effect":"Deny","Effect"'));
  await page.getByRole("button", { name: `Format the policy ${policy}` }).click();
  await expect(playground.line(policy, '"Effect": "Deny",')).toBeVisible();
  await expect(playground.line(policy, '"Effect": "Allow",')).toBeVisible();

  await playground.paste(playground.editor(boundary), sound);
  await page.keyboard.press("Shift+Alt+f");
  await expect(playground.line(boundary, '"Resource": "*"')).toBeVisible();
  await expect(playground.editor(boundary)).toBeFocused();

  await playground.paste(playground.editor(boundary), "{");
  await page.getByRole("button", { name: `Format the policy ${boundary}` }).click();
  await expect(playground.notices).toContainText(`${boundary} is not JSON yet`);
});

test("a statement is folded and unfolded by keys", async ({ page, playground }) => {
  await playground.open();
  await playground.line(boundary, '"Statement"').click();
  const action = playground.line(boundary, '"Action"');
  await expect(action).toBeVisible();
  await page.keyboard.press("Control+Shift+BracketLeft");
  await expect(action).toHaveCount(0);
  await page.keyboard.press("Control+Shift+BracketRight");
  await expect(action).toBeVisible();
});

test("the margin says what the decision made of each statement", async ({ page, playground }) => {
  await playground.open();
  const margin = (name: string) => page.locator("fenceline-policy", { hasText: name }).locator(".cm-coverage [title]");
  await expect(margin(policy)).toHaveText("A");
  await expect(margin(policy)).toHaveAttribute("title", "This statement allows the request");
  await expect(margin(boundary)).toHaveText("–");
  await expect(margin(boundary)).toHaveAttribute("title", /does not match the request: its Action does not cover it/);
  await expect(playground.editor(boundary).locator(".failed").first()).toContainText("[");
  await expect(playground.editor(boundary)).toHaveAttribute(
    "aria-description",
    /Line 4: This statement does not match/,
  );

  await page.locator(".request", { hasText: "Update an item" }).click();
  await expect(margin(boundary)).toHaveText("A");
  await expect(playground.editor(boundary).locator(".failed")).toHaveCount(0);
});

test("Tab indents only for who chose so, and Escape, then Tab leaves", async ({ page, playground }) => {
  await playground.open();
  const editor = playground.editor(policy);
  const first = playground.line(policy, '"Version"');
  await first.click();
  await page.keyboard.press("Tab");
  await expect(editor).not.toBeFocused();

  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.getByRole("combobox", { name: /Find a command/ })).toBeFocused();
  await page.keyboard.type("Let Tab indent");
  await page.keyboard.press("Enter");
  await expect(playground.notices).toContainText("Tab indents in editors.");
  await first.click();
  const before = await textOf(playground, policy);
  await page.keyboard.press("Tab");
  await expect(editor).toBeFocused();
  expect(await textOf(playground, policy)).not.toBe(before);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  await expect(editor).not.toBeFocused();
});

test("the text is searched", async ({ page, playground }) => {
  await playground.open();
  await playground.editor(policy).click();
  await page.keyboard.press("ControlOrMeta+f");
  const find = page.locator("fenceline-policy").getByRole("textbox", { name: "Find" });
  await expect(find).toBeFocused();
  await find.pressSequentially("dynamodb");
  await expect(playground.editor(policy).locator(".cm-searchMatch").first()).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("a plain field with its problems below it does the same", async ({ page, playground }) => {
    await playground.open();
    const details = page.locator("fenceline-policy").first();
    if ((await details.locator("details").getAttribute("open")) === null) await details.locator("summary").click();
    const field = playground.editor(policy);
    await expect(field).toHaveJSProperty("tagName", "TEXTAREA");
    await expect(field).toHaveCSS("font-size", "16px");
    await field.fill(sound.replace("Allow", "allow"));
    const problem = details.getByRole("list", { name: "Problems of this text" });
    await expect(problem).toContainText("Effect is Allow or Deny");
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await problem.getByRole("button", { name: "Write Allow" }).click();
    await expect(field).toHaveValue(sound);
    await expect(problem).toHaveCount(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
});
