import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openPathProxy, type PathProxy } from "#test/path/path-proxy";
import { startTlsPostgres, type TlsPostgres } from "#test/tls-postgres";
import { connectError } from "./connect-error";
import { openChannel } from "./listen";
import { connect, type Pools } from "./postgres";

// An uncaught error would fail the run, so that each test also shows that the process survives.
let postgres: TlsPostgres;
beforeAll(async () => {
  postgres = await startTlsPostgres();
});
afterAll(() => postgres[Symbol.asyncDispose]());

function urlOf({ address: { port, user, database, password } }: Pick<PathProxy, "address">, mode = "require"): string {
  return `postgres://${user}:${password}@localhost:${port}/${database}?sslmode=${mode}`;
}

/** Each pool, with both of the quick reads. */
function all(pools: Pools) {
  const { searches, writes, long, control } = pools;
  return [pools.reads(), pools.reads(), searches, writes, long, control];
}

/** Whether each pool's connection has TLS. */
async function tlsOf(pools: Pools): Promise<unknown[]> {
  const rows = all(pools).map((db) => db.execute("select ssl from pg_stat_ssl where pid = pg_backend_pid()"));
  return (await Promise.all(rows)).map(([row]) => row?.ssl);
}

const EVERYWHERE = Array(6).fill(true);

test.each(["require", "prefer", "allow"])("every pool connects by TLS with sslmode=%s", async (mode) => {
  const { pools, close } = connect(urlOf(postgres, mode));
  expect(await tlsOf(pools)).toEqual(EVERYWHERE);
  await close();
});

test("there is none with sslmode=disable", async () => {
  const { pools, close } = connect(urlOf(postgres, "disable"));
  expect(await tlsOf(pools)).toEqual(Array(6).fill(false));
  await close();
});

test("verify-full rejects a certificate that nobody signed, and says so", async () => {
  const url = urlOf(postgres, "verify-full");
  const { pools, close } = connect(url);
  const error: unknown = await pools.long.execute("select 1").catch((caught: unknown) => caught);
  expect(connectError(error, url).message).toMatch(
    /has a certificate that is not trusted .*DEPTH_ZERO_SELF_SIGNED_CERT/,
  );
  await close();
});

// These run at the same time: each waits for seconds.
test.concurrent.for<[string, number, (path: PathProxy) => void]>([
  ["fall silent", 8_000, (path) => path.swallowExisting()],
  [
    "are reset",
    1_000,
    (path) => {
      path.fault = "reset";
    },
  ],
])("statements fail where all connections %s, and new ones work", async ([_, limit, fail], { expect }) => {
  await using path = await openPathProxy(postgres.address);
  const { pools, close } = connect(urlOf(path));
  expect(await tlsOf(pools)).toEqual(EVERYWHERE);
  fail(path);
  const begun = performance.now();
  const results = await Promise.allSettled(all(pools).map((db) => db.execute("select 1")));
  expect(results.map(({ status }) => status)).toEqual(Array(6).fill("rejected"));
  expect(performance.now() - begun).toBeLessThan(limit);
  path.fault = "pass";
  expect(await tlsOf(pools)).toEqual(EVERYWHERE);
  await close();
});

test.concurrent("large values pass, and a long statement is awaited", async ({ expect }) => {
  const { pools, close } = connect(urlOf(postgres));
  const text = "x".repeat(16 * 1024 * 1024);
  const [[row]] = await Promise.all([
    pools.long.execute(sql`select ${text}::text as text`),
    pools.long.execute("select pg_sleep(6)"),
  ]);
  expect(row?.text === text).toBe(true);
  await close();
});

test.concurrent("messages between processes arrive, also after the connection fell silent", async ({ expect }) => {
  await using path = await openPathProxy(postgres.address);
  const received: unknown[] = [];
  let listening = 0;
  const onListening = () => {
    listening += 1;
  };
  const one = openChannel(urlOf(path), { onMessage: (value) => received.push(value), onListening, onUnavailable() {} });
  const other = openChannel(urlOf(postgres), { onMessage() {}, onListening() {}, onUnavailable() {} });
  await expect.poll(() => listening > 0 && other.isListening(), { timeout: 5_000 }).toBe(true);
  other.send("first");
  await expect.poll(() => received).toEqual(["first"]);
  path.swallowExisting();
  await expect.poll(() => listening, { timeout: 10_000 }).toBe(2);
  other.send("second");
  await expect.poll(() => received).toEqual(["first", "second"]);
  await Promise.all([one.close(), other.close()]);
});
