import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { callerOn } from "#test/caller";
import { databaseOfFile } from "#test/database";
import { doctor } from "./admin";

const fresh = await databaseOfFile();
const call = callerOn(fresh);

describe("update", () => {
  it("counts the rows of a table again", async () => {
    const { id, rows } = await call.artifact.create({ key: "table", type: "table", data: [{ a: 1 }, { a: 2 }] });
    expect(rows).toBe(2);
    expect(await call.artifact.update({ id, data: [{ a: 1 }, { a: 2 }, { a: 3 }] })).toMatchObject({ rows: 3 });
    expect(await call.artifact.update({ id, data: '[{"a": 1}]' })).toMatchObject({ rows: 1 });
    expect(await call.artifact.update({ id, description: "the data stays" })).toMatchObject({ rows: 1 });
    expect(await call.artifact.update({ id, data: 7 })).toMatchObject({ rows: null, number: 7 });
  });

  it("counts no rows of other types", async () => {
    const { id } = await call.artifact.create({ key: "list", type: "result", data: [1] });
    expect(await call.artifact.update({ id, data: [1, 2] })).toMatchObject({ rows: null });
  });
});

describe("the functions that programs of migration 0004 call", () => {
  const removal = "00000000-0000-4000-8000-000000000001";

  it("remove, update and restore as before", async () => {
    const { id } = await call.artifact.create({ key: "old-program", description: "a", data: 1 });
    const { id: second } = await call.artifact.create({ key: "old-program", metadata: { n: 1 } });
    const updated = await fresh.db.execute(sql`
      select stale, (current).* from artifact_update(${id}::uuid, null::timestamptz, '[1]'::json, 3::int, 1::int,
        null::float8, true, 'b'::text, false, null::jsonb)`);
    expect(updated).toMatchObject([{ stale: false, description: "b", size: "3", rows: 1 }]);
    const removed = await fresh.db.execute(
      sql`select * from artifact_remove(array[${second}]::uuid[], ${removal}::uuid)`,
    );
    expect(removed).toMatchObject([{ id: second, key: "old-program", version: "2", latest: "1" }]);
    const removedKeys = await fresh.db.execute(
      sql`select key from artifact_remove_keys(array['old-program'], ${removal}::uuid)`,
    );
    expect(removedKeys).toMatchObject([{ key: "old-program" }]);
    expect(await fresh.db.execute(sql`select * from artifact_restore(null, ${removal}::uuid)`)).toHaveLength(2);
    expect(await call.artifact.read({ id: second })).toMatchObject({ metadata: { n: 1 }, isLatest: true });
    expect(await doctor(fresh.db)).toEqual([]);
  });
});
