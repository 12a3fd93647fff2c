import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Request } from "@playwright/test";
import { connect, type Vitrine } from "#client/connect";
import { launchOptions } from "#test/browser/browser";
import { startProduct } from "#test/browser/product";

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
  const bytes: Record<Kind, number> = { JavaScript: 0, CSS: 0, fonts: 0, HTML: 0, data: 0, other: 0 };
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

/** Prints what each page transfers, by kind, and fails above the limits: npm run weight, after npm run build. */
async function main(): Promise<void> {
  const product = await startProduct();
  const browser = await chromium.launch(launchOptions());
  try {
    const root = fileURLToPath(new URL("..", import.meta.url));
    const arguments_ = ["--import", "tsx", "demo/main.ts", "--url", product.url];
    await once(spawn(process.execPath, arguments_, { cwd: root, stdio: "ignore" }), "exit");
    console.log(`${["page".padEnd(36), ...KINDS.map((kind) => kind.padStart(10))].join(" ")}  longest task`);
    for (const { path, maxScripts } of await pages(connect({ url: product.url }))) {
      const { bytes, longestTask } = await weigh(browser, `${product.url}${path}`);
      const over = [
        ...(bytes.JavaScript > maxScripts ? [`JavaScript over ${kilobytes(maxScripts)}`] : []),
        ...(bytes.fonts > MAX_FONTS ? [`fonts over ${kilobytes(MAX_FONTS)}`] : []),
      ];
      const name = path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, "…").padEnd(36);
      const columns = KINDS.map((kind) => kilobytes(bytes[kind]).padStart(10));
      const task = longestTask === 0 ? "< 50 ms" : `${Math.round(longestTask)} ms`;
      console.log(`${[name, ...columns].join(" ")}  ${task.padStart(12)}  ${over.join(", ")}`.trimEnd());
      if (over.length > 0) process.exitCode = 1;
    }
  } finally {
    await browser.close();
    await product.stop();
  }
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

await main();
