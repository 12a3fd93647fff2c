import { rounds } from "./harness/measure";
import { startPlace, tell } from "./harness/postgres";
import { publish } from "./harness/report";
import { drawsOf } from "./queries/draws";
import { bulk } from "./scale/bulk";
import { casesOf, type World } from "./scale/cases";
import { inDatabase } from "./scale/database";
import { tables } from "./scale/tables";
import { filled } from "./volume/generate";

/** The numbers of artifacts to compare: given, or the three of the aims. 10 million works too, and takes its time. */
const SIZES = process.argv.slice(2).map(Number);
const COUNTS = SIZES.length > 1 ? SIZES : [10_000, 100_000, 1_000_000];

const ROUNDS = 30;

await using place = await startPlace();
const worlds: World[] = [];
for (const size of COUNTS) {
  const { db } = await filled(place, size);
  worlds.push({ size, db, draws: await drawsOf(db) });
}
const cases = (await Promise.all(worlds.map(casesOf))).flat();
tell(`${cases.length / worlds.length} queries at ${worlds.length} sizes, ${ROUNDS} rounds …`);
const taken = await rounds(
  cases.map(({ size, name, run }) => ({ name: `${name}@${size}`, run })),
  ROUNDS,
);
const largest = cases.filter(({ size }) => size === COUNTS.at(-1));
const database = await inDatabase(largest);
await publish("scale", `${tables(COUNTS, largest, taken, database)}\n\n${await bulk(place)}`);
process.exit(0);
