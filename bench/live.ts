import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { migrate } from "#db/migrate";
import { table } from "./harness/markdown";
import { median } from "./harness/measure";
import { log, startPostgres } from "./harness/postgres";
import { writeSection } from "./harness/report";
import { serve } from "./harness/server";
import { startLoadGenerator } from "./load/generator";
import type { LoadRequest, LoadResult } from "./load/protocol";

const ROUNDS = 9;
const SECONDS = 3;
const CONNECTIONS = 16;
const WATCHERS = 20;

await using postgres = await startPostgres();
await postgres.drop("bench_live");
const { db, close } = await postgres.open("bench_live");
await migrate(db);
await close();
const url = postgres.url("bench_live");

const requests: LoadRequest[] = Array.from({ length: 1_000 }, (_, i) => ({
  method: "POST",
  path: "/api/trpc/artifact.create",
  body: JSON.stringify({ key: `live-${i}`, type: "markdown", data: "x".repeat(1_000), description: "Measured" }),
}));

await using silent = await startServer({ url, publishesChanges: false });
await using live = await startServer({ url, publishesChanges: true });
using generator = startLoadGenerator();
let messages = 0;
const watchers = await Promise.all(Array.from({ length: WATCHERS }, () => watch(live.port)));
const sides = [
  { name: "without", port: silent.port, results: [] as LoadResult[], messages: [] as number[] },
  { name: `with ${WATCHERS} watchers`, port: live.port, results: [] as LoadResult[], messages: [] as number[] },
];
for (let round = 0; round < ROUNDS; round++) {
  for (const side of round % 2 === 0 ? sides : sides.toReversed()) {
    const before = messages;
    const result = await generator.run({
      port: side.port,
      connections: CONNECTIONS,
      seconds: SECONDS,
      warmUp: 1,
      requests,
    });
    side.results.push(result);
    side.messages.push((messages - before) / WATCHERS / (SECONDS + 1));
    log(`${side.name}: ${result.perSecond.toFixed(0)} creates per second ${JSON.stringify(result.errors)}`);
  }
}
for (const watcher of watchers) watcher.destroy();
await writeSection("live", report());
process.exit(0);

/** Ratios are taken within a round, so that other work of the machine affects both sides. */
function report(): string {
  const rows = sides.map(({ name, results, messages: received }) => [
    name,
    median(results.map(({ perSecond }) => perSecond)).toFixed(0),
    median(results.map((each) => each.median)).toFixed(1),
    median(results.map(({ p99 }) => p99)).toFixed(1),
    median(received).toFixed(0),
  ]);
  const [without, withThem] = sides.map(({ results }) => results.map(({ perSecond }) => perSecond));
  const ratio = median(withThem?.map((rate, round) => rate / (without?.[round] ?? Number.NaN)) ?? []);
  return [
    `\`artifact.create\` of 1 kB through tRPC over ${CONNECTIONS} connections, versions of 1,000 keys; medians of ${ROUNDS} interleaved rounds of ${SECONDS} s.`,
    table(["live updates", "creates per second", "median ms", "p99 ms", "messages per second and watcher"], rows),
    `With live updates: **${(100 * ratio).toFixed(0)} %** of the throughput without (median of the rounds' ratios; the target is 90 %).`,
  ].join("\n\n");
}

function startServer(options: { url: string; publishesChanges: boolean }) {
  const args = ["--import", "tsx", "bench/live/server.ts", JSON.stringify(options)];
  return serve(process.execPath, args, {}, /listening on (\d+)/);
}

/** Subscribes to changes and counts the messages. */
async function watch(port: number): Promise<IncomingMessage> {
  const request = get({ port, host: "127.0.0.1", path: "/api/trpc/changes.watch" });
  const [response]: IncomingMessage[] = await once(request, "response");
  if (response?.statusCode !== 200) throw new Error(`changes.watch returned ${response?.statusCode}.`);
  response.on("error", () => {});
  return response.on("data", (bytes: Buffer) => {
    messages += bytes.toString("latin1").match(/"type":"(?:changed|resync)"/g)?.length ?? 0;
  });
}
