// Lighthouse's scores of the built site's pages on a slow phone, which none may fall below.
// It needs a newer Node than the rest: the one in this folder's packages.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const least = { performance: 95, accessibility: 100, "best-practices": 100, seo: 100 };
const pages = ["/", "/play/", "/scenarios/"];

/** Scores differ from run to run: the middle one of these counts. */
const runs = 3;

const chromeFlags = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The site's own server, on any free port. */
async function serve() {
  const server = spawn("dist/bin/site", ["serve"], {
    cwd: new URL("../../..", import.meta.url),
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(createInterface(server.stdout), "line");
  return { server, origin: line.replace(/^serving /, "").replace(/\/$/, "") };
}

async function measure(address) {
  const chrome = await launch({ chromePath: process.env.CHROMIUM, chromeFlags });
  try {
    const run = await lighthouse(address, { port: chrome.port, onlyCategories: Object.keys(least), logLevel: "error" });
    return run.lhr;
  } finally {
    chrome.kill();
  }
}

const scoreOf = (report, category) => Math.round((report.categories[category].score ?? 0) * 100);

/** What took points away from a category. */
function findings(report, category) {
  return report.categories[category].auditRefs
    .filter(({ id, weight }) => weight > 0 && (report.audits[id].score ?? 1) < 0.9)
    .map(({ id }) => {
      const { title, displayValue = "", details } = report.audits[id];
      const places = (details?.items ?? []).flatMap(({ node }) => node?.selector ?? []);
      return `    ${title} ${displayValue} ${places.join(", ")}`.trimEnd();
    });
}

async function judge(address) {
  const reports = [];
  for (let i = 0; i < runs; i++) reports.push(await measure(address));
  return Object.entries(least).map(([category, limit]) => {
    const sorted = reports.toSorted((a, b) => scoreOf(a, category) - scoreOf(b, category));
    const middle = sorted[Math.floor(runs / 2)];
    const score = scoreOf(middle, category);
    const verdict = score >= limit ? "ok" : "TOO LOW";
    console.log(
      `${new URL(address).pathname.padEnd(14)} ${category.padEnd(16)} ${String(score).padStart(3)}  >= ${limit}  ${verdict}`,
    );
    if (score < 100) console.log(findings(middle, category).join("\n"));
    return score >= limit;
  });
}

const { server, origin } = await serve();
try {
  const verdicts = [];
  for (const page of pages) {
    const { status } = await fetch(origin + page);
    if (status === 200) verdicts.push(...(await judge(origin + page)));
  }
  if (verdicts.length === 0) throw new Error("the site has none of the pages");
  process.exitCode = verdicts.every(Boolean) ? 0 : 1;
} finally {
  server.kill();
}
