import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ArtifactList } from "#contract/artifact";
import { POOL_SIZE } from "#db/postgres";
import * as artifacts from "#server/models/artifact";
import { median } from "./harness/measure";
import { type Statement, sentBy } from "./harness/plan";
import { startPlace } from "./harness/postgres";
import { publish, table } from "./harness/report";
import { serve, startVitrine } from "./harness/server";
import type { BareRoutes } from "./limit/bare";
import { summary } from "./limit/profile";
import type { Load, Sent } from "./load/job";
import { startLoad } from "./load/load";
import { searching } from "./queries/calls";
import { drawsOf } from "./queries/draws";
import { filled } from "./volume/generate";

const SIZE = Number(process.argv[2] ?? 100_000);
const ROUNDS = 5;
const SECONDS = 3;
const CONNECTIONS = 32;

await using place = await startPlace();
const { db, close } = await filled(place, SIZE);
const draws = await drawsOf(db);
const ids = Array.from({ length: 500 }, draws.ids);
const keys = Array.from({ length: 500 }, draws.keys);
const list = ArtifactList.parse({});
const routes: BareRoutes["routes"] = {
  "artifact.read": { statement: await only(() => artifacts.read(db, { id: draws.ids() }, JSON.parse)), input: "id" },
  "collection.latest": { statement: await only(() => artifacts.latest(db, draws.keys(), JSON.parse)), input: "key" },
  "artifact.list": { statement: await only(() => artifacts.list(searching(db), list, JSON.parse)), input: null },
};
await close();

const requests: Record<string, Sent[]> = {
  "artifact.read": ids.map((id) => query("artifact.read", { id })),
  "collection.latest": keys.map((key) => query("collection.latest", { key })),
  "artifact.list": [query("artifact.list", { limit: 50 })],
};
const WORDS: Record<string, string> = {
  "artifact.read": "point read of 1 kB",
  "collection.latest": "latest by key",
  "artifact.list": "list of 50",
};

const at: BareRoutes = { ...place.address(`bench_${SIZE}`), connections: POOL_SIZE, routes };
const bareArgs = ["--import", "tsx", "bench/limit/bare.ts", JSON.stringify(at)];
using load = startLoad();
const found = new Map<string, Load[]>();
{
  await using bare = await serve(process.execPath, bareArgs, {}, /bare at (\d+)/);
  await using vitrine = await startVitrine(place.url(`bench_${SIZE}`));
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of Object.keys(requests)) {
      const both = [
        { side: "bare", port: bare.port },
        { side: "vitrine", port: vitrine.port },
      ];
      for (const { side, port } of round % 2 === 0 ? both : both.reverse()) {
        const answer = await run(name, port, SECONDS);
        found.set(`${name}/${side}`, [...(found.get(`${name}/${side}`) ?? []), answer]);
      }
    }
  }
}
await publish("limit", `${rates()}\n\n${await profiled()}`);

/** The one statement of a verb, with the values of one call. */
async function only(ask: () => Promise<unknown>): Promise<Statement> {
  const sent = await sentBy(db, ask);
  const [statement] = sent;
  if (!statement || sent.length > 1) throw new Error(`One statement was expected, ${sent.length} were sent.`);
  return statement;
}

async function run(name: string, port: number, seconds: number): Promise<Load> {
  const sent = requests[name] ?? [];
  const answer = await load.run({ port, connections: CONNECTIONS, seconds, warmUp: 0.5, requests: sent });
  if (Object.keys(answer.failed).length > 0) throw new Error(`${name}: not 2xx ${JSON.stringify(answer.failed)}`);
  return answer;
}

function rates(): string {
  const middle = (name: string) => median((found.get(name) ?? []).map(({ perSecond }) => perSecond));
  const p99 = (name: string) => median((found.get(name) ?? []).map((each) => each.p99)).toFixed(1);
  const rows = Object.keys(requests).map((name) => {
    const [bare, ours] = [middle(`${name}/bare`), middle(`${name}/vitrine`)];
    const rate = (value: number) => Math.round(value).toLocaleString("en-US");
    return [
      WORDS[name] ?? name,
      rate(bare),
      rate(ours),
      `**${((100 * ours) / bare).toFixed(0)} %**`,
      p99(`${name}/bare`),
      p99(`${name}/vitrine`),
    ];
  });
  return [
    `The same prepared SQL behind bare \`node:http\` and \`postgres\` (no checks at all) and behind Vitrine's tRPC door: ${SIZE.toLocaleString("en-US")} artifacts, ${CONNECTIONS} connections, ${POOL_SIZE} to PostgreSQL, medians of ${ROUNDS} rounds of ${SECONDS} s, turn about, load and PostgreSQL on the same machine. Bare is a pool of the driver's own; ours reads by name over single connections in turn, and is ahead where the driver looks for the next one of a busy pool.`,
    table(["request", "bare /s", "Vitrine /s", "of bare", "bare p99 ms", "Vitrine p99 ms"], rows),
  ].join("\n\n");
}

async function profiled(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "vitrine-profile-"));
  {
    await using vitrine = await startVitrine(place.url(`bench_${SIZE}`), ["--cpu-prof", `--cpu-prof-dir=${folder}`]);
    for (const name of Object.keys(requests)) await run(name, vitrine.port, SECONDS);
  }
  const text = await summary(folder);
  await rm(folder, { recursive: true });
  return text;
}

function query(procedure: string, input: unknown): Sent {
  return { method: "GET", path: `/api/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}` };
}
