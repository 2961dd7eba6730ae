// Draws the PNG icons from icon.svg, in Chromium, and writes them beside it. Run it when icon.svg changes:
//
//   node site/styles/icons.mjs

import { readFileSync, writeFileSync } from "node:fs";
import { chromium } from "@playwright/test";

const here = new URL(".", import.meta.url);
const svg = readFileSync(new URL("icon.svg", here), "utf8");
const ground = "#fbfaf6";

/** The mark as part of the icon's width; a maskable icon may be cut to a circle of four fifths. */
const icons = [
  { name: "icon-192.png", size: 192, part: 1 },
  { name: "icon-512.png", size: 512, part: 1 },
  { name: "icon-maskable-512.png", size: 512, part: 0.7 },
];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
for (const { name, size, part } of icons) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const image = `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
  await page.setContent(
    `<body style="margin:0;background:${ground};height:${size}px;display:grid;place-items:center">
     <img src="${image}" width="${size * part}" height="${size * part}">`,
  );
  await page.locator("img").evaluate((img) => img.decode());
  writeFileSync(new URL(name, here), await page.screenshot());
  await page.close();
}
await browser.close();
