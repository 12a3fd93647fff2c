import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { type Artifact, CollectionSort, GeneralSort, ValueSort } from "#contract/artifact";
import type { Page } from "#contract/paging";
import { callerOn } from "#test/caller";
import { databaseOfFile } from "#test/database";
import { ordered } from "#test/generators/order";

const fresh = await databaseOfFile();
const call = callerOn(fresh);
let all: Artifact[];
beforeAll(async () => {
  const keys = ["a", "a-b", "ab", "b", "a", "b", null, "a", null, "c", "a", null, "0", "b"];
  for (const [i, key] of keys.entries()) {
    const data = i % 2 ? i % 5 : Array.from({ length: i % 7 }, () => ({}));
    await call.artifact.create({ key, type: i % 3 ? "table" : null, data });
  }
  for (const [row] of [await call.artifact.list({ limit: 1, offset: 4 })]) {
    await call.artifact.update({ id: row?.id ?? "", description: "moved" });
  }
  // Ties in every sort column but the id.
  await fresh.db.execute(
    "update artifact set created = date_trunc('second', created), updated = date_trunc('second', updated)",
  );
  await fresh.db.execute(
    "update artifact_collection c set created = a.created, updated = a.updated from artifact a where a.id = c.latest_id",
  );
  all = await call.artifact.list({ limit: 200 });
});

type Query<Sort> = (sort: Sort, limit: number, cursor: string | null) => Promise<Page<Artifact>>;

/** Follows `next` to the end, then `previous` back to the start. */
async function walk<Sort>(query: Query<Sort>, sort: Sort, limit: number): Promise<{ there: string[]; back: string[] }> {
  const there: string[] = [];
  const back: string[] = [];
  let page = await query(sort, limit, null);
  expect(page.previous).toBeNull();
  there.push(...page.items.map((row) => row.id));
  while (page.next) {
    page = await query(sort, limit, page.next);
    there.push(...page.items.map((row) => row.id));
  }
  back.unshift(...page.items.map((row) => row.id));
  while (page.previous) {
    page = await query(sort, limit, page.previous);
    back.unshift(...page.items.map((row) => row.id));
  }
  return { there, back };
}

const sorted = (rows: Artifact[], sort: string) => ordered(rows, sort).map((row) => row.id);

describe("paging by cursor", () => {
  it("returns every version once, in order, forwards and backwards, for any limit", async () => {
    const query: Query<GeneralSort> = (sort, limit, cursor) => call.artifact.page({ sort, limit, cursor });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...GeneralSort.options),
        fc.integer({ min: 1, max: 15 }),
        async (sort, limit) => {
          const expected = sorted(all, sort);
          expect(await walk(query, sort, limit)).toEqual({ there: expected, back: expected });
          expect((await call.artifact.list({ sort, limit: 200 })).map((row) => row.id)).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("returns the latest of every key once", async () => {
    const query: Query<CollectionSort> = (sort, limit, cursor) => call.collection.page({ sort, limit, cursor });
    const newestFirst = all.toSorted((a, b) => Number(b.version) - Number(a.version));
    const latest = newestFirst
      .filter((row, i) => row.key && newestFirst.findIndex(({ key }) => key === row.key) === i)
      .map((row) => ({ ...row, versions: all.filter(({ key }) => key === row.key).length }));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...CollectionSort.options),
        fc.integer({ min: 1, max: 6 }),
        async (sort, limit) => {
          const expected = sorted(latest, sort);
          expect(await walk(query, sort, limit)).toEqual({ there: expected, back: expected });
          const offset = Math.min(1, limit);
          const listed = await call.collection.list({ sort, limit, offset });
          expect(listed.map((row) => row.id)).toEqual(expected.slice(offset, offset + limit));
        },
      ),
      { numRuns: 100 },
    );
  });

  it("returns every version of one key once, by its number, rows, type or version", async () => {
    const where = { artifacts: { key: { any: ["a"] } } };
    const query: Query<ValueSort> = (sort, limit, cursor) => call.artifact.page({ where, sort, limit, cursor });
    const versions = all.filter(({ key }) => key === "a");
    for (const sort of ValueSort.options) {
      const expected = sorted(versions, sort);
      for (const limit of [1, 2, 3])
        expect(await walk(query, sort, limit)).toEqual({ there: expected, back: expected });
      expect((await call.artifact.list({ where, sort, offset: 1 })).map((row) => row.id)).toEqual(expected.slice(1));
    }
  });

  it("continues from rows that were removed in the meantime", async () => {
    const first = await call.artifact.page({ limit: 3, sort: "ID_DESC" });
    const missing = first.items.slice(1).map((row) => row.id);
    await call.artifact.removeMany({ ids: missing });
    const next = await call.artifact.page({ limit: 3, sort: "ID_DESC", cursor: first.next });
    expect(next.items.map((row) => row.id)).toEqual(sorted(all, "ID_DESC").slice(3, 6));
    await call.artifact.restoreMany({ ids: missing });
  });

  it("rejects an altered cursor, and one of another sort, filter or list", async () => {
    const { next } = await call.artifact.page({ limit: 3 });
    const refused = { code: "BAD_REQUEST", cause: { details: { field: "cursor" } } };
    for (const cursor of ["nonsense", `${next}x`, next?.slice(0, -1), next?.replace("after", "before"), "a.b.c.d.e"]) {
      await expect(call.artifact.page({ limit: 3, cursor })).rejects.toMatchObject(refused);
    }
    await expect(call.artifact.page({ sort: "ID_DESC", cursor: next })).rejects.toMatchObject(refused);
    const where = { artifacts: { type: { any: ["table"] } } };
    await expect(call.artifact.page({ where, cursor: next })).rejects.toMatchObject(refused);
    await expect(call.collection.page({ cursor: next })).rejects.toMatchObject(refused);
    expect(await call.artifact.page({ limit: 5, cursor: next, where: { artifacts: null } })).toBeTruthy();
  });
});

describe("limits and offsets", () => {
  it.each([
    [{ limit: 201 }, "limit"],
    [{ limit: -1 }, "limit"],
    [{ limit: 1.5 }, "limit"],
    [{ limit: "10" as never }, "limit"],
    [{ offset: -1 }, "offset"],
    [{ offset: 2 ** 31 }, "offset"],
    [{ sort: "NUMBER_DESC" as const }, "sort"],
    [{ sort: "VERSION_ASC" as const, where: { artifacts: { key: { any: ["a", "b"] } } } }, "sort"],
    [{ sort: "created; drop table artifact" as never }, "sort"],
    [{ extra: 1 } as never, "extra"],
  ])("refuses %j", async (input, field) => {
    await expect(call.artifact.list(input)).rejects.toMatchObject({
      code: "BAD_REQUEST",
      cause: { details: { field } },
    });
  });

  it("returns nothing for limit 0 and for an offset beyond the end", async () => {
    expect(await call.artifact.list({ limit: 0 })).toEqual([]);
    expect(await call.artifact.list({ offset: 2 ** 31 - 1 })).toEqual([]);
  });
});
