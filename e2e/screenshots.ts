import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Browser, chromium, type Page } from "@playwright/test";
import { connect, type Vitrine } from "#client/connect";
import { launchOptions } from "#test/browser/browser";
import { type Product, startProduct } from "#test/browser/product";
import { smallPng } from "#test/browser/small-png";

/** A page with the data of the demo; `ready` waits for what the page loads late. */
interface Shot {
  name: string;
  path: string;
  ready?: (page: Page) => Promise<void>;
}

const VARIANTS = (["light", "dark"] as const).flatMap((colorScheme) => [
  { colorScheme, name: colorScheme === "light" ? "" : "-dark", viewport: { width: 1280, height: 800 } },
  { colorScheme, name: colorScheme === "light" ? "-phone" : "-dark-phone", viewport: { width: 390, height: 844 } },
]);

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, "docs", "screenshots");

/** Every page once, with the artifacts of the demo that suit it best. */
async function shots(vitrine: Vitrine): Promise<Shot[]> {
  const latest = async (key: string) => (await vitrine.collection.latest.query({ key })).id;
  const compared = async (page: Page) => page.getByRole("region", { name: "Data", exact: true }).waitFor();
  const table = await latest("portfolio-close");
  const [run] = await vitrine.flowRun.list.query({
    where: { flows: { name: { any: ["aviation-safety"] } } },
    limit: 1,
  });
  const [task] = await vitrine.taskRun.list.query({ limit: 1 });
  return [
    { name: "artifacts", path: "/artifacts" },
    { name: "history", path: "/artifacts/key/weather-digest" },
    { name: "chart", path: "/artifacts/key/price-aapl" },
    { name: "table", path: "/artifacts/key/top-grossing" },
    { name: "image", path: "/artifacts/key/weather-year-chart" },
    { name: "edit", path: "/artifacts/key/weather-digest?tab=edit" },
    { name: "compare", path: `/artifacts/compare?to=${table}`, ready: compared },
    { name: "compare-text", path: `/artifacts/compare?to=${await latest("weather-digest")}`, ready: compared },
    { name: "runs", path: "/runs" },
    { name: "flow-run", path: `/runs/flow-run/${run?.id}` },
    { name: "task-run", path: `/runs/task-run/${task?.id}` },
    { name: "trash", path: "/trash" },
    { name: "no-matches", path: "/artifacts?key=no-such-key" },
    { name: "sign-in", path: "/sign-in" },
  ];
}

async function take(browser: Browser, url: string, { name, path, ready }: Shot): Promise<number> {
  let bytes = 0;
  for (const { name: variant, ...options } of VARIANTS) {
    const page = await browser.newPage({ ...options, reducedMotion: "reduce", baseURL: url });
    await page.goto(path, { waitUntil: "networkidle" });
    await ready?.(page);
    const image = smallPng(await page.screenshot());
    await page.close();
    await writeFile(join(folder, `${name}${variant}.png`), image);
    bytes += image.length;
  }
  return bytes;
}

async function startDemo(): Promise<Product> {
  const product = await startProduct();
  const demo = spawn(process.execPath, ["--import", "tsx", "demo/main.ts", "--url", product.url], {
    cwd: root,
    stdio: "inherit",
  });
  await once(demo, "exit");
  return product;
}

/**
 * Takes screenshots of all pages in both themes and two widths: npm run screenshots, after npm run build. `--url` is of a
 * running server that has the demo's data already.
 */
async function main(): Promise<void> {
  const { values: options } = parseArgs({ options: { url: { type: "string" } } });
  const product = options.url === undefined ? await startDemo() : null;
  const url = options.url ?? product?.url ?? "";
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const browser = await chromium.launch(launchOptions());
  let bytes = 0;
  for (const shot of await shots(connect({ url }))) {
    const size = await take(browser, url, shot);
    console.log(`${shot.name.padEnd(16)} ${Math.round(size / 1000)} kB`);
    bytes += size;
  }
  console.log(`${folder}: ${(bytes / 1e6).toFixed(1)} MB`);
  await browser.close();
  await product?.stop();
}

await main();
