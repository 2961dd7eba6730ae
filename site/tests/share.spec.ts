import { readFileSync } from "node:fs";
import { deflateSync } from "node:zlib";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Download, Locator, Page } from "@playwright/test";
import { pack } from "../src/model/packed.ts";
import { mostFragment } from "../src/model/permalink.ts";
import { emptyWorkspace, type Workspace } from "../src/model/workspace.ts";
import { expect, firstTitle, looks, mfaScenario, Playground, test } from "./playground.ts";

const linkOf = (text: string): string => `/#v1.${deflateSync(text).toString("base64url")}`;

const titled = (title: string): Workspace => ({
  ...emptyWorkspace(),
  scenario: JSON.stringify({ version: 1, title, requests: [] }, null, 2),
});

const heading = (page: Page): Locator => page.getByRole("heading", { level: 1 });
const dialog = (page: Page): Locator => page.getByRole("dialog", { name: "Share" });
const clipboard = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText());

/** Goes to an address of the site as a link from elsewhere would, in the same tab. */
async function visit(page: Page, address: string): Promise<void> {
  await page.goto("about:blank");
  await page.goto(address);
}

async function openShare(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await expect(dialog(page).getByRole("button", { name: "Copy link" })).toBeVisible();
}

async function openRecent(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Scenarios", exact: true }).click();
  await page.getByRole("button", { name: "Your recent work …" }).click();
}

test.describe("with a clipboard", () => {
  test.use({ permissions: ["clipboard-read", "clipboard-write"] });

  test("a link that is copied by key opens elsewhere with the same decision and request", async ({
    page,
    playground,
    browser,
    baseURL,
  }) => {
    await playground.open();
    await playground.choose(mfaScenario);
    await playground.retype("StopNeedsMFA", "aws:MultiFactorAuthPresent", "true", "false");
    await expect(playground.headline).toContainText("Denied implicitly");
    await page.keyboard.press("ControlOrMeta+s");
    await expect(playground.notices).toContainText(/Link copied: [\d,]+ characters\./);
    await expect(page.locator("fenceline-announcer [aria-live=polite]")).toContainText("Link copied");
    const link = await clipboard(page);
    expect(link.startsWith(`${baseURL}/play/#v1.`)).toBe(true);
    await expect(playground.notices).toContainText(`${link.length.toLocaleString("en")} characters`);

    const elsewhere = await browser.newContext();
    const other = new Playground(await elsewhere.newPage());
    await other.page.goto(link);
    await other.live();
    await expect(heading(other.page)).toHaveText(mfaScenario);
    await expect(other.headline).toContainText("Denied implicitly");
    await expect(other.line("StopNeedsMFA", "aws:MultiFactorAuthPresent")).toContainText('"false"');
    const name = await page.locator(".request[aria-current=true] .request-name").innerText();
    await expect(other.page.locator(".request[aria-current=true]")).toContainText(name);
    await expect(other.notices).toContainText("Opened from a link.");
    await elsewhere.close();
  });

  test("the dialog copies the link, and every output", async ({ page, playground }) => {
    await playground.open();
    await openShare(page);
    await dialog(page).getByRole("button", { name: "Copy link" }).click();
    await expect(dialog(page).getByRole("status")).toHaveText(/^Link copied: [\d,]+ characters\.$/);
    const link = await dialog(page).getByRole("textbox", { name: "Link" }).inputValue();
    expect(await clipboard(page)).toBe(link);
    await expect(dialog(page)).toContainText("the part of an address that browsers send to no server");

    const starts: Readonly<Record<string, RegExp>> = {
      "This decision as Markdown": /^# What the application may do/,
      "This decision as plain text": /^What the application may do/,
      "All decisions as a Markdown table": /^\| Name \| Principal \|/,
      "All decisions as CSV": /^Name,Principal,Action,Resource,Decision,Decided by,Expected,Met\r?\n/,
      "The scenario file": /^\{\n {2}"[^]*\n\}\n$/,
      "A test for the command line": /^# Run this[^]*\nSCENARIO\n$/,
      "A call of AWS's policy simulator": /^# What this call leaves out:[^]*\naws iam simulate-custom-policy/,
    };
    const choice = dialog(page).getByLabel("What to copy");
    expect(await choice.getByRole("option").allInnerTexts()).toEqual(Object.keys(starts));
    for (const [title, start] of Object.entries(starts)) {
      await choice.selectOption(title);
      await dialog(page).getByRole("button", { name: "Copy text" }).click();
      await expect(dialog(page).getByRole("status")).toHaveText(`Copied: ${title}.`);
      expect(await clipboard(page), title).toMatch(start);
    }
  });

  test("an access key does not leave by a key press: the dialog offers a redacted copy", async ({
    page,
    playground,
  }) => {
    await withSecrets(page, playground);
    await page.keyboard.press("ControlOrMeta+s");
    await expect(dialog(page)).toContainText("This holds 1 account id, 1 access key and 1 e-mail address.");
    await expect(dialog(page).getByLabel("Share a redacted copy")).toBeChecked();
    await dialog(page).getByText("What is replaced (3)").click();
    const rows = dialog(page).getByRole("row");
    await expect(rows.filter({ hasText: "284619375520" })).toContainText("account id");
    await expect(dialog(page)).toContainText("Every decision stays the same; this one: Allowed.");

    await dialog(page).getByRole("button", { name: "Copy link" }).click();
    await expect(dialog(page).getByRole("status")).toContainText("Link copied");
    await dialog(page).getByLabel("What to copy").selectOption("The scenario file");
    const copied = await dialog(page).getByLabel("The text to copy").inputValue();
    for (const secret of secrets) expect(copied).not.toContain(secret);
    const link = await clipboard(page);

    await visit(page, link);
    await playground.live();
    await expect(playground.headline).toContainText("Allowed");
    await expect(page.getByLabel("Principal", { exact: true })).not.toHaveValue(/284619375520/);
    await expect(page.getByLabel("Principal", { exact: true })).toHaveValue(/^arn:aws:iam::\d{12}:user\/jo$/);
  });
});

const secrets = ["284619375520", "AKIAQ7XMPLR5T2WZB3NC", "jo@acme-corp.com"];

async function withSecrets(page: Page, playground: Playground): Promise<void> {
  const principal = "arn:aws:iam::284619375520:user/jo";
  const scenario = {
    version: 1,
    title: "Ours",
    identities: [{ arn: principal, policies: ["P"], tags: { mail: "jo@acme-corp.com", key: "AKIAQ7XMPLR5T2WZB3NC" } }],
    requests: [{ name: "List", principal, action: "s3:ListAllMyBuckets", resource: "*" }],
  };
  const text = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}';
  const work = { ...emptyWorkspace(), scenario: JSON.stringify(scenario, null, 2), policies: [{ name: "P", text }] };
  await page.goto(linkOf(pack(work)));
  await playground.live();
  await expect(playground.headline).toContainText("Allowed");
}

test("redacting is offered for keys, left to choose for the rest, and can be undone", async ({ page, playground }) => {
  await withSecrets(page, playground);
  await openShare(page);
  const share = dialog(page);
  await share.getByLabel("Share a redacted copy").uncheck();
  await share.getByLabel("What to copy").selectOption("The scenario file");
  await expect(share.getByLabel("The text to copy")).toHaveValue(/AKIAQ7XMPLR5T2WZB3NC/);
  await share.getByLabel("Replace the names of users").check();
  await expect(share.getByLabel("The text to copy")).not.toHaveValue(/user\/jo"/);
  await share.getByRole("button", { name: "Redact this scenario" }).click();
  await expect(share).toContainText("Nothing in it looks like a real account");
  await page.keyboard.press("Escape");
  await expect(playground.headline).toContainText("Allowed");
  await expect(page.getByLabel("Principal", { exact: true })).not.toHaveValue(/284619375520|jo$/);
  await playground.notices.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByLabel("Principal", { exact: true })).toHaveValue("arn:aws:iam::284619375520:user/jo");
});

test("a link that is copied by key can be pasted", { tag: "@main" }, async ({ page, playground }) => {
  await playground.open();
  await page.keyboard.press("ControlOrMeta+s");
  await expect(playground.notices).toContainText(/Link copied: [\d,]+ characters\./);
  const field = page.getByLabel("Resource", { exact: true });
  await field.fill("");
  await field.press("ControlOrMeta+v");
  await expect(field).toHaveValue(/^http\S+\/play\/#v1\.[\w-]+$/);
});

test("the dialog's link opens elsewhere as the same work", { tag: "@main" }, async ({ page, playground, browser }) => {
  await playground.open();
  await playground.choose(mfaScenario);
  await playground.retype("StopNeedsMFA", "aws:MultiFactorAuthPresent", "true", "false");
  await expect(playground.headline).toContainText("Denied implicitly");
  await openShare(page);
  await dialog(page).getByRole("button", { name: "Copy link" }).click();
  // A browser may refuse its clipboard: then the link is there, selected.
  await expect(dialog(page).getByRole("status")).toHaveText(/^Link copied|^The browser/);
  const link = await dialog(page).getByRole("textbox", { name: "Link" }).inputValue();
  const elsewhere = await browser.newContext();
  const other = new Playground(await elsewhere.newPage());
  await other.page.goto(link);
  await other.live();
  await expect(heading(other.page)).toHaveText(mfaScenario);
  await expect(other.headline).toContainText("Denied implicitly");
  await expect(other.notices).toContainText("Opened from a link.");
  await elsewhere.close();
});

test("a refused clipboard leaves the text selected", async ({ page, playground }) => {
  await page.addInitScript(() => {
    const refuse = (): Promise<never> => Promise.reject(new DOMException("refused", "NotAllowedError"));
    Object.defineProperty(navigator, "clipboard", { value: { write: refuse, writeText: refuse } });
  });
  await playground.open();
  await page.keyboard.press("ControlOrMeta+s");
  await expect(dialog(page)).toBeVisible();
  const selection = (): Promise<string> =>
    page.evaluate(() => {
      const field = document.activeElement;
      if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return "";
      return field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0);
    });
  await dialog(page).getByRole("button", { name: "Copy link" }).click();
  await expect(dialog(page).getByRole("status")).toContainText("The browser refused the clipboard");
  expect(await selection()).toMatch(/#v1\.[\w-]+$/);
  await dialog(page).getByRole("button", { name: "Copy text" }).click();
  await expect(dialog(page).getByLabel("The text to copy")).toBeFocused();
  expect(await selection()).toMatch(/^# What the application may do/);
});

test("a link opens beside the own work, is kept once it is edited, and leaves the address then", async ({
  page,
  playground,
}) => {
  await playground.open();
  await playground.choose(mfaScenario);
  await page.getByLabel("Action", { exact: true }).fill("ec2:RunInstances");
  await page.waitForTimeout(500);

  const link = linkOf(pack({ ...titled("From a friend"), policies: [{ name: "Theirs", text: "{}" }] }));
  await visit(page, link);
  await playground.live();
  await expect(heading(page)).toHaveText("From a friend");
  await expect(playground.notices).toContainText("Opened from a link. Your own work is kept.");
  expect(new URL(page.url()).hash).not.toBe("");
  await page.reload();
  await expect(heading(page)).toHaveText("From a friend");

  await page.getByRole("button", { name: "Add a request", exact: true }).click();
  await expect.poll(() => new URL(page.url()).hash).toBe("");
  await page.waitForTimeout(500);
  await page.reload();
  await expect(page.locator(".request")).toHaveCount(1);
  await expect(heading(page)).toHaveText("From a friend");

  await visit(page, link);
  await expect(page.locator(".request")).toHaveCount(0);
  await playground.notices.getByRole("button", { name: "Go back to it" }).click();
  await expect(page.locator(".request")).toHaveCount(1);
  expect(new URL(page.url()).hash).toBe("");

  await openRecent(page);
  const recent = page.getByRole("dialog", { name: "Your recent work" });
  await recent.getByRole("button", { name: `Open ${mfaScenario}` }).click();
  await expect(page.getByLabel("Action", { exact: true })).toHaveValue("ec2:RunInstances");
});

test("a link in a page that is open replaces nothing, and undo goes back to the work in its own place", async ({
  page,
  playground,
}) => {
  await playground.open();
  await playground.choose(mfaScenario);
  await page.getByLabel("Action", { exact: true }).fill("ec2:RunInstances");
  const link = linkOf(pack(titled("Second")));
  await page.evaluate((fragment) => (location.hash = fragment), link.slice(1));
  await expect(heading(page)).toHaveText("Second");
  await page.evaluate((fragment) => (location.hash = fragment), linkOf(pack(titled("Third"))).slice(1));
  await expect(heading(page)).toHaveText("Third");
  await playground.notices.getByRole("button", { name: "Go back to it" }).click();
  await expect(page.getByLabel("Action", { exact: true })).toHaveValue("ec2:RunInstances");
  await page.waitForTimeout(500);
  expect(
    await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("fenceline.work"))),
  ).toHaveLength(1);

  await page.goBack();
  await expect(heading(page)).toHaveText("Second");
  await page.keyboard.press("ControlOrMeta+z");
  await expect(page.getByLabel("Action", { exact: true })).toHaveValue("ec2:RunInstances");
});

test("a link that was only looked at leaves nothing behind: the tab goes on with its own work", async ({
  page,
  playground,
  context,
}) => {
  await playground.open();
  await page.getByLabel("Action", { exact: true }).fill("s3:GetObject");
  await page.waitForTimeout(500);
  const second = await context.newPage();
  await second.goto("/");
  await second.getByLabel("Action", { exact: true }).fill("s3:PutObject");
  await second.waitForTimeout(500);

  await visit(page, linkOf(pack(titled("Only looked at"))));
  await expect(heading(page)).toHaveText("Only looked at");
  await visit(page, "/");
  await expect(page.getByLabel("Action", { exact: true })).toHaveValue("s3:GetObject");
  expect(
    await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("fenceline.work"))),
  ).toHaveLength(2);
});

test("without an engine there is a link, and the dialog says that nobody looked through the texts", async ({
  page,
}) => {
  await page.route("**/assets/engine-*.wasm", (route) => route.fulfill({ status: 403, body: "no" }));
  await page.goto("/");
  await expect(page.getByRole("alert")).toContainText("the server answered 403 for the engine");
  await openShare(page);
  await expect(dialog(page).getByRole("alert")).toContainText("The engine could not look through the texts");
  await expect(dialog(page).getByRole("textbox", { name: "Link" })).toHaveValue(/#v1\.[\w-]+$/);
  await expect(dialog(page)).toContainText("The selected request is not evaluated");
});

test("headings in the address are no links", async ({ page, playground }) => {
  await playground.open();
  await page.evaluate(() => (location.hash = "#decision"));
  await expect(heading(page)).toHaveText(firstTitle);
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("#new opens an empty scenario, and #scenario= a shipped one, beside the own work", async ({
  page,
  playground,
}) => {
  await playground.open();
  await page.getByLabel("Action", { exact: true }).fill("s3:GetObject");
  await page.waitForTimeout(500);
  await visit(page, "/#new");
  await expect(heading(page)).toHaveText("New scenario");
  await expect(playground.notices).toContainText("Your own work is kept.");
  await visit(page, "/#scenario=mfa/mfa&request=2");
  await expect(heading(page)).toHaveText(mfaScenario);
  await expect(page.locator(".request").nth(2)).toHaveAttribute("aria-current", "true");
  await playground.notices.getByRole("button", { name: "Go back to it" }).click();
  await expect(page.getByLabel("Action", { exact: true })).toHaveValue("s3:GetObject");
  await visit(page, "/#scenario=mfa/missing");
  await expect(page.getByRole("alert")).toContainText("the server answered 404");
  await expect(page.getByLabel("Action", { exact: true })).toHaveValue("s3:GetObject");
});

const whole = linkOf(pack(titled("Whole")));
const badLinks: Readonly<Record<string, readonly [link: string, says: string]>> = {
  "is cut off": [whole.slice(0, -5), "This link is damaged"],
  "has a changed character": [`${whole.slice(0, -8)}A${whole.slice(-7)}`, "its checksum does not fit"],
  "has a strange character": [`${whole}!`, "it has the character !"],
  "is of a later version": ["/#v2.AAAA", "made by a later version of Fenceline (v2)"],
  "is too large": [`/#v1.${"A".repeat(mostFragment)}`, "This link is too large"],
  "becomes too much text": [linkOf(" ".repeat(50 << 20)), "its text becomes larger than 512 KB"],
  "holds no scenario": [linkOf('{"v":1,"s":"","p":{}}'), "holds no scenario: the list of policies is missing"],
};

for (const [what, [link, says]] of Object.entries(badLinks)) {
  test(`a link that ${what} says so, and loses nothing`, async ({ page, playground }) => {
    await playground.open();
    await page.getByLabel("Action", { exact: true }).fill("s3:GetObject");
    await page.waitForTimeout(500);
    await page.goto("about:blank");
    // The driver takes no address as long as the longest of these.
    await page.addInitScript((fragment) => location.replace(fragment), link.slice(1));
    await page.goto("/");
    await expect(page.getByRole("alert")).toContainText(says);
    await expect(page.getByLabel("Action", { exact: true })).toHaveValue("s3:GetObject");
    await playground.live();
    await page.getByRole("alert").getByRole("button", { name: "Dismiss" }).click();
    await expect(page.getByRole("alert")).toHaveCount(0);
  });
}

test(
  "on a first visit a damaged link leaves the first scenario, and shows what could be read",
  { tag: "@main" },
  async ({ page, playground }) => {
    await page.goto(linkOf('{"v":1,"s":"precious","p":{}}'));
    await playground.live();
    await expect(heading(page)).toHaveText(firstTitle);
    await page.getByText("What could be read of it").click();
    await expect(page.getByLabel("Text of the link")).toHaveText('{"v":1,"s":"precious","p":{}}');
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  },
);

const contentOf = async (download: Download): Promise<string> => readFileSync(await download.path(), "utf8");

async function openFile(page: Page, name: string, content: string): Promise<void> {
  const choosing = page.waitForEvent("filechooser");
  await new Playground(page).command("Open a file …");
  await (await choosing).setFiles({ name, mimeType: "application/json", buffer: Buffer.from(content) });
}

test("a scenario is saved as a file and opened again", async ({ page, playground }) => {
  await playground.open();
  await playground.choose(mfaScenario);
  const downloading = page.waitForEvent("download");
  await playground.command("Save scenario file");
  const download = await downloading;
  expect(download.suggestedFilename()).toBe("terminating-an-instance-needs-mfa.json");
  const content = await contentOf(download);
  const shipped = readFileSync(join(import.meta.dirname, "../../content/scenarios/mfa/mfa.json"), "utf8");
  expect(JSON.parse(content)).toEqual(JSON.parse(shipped));

  await visit(page, "/#new");
  await playground.live();
  await openFile(page, "kept.json", content);
  await expect(heading(page)).toHaveText(mfaScenario);
  await expect(playground.headline).toContainText("Allowed");
  await expect(playground.notices).toContainText("Opened the file kept.json.");
});

test("a broken text is saved as a work file, byte for byte", async ({ page, playground }) => {
  await playground.open();
  await playground.choose(mfaScenario);
  await playground.paste(playground.editor("StopNeedsMFA"), '{ "Statement": [');
  await expect(playground.headline).toContainText("Not evaluated");
  await playground.command("Save scenario file");
  await expect(dialog(page)).toContainText('The policy "StopNeedsMFA" is no JSON object');
  const downloading = page.waitForEvent("download");
  await dialog(page).getByRole("button", { name: "Save work file" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe("terminating-an-instance-needs-mfa.fenceline.json");
  await page.keyboard.press("Escape");
  const content = await contentOf(download);
  await page.getByRole("button", { name: "Scenarios", exact: true }).click();
  await page.getByRole("button", { name: "An empty scenario" }).click();
  await openFile(page, "broken.fenceline.json", content);
  await expect(heading(page)).toHaveText(mfaScenario);
  await expect(playground.problems.getByRole("button", { name: /Error.*StopNeedsMFA/ }).first()).toBeVisible();
});

test("a file that is no scenario, or too large, is refused with a reason", async ({ page, playground }) => {
  await playground.open();
  await openFile(page, "policy.json", '{"Version":"2012-10-17","Statement":[]}');
  await expect(page.getByRole("alert")).toContainText("This file was not opened: it is JSON, but no scenario");
  await openFile(page, "large.json", " ".repeat(9 << 20));
  await expect(page.getByRole("alert")).toContainText("it has 9.0 MB; at most 8.0 MB are opened");
  await expect(heading(page)).toHaveText(firstTitle);
});

test("recent work is listed, deleted with a way back, and deleted for good", async ({ page, playground }) => {
  await page.addInitScript(() => {
    if (localStorage.length > 0) return;
    ["One", "Two", "Three"].forEach((title, at) => {
      const scenario = JSON.stringify({ version: 1, title, requests: [] });
      const workspace = { scenario, policies: [], selected: 0, without: [] };
      localStorage.setItem(`fenceline.work.2.${title}`, JSON.stringify({ changed: 1_700_000_000_000 + at, workspace }));
    });
  });
  await playground.open();
  await openRecent(page);
  const recent = page.getByRole("dialog", { name: "Your recent work" });
  await expect(recent.getByRole("listitem")).toHaveText([/Three/, /Two/, /One/]);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await recent.getByRole("button", { name: "Delete Two" }).click();
  await expect(recent.getByRole("button", { name: "Undo deleting Two" })).toBeFocused();
  const keys = (): Promise<string[]> => page.evaluate(() => Object.keys(localStorage).sort());
  expect(await keys()).not.toContain("fenceline.work.2.Two");
  await page.keyboard.press("Enter");
  expect(await keys()).toContain("fenceline.work.2.Two");
  await recent.getByRole("button", { name: "Open One" }).click();
  await expect(heading(page)).toHaveText("One");

  await openRecent(page);
  await expect(recent.getByRole("listitem").filter({ hasText: "open in this tab" })).toHaveText(/One/);
  await recent.getByRole("button", { name: "Delete all kept work" }).click();
  await expect(recent.getByRole("button", { name: "Undo deleting all" })).toBeFocused();
  expect((await keys()).filter((key) => key.startsWith("fenceline.work"))).toEqual([]);
});

for (const { width, colorScheme } of looks) {
  test.describe(`${width} px, ${colorScheme}`, () => {
    test.use({ viewport: { width, height: 844 }, colorScheme });

    test("axe finds nothing in the share dialog", async ({ page, playground }) => {
      await withSecrets(page, playground);
      await openShare(page);
      await dialog(page).getByText("What is replaced (3)").click();
      await dialog(page).getByRole("button", { name: "Copy text" }).click();
      await expect(dialog(page).getByRole("status")).not.toBeEmpty();
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    });
  });
}
