import { v7 as uuid } from "uuid";
import { migrate } from "#db/migrate";
import type { Database } from "#db/postgres";
import { create, createMany, type Item } from "#server/models/publish";
import { median } from "../harness/measure";
import type { Place } from "../harness/postgres";
import { table } from "../harness/report";

const AT_ONCE = 8;
const SECONDS = 3;
const ROUNDS = 3;

const TEXT = JSON.stringify({ note: "x".repeat(950), n: 1 });

/** Rows a second by single creates, 8 at once, and by createMany of 10, 100 and 1,000, each acknowledged row durable. */
export async function bulk(place: Place): Promise<string> {
  const name = "bench_bulk";
  await place.drop(name);
  const { db, close } = await place.open(name);
  await migrate(db);
  const ways = [1, 10, 100, 1_000].map((size) => ({ size, rates: [] as number[] }));
  for (let round = 0; round < ROUNDS; round++) {
    for (const { size, rates } of ways) rates.push(await rowsPerSecond(db, size));
  }
  await close();
  await place.drop(name);
  const [single = Number.NaN] = ways.map(({ rates }) => median(rates));
  return [
    "### Single and bulk creates",
    `Rows of 1 kB a second, ${AT_ONCE} calls at once (createMany: 2) over 5,000 keys, medians of ${ROUNDS} rounds of ${SECONDS} s, \`fsync\` on.`,
    table(
      ["call", "rows a second", "of single creates"],
      ways.map(({ size, rates }) => [
        size === 1 ? "create" : `createMany of ${size.toLocaleString("en-US")}`,
        Math.round(median(rates)).toLocaleString("en-US"),
        `${(median(rates) / single).toFixed(1)}×`,
      ]),
    ),
  ].join("\n\n");
}

async function rowsPerSecond(db: Database, size: number): Promise<number> {
  const begin = performance.now();
  const end = begin + SECONDS * 1_000;
  let rows = 0;
  const writer = async () => {
    while (performance.now() < end) {
      const items = Array.from({ length: size }, item);
      const [only] = items;
      if (size === 1 && only) await create(db, only);
      else await createMany(db, items);
      rows += size;
    }
  };
  await Promise.all(Array.from({ length: size === 1 ? AT_ONCE : 2 }, writer));
  return (rows * 1_000) / (performance.now() - begin);
}

function item(): Item {
  const key = `bulk-${Math.floor(Math.random() * 5_000)}`;
  return { input: { key, type: "result", flowRunId: uuid() }, text: TEXT };
}
