import { table } from "./harness/markdown";
import { median, quantile } from "./harness/measure";
import { log, startPostgres } from "./harness/postgres";
import { writeSection } from "./harness/report";
import { searchCases } from "./search/cases";
import { measureWrites, ROUNDS } from "./search/writes";
import { filledDatabase } from "./volume/generate";

/** How often each search runs. */
const REPEATS = 40;

/** `npm run bench:search -- 100000` measures other sizes than the one of the report, `-- 0` the writes alone. */
const [size = 1_000_000] = process.argv.slice(2).map(Number);

await using postgres = await startPostgres();
const parts = [await writeTable()];
if (size > 0) parts.push(await searchTable());
await writeSection("search", parts.join("\n\n"), process.argv.length <= 2);
process.exit(0);

async function writeTable(): Promise<string> {
  const { without, indexed, pending } = await measureWrites(postgres);
  const rows = indexed.map((rate, round) => {
    const plain = without[round] ?? Number.NaN;
    return [String(round + 1), plain.toFixed(0), rate.toFixed(0), `${((1 - rate / plain) * 100).toFixed(1)} %`];
  });
  const all = `${((1 - median(indexed) / median(without)) * 100).toFixed(1)} %`;
  return [
    "### What the search index costs creates",
    `Creates of 1 kB of text per second, 8 at once, without and with the index in turns. ${pending} versions were pending at the end of the last round.`,
    table(
      ["round", "without", "with", "cost"],
      [...rows, ["median", median(without).toFixed(0), median(indexed).toFixed(0), all]],
    ),
    `${ROUNDS} rounds.`,
  ].join("\n\n");
}

async function searchTable(): Promise<string> {
  const { pools } = await filledDatabase(postgres, size);
  const rows: string[][] = [];
  for (const { name, run } of searchCases(pools.searches)) {
    const times: number[] = [];
    for (let repeat = -2; repeat < REPEATS; repeat += 1) {
      const start = performance.now();
      await run().catch((error: unknown) => log(`${name}: ${error}`));
      if (repeat >= 0) times.push(performance.now() - start);
    }
    rows.push([name, median(times).toFixed(1), quantile(times, 0.95).toFixed(1)]);
    log(rows.at(-1)?.join("  ") ?? "");
  }
  return [
    "### Searches",
    `Milliseconds of a page of 50 over ${size.toLocaleString("en-US")} versions, ${REPEATS} times each with other words.`,
    table(["search", "median", "p95"], rows),
  ].join("\n\n");
}
