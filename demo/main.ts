import { parseArgs } from "node:util";
import { connect, DEFAULT_URL, type Vitrine } from "#client/connect";
import { aviation } from "./aviation";
import { climate } from "./climate";
import { employment } from "./employment";
import { library } from "./library";
import { movies } from "./movies";
import { ARCHIVE_SHARE, earthquakes, operations } from "./operations";
import { penguins } from "./penguins";
import { publish } from "./publish";
import { releases } from "./releases";
import { reports } from "./reports";
import { stocks } from "./stocks";
import { publishFiles, viewers } from "./viewers";
import { weather } from "./weather";

const PLANS = [
  weather,
  stocks,
  employment,
  climate,
  movies,
  aviation,
  earthquakes,
  releases,
  library,
  penguins,
  operations,
  reports,
  viewers,
];

/** The number of flows that are published at the same time. */
const CONCURRENCY = 4;

const USAGE = `Fills a running Vitrine with real data. Running it again adds nothing.

  npm run demo -- [--url ${DEFAULT_URL}] [--api-key SECRET] [--live [--seconds 60]]

  --live   then updates the progress of "archive-migration" every second`;

const { values: options } = parseArgs({
  options: {
    url: { type: "string" },
    "api-key": { type: "string" },
    live: { type: "boolean", default: false },
    seconds: { type: "string", default: "60" },
    help: { type: "boolean", short: "h", default: false },
  },
});

async function counts(vitrine: Vitrine): Promise<string> {
  const [keys, versions, flows, deployments, flowRuns, taskRuns] = await Promise.all([
    vitrine.collection.count.query(),
    vitrine.artifact.count.query(),
    vitrine.flow.count.query(),
    vitrine.deployment.count.query(),
    vitrine.flowRun.count.query(),
    vitrine.taskRun.count.query(),
  ]);
  return `${keys} keys, ${versions} versions, ${flows} flows, ${deployments} deployments, ${flowRuns} flow runs, ${taskRuns} task runs`;
}

async function fill(vitrine: Vitrine): Promise<void> {
  const remaining = [...PLANS];
  const worker = async () => {
    for (let next = remaining.shift(); next; next = remaining.shift()) {
      const plan = next();
      const { versions, removed } = await publish(vitrine, plan);
      const deleted = removed ? `, ${removed} of them deleted before and not published again` : "";
      console.log(`${plan.flow.name.padEnd(20)} ${plan.runs.length} runs, ${versions} versions${deleted}`);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
}

/** Increases the progress of the archive every second, until `seconds` have passed or it is complete. */
async function updateProgress(vitrine: Vitrine, seconds: number): Promise<void> {
  const key = "archive-migration";
  const { id, number } = await vitrine.collection.latest.query({ key });
  let percent = number === null || number >= 100 ? ARCHIVE_SHARE : number;
  for (let tick = 0; tick < seconds && percent < 100; tick++) {
    percent = Math.min(100, Math.round((percent + 0.5 + Math.random() * 1.5) * 10) / 10);
    await vitrine.artifact.update.mutate({ id, data: percent });
    console.log(`${key}: ${percent} %`);
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

async function main(): Promise<void> {
  const vitrine = connect({ url: options.url, apiKey: options["api-key"] });
  const start = performance.now();
  console.log(`Before: ${await counts(vitrine)}`);
  await fill(vitrine);
  await publishFiles(vitrine);
  console.log(`After:  ${await counts(vitrine)} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  if (options.live) await updateProgress(vitrine, Number(options.seconds));
}

if (options.help) console.log(USAGE);
else {
  main().catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    console.error(`The demo failed: ${reason} To start a server, run npm start.`);
    process.exitCode = 1;
  });
}
