import { v7 as uuid } from "uuid";
import { RawJson } from "#contract/raw-json";
import { migrate } from "#db/migrate";
import type { Database } from "#db/postgres";
import { LOCAL } from "#server/models/author";
import { create, createMany } from "#server/models/publish";
import { table } from "../harness/markdown";
import { median, timesPerSecond } from "../harness/measure";
import type { BenchPostgres } from "../harness/postgres";

const CONCURRENCY = 8;
const SECONDS = 3;
const ROUNDS = 3;

const DATA = RawJson.fromValue({ note: "x".repeat(950), n: 1 });

/** Rows per second of `create` and of `createMany` with 10, 100 and 1,000 rows; every acknowledged row is durable. */
export async function measureBulkCreates(postgres: BenchPostgres): Promise<string> {
  const name = "bench_bulk";
  await postgres.drop(name);
  const { db, close } = await postgres.open(name);
  await migrate(db);
  const calls = [1, 10, 100, 1_000].map((size) => ({ size, rates: [] as number[] }));
  for (let round = 0; round < ROUNDS; round++) {
    for (const { size, rates } of calls) rates.push(await rowsPerSecond(db, size));
  }
  await close();
  await postgres.drop(name);
  const [single = Number.NaN] = calls.map(({ rates }) => median(rates));
  return [
    "### Single and bulk creates",
    `Rows of 1 kB per second, ${CONCURRENCY} concurrent calls (createMany: 2) over 5,000 keys, medians of ${ROUNDS} rounds of ${SECONDS} s, \`fsync\` on.`,
    table(
      ["call", "rows per second", "of single creates"],
      calls.map(({ size, rates }) => [
        size === 1 ? "create" : `createMany of ${size.toLocaleString("en-US")}`,
        Math.round(median(rates)).toLocaleString("en-US"),
        `${(median(rates) / single).toFixed(1)}×`,
      ]),
    ),
  ].join("\n\n");
}

async function rowsPerSecond(db: Database, size: number): Promise<number> {
  const calls = await timesPerSecond(SECONDS, size === 1 ? CONCURRENCY : 2, async () => {
    const items = Array.from({ length: size }, newItem);
    const [single] = items;
    if (size === 1 && single) await create(db, single, LOCAL);
    else await createMany(db, items, LOCAL);
  });
  return calls * size;
}

function newItem() {
  const key = `bulk-${Math.floor(Math.random() * 5_000)}`;
  return { key, type: "result", flowRunId: uuid(), data: DATA };
}
