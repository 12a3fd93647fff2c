import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type BlobStore, nameOf, parseName } from "#blobs/store";
import type { FilesCheck } from "#contract/admin";
import { FILE, FILES } from "#contract/file-type";
import { RawJson } from "#contract/raw-json";
import { sha256Of } from "#test/blobs/blob-folder";
import { type FreshDatabase, freshDatabase } from "#test/database";
import { LOCAL } from "./author";
import { BLOB_SWEEP_LOCK, expectStore, findBlobs, findPlace, storeBlob, storeContent, sweepBlobs } from "./blob";
import { checkFiles } from "./blob-check";
import { lockStored } from "./file";
import { create } from "./publish";
import { purge } from "./purge";
import { remove, restore } from "./trash";

const CONTENTS = ["a", "bb", "ccc", "dddd"];
const KEYS = ["one", "two"];

/** In memory; it breaks at the chosen step of the next call. */
class Store implements Pick<BlobStore, "put" | "has" | "remove" | "list"> {
  /** Sizes by name. */
  readonly objects = new Map<string, number>();
  breaks: "before" | "after" | null = null;

  private async step(work: () => void): Promise<void> {
    const { breaks } = this;
    this.breaks = null;
    if (breaks === "before") throw new Error("broken before");
    // Others run in between, as while bytes are sent.
    await new Promise((resolve) => setImmediate(resolve));
    work();
    if (breaks === "after") throw new Error("broken after");
  }

  async put(name: string, { size }: { size: number }): Promise<"made" | "there"> {
    const outcome = this.objects.has(name) ? "there" : "made";
    await this.step(() => this.objects.set(name, size));
    return outcome;
  }

  async has(name: string): Promise<boolean> {
    return this.objects.has(name);
  }

  async remove(sha256s: readonly string[]): Promise<void> {
    await this.step(() => {
      for (const each of sha256s) this.objects.delete(each);
    });
  }

  async *list(after = "") {
    await new Promise((resolve) => setImmediate(resolve));
    const names = [...this.objects.keys()].filter((name) => name > after).sort();
    for (const name of names) yield [{ name, size: this.objects.get(name) ?? 0 }];
  }
}

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh[Symbol.asyncDispose]());

const asStore = (store: Store) => store as unknown as BlobStore; // the two methods that are called

interface State {
  store: Store;
  /** Ids of versions, whether in the trash or not. */
  ids: string[];
  /** What checks found while others ran. */
  checks: FilesCheck[];
}

type Step = (state: State) => Promise<unknown>;

const query = (content: string) => ({ sha256: sha256Of(content), size: content.length });

const upload = (content: string, breaks: Store["breaks"], isCompressed: boolean): Step => {
  return async ({ store }) => {
    store.breaks = breaks;
    const compressed = isCompressed ? { path: "", size: 1, sha256: "" } : null;
    await storeBlob(fresh.db, store, { ...query(content), path: "", compressed }, LOCAL);
  };
};

const publish = (key: string, contents: string[]): Step => {
  return async ({ ids }) => {
    const entries = contents.map((content, n) => ({ path: `f${n}`, mediaType: "a/b", ...query(content) }));
    const [first] = entries;
    const one = first && { name: "f", mediaType: "a/b", size: first.size, sha256: first.sha256 };
    const [type, value] = contents.length === 1 ? [FILE, one] : [FILES, { files: entries }];
    ids.push((await create(fresh.db, { key, type, data: RawJson.fromValue(value) }, LOCAL)).id);
  };
};

const idOf = ({ ids }: State, n: number) => ids[n % Math.max(1, ids.length)] ?? "00000000-0000-4000-8000-000000000000";

const content = fc.constantFrom(...CONTENTS);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(content, fc.constantFrom(null, null, "before" as const, "after" as const), fc.boolean())
      .map(([each, breaks, isCompressed]) => upload(each, breaks, isCompressed)),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom(...KEYS), fc.array(content, { minLength: 1, maxLength: 3 }))
      .map(([key, contents]) => publish(key, contents)),
  },
  {
    weight: 2,
    arbitrary: fc.nat(9).map(
      (n): Step =>
        (state) =>
          remove(fresh.db, { id: idOf(state, n) }, LOCAL),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.nat(9).map(
      (n): Step =>
        (state) =>
          restore(fresh.db, { id: idOf(state, n) }, LOCAL),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.nat(9).map(
      (n): Step =>
        (state) =>
          purge(fresh.db, { ids: [idOf(state, n)] }, LOCAL),
    ),
  },
  {
    weight: 1,
    arbitrary: content.map(
      (each): Step =>
        () =>
          findBlobs(fresh.db, [query(each)], LOCAL),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(null, null, "before" as const, "after" as const).map(
      (breaks): Step =>
        async ({ store }) => {
          store.breaks = breaks;
          await sweepBlobs(fresh.db, asStore(store), 1);
        },
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constant<Step>(async ({ store, checks }) => checks.push(await checkFiles(fresh.db, store, {}))),
  },
);

/** What was done before is two hours ago: what is being done is not swept. */
const age = () =>
  fresh.db.execute(sql`update blob set created = created - interval '2 hours', stored = stored - interval '2 hours',
    condemned = condemned - interval '2 hours'`);

const hashes = async (from: string, ending = "''") => {
  const rows = await fresh.db.execute<{ sha256: string }>(
    sql`select distinct encode(sha256, 'hex') || ${sql.raw(ending)} as sha256 from ${sql.raw(from)} order by 1`,
  );
  return rows.map(({ sha256 }) => sha256);
};

describe("blobs", () => {
  it("are in the store as long as a version or the trash names them, and no longer, whatever breaks", {
    timeout: 60_000 * inject("runs"),
  }, async () => {
    // Each program is a list of steps that run at the same time, one list after the other.
    const program = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(program, async (lists) => {
        await fresh.db.execute(sql`truncate artifact, artifact_collection, artifact_data, artifact_trash, artifact_file,
          blob, blob_upload cascade`);
        const state: State = { store: new Store(), ids: [], checks: [] };
        for (const list of lists) {
          await Promise.allSettled(list.map((run) => run(state)));
          const names = await hashes("blob where stored is not null", "case codec when 'gzip' then '.gz' else '' end");
          expect([...state.store.objects.keys()]).toEqual(expect.arrayContaining(names));
          const stored = await hashes("blob where stored is not null");
          expect(stored).toEqual(expect.arrayContaining(await hashes("artifact_file")));
          state.checks.push(await checkFiles(fresh.db, state.store, {}));
          await age();
        }
        // Rows come before objects, so that nothing is ever unknown.
        for (const { violations, orphans } of state.checks) expect([violations, orphans.count]).toEqual([[], 0]);
        state.store.breaks = null;
        for (let sweeps = 0; sweeps < 3; sweeps++) {
          await sweepBlobs(fresh.db, asStore(state.store), 1);
          await age();
        }
        const named = await hashes("artifact_file");
        expect(await hashes("blob")).toEqual(named);
        // What was put without a row that was ever committed cannot exist: the row comes first.
        const objects = [...state.store.objects.keys()].map((name) => parseName(name).sha256);
        expect([...new Set(objects)].sort()).toEqual(named);
        const lost = await fresh.db.execute(sql`select from artifact a where not exists (
          select from artifact_file f where f.artifact_id = a.id)`);
        expect(lost).toHaveLength(0);
      }),
      { numRuns: 20 * inject("runs") },
    );
  });

  it("are deleted without a store where the database has them, whatever else is left", async () => {
    const outside = query("outside");
    const inside = query("inside");
    // What interrupted work of the cases before left.
    await sweepBlobs(fresh.db, asStore(new Store()), 0);
    await storeContent(fresh.db, inside.sha256, Buffer.from("inside"), LOCAL);
    await fresh.db.execute(
      sql`insert into blob (sha256, size, created) values (decode(${outside.sha256}, 'hex'), 7, now())`,
    );
    await sweepBlobs(fresh.db, null, 0);
    expect(await hashes("blob")).toEqual([outside.sha256]);
    await sweepBlobs(fresh.db, asStore(new Store()), 0);
    expect(await hashes("blob")).toEqual([]);
  });

  it("are stored again where their row was swept while they were stored", async () => {
    const store = new Store();
    const file = query("swept meanwhile");
    let puts = 0;
    const put = async (name: string, source: { size: number }) => {
      puts += 1;
      if (puts === 1) await sweepBlobs(fresh.db, asStore(store), 0);
      return store.put(name, source);
    };
    await storeBlob(fresh.db, { put, has: async () => false }, { ...file, path: "" }, LOCAL);
    expect([puts, await findBlobs(fresh.db, [file], LOCAL)]).toEqual([2, [{ sha256: file.sha256, there: true }]]);
  });

  it("stay compressed where they are sent again while nothing can be compressed, unless the store lost them", async () => {
    const store = new Store();
    const file = { ...query("compressed"), path: "" };
    const formOf = async () => {
      const { codec } = await findPlace(fresh.db, file);
      return [codec, ...store.objects.keys()];
    };
    const name = nameOf(file.sha256, "gzip");
    await storeBlob(fresh.db, store, { ...file, compressed: { path: "", size: 1 } }, LOCAL);
    expect(await storeBlob(fresh.db, store, { ...file, compressed: null }, LOCAL)).toBe("there");
    expect(await formOf()).toEqual(["gzip", name]);
    store.objects.delete(name);
    await storeBlob(fresh.db, store, { ...file, compressed: null }, LOCAL);
    expect(await formOf()).toEqual(["none", file.sha256]);
  });

  it("are not compressed for a day after the upgrade of a database, in which older servers may still run", async () => {
    await using old = await freshDatabase();
    const codecs: string[] = [];
    for (const hours of [0, 23, 25]) {
      await old.db.execute(sql`update vitrine_migration
        set applied = clock_timestamp() - make_interval(hours => ${hours}) where number >= 32`);
      const file = { ...query(`after ${hours} hours`), path: "", compressed: { path: "", size: 1 } };
      await storeBlob(old.db, new Store(), file, LOCAL);
      codecs.push((await findPlace(old.db, file)).codec);
    }
    expect(codecs).toEqual(["none", "none", "gzip"]);
  });

  it("are deleted 24 hours after they were condemned, which is 24 hours after their upload", async () => {
    const store = new Store();
    const { sha256, size } = query("for two days");
    await storeBlob(fresh.db, store, { sha256, size, path: "" }, LOCAL);
    const later = () =>
      fresh.db.execute(sql`update blob set created = created - interval '23 hours', stored = stored - interval '23 hours',
        condemned = condemned - interval '23 hours'`);
    const there: boolean[] = [];
    for (let days = 0; days < 4; days++) {
      await sweepBlobs(fresh.db, asStore(store));
      there.push(store.objects.has(sha256));
      await later();
      await later();
    }
    expect(there).toEqual([true, true, false, false]);
  });

  it("are not deleted while a version that names them is being created", async () => {
    const store = new Store();
    const named = query("being named");
    await storeBlob(fresh.db, store, { ...named, path: "" }, LOCAL);
    await fresh.db.transaction(async (tx) => {
      expect(await lockStored(tx, [named])).toEqual(new Map([[named.sha256, named.size]]));
      await sweepBlobs(fresh.db, asStore(store), 0);
      expect(store.objects.has(named.sha256)).toBe(true);
    });
    await sweepBlobs(fresh.db, asStore(store), 0);
    expect(store.objects.has(named.sha256)).toBe(false);
    expect(await lockStored(fresh.db, [named])).toEqual(new Map());
  });

  it("of a version with many files are purged in batches of few versions, by ids too", async () => {
    await using own = await freshDatabase();
    const { sha256 } = query("many");
    await storeContent(own.db, sha256, Buffer.from("many"), LOCAL);
    const files = [{ path: "a", mediaType: "a/b", size: 4, sha256 }];
    const trashed = async () => {
      const { id } = await create(own.db, { type: FILES, data: RawJson.fromValue({ files }) }, LOCAL);
      await remove(own.db, { id }, LOCAL);
      return id;
    };
    const ids = [await trashed(), await trashed(), await trashed()];
    // As many as no test publishes.
    await own.db.execute("update artifact_trash set rows = 100000");
    expect(await purge(own.db, { ids }, LOCAL)).toEqual({ purged: 3 });
    await trashed();
    await trashed();
    await own.db.execute("update artifact_trash set rows = 100000");
    expect(await purge(own.db, { all: true }, LOCAL)).toEqual({ purged: 2 });
    const [row] = await own.db.execute(`select count(*)::int as batches from event
      where verb = 'artifact.purge' and artifact_id is null`);
    expect(row?.batches).toBe(2);
  });

  it("are swept by one process at a time", async () => {
    const store = new Store();
    await storeBlob(fresh.db, store, { ...query("locked"), path: "" }, LOCAL);
    await fresh.db.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(${BLOB_SWEEP_LOCK})`);
      expect(await sweepBlobs(fresh.db, asStore(store), 0)).toBe(0);
    });
    expect(await sweepBlobs(fresh.db, asStore(store), 0)).toBeGreaterThan(0);
  });

  it("are of one store: a server with another one, or none, does not start", async () => {
    await using own = await freshDatabase();
    const storeOf = (id: string) => ({ id: async () => id }) as unknown as BlobStore; // the method that is called
    await expectStore(own.db, null);
    await expectStore(own.db, storeOf("one"));
    await expectStore(own.db, storeOf("one"));
    await expect(expectStore(own.db, storeOf("two"))).rejects.toThrow(/VITRINE_BLOBS names another blob store \(two\)/);
    await expect(expectStore(own.db, null)).rejects.toThrow(/set VITRINE_BLOBS/);
  });
});
