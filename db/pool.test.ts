import { afterAll, beforeAll, expect, test } from "vitest";
import { type FreshDatabase, freshDatabase } from "#test/database";
import { POOL_SIZE } from "./postgres";
import { codeOf } from "./startup-error";

// An error that nobody catches fails the run by itself: that the process lives on is part of each test here.
let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh[Symbol.asyncDispose]());

const LEAVE = "select pg_terminate_backend(pg_backend_pid())";
const OTHERS = `select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid()`;

/** Every place of the pool at once, each of which must answer. */
async function expectWhole({ db } = fresh): Promise<void> {
  const rows = await Promise.all(Array.from({ length: POOL_SIZE }, () => db.execute("select 1 as one")));
  expect(rows.map(([row]) => row?.one)).toEqual(Array(POOL_SIZE).fill(1));
}

async function causeOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => "none",
    (caught: unknown) => caught,
  );
  return error instanceof Error ? codeOf(error) || codeOf(error.cause) || error.message : String(error);
}

test("a transaction whose connection is taken away fails, and nothing else does", async () => {
  for (let round = 0; round < 10; round++) {
    const lost = fresh.db.transaction(async (tx) => tx.execute(LEAVE));
    expect(await causeOf(lost)).toMatch(/CONNECTION_CLOSED|ECONNRESET|EPIPE|57P01/);
    await expectWhole();
  }
});

test("so does one that loses it below a savepoint", async () => {
  const lost = fresh.db.transaction(async (tx) => tx.transaction(async (inner) => inner.execute(LEAVE)));
  expect(await causeOf(lost)).toMatch(/CONNECTION_CLOSED|ECONNRESET|EPIPE|57P01/);
  await expectWhole();
});

test("work that goes on after the loss of its transaction is refused, and runs in no other", async () => {
  await fresh.db.execute("create table kept (word text)");
  const lost = fresh.db.transaction(async (tx) => {
    await tx.execute(LEAVE).catch(() => {});
    await expectWhole();
    await tx.execute("insert into kept values ('stray')");
  });
  expect(await causeOf(lost)).toMatch(/CONNECTION_CLOSED|ECONNRESET|EPIPE|57P01/);
  await expectWhole();
  expect(await fresh.db.execute("select * from kept")).toHaveLength(0);
});

test("a pool whose connections are all taken away, again and again under load, is whole after", async () => {
  const chief = fresh.connect();
  let done = 0;
  let kept = 0;
  const worker = async (index: number) => {
    for (let turn = 0; turn < 100; turn++) {
      if (++done % 100 === 0) await chief.db.execute(OTHERS);
      const write = () =>
        fresh.db.transaction(async (tx) => {
          await tx.execute("select 1");
          await tx.execute(`insert into kept values ('${index} ${turn}')`);
        });
      const outcome = await causeOf(index % 2 ? write() : fresh.db.execute("select 1"));
      if (index % 2 && outcome === "none") kept++;
    }
  };
  await Promise.all(Array.from({ length: POOL_SIZE }, (_, index) => worker(index)));
  await expectWhole();
  const [row] = await fresh.db.execute("select count(*)::int as kept, count(distinct word)::int as words from kept");
  expect(row?.kept).toBe(row?.words);
  expect(Number(row?.kept)).toBeGreaterThanOrEqual(kept);
  expect(kept).toBeGreaterThan(100);
});
