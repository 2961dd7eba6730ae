// The reference: pages that the engine's own tables make, and the ways to them from the playground.

import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "./playground.ts";

const pages = [
  "/reference/operators/StringLike/",
  "/reference/operators/Null/",
  "/reference/elements/Principal/",
  "/reference/layers/permissionsBoundary/",
  "/reference/findings/notActionInAllow/",
  "/reference/findings/missingComma/",
];

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`360 px, ${colorScheme}`, () => {
    test.use({ viewport: { width: 360, height: 740 }, colorScheme });

    for (const path of pages) {
      test(`axe finds nothing on ${path}, and nothing is wider than the window`, async ({ page }) => {
        await page.goto(path);
        expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
      });
    }
  });
}

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the index leads to an operator, whose table says when it holds", async ({ page }) => {
    await page.goto("/reference/");
    await page.locator("main").getByRole("link", { name: "StringNotLike", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("StringNotLike");
    const table = page.getByRole("group", { name: "What StringNotLike makes of a request's values" });
    const missing = table.getByRole("row", { name: /^missing/ }).getByRole("cell");
    await expect(missing).toHaveText(["holds", "holds", "holds", "does not hold", "does not hold"]);
    const decided = page.getByRole("group", { name: "Decisions of the example" });
    await expect(decided.getByRole("row", { name: /^without/ })).toContainText("Denied explicitly");
  });

  test("a layer's page shows what its silence does", async ({ page }) => {
    await page.goto("/reference/layers/sessionPolicy/");
    const row = page.getByRole("row", { name: /^the caller's own policies allow/ });
    await expect(row.getByRole("cell").nth(2)).toContainText("no session policy allows it");
  });
});

test("a problem leads to its page, which shows an example and what to write instead", async ({ page, playground }) => {
  await playground.open();
  await playground.retype("MyTestApp_DDB_Permissions", '"Action"', "Action", "NotAction");
  const link = playground.problems.getByRole("link", { name: "notActionInAllow" });
  await link.click();
  await expect(page).toHaveURL(/\/reference\/findings\/notActionInAllow\/$/);
  await expect(page.locator("mark")).toHaveText('"iam:*"');
  await expect(page.locator(".reported")).toContainText("Warning at line 5");
  await expect(page.locator(".difference .added")).toContainText('"Action": ["s3:*", "dynamodb:*"]');
});

test("a gate leads to the page of its kind of policy", async ({ page, playground }) => {
  await playground.open();
  await playground.decision.getByRole("link", { name: "About this step" }).click();
  await expect(page).toHaveURL(/\/reference\/layers\/permissionsBoundary\/$/);
});
