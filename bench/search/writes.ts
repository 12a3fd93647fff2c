import { RawJson } from "#contract/raw-json";
import { migrate } from "#db/migrate";
import type { Database, Pools } from "#db/postgres";
import { fillSearchInBackground } from "#server/background";
import { LOCAL } from "#server/models/author";
import { create } from "#server/models/publish";
import { countPending } from "#server/models/search/fill";
import { timesPerSecond } from "../harness/measure";
import { type BenchPostgres, log } from "../harness/postgres";

const CONCURRENCY = 8;
const SECONDS = 5;
export const ROUNDS = 3;
const VERSION_BYTES = 16 * 1024;

/** 1 kB of words, of which some are in no other version. */
function words(n: number): string {
  const text: string[] = [];
  for (let i = 0; i < 150; i += 1) text.push(`w${((n * 7919 + i * i * 104_729) % 5_000).toString(36)}`);
  return `# Run ${n}\n\n${text.join(" ")} ${n.toString(36)}x ${"unchanged words of each report ".repeat(12)}`.slice(
    0,
    1_000,
  );
}

/** Creates per second in rounds, in each first without the triggers and the job of search, then with them. */
export async function measureWrites(
  postgres: BenchPostgres,
): Promise<{ without: number[]; indexed: number[]; pending: number }> {
  const name = "bench_search_writes";
  await postgres.drop(name);
  const { db, pools, close } = await postgres.open(name);
  await migrate(db);
  await rate(db, 2);
  const without: number[] = [];
  const indexed: number[] = [];
  let pending = 0;
  for (let round = 0; round < ROUNDS; round++) {
    await db.execute("alter table artifact disable trigger user");
    without.push(await rate(db, SECONDS));
    await db.execute("alter table artifact enable trigger user");
    indexed.push(await rateIndexed(pools));
    pending = await countPending(db);
    log(
      `round ${round + 1}: ${without.at(-1)?.toFixed(0)} without, ${indexed.at(-1)?.toFixed(0)} with, ${pending} pending`,
    );
    await db.execute("delete from search_pending");
  }
  await close();
  await postgres.drop(name);
  return { without, indexed, pending };
}

async function rateIndexed(pools: Pools): Promise<number> {
  const stop = fillSearchInBackground(pools, VERSION_BYTES);
  const rows = await rate(pools.writes, SECONDS);
  await stop();
  return rows;
}

function rate(db: Database, seconds: number): Promise<number> {
  return timesPerSecond(seconds, CONCURRENCY, async () => {
    const n = Math.floor(Math.random() * 1e9);
    await create(db, { key: `area-${n % 5_000}`, type: "markdown", data: RawJson.fromValue(words(n)) }, LOCAL);
  });
}
