import { openFile, type Workspace } from "../src/model/workspace.ts";
import { expect, mfaScenario, test } from "./playground.ts";

test("only the site's own files are requested", { tag: "@main" }, async ({ page, playground, baseURL }) => {
  const requested: string[] = [];
  page.on("request", (request) => requested.push(request.url()));
  await playground.open();
  await playground.choose(mfaScenario);
  expect(requested.length).toBeGreaterThan(5);
  expect(requested.filter((url) => !url.startsWith(`${baseURL}/`))).toEqual([]);
});

test("the page is served closed and compressed, and holds no inline script or style", async ({ page }) => {
  const response = await page.goto("/");
  const headers = response?.headers() ?? {};
  expect(headers["content-security-policy"]).toContain("default-src 'none'");
  expect(headers["content-security-policy"]).toContain("require-trusted-types-for 'script'");
  expect(headers["content-encoding"]).toMatch(/^(br|gzip)$/);
  const source = (await response?.text()) ?? "";
  expect(source).not.toMatch(/<script(?![^>]*\ssrc=)/);
  expect(source).not.toMatch(/<style|\sstyle=|\son[a-z]+=/);
});

test("what a person types never becomes markup", { tag: "@main" }, async ({ page, playground }) => {
  const nasty = `<img src=x onerror=alert(1)><script>alert(2)</script>`;
  let dialogs = 0;
  page.on("dialog", (dialog) => {
    dialogs++;
    void dialog.dismiss();
  });
  await playground.open();
  await playground.choose(mfaScenario);
  await page.getByLabel("Action", { exact: true }).fill(nasty);
  await page.getByLabel("Name", { exact: true }).fill(nasty);
  await page.getByText("The rest of the scenario", { exact: true }).click();
  await playground.paste(
    page.getByRole("textbox", { name: "Scenario without its policies" }),
    JSON.stringify({
      version: 1,
      title: nasty,
      description: nasty,
      requests: [{ name: nasty, action: nasty, principal: nasty, resource: nasty }],
    }),
  );
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(nasty);
  await expect(page.locator("fenceline-app img, fenceline-app script")).toHaveCount(0);
  expect(dialogs).toBe(0);
});

test("the page and the generator split a scenario into the same texts", async ({ page }) => {
  await page.goto("/");
  const address = (await page.locator("body").getAttribute("data-first")) ?? "";
  const { workspace } = (await (await page.request.get(address)).json()) as { workspace: Workspace };
  const file = await (await page.request.get("/scenarios/frankfurt/frankfurt-application.json")).text();
  expect({ ...openFile(file), selected: workspace.selected }).toEqual(workspace);
});
