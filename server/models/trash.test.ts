import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { callerOn } from "#test/caller";
import { databaseOfFile } from "#test/database";
import { doctor } from "./admin";
import { SWEEP_LOCK, sweep } from "./purge";

const fresh = await databaseOfFile();
const call = callerOn(fresh);

async function publish(key: string | null, count: number): Promise<string[]> {
  const ids = [];
  for (let i = 0; i < count; i++) ids.push((await call.artifact.create({ key, data: i })).id);
  return ids;
}

const unknown = "00000000-0000-4000-8000-000000000000";

describe("removing a key", () => {
  it("removes every version as one removal, which is undone completely", async () => {
    const ids = await publish("whole", 3);
    await call.artifact.remove({ id: ids[0] ?? "" });
    const { removal, versions } = await call.collection.remove({ key: "whole" });
    expect(versions).toBe(2);
    await expect(call.collection.latest({ key: "whole" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(call.collection.remove({ key: "whole" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await call.trash.restoreRemoval({ removal })).toEqual({ versions: 2 });
    expect(await call.collection.latest({ key: "whole" })).toMatchObject({ id: ids[2], version: 3, data: 2 });
    await expect(call.trash.restoreRemoval({ removal })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("removing several keys", () => {
  it("is one removal that is undone completely, and returns keys without versions as missing", async () => {
    await publish("several-a", 2);
    await publish("several-b", 1);
    const keys = ["several-b", "several-none", "several-a"];
    const { removal, ...rest } = await call.collection.removeMany({ keys });
    expect(rest).toEqual({ versions: 3, missing: ["several-none"] });
    expect(await call.collection.count({ where: { artifacts: { key: { any: keys } } } })).toBe(0);
    expect(await call.trash.restoreRemoval({ removal })).toEqual({ versions: 3 });
    expect(await call.collection.latest({ key: "several-a" })).toMatchObject({ version: 2 });
  });
});

describe("removing and restoring many", () => {
  it("works across keys and without a key, and returns missing ids", async () => {
    const ids = [...(await publish("m-a", 2)), ...(await publish("m-b", 1)), ...(await publish(null, 1))];
    const first = await call.artifact.removeMany({ ids: [...ids, unknown] });
    expect(first.missing).toEqual([unknown]);
    expect(first.removed.map(({ key, latest }) => [key, latest])).toEqual([
      ["m-a", null],
      ["m-a", null],
      ["m-b", null],
      [null, null],
    ]);
    expect(await call.artifact.removeMany({ ids })).toMatchObject({ removed: [], missing: ids });
    const back = await call.artifact.restoreMany({ ids: [...ids, unknown] });
    expect(back.restored.map((row) => row.id).sort()).toEqual(ids.toSorted());
    expect(back.missing).toEqual([unknown]);
    expect(await doctor(fresh.db)).toEqual([]);
  });

  it("rejects an empty list and more than 1,000 ids", async () => {
    const refused = { code: "BAD_REQUEST", cause: { details: { field: "ids" } } };
    await expect(call.artifact.removeMany({ ids: [] })).rejects.toMatchObject(refused);
    const many = Array.from({ length: 1001 }, () => unknown);
    await expect(call.artifact.restoreMany({ ids: many })).rejects.toMatchObject(refused);
  });
});

describe("the trash", () => {
  it("lists, pages and counts the last deleted first", async () => {
    const ids = await publish("paged", 5);
    for (const id of ids) await call.artifact.remove({ id });
    const where = { key: "paged" };
    const first = await call.trash.page({ where, limit: 2 });
    const second = await call.trash.page({ where, limit: 2, cursor: first.next });
    const third = await call.trash.page({ where, limit: 2, cursor: second.next });
    expect([first, second, third].flatMap((page) => page.items.map((row) => row.id))).toEqual(ids.toReversed());
    expect(third.next).toBeNull();
    for (const other of [{ key: "purged" }, undefined]) {
      const foreign = call.trash.page({ ...(other ? { where: other } : {}), cursor: first.next });
      await expect(foreign).rejects.toMatchObject({ code: "BAD_REQUEST", cause: { details: { field: "cursor" } } });
    }
    const all = await call.trash.page({ limit: 1 });
    expect(await call.trash.page({ limit: 1, where: {}, cursor: all.next })).toMatchObject({ items: [{ id: ids[3] }] });
    expect(await call.trash.count({ where })).toBe(5);
    expect((await call.trash.list({ where, limit: 1, offset: 1 }))[0]).toMatchObject({ id: ids[3], key: "paged" });
  });

  it("is searched by a part of the key, ignoring case, without wildcards", async () => {
    const ids: string[] = [];
    for (const key of ["found-north", "found-south", "other-north", null]) ids.push(...(await publish(key, 1)));
    for (const id of ids) await call.artifact.remove({ id });
    const keysOf = async (where: { key?: string; keyContains: string }) =>
      (await call.trash.page({ where })).items.map(({ key }) => key);
    expect(await keysOf({ keyContains: "FOUND-" })).toEqual(["found-south", "found-north"]);
    expect(await keysOf({ keyContains: "d-n" })).toEqual(["found-north"]);
    for (const wildcards of ["f%h", "f_und"]) expect(await keysOf({ keyContains: wildcards })).toEqual([]);
    expect(await keysOf({ key: "other-north", keyContains: "found" })).toEqual([]);
    expect(await call.trash.count({ where: { keyContains: "found" } })).toBe(2);
    expect(await call.trash.list({ where: { keyContains: "found" }, offset: 1 })).toMatchObject([{ id: ids[0] }]);
    expect(await call.trash.count({ where: { keyContains: "" } })).toBe(await call.trash.count());
  });

  it("purges a version with its data, and never uses its number again", async () => {
    const [id = ""] = await publish("purged", 1);
    await call.artifact.remove({ id });
    expect(await call.trash.purge({ ids: [id, unknown] })).toEqual({ purged: 1 });
    await expect(call.artifact.restore({ id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    const [left] = await fresh.db.execute(
      sql`select count(*)::int as n from artifact_data where artifact_id = ${id}::uuid`,
    );
    expect(left?.n).toBe(0);
    expect((await call.artifact.create({ key: "purged" })).version).toBe(2);
  });

  it("sweeps versions older than the given days; 0 keeps them", async () => {
    const [old = "", recent = ""] = await publish("swept", 2);
    await call.artifact.removeMany({ ids: [old, recent] });
    await fresh.db.execute(
      sql`update artifact_trash set removed = removed - interval '31 days' where id = ${old}::uuid`,
    );
    expect(await sweep(fresh.db, { trash: 0, audit: 0 })).toBe(0);
    expect(await sweep(fresh.db, { trash: 30, audit: 0 })).toBe(1);
    expect((await call.trash.list({ where: { key: "swept" } })).map((row) => row.id)).toEqual([recent]);
  });

  it("is swept by one process at a time", async () => {
    const [old = ""] = await publish("swept", 1);
    await call.artifact.remove({ id: old });
    await fresh.db.execute(sql`
      update artifact_trash set removed = removed - interval '31 days' where id = ${old}::uuid`);
    await fresh.db.transaction(async (other) => {
      await other.execute(sql`select pg_advisory_xact_lock(${SWEEP_LOCK})`);
      expect(await sweep(fresh.db, { trash: 30, audit: 0 })).toBe(0);
    });
    expect(await sweep(fresh.db, { trash: 30, audit: 0 })).toBe(1);
  });

  it("can be purged by an admin only", async () => {
    const writer = callerOn(fresh, "write");
    await expect(writer.trash.purge({ all: true })).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect((await call.trash.purge({ all: true })).purged).toBeGreaterThan(0);
    expect(await call.trash.count()).toBe(0);
  });
});

describe("roles", () => {
  it("permit what each role may do, and nothing without one", async () => {
    const reader = callerOn(fresh, "read");
    expect(await reader.artifact.count()).toBeGreaterThan(0);
    await expect(reader.artifact.create({})).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(callerOn(fresh, null).artifact.count()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    expect((await callerOn(fresh, "write").artifact.create({})).id).toBeTruthy();
  });
});
