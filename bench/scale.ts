import { timeRounds } from "./harness/measure";
import { log, startPostgres } from "./harness/postgres";
import { writeSection } from "./harness/report";
import { readSamples } from "./queries/samples";
import { measureBulkCreates } from "./scale/bulk";
import { type SizedDatabase, scaleCases } from "./scale/cases";
import { timeInPostgres } from "./scale/explain";
import { scaleTables } from "./scale/tables";
import { filledDatabase } from "./volume/generate";

/** Numbers of artifacts to compare, from the command line or the three default sizes. */
const SIZES = process.argv.slice(2).map(Number);
const COUNTS = SIZES.length > 1 ? SIZES : [10_000, 100_000, 1_000_000];

const ROUNDS = 30;

await using postgres = await startPostgres();
const databases: SizedDatabase[] = [];
for (const size of COUNTS) {
  const { pools } = await filledDatabase(postgres, size);
  databases.push({ size, pools, samples: await readSamples(pools.writes) });
}
const cases = (await Promise.all(databases.map(scaleCases))).flat();
log(`${cases.length / databases.length} queries at ${databases.length} sizes, ${ROUNDS} rounds …`);
const times = await timeRounds(
  cases.map(({ size, name, run }) => ({ name: `${name}@${size}`, run })),
  ROUNDS,
);
const largest = cases.filter(({ size }) => size === COUNTS.at(-1));
const inPostgres = await timeInPostgres(largest);
await writeSection(
  "scale",
  `${scaleTables(COUNTS, largest, times, inPostgres)}\n\n${await measureBulkCreates(postgres)}`,
);
process.exit(0);
