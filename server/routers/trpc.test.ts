import { describe, expect, it } from "vitest";
import { z } from "zod";
import { RawJson } from "#contract/raw-json";
import { callerOn } from "#test/caller";
import { databaseOfFile, type FreshDatabase, freshDatabase } from "#test/database";
import type { Role } from "./context";
import { procedures } from "./procedures";
import { admin, bulk, createCallerFactory, expectRole, reads, router, searches, writes } from "./trpc";

const fresh = await databaseOfFile();

const call = () => {
  const connection = "select current_setting('statement_timeout') as timeout, pg_backend_pid() as pid";
  const bases = router({
    reads: reads.query(({ ctx }) => ctx.db.execute(connection)),
    searches: searches.query(({ ctx }) => ctx.db.execute(connection)),
    writes: writes.query(({ ctx }) => ctx.db.execute(connection)),
    publish: writes
      .input(z.object({ data: z.custom<RawJson>() }))
      .mutation(({ ctx }) => ctx.db.execute<{ timeout: string }>(connection)),
    bulk: bulk.query(({ ctx }) => ctx.db.execute(connection)),
    admin: admin.query(({ ctx }) => ctx.db.execute(connection)),
  });
  const changes = { changed: () => {}, watch: () => expect.unreachable() };
  return createCallerFactory(bases)({ pools: fresh.pools, role: "admin", keys: null, caller: "test", changes });
};

describe("roles", () => {
  it("include those below them, and an error names both", () => {
    const refused = (role: Role | null, required: Role) => {
      try {
        return expectRole(role, required);
      } catch (error) {
        return error;
      }
    };
    const roles = ["read", "write", "admin"] as const;
    for (const [rank, role] of roles.entries()) {
      for (const [least, required] of roles.entries()) {
        const forbidden = {
          code: "FORBIDDEN",
          message: `Requires the role "${required}"; yours is "${role}".`,
        };
        if (rank >= least) expect(refused(role, required)).toBe(undefined);
        else expect(refused(role, required)).toMatchObject(forbidden);
      }
      const unauthorized = { code: "UNAUTHORIZED", message: "Send an API key as a Bearer token, or sign in." };
      expect(refused(null, role)).toMatchObject(unauthorized);
    }
  });
});

it("does once more what a deadlock rolled back", async () => {
  const writer = callerOn(fresh);
  const lock = (key: string) => `select artifact_lock_keys(array['${key}'])`;
  const waiting = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
  await writer.artifact.createMany({ items: [{ key: "first" }, { key: "second" }] });
  const { creating } = await fresh.connect().db.transaction(async (tx) => {
    await tx.execute(lock("second"));
    const creating = writer.artifact.createMany({ items: [{ key: "first" }, { key: "second" }] });
    await expect.poll(() => fresh.db.execute(waiting)).toHaveLength(1);
    // The one that has waited longer is rolled back.
    await tx.execute(lock("first"));
    return { creating };
  });
  expect((await creating).map(({ key, version }) => [key, version])).toEqual([
    ["first", 2],
    ["second", 2],
  ]);
});

describe("pools", () => {
  it.each([
    ["reads", "2s"],
    ["searches", "2s"],
    ["writes", "3s"],
    ["bulk", "30s"],
    ["admin", "30s"],
  ] as const)("run the statements of %s with a timeout of %s", async (base, timeout) => {
    expect(await call()[base]()).toMatchObject([{ timeout }]);
  });

  it("run writes of data above 1 MiB with a timeout of 30 s", async () => {
    const write = async (bytes: number) => {
      const data = RawJson.fromText(`"${"x".repeat(bytes - 2)}"`);
      const [row] = await call().publish({ data });
      return row?.timeout;
    };
    expect(await write(1024 * 1024)).toBe("3s");
    expect(await write(1024 * 1024 + 1)).toBe("30s");
  });

  it("spread reads over two connections", async () => {
    const rows = await Promise.all(Array.from({ length: 8 }, () => call().reads()));
    expect(new Set(rows.map(([row]) => row?.pid)).size).toBe(2);
  });

  it("are searches for every procedure that takes a filter, and never for one that names its row", () => {
    const poolOf = Object.fromEntries([...procedures].map(([path, { _def }]) => [path, Object(_def.meta).pool]));
    const all = [...procedures];
    const filtered = all.filter(([path]) =>
      /\.(list|page|count|countBy|history|facets|series|sameData|trends|unread|artifactCounts)$/.test(path),
    );
    expect(new Set(filtered.map(([path]) => poolOf[path]))).toEqual(new Set(["searches"]));
    const byName = all.filter(([path]) => /\.(read|latest|labels|watch|revisions?)$/.test(path));
    expect(new Set(byName.map(([path]) => poolOf[path]))).toEqual(new Set(["reads"]));
    const mutations = all.filter(([, { _def }]) => _def.type === "mutation");
    const many =
      /^admin|^apiKey|^person|Many$|makeLatest$|^trash|^artifact\.revert|^collection\.(?:remove|rename)|^(?:flow|deployment|flowRun)\.remove$/;
    for (const [path] of mutations) expect([path, poolOf[path]]).toEqual([path, many.test(path) ? "long" : "writes"]);
    const rest = [
      "admin.checkData",
      "admin.checkFiles",
      "admin.checkSearch",
      "admin.database",
      "admin.doctor",
      "admin.known",
      "admin.protectedLabels",
      "collection.about",
      "collection.folders",
      "collection.knownSince",
      "collection.pins",
      "collection.renamedTo",
      "event.actors",
      "search.best",
      "search.pending",
      "search.why",
      "view.default",
    ];
    expect(filtered.length + byName.length + mutations.length).toBe(all.length - rest.length);
  });
});

it("a transaction that finds its prepared statements lost, as behind a pooler, runs again without them", async () => {
  await using own = await freshDatabase();
  const { createMany } = callerOn(own).artifact;
  const items = [{ key: "pooled", data: 1 }, { data: 2 }];
  await createMany({ items });
  await own.pools.long.execute("deallocate all");
  expect(await createMany({ items })).toHaveLength(2);
  expect(own.pools.pooler).toBe("transaction");
  expect(await own.db.execute("select count(*)::int as n from artifact")).toEqual([{ n: 4 }]);
});

describe("the deadline of a request", () => {
  /** Six seconds, in statements that are each within their limit. */
  const sleep = async ({ ctx }: { ctx: { db: FreshDatabase["db"] } }) => {
    for (let n = 0; n < 4; n++) await ctx.db.execute("select pg_sleep(1.5)");
    return "done";
  };
  const bases = router({
    read: reads.query(sleep),
    search: searches.query(sleep),
    bulk: bulk.query(sleep),
  });

  it("ends all but long work after less than 5 s, also where each statement is in time", async () => {
    const changes = { changed: () => {}, watch: () => expect.unreachable() };
    const context = { pools: fresh.pools, role: "admin" as const, keys: null, caller: "test", changes };
    const caller = createCallerFactory(bases)(context);
    const begun = performance.now();
    const rejected = [caller.read(), caller.search()].map((work) => {
      return expect(work).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
    });
    const long = caller.bulk();
    await Promise.all(rejected);
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(await long).toBe("done");
    const inTime = createCallerFactory(bases)({ ...context, deadline: performance.now() + 500 });
    const second = performance.now();
    await expect(inTime.search()).rejects.toThrow("did not respond in time");
    expect(performance.now() - second).toBeLessThan(1_500);
  });
});
