import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { launchOptions } from "./browser";
import { startProduct } from "./product";

/** Takes the pictures of the README from the demo's world: npx tsx e2e/screenshots.ts, after npm run build. */
const SHOTS = [
  { name: "artifacts", path: "/artifacts", colorScheme: "light", width: 1280, height: 800 },
  { name: "artifacts-dark", path: "/artifacts?sort=key", colorScheme: "dark", width: 1280, height: 800 },
  { name: "history", path: "/artifacts/key/weather-digest", colorScheme: "light", width: 1280, height: 800 },
  { name: "table", path: "/artifacts/key/portfolio-close", colorScheme: "light", width: 1280, height: 800 },
  { name: "chart-dark", path: "/artifacts/key/weather-year-chart", colorScheme: "dark", width: 1280, height: 800 },
  { name: "phone", path: "/artifacts", colorScheme: "light", width: 390, height: 844 },
] as const;

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = `${root}docs/screenshots`;

const product = await startProduct();
const demo = spawn(process.execPath, ["--import", "tsx", "demo/main.ts", "--url", product.url], {
  cwd: root,
  stdio: "inherit",
});
await once(demo, "exit");
await mkdir(folder, { recursive: true });
const browser = await chromium.launch(launchOptions());
for (const { name, path, colorScheme, width, height } of SHOTS) {
  const page = await browser.newPage({
    viewport: { width, height },
    colorScheme,
    reducedMotion: "reduce",
    baseURL: product.url,
  });
  await page.goto(path, { waitUntil: "networkidle" });
  await page.screenshot({ path: `${folder}/${name}.png` });
  await page.close();
}
await browser.close();
await product.stop();
