import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Browser, chromium, type Request } from "@playwright/test";
import { formatMs, table } from "#bench/harness/markdown";
import { median } from "#bench/harness/measure";
import { writeSection } from "#bench/harness/report";
import { connect, type Vitrine } from "#client/connect";
import { launchOptions } from "#test/browser/browser";
import { type Product, startProduct } from "#test/browser/product";
import { publishLargeTable, timeTable } from "./table-times";

const KINDS = ["JavaScript", "CSS", "fonts", "HTML", "data", "other"] as const;
type Kind = (typeof KINDS)[number];

/** Bytes as transferred, headers of the responses included. */
const MAX_FONTS = 60_000;
const MAX_SCRIPTS = { list: 200_000, table: 260_000, other: 300_000 };

const TYPES: [RegExp, Kind][] = [
  [/javascript/, "JavaScript"],
  [/text\/css/, "CSS"],
  [/font/, "fonts"],
  [/text\/html/, "HTML"],
  [/json|x-component|csv|event-stream/, "data"],
];

interface Weight {
  bytes: Record<Kind, number>;
  /** Milliseconds; 0 where no task took 50 or more. */
  longestTask: number;
}

/** Every kind of page, with the artifacts of the demo that suit it best. */
async function pages(vitrine: Vitrine): Promise<{ path: string; maxScripts: number }[]> {
  const latest = async (key: string) => (await vitrine.collection.latest.query({ key })).id;
  const [run] = await vitrine.flowRun.list.query({ limit: 1 });
  const [task] = await vitrine.taskRun.list.query({ limit: 1 });
  const [deployment] = await vitrine.deployment.list.query({ limit: 1 });
  const lists = ["/artifacts", "/artifacts?versions=all", "/artifacts?show=cards", "/runs", "/trash"];
  const others = [
    "/artifacts/key/weather-digest",
    "/artifacts/key/price-aapl",
    "/artifacts/key/weather-year-chart",
    "/artifacts/key/top-grossing?tab=raw",
    "/artifacts/key/weather-digest?tab=edit",
    `/artifacts/compare?to=${await latest("portfolio-close")}`,
    `/artifacts/compare?to=${await latest("weather-digest")}`,
    `/runs/flow-run/${run?.id}`,
    `/runs/task-run/${task?.id}`,
    `/runs/deployment/${deployment?.id}`,
    `/runs/flow/${run?.flowId}`,
    "/sign-in",
  ];
  return [
    ...lists.map((path) => ({ path, maxScripts: MAX_SCRIPTS.list })),
    { path: "/artifacts/key/top-grossing", maxScripts: MAX_SCRIPTS.table },
    ...others.map((path) => ({ path, maxScripts: MAX_SCRIPTS.other })),
  ];
}

function emptyBytes(): Record<Kind, number> {
  return { JavaScript: 0, CSS: 0, fonts: 0, HTML: 0, data: 0, other: 0 };
}

/** What a page transfers with an empty cache until it is idle, requests of its workers included. */
async function weigh(browser: Browser, url: string): Promise<Weight> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    new PerformanceObserver((list) => {
      const longest = Math.max(...list.getEntries().map(({ duration }) => duration));
      document.documentElement.dataset.longestTask = String(
        Math.max(longest, Number(document.documentElement.dataset.longestTask ?? 0)),
      );
    }).observe({ type: "longtask", buffered: true });
  });
  const bytes = emptyBytes();
  const counting: Promise<void>[] = [];
  const count = async (request: Request) => {
    const response = await request.response();
    if (!response) return;
    const type = response.headers()["content-type"] ?? "";
    const kind = TYPES.find(([pattern]) => pattern.test(type))?.[1] ?? "other";
    const { responseBodySize, responseHeadersSize } = await request.sizes();
    bytes[kind] += responseBodySize + responseHeadersSize;
  };
  page.on("requestfinished", (request) => {
    if (request.url().startsWith("http")) counting.push(count(request));
  });
  await page.goto(url, { waitUntil: "networkidle" });
  await Promise.all(counting);
  const longestTask = await page.evaluate(() => Number(document.documentElement.dataset.longestTask ?? 0));
  await context.close();
  return { bytes, longestTask };
}

const { values: options } = parseArgs({
  options: { write: { type: "boolean", default: false }, url: { type: "string" } },
});
/** Of which the medians are taken. */
const ROUNDS = options.write ? 3 : 1;

/** Weighs a page several times: medians of the bytes of each kind and of the longest task. */
async function weighOften(browser: Browser, url: string): Promise<Weight> {
  const rounds: Weight[] = [];
  while (rounds.length < ROUNDS) rounds.push(await weigh(browser, url));
  const bytes = KINDS.map((kind) => [kind, median(rounds.map((round) => round.bytes[kind]))] as const);
  return {
    bytes: { ...emptyBytes(), ...Object.fromEntries(bytes) },
    longestTask: median(rounds.map(({ longestTask }) => longestTask)),
  };
}

/** The times of operations on a table of 100,000 rows, as rows of a table. */
async function tableRows(browser: Browser, vitrine: Vitrine, url: string): Promise<string[][]> {
  const address = await publishLargeTable(vitrine);
  const rounds: Awaited<ReturnType<typeof timeTable>>[] = [];
  while (rounds.length < ROUNDS) rounds.push(await timeTable(browser, `${url}${address}`));
  return (["search", "sort", "filter"] as const).map((name) => {
    const times = rounds.map((round) => round[name]);
    return [name, ...[median(times), Math.min(...times), Math.max(...times)].map((time) => `${formatMs(time)} ms`)];
  });
}

/**
 * Measures what each page transfers, its longest task, and how soon a large table responds, and fails above the limits:
 * npm run weight, after npm run build. With `--write` it does so three times, and writes docs/performance.md. `--url` is
 * of a running server that has the demo's data already.
 */
async function main(): Promise<void> {
  const product = options.url === undefined ? await startDemo() : null;
  const url = options.url ?? product?.url ?? "";
  const browser = await chromium.launch(launchOptions());
  const vitrine = connect({ url });
  try {
    const rows: string[][] = [];
    for (const { path, maxScripts } of await pages(vitrine)) {
      const { bytes, longestTask } = await weighOften(browser, `${url}${path}`);
      const over = [
        ...(bytes.JavaScript > maxScripts ? [`JavaScript over ${kilobytes(maxScripts)}`] : []),
        ...(bytes.fonts > MAX_FONTS ? [`fonts over ${kilobytes(MAX_FONTS)}`] : []),
      ];
      const name = path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, "…");
      const task = longestTask === 0 ? "< 50 ms" : `${Math.round(longestTask)} ms`;
      rows.push([name, ...KINDS.map((kind) => kilobytes(bytes[kind])), task]);
      if (over.length > 0) {
        console.error(`${name}: ${over.join(", ")}`);
        process.exitCode = 1;
      }
    }
    const text = [
      `What a page transfers with an empty cache until it is idle, and its longest task on the main thread, on the demo's data; ${ROUNDS === 1 ? "once" : `medians of ${ROUNDS} visits`}.`,
      table(["page", ...KINDS, "longest task"], rows),
      `What a table of 100,000 rows and 20 columns shows after the last keystroke or click; ${ROUNDS === 1 ? "once" : `${ROUNDS} visits`}.`,
      table(["first result of", "median", "least", "most"], await tableRows(browser, vitrine, url)),
    ].join("\n\n");
    await writeSection("pages", text, options.write);
  } finally {
    await browser.close();
    await product?.stop();
  }
}

async function startDemo(): Promise<Product> {
  const product = await startProduct();
  const root = fileURLToPath(new URL("..", import.meta.url));
  const arguments_ = ["--import", "tsx", "demo/main.ts", "--url", product.url];
  await once(spawn(process.execPath, arguments_, { cwd: root, stdio: "ignore" }), "exit");
  return product;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

await main();
