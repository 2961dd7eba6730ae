import { defineConfig } from "@playwright/test";
import tests from "../playwright.config.ts";

// Measures the page in Chromium, one thing at a time.
export default defineConfig({
  ...tests,
  testDir: ".",
  testMatch: "*.bench.ts",
  outputDir: "../test-results",
  fullyParallel: false,
  workers: 1,
  timeout: 300_000,
  reporter: "./table.ts",
  projects: tests.projects?.filter(({ name }) => name === "chromium") ?? [],
  ...(Array.isArray(tests.webServer) || !tests.webServer ? {} : { webServer: { ...tests.webServer, cwd: "../.." } }),
});
