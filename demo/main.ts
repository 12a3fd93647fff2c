import { parseArgs } from "node:util";
import { connect, DEFAULT_URL, type Vitrine } from "#client/connect";
import { aviation } from "./aviation";
import { climate } from "./climate";
import { employment } from "./employment";
import { library } from "./library";
import { live } from "./live";
import { movies } from "./movies";
import { earthquakes, operations } from "./operations";
import { penguins } from "./penguins";
import { publish } from "./publish";
import { releases } from "./releases";
import { reports } from "./reports";
import { stocks } from "./stocks";
import { weather } from "./weather";

const WORLD = [
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
];

/** How many flows are published at once: enough to keep the server busy, few enough to leave it room. */
const AT_ONCE = 4;

const USAGE = `Fills a running Vitrine with a world made of real data. Doing it again adds nothing.

  npm run demo -- [--url ${DEFAULT_URL}] [--api-key SECRET] [--live [--seconds 60]]

  --live   then moves the progress of "archive-migration" on, so that one can watch it`;

const { values: given } = parseArgs({
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
  const left = [...WORLD];
  const worker = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      const plan = next();
      const { versions, removed } = await publish(vitrine, plan);
      const gone = removed ? `, ${removed} of them removed since and left so` : "";
      console.log(`${plan.flow.name.padEnd(20)} ${plan.runs.length} runs, ${versions} versions${gone}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function main(): Promise<void> {
  const vitrine = connect({ url: given.url, apiKey: given["api-key"] });
  const start = performance.now();
  console.log(`Before: ${await counts(vitrine)}`);
  await fill(vitrine);
  console.log(`After:  ${await counts(vitrine)} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  if (given.live) await live(vitrine, Number(given.seconds), console.log);
}

if (given.help) console.log(USAGE);
else {
  main().catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    console.error(
      `The demo could not go on at ${given.url ?? DEFAULT_URL}: ${reason}. Is Vitrine running there (npm start)?`,
    );
    process.exitCode = 1;
  });
}
