import { defineConfig, type Project } from "@playwright/test";

// A second clone on the same machine tests beside this one on another port.
const port = Number(process.env["PORT"] ?? 41730);

/** Chromium runs every test. */
const chromium: Project = {
  name: "chromium",
  use: {
    browserName: "chromium",
    launchOptions: {
      executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
};

/** Firefox, as it is installed, runs the main paths, over WebDriver BiDi. */
const firefox: Project = {
  name: "firefox",
  grep: /@main/,
  use: {
    browserName: "firefox",
    channel: "moz-firefox",
    launchOptions: { executablePath: process.env["FIREFOX"] ?? "/usr/bin/firefox-esr" },
  },
};

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  reporter: "list",
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    // A service worker would answer before a test's own routes do; the tests that are about it allow it.
    serviceWorkers: "block",
    viewport: { width: 1280, height: 800 },
  },
  projects: [chromium, firefox],
  webServer: {
    command: `dist/bin/site serve -port ${port}`,
    cwd: "..",
    url: `http://127.0.0.1:${port}/`,
  },
});
