import fc from "fast-check";
import { describe, expect, inject, it } from "vitest";
import type { Artifact } from "#contract/artifact";
import { callerOn } from "#test/caller";
import { databaseOfFile } from "#test/database";
import { knownSince } from "./as-of";

const fresh = await databaseOfFile();
const call = callerOn(fresh);

const now = async () => {
  const [row] = await fresh.db.execute<{ at: string }>(
    `select to_char(clock_timestamp(), 'YYYY-MM-DD"T"HH24:MI:SS.USZ') as at`,
  );
  return row?.at ?? "";
};

/** Without the hash, which is not kept of replaced data, and the last update, which may have changed nothing. */
const known = ({ sha256, updated, ...row }: Artifact) => row;
const INCLUDE = { include: ["data" as const, "labels" as const], limit: 200 };
const versionsNow = async () => (await call.artifact.list({ ...INCLUDE, sort: "ID_DESC" })).map(known);
const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id);

const key = fc.constantFrom("a", "b", "c/d");
const pick = fc.nat(30);
const operation = fc.oneof(
  { weight: 4, arbitrary: fc.record({ verb: fc.constant("create"), key: fc.option(key), data: fc.nat(9) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      verb: fc.constant("update"),
      pick,
      data: fc.option(fc.nat(9)),
      text: fc.string({ maxLength: 3 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ verb: fc.constant("remove"), pick }) },
  { weight: 1, arbitrary: fc.record({ verb: fc.constant("removeKey"), key }) },
  { weight: 2, arbitrary: fc.record({ verb: fc.constant("restore"), pick }) },
  { weight: 2, arbitrary: fc.record({ verb: fc.constant("restoreRemoval"), pick }) },
  {
    weight: 3,
    arbitrary: fc.record({ verb: fc.constant("label"), pick, label: fc.constantFrom("x", "y"), set: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ verb: fc.constant("purge"), pick }) },
);
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

/** Performs an operation on one of what there is; nothing where there is nothing. */
async function perform(operation: Operation): Promise<void> {
  const among = <T>(rows: T[]) => ("pick" in operation ? rows[operation.pick % Math.max(rows.length, 1)] : undefined);
  if (operation.verb === "create" && "data" in operation) {
    await call.artifact.create({ key: "key" in operation ? operation.key : null, type: "json", data: operation.data });
  }
  if (operation.verb === "removeKey" && "key" in operation && operation.key !== null) {
    const [found] = await call.collection.list({ where: { artifacts: { key: { any: [operation.key] } } } });
    if (found) await call.collection.remove({ key: found.key, force: ["x", "y"] });
  }
  if (["restore", "restoreRemoval", "purge"].includes(operation.verb)) {
    const trashed = among(await call.trash.list({ limit: 200 }));
    if (!trashed) return;
    if (operation.verb === "restore") await call.artifact.restore({ id: trashed.id });
    if (operation.verb === "restoreRemoval") await call.trash.restoreRemoval({ removal: trashed.removal });
    if (operation.verb === "purge") await call.trash.purge({ ids: [trashed.id] });
    return;
  }
  const version = among(await call.artifact.list({ sort: "ID_DESC", limit: 200 }));
  if (!version) return;
  if (operation.verb === "remove") await call.artifact.remove({ id: version.id, force: ["x", "y"] });
  if (operation.verb === "update" && "text" in operation) {
    const { text, data } = operation;
    const tags = text === "" ? [] : ["tag"];
    await call.artifact.update({ id: version.id, description: text, tags, ...(data !== null && { data }) });
  }
  if (operation.verb === "label" && "label" in operation && version.key !== null) {
    const { label, set } = operation;
    await call.collection.label({ key: version.key, label, version: set ? version.version : null });
  }
}

describe("reads as of a timestamp", () => {
  it("return what reads returned then, without what was deleted permanently since", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: 5, maxLength: 14 }), async (operations) => {
        await fresh.db.execute(
          "truncate artifact, artifact_collection, artifact_data, artifact_trash, artifact_revision, label, event, trash_period cascade",
        );
        const history: { at: string; versions: Awaited<ReturnType<typeof versionsNow>> }[] = [];
        for (const each of operations) {
          await perform(each);
          history.push({ at: await now(), versions: await versionsNow() });
        }
        const [live, trashed] = [await call.artifact.list({ limit: 200 }), await call.trash.list({ limit: 200 })];
        const remaining = new Set(idsOf([...live, ...trashed]));
        for (const { at: asOf, versions } of history) {
          const expected = versions.filter(({ id }) => remaining.has(id));
          const then = await call.artifact.list({ ...INCLUDE, sort: "ID_DESC", asOf });
          expect(then.map(known)).toEqual(expected);
          expect(then.filter(({ updated }) => updated > asOf)).toEqual([]);
          expect(await call.artifact.count({ asOf })).toBe(expected.length);
          const ofKey = new Map<string, typeof expected>();
          for (const row of expected) {
            if (row.key !== null) ofKey.set(row.key, [...(ofKey.get(row.key) ?? []), row]);
          }
          const newest = (rows: typeof expected) => rows.toSorted((a, b) => Number(b.version) - Number(a.version))[0];
          const collections = await call.collection.list({ ...INCLUDE, asOf });
          const latest = [...ofKey.values()].map((rows) => ({ ...newest(rows), versions: rows.length }));
          const byId = (a: { id?: string | undefined }, b: { id?: string | undefined }) =>
            String(a.id) < String(b.id) ? -1 : 1;
          expect(collections.map(({ collectionId, about, ...row }) => known(row)).sort(byId)).toEqual(
            latest.sort(byId),
          );
          for (const [key, rows] of ofKey) {
            const expectedLatest = newest(rows);
            expect(await call.collection.latest({ key, asOf })).toMatchObject({
              id: expectedLatest?.id,
              data: expectedLatest?.data,
              newer: null,
            });
            const labels = rows.flatMap((row) => (row.labels ?? []).map((label) => [label, row.version]));
            const found = await call.collection.labels({ key, asOf });
            expect(found.map(({ label, version }) => [label, version])).toEqual(labels.sort());
          }
        }
      }),
      { numRuns: 2 * inject("runs"), endOnFailure: true },
    );
  });

  it("say since when deletions are known", async () => {
    await fresh.db.execute("truncate event");
    expect(await knownSince(fresh.db)).toBeNull();
    const before = await now();
    await call.artifact.create({ key: "first", data: 1 });
    await call.artifact.update({ id: (await call.collection.latest({ key: "first" })).id, data: 2 });
    expect((await knownSince(fresh.db)) ?? "" > before).toBeTruthy();
  });

  it("are limited to the keys that a role reaches", async () => {
    const inside = callerOn(fresh, "read", "in/*");
    await call.artifact.createMany({
      items: [
        { key: "in/a", data: 1 },
        { key: "out", data: 2 },
      ],
    });
    const asOf = await now();
    await call.collection.remove({ key: "in/a" });
    await call.collection.remove({ key: "out" });
    expect(await inside.artifact.list({ asOf })).toMatchObject([{ key: "in/a" }]);
    expect(await inside.collection.list({ asOf })).toMatchObject([{ key: "in/a" }]);
    await expect(inside.collection.latest({ key: "out", asOf })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await inside.artifact.list()).toEqual([]);
  });

  it("follow a key to the name that it has now", async () => {
    await call.artifact.create({ key: "old", data: 1 });
    await call.collection.label({ key: "old", label: "production", version: 1 });
    const asOf = await now();
    await call.collection.label({ key: "old", label: "production", version: null });
    await call.collection.rename({ key: "old", to: "new" });
    expect(await call.collection.labels({ key: "new", asOf })).toMatchObject([{ label: "production", version: 1 }]);
    expect(await call.collection.latest({ key: "old", label: "production", asOf })).toMatchObject({ key: "new" });
  });

  it("count ages from that timestamp", async () => {
    await call.artifact.create({ key: "aged", data: 1 });
    await fresh.db.execute("update artifact set created = created - interval '30 days' where key = 'aged'");
    const asOf = new Date(Date.now() - 29 * 86_400_000).toISOString();
    const where = { query: "key:aged age:<1w" };
    expect(await call.artifact.count({ where })).toBe(0);
    expect(await call.artifact.count({ where, asOf })).toBe(1);
    expect(await call.collection.count({ where, asOf })).toBe(1);
    expect(await call.artifact.count({ where: { query: "key:aged age:>1w" }, asOf })).toBe(0);
  });

  it("page with cursors of the same timestamp alone", async () => {
    await call.artifact.createMany({ items: Array.from({ length: 5 }, (_, n) => ({ key: `page-${n}`, data: n })) });
    const asOf = await now();
    await call.artifact.create({ key: "page-0", data: 9 });
    const where = { artifacts: { key: { startsWith: "page-" } } };
    const first = await call.collection.page({ where, sort: "KEY_ASC", limit: 3, asOf });
    expect(first.items.map(({ data, key, version }) => [key, version, data])).toEqual([
      ["page-0", 1, undefined],
      ["page-1", 1, undefined],
      ["page-2", 1, undefined],
    ]);
    const cursor = first.next;
    const second = await call.collection.page({ where, sort: "KEY_ASC", limit: 3, asOf, cursor });
    expect(second.items.map(({ key }) => key)).toEqual(["page-3", "page-4"]);
    await expect(call.collection.page({ where, sort: "KEY_ASC", limit: 3, cursor })).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
  });
});
