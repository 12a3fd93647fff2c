import postgres from "postgres";
import { expect, test } from "vitest";
import { databaseOfFile } from "#test/database";
import { createDialer } from "./connection/socket";
import { openPool } from "./pool";
import { POOL_SIZE } from "./postgres";
import { codeOf } from "./startup-error";

// An uncaught error would fail the run, so that each test also shows that the process survives.
const fresh = await databaseOfFile();

const END_OWN = "select pg_terminate_backend(pg_backend_pid())";
const END_OTHERS = `select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid()`;

/** Uses all connections of the pool at once. */
async function expectWorking({ db } = fresh): Promise<void> {
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

test("a transaction that loses its connection fails, and nothing else does", async () => {
  for (let round = 0; round < 10; round++) {
    const lost = fresh.db.transaction(async (tx) => tx.execute(END_OWN));
    expect(await causeOf(lost)).toMatch(/CONNECTION_CLOSED|ECONNRESET|EPIPE|57P01/);
    await expectWorking();
  }
});

test("so does one that loses it inside a savepoint", async () => {
  const lost = fresh.db.transaction(async (tx) => tx.transaction(async (inner) => inner.execute(END_OWN)));
  expect(await causeOf(lost)).toMatch(/CONNECTION_CLOSED|ECONNRESET|EPIPE|57P01/);
  await expectWorking();
});

test("statements after the loss of their transaction are rejected, and do not run in another one", async () => {
  await fresh.db.execute("create table written (value text)");
  const lost = fresh.db.transaction(async (tx) => {
    await tx.execute(END_OWN).catch(() => {});
    await expectWorking();
    await tx.execute("insert into written values ('stray')");
  });
  expect(await causeOf(lost)).toMatch(/CONNECTION_CLOSED|ECONNRESET|EPIPE|57P01/);
  await expectWorking();
  expect(await fresh.db.execute("select * from written")).toHaveLength(0);
});

test("a pool that loses all connections again and again under load works afterwards", async () => {
  const other = fresh.connect();
  let done = 0;
  let committed = 0;
  const worker = async (index: number) => {
    for (let turn = 0; turn < 100; turn++) {
      if (++done % 100 === 0) await other.db.execute(END_OTHERS);
      const write = () =>
        fresh.db.transaction(async (tx) => {
          await tx.execute("select 1");
          await tx.execute(`insert into written values ('${index} ${turn}')`);
        });
      const outcome = await causeOf(index % 2 ? write() : fresh.db.execute("select 1"));
      if (index % 2 && outcome === "none") committed++;
    }
  };
  await Promise.all(Array.from({ length: POOL_SIZE }, (_, index) => worker(index)));
  await expectWorking();
  const [row] = await fresh.db.execute(
    "select count(*)::int as n, count(distinct value)::int as distinct from written",
  );
  expect(row?.n).toBe(row?.distinct);
  expect(Number(row?.n)).toBeGreaterThanOrEqual(committed);
  expect(committed).toBeGreaterThan(100);
});

test("a statement whose columns a migration changed runs again, and is prepared anew", async () => {
  await fresh.db.execute("create table wide (a int)");
  await fresh.db.execute("insert into wide values (1)");
  const { host, ...address } = fresh.address;
  const { sql, end } = openPool({
    size: 1,
    silence: 5_000,
    dialer: createDialer(),
    isPrepared: () => true,
    limits: () => null,
    onPoolerError() {},
    open: () => postgres({ ...address, host, max: 1, fetch_types: false }),
  });
  // Without a parameter it would not be prepared.
  const text = "select * from wide where a > $1";
  const rows = () => sql.unsafe(text, [0]);
  const arrays = () => sql.unsafe(text, [0]).values();
  expect([await rows(), await arrays()]).toEqual([[{ a: 1 }], [[1]]]);
  await fresh.db.execute("alter table wide add column b int default 2");
  expect(await arrays()).toEqual([[1, 2]]);
  expect(await rows()).toEqual([{ a: 1, b: 2 }]);
  await fresh.db.execute("alter table wide add column c int default 3");
  const inTransaction = () => sql.begin((tx) => tx.unsafe(text, [0]));
  await expect(inTransaction()).rejects.toMatchObject({ code: "0A000" });
  expect(await inTransaction()).toEqual([{ a: 1, b: 2, c: 3 }]);
  await end(1);
});

test.each(["", "/* large values */", "/* undecoded */"])(
  "the statement after one that failed within its rows has its own rows alone %s",
  async (marker) => {
    const failing = "select i, 1 / (4 - i) from generate_series(1, 9) i";
    const following = `select x::text from generate_series(1, 2) x ${marker}`;
    const expected = await fresh.connect().db.execute(following);
    const all = Array.from({ length: 2 * POOL_SIZE }, () => fresh.db.execute(failing));
    await Promise.all(all.map(causeOf));
    const rows = await Promise.all(Array.from({ length: POOL_SIZE }, () => fresh.db.execute(following)));
    for (const each of rows) expect(each).toEqual(expected);
  },
);
