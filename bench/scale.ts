import { median, timeRounds } from "./harness/measure";
import { captureStatements, explain } from "./harness/plan";
import { log, startPostgres } from "./harness/postgres";
import { writeSection } from "./harness/report";
import { readSamples } from "./queries/samples";
import { measureBulkCreates } from "./scale/bulk";
import { type ScaleCase, type SizedDatabase, scaleCases } from "./scale/cases";
import { scaleTables } from "./scale/tables";
import { filledDatabase } from "./volume/generate";

/** Numbers of artifacts to compare, from the command line or the three default sizes. */
const SIZES = process.argv.slice(2).map(Number);
const COUNTS = SIZES.length > 1 ? SIZES : [10_000, 100_000, 1_000_000];

const ROUNDS = 30;

/** Repetitions of the measurement inside PostgreSQL, fewer for queries over a second. */
const REPEATS = 5;

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
  SIZES.length <= 1,
);
process.exit(0);

/** Milliseconds that each query takes inside PostgreSQL: planning and execution of all its statements. */
async function timeInPostgres(cases: ScaleCase[]): Promise<Map<string, number>> {
  const result = new Map<string, number>();
  for (const { name, pools, run } of cases) {
    const times: number[] = [];
    for (let repeat = 0; repeat < REPEATS && (times[0] ?? 0) < 1_000; repeat++) {
      const statements = await captureStatements(pools, () => run().catch(() => {}));
      let sum = 0;
      for (const statement of statements) {
        const { planning, execution } = await explain(pools.writes, statement, "auto", true);
        sum += planning + execution;
      }
      times.push(sum);
    }
    result.set(name, median(times));
  }
  return result;
}
