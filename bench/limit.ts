import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ArtifactList } from "#contract/artifact";
import { POOL_SIZE } from "#db/postgres";
import * as artifacts from "#server/models/artifact";
import { table } from "./harness/markdown";
import { median } from "./harness/measure";
import { captureStatements, type Statement } from "./harness/plan";
import { startPostgres } from "./harness/postgres";
import { writeSection } from "./harness/report";
import { serve, startVitrine } from "./harness/server";
import type { BareRoutes } from "./limit/bare";
import { summarizeProfile } from "./limit/profile";
import { startLoadGenerator } from "./load/generator";
import type { LoadRequest, LoadResult } from "./load/protocol";
import { readSamples } from "./queries/samples";
import { filledDatabase } from "./volume/generate";

const SIZE = Number(process.argv[2] ?? 100_000);
const ROUNDS = 5;
const SECONDS = 3;
const CONNECTIONS = 32;

await using postgres = await startPostgres();
const { pools, close } = await filledDatabase(postgres, SIZE);
const samples = await readSamples(pools.writes);
const ids = Array.from({ length: 500 }, samples.ids);
const keys = Array.from({ length: 500 }, samples.keys);
const list = ArtifactList.parse({});
const routes: BareRoutes["routes"] = {
  "artifact.read": {
    statement: await captureStatement(() => artifacts.read(pools.writes, { id: samples.ids() })),
    input: "id",
  },
  "collection.latest": {
    statement: await captureStatement(() => artifacts.latest(pools.writes, { key: samples.keys() })),
    input: "key",
  },
  "artifact.list": {
    statement: await captureStatement(() => artifacts.list(pools.searches, list)),
    input: null,
  },
};
await close();

const requests: Record<string, LoadRequest[]> = {
  "artifact.read": ids.map((id) => query("artifact.read", { id })),
  "collection.latest": keys.map((key) => query("collection.latest", { key })),
  "artifact.list": [query("artifact.list", { limit: 50 })],
};
const LABELS: Record<string, string> = {
  "artifact.read": "point read of 1 kB",
  "collection.latest": "latest by key",
  "artifact.list": "list of 50",
};

const bareOptions: BareRoutes = { ...postgres.address(`bench_${SIZE}`), connections: POOL_SIZE, routes };
const bareArgs = ["--import", "tsx", "bench/limit/bare.ts", JSON.stringify(bareOptions)];
using generator = startLoadGenerator();
const results = new Map<string, LoadResult[]>();
{
  await using bare = await serve(process.execPath, bareArgs, {}, /listening on (\d+)/);
  await using vitrine = await startVitrine(postgres.url(`bench_${SIZE}`));
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of Object.keys(requests)) {
      const sides = [
        { side: "bare", port: bare.port },
        { side: "vitrine", port: vitrine.port },
      ];
      for (const { side, port } of round % 2 === 0 ? sides : sides.reverse()) {
        const result = await run(name, port, SECONDS);
        results.set(`${name}/${side}`, [...(results.get(`${name}/${side}`) ?? []), result]);
      }
    }
  }
}
await writeSection("limit", `${rateReport()}\n\n${await profileReport()}`, SIZE === 100_000);

/** The single statement that one call of a model sends. */
async function captureStatement(call: () => Promise<unknown>): Promise<Statement> {
  const statements = await captureStatements(pools, call);
  const [statement] = statements;
  if (!statement || statements.length > 1) throw new Error(`Expected one statement, captured ${statements.length}.`);
  return statement;
}

async function run(name: string, port: number, seconds: number): Promise<LoadResult> {
  const result = await generator.run({
    port,
    connections: CONNECTIONS,
    seconds,
    warmUp: 0.5,
    requests: requests[name] ?? [],
  });
  if (Object.keys(result.errors).length > 0)
    throw new Error(`${name} returned errors: ${JSON.stringify(result.errors)}`);
  return result;
}

function rateReport(): string {
  const rateOf = (name: string) => median((results.get(name) ?? []).map(({ perSecond }) => perSecond));
  const p99 = (name: string) => median((results.get(name) ?? []).map((each) => each.p99)).toFixed(1);
  const rows = Object.keys(requests).map((name) => {
    const [bare, ours] = [rateOf(`${name}/bare`), rateOf(`${name}/vitrine`)];
    const format = (value: number) => Math.round(value).toLocaleString("en-US");
    return [
      LABELS[name] ?? name,
      format(bare),
      format(ours),
      `**${((100 * ours) / bare).toFixed(0)} %**`,
      p99(`${name}/bare`),
      p99(`${name}/vitrine`),
    ];
  });
  return [
    `The same prepared SQL behind bare \`node:http\` and \`postgres\` (no checks at all) and through Vitrine's tRPC API: ${SIZE.toLocaleString("en-US")} artifacts, ${CONNECTIONS} connections, ${POOL_SIZE} to PostgreSQL, medians of ${ROUNDS} rounds of ${SECONDS} s, alternating, with the load generator and PostgreSQL on the same machine. Bare uses the driver's own pool. Vitrine reads columns by name over single connections in turn, and is faster where the driver's pool searches for its next busy connection.`,
    table(["request", "bare /s", "Vitrine /s", "of bare", "bare p99 ms", "Vitrine p99 ms"], rows),
  ].join("\n\n");
}

async function profileReport(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "vitrine-profile-"));
  {
    await using vitrine = await startVitrine(postgres.url(`bench_${SIZE}`), ["--cpu-prof", `--cpu-prof-dir=${folder}`]);
    for (const name of Object.keys(requests)) await run(name, vitrine.port, SECONDS);
  }
  const text = await summarizeProfile(folder);
  await rm(folder, { recursive: true });
  return text;
}

function query(procedure: string, input: unknown): LoadRequest {
  return { method: "GET", path: `/api/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}` };
}
