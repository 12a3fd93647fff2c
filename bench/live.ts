import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { migrate } from "#db/migrate";
import { median } from "./harness/measure";
import { startPlace, tell } from "./harness/postgres";
import { publish, table } from "./harness/report";
import { serve } from "./harness/server";
import type { DoorJob } from "./live/server";
import type { Load, Sent } from "./load/job";
import { startLoad } from "./load/load";

const ROUNDS = 9;
const SECONDS = 3;
const CONNECTIONS = 16;
const WATCHERS = 20;

await using place = await startPlace();
await place.drop("bench_live");
const { db, close } = await place.open("bench_live");
await migrate(db);
await close();
const url = place.url("bench_live");

/** Versions of 1,000 keys with 1 kB each. */
const requests: Sent[] = Array.from({ length: 1_000 }, (_, i) => ({
  method: "POST",
  path: "/api/trpc/artifact.create",
  body: JSON.stringify({ key: `live-${i}`, type: "markdown", data: "x".repeat(1_000), description: "Measured" }),
}));

await using silent = await door({ url, told: false });
await using live = await door({ url, told: true });
using load = startLoad();
let words = 0;
const watchers = await Promise.all(Array.from({ length: WATCHERS }, () => watch(live.port)));
const sides = [
  { name: "without", port: silent.port, loads: [] as Load[], words: [] as number[] },
  { name: `with ${WATCHERS} watchers`, port: live.port, loads: [] as Load[], words: [] as number[] },
];
for (let round = 0; round < ROUNDS; round++) {
  for (const side of round % 2 === 0 ? sides : sides.toReversed()) {
    const before = words;
    const found = await load.run({ port: side.port, connections: CONNECTIONS, seconds: SECONDS, warmUp: 1, requests });
    side.loads.push(found);
    side.words.push((words - before) / WATCHERS / (SECONDS + 1));
    tell(`${side.name}: ${found.perSecond.toFixed(0)} creates a second ${JSON.stringify(found.failed)}`);
  }
}
for (const watcher of watchers) watcher.destroy();
await publish("live", text());
process.exit(0);

/** Each round's ratio is of neighbours in time, so that what else the machine does falls on both. */
function text(): string {
  const rows = sides.map(({ name, loads, words: hints }) => [
    name,
    median(loads.map(({ perSecond }) => perSecond)).toFixed(0),
    median(loads.map((each) => each.median)).toFixed(1),
    median(loads.map(({ p99 }) => p99)).toFixed(1),
    median(hints).toFixed(0),
  ]);
  const [without, withThem] = sides.map(({ loads }) => loads.map(({ perSecond }) => perSecond));
  const ratio = median(withThem?.map((rate, round) => rate / (without?.[round] ?? Number.NaN)) ?? []);
  return [
    `\`artifact.create\` of 1 kB through the tRPC door over ${CONNECTIONS} connections, versions of 1,000 keys; medians of ${ROUNDS} interleaved rounds of ${SECONDS} s.`,
    table(["live updates", "creates a second", "median ms", "p99 ms", "hints a second and watcher"], rows),
    `With live updates: **${(100 * ratio).toFixed(0)} %** of the throughput without (median of the rounds' ratios; the aim is 90 %).`,
  ].join("\n\n");
}

function door(job: DoorJob) {
  return serve(process.execPath, ["--import", "tsx", "bench/live/server.ts", JSON.stringify(job)], {}, /door at (\d+)/);
}

/** A watcher that counts the words that it hears. */
async function watch(port: number): Promise<IncomingMessage> {
  const request = get({ port, host: "127.0.0.1", path: "/api/trpc/changes.watch" });
  const [answer]: IncomingMessage[] = await once(request, "response");
  if (answer?.statusCode !== 200) throw new Error(`A watcher was refused with ${answer?.statusCode}.`);
  answer.on("error", () => {});
  return answer.on("data", (bytes: Buffer) => {
    words += bytes.toString("latin1").split('"word":').length - 1;
  });
}
