import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { artifact } from "#db/schema";
import { type Caller, callerOn } from "#test/caller";
import { type FreshDatabase, freshDatabase } from "#test/database";
import { facetsOf } from "./facets";

let fresh: FreshDatabase;
let call: Caller;
beforeAll(async () => {
  fresh = await freshDatabase();
  call = callerOn(fresh);
});
afterAll(() => fresh[Symbol.asyncDispose]());

const count = (value: string, count: number) => ({ value, id: null, count });
const under = (folder: string) => ({ where: { artifacts: { key: { startsWith: `${folder}/` } } } });

describe("owners", () => {
  it("are those of the keys of the rows, and found by their name", async () => {
    const folder = randomUUID();
    for (const [name, owner] of [
      ["a", "Ada, of ops"],
      ["b", "Ada, of ops"],
      ["c", "ops"],
      ["d", null],
    ] as const) {
      const key = `${folder}/${name}`;
      await call.artifact.createMany({ items: [{ key }, { key }] });
      if (owner) await call.collection.update({ key, owner });
    }
    const { owners } = await call.collection.facets(under(folder));
    expect(owners).toEqual([count("Ada, of ops", 2), count("ops", 1)]);
    expect((await call.artifact.facets(under(folder))).owners).toEqual([count("Ada, of ops", 4), count("ops", 2)]);
    const keys = async (query: string) => {
      const rows = await call.collection.list({ where: { ...under(folder).where, query }, sort: "KEY_ASC" });
      return rows.map(({ key }) => key.slice(folder.length + 1)).join("");
    };
    expect(await keys('owner:"Ada, of ops"')).toBe("ab");
    expect(await keys("owner:ops,nobody")).toBe("c");
    expect(await keys("owner:!=ops")).toBe("ab");
    expect(await keys("-has:owner")).toBe("d");
    expect(await keys("has:owner")).toBe("abc");
  });

  it("are those of the keys that a role reaches", async () => {
    const folder = randomUUID();
    for (const name of ["mine", "other"]) {
      await call.artifact.create({ key: `${folder}/${name}` });
      await call.collection.update({ key: `${folder}/${name}`, owner: name });
    }
    const limited = callerOn(fresh, "read", `${folder}/mine`);
    expect((await limited.collection.facets({})).owners).toEqual([count("mine", 1)]);
    expect(await limited.collection.list({ where: { query: "owner:other" } })).toEqual([]);
  });
});

describe("names in the metadata", () => {
  it("are the commonest, of the latest versions or of all", async () => {
    const folder = randomUUID();
    const key = `${folder}/a`;
    await call.artifact.createMany({
      items: [
        { key, metadata: { old: 1 } },
        { key, metadata: { region: "eu", "model name": { inner: 1 } } },
        { key: `${folder}/b`, metadata: { region: null } },
        { key: `${folder}/c`, metadata: {} },
        { key: `${folder}/d` },
      ],
    });
    const latest = await call.collection.facets(under(folder));
    expect(latest.metadataNames).toEqual([count("region", 2), count("model name", 1)]);
    const all = await call.artifact.facets(under(folder));
    expect(all.metadataNames).toEqual([count("region", 2), count("model name", 1), count("old", 1)]);
  });

  it("are 50 at most, of the 2,000 rows created last", async () => {
    const folder = randomUUID();
    const many = Object.fromEntries(Array.from({ length: 80 }, (_, at) => [`name-${at}`, at]));
    await call.artifact.create({ key: `${folder}/first`, metadata: { first: 1 } });
    for (let part = 0; part < 2; part += 1) {
      await call.artifact.createMany({
        items: Array.from({ length: 1_000 }, (_, at) => ({
          key: `${folder}/${part}-${at}`,
          metadata: at === 0 ? many : { region: 1 },
        })),
      });
    }
    const { metadataNames, complete } = await call.collection.facets(under(folder));
    expect(metadataNames).toHaveLength(50);
    expect(metadataNames[0]).toEqual(count("region", 1_998));
    expect(metadataNames.map(({ value }) => value)).not.toContain("first");
    expect(complete).toBe(true);
  });

  it("are left out where the statement takes long, with all other facets", async () => {
    const key = randomUUID();
    await call.artifact.create({ key, type: "table", metadata: { region: 1 } });
    const slow = sql`
      select a.id, a.key, a.tags, a.type, a.flow_run_id, a.created_by from ${artifact} a, pg_sleep(1.1) where a.key = ${key}`;
    const facets = await facetsOf(fresh.db, slow);
    expect([facets.metadataNames, facets.types]).toEqual([[], [count("table", 1)]]);
  });
});
