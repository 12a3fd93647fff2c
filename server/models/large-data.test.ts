import { randomUUID } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, inject, it } from "vitest";
import { type BlobStore, pathOf } from "#blobs/store";
import type { Part } from "#contract/backup";
import { RawJson } from "#contract/raw-json";
import { blobFolder, sha256Of } from "#test/blobs/blob-folder";
import { callerOn } from "#test/caller";
import { databaseOfFile, type FreshDatabase, freshDatabase } from "#test/database";
import { checkData, doctor } from "./admin";
import * as artifacts from "./artifact";
import { LOCAL } from "./author";
import { backup } from "./backup/backup";
import { restore as restoreBackup, storePart } from "./backup/restore";
import { expectStore, sweepBlobs } from "./blob";
import { checkFiles, repairFiles } from "./blob-check";
import { type Blobs, DATABASE_ONLY, setBlobs } from "./data/blobs";
import { startStoringBlobs } from "./data-switch";
import { makeLatest } from "./make-latest";
import { moveData } from "./move-data";
import { makePreviews } from "./preview";
import { create, createMany } from "./publish";
import { purge } from "./purge";
import * as revisions from "./revision";
import { remove, restore } from "./trash";

const INLINE = 64;
const long = (text: string) =>
  `{ "text": ${JSON.stringify(text.repeat(20))}, "n": [1.0, 1e400, 12345678901234567890] }`;
/** Texts on both sides of the limit, with what a parser would lose. */
const TEXTS = [
  "1.0",
  '{ "a": 1e400, "a": 12345678901234567890 }',
  `"${"x".repeat(62)}"`,
  `"${"x".repeat(63)}"`,
  long("é😀 "),
  long("zwei"),
];

/** The blob store of a folder, which breaks at the chosen step of the next call. */
function breaking(store: BlobStore) {
  const state: { breaks: "before" | "after" | null } = { breaks: null };
  const step = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    const { breaks } = state;
    state.breaks = null;
    if (breaks === "before") throw new Error("broken before");
    const result = await work();
    if (breaks === "after") throw new Error("broken after");
    return result;
  };
  const broken = Object.create(store, {
    put: { value: (...all: Parameters<BlobStore["put"]>) => step(() => store.put(...all)) },
    remove: { value: (...all: Parameters<BlobStore["remove"]>) => step(() => store.remove(...all)) },
  });
  return { state, store: broken as BlobStore };
}

const fresh = await databaseOfFile();
let folder: Awaited<ReturnType<typeof blobFolder>>;
let store: BlobStore;
let state: ReturnType<typeof breaking>["state"];
let blobs: Blobs;
beforeAll(async () => {
  folder = await blobFolder({ inline: INLINE });
  if (!folder.store) throw new Error("a folder has a store");
  ({ state, store } = breaking(folder.store));
  blobs = { ...folder, store };
});
beforeEach(async () => {
  setBlobs(blobs);
  await expectStore(fresh.db, store);
  await fresh.db.execute(sql`truncate artifact, artifact_collection, artifact_data, artifact_trash, artifact_file, artifact_revision,
    artifact_idempotency, search_pending, event, blob, blob_upload cascade`);
  await startStoringBlobs(fresh.pools, false);
});
afterAll(async () => {
  setBlobs(DATABASE_ONLY);
  await folder[Symbol.asyncDispose]();
});

const raw = (text: string) => RawJson.fromText(text);

const _countOf = async (db: FreshDatabase["db"], which: string) =>
  Number((await db.execute(sql.raw(`select count(*) as n from artifact_data where ${which}`)))[0]?.n);

/** Moves all data. */
async function moveAll(pools: FreshDatabase["pools"], to: "blobs" | "inline"): Promise<number> {
  let moved = 0;
  for (let after: string | undefined; ; ) {
    const batch = await moveData(pools, { to, after, confirmed: false }, LOCAL);
    moved += batch.moved;
    if (batch.next === null) return moved;
    after = batch.next;
  }
}

type Step = (ids: string[]) => Promise<unknown>;

const KEYS = ["one", "two"];
const idOf = (ids: string[], n: number) => ids[n % Math.max(1, ids.length)] ?? randomUUID();
const text = fc.constantFrom(...TEXTS);
const n = fc.nat(9);
const breaks = fc.constantFrom(null, null, "before" as const, "after" as const);
const broken = (how: typeof state.breaks, work: Step): Step => {
  return (ids) => {
    state.breaks = how;
    return work(ids);
  };
};

const creating = fc
  .record({
    key: fc.constantFrom(...KEYS, undefined),
    text,
    ifChanged: fc.boolean(),
    idempotencyKey: fc.constantFrom(undefined, "a", "b"),
  })
  .map(({ text, key, ifChanged, ...item }) => ({
    ...item,
    key,
    data: raw(text),
    ...(key && ifChanged && { ifChanged }),
  }));

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .tuple(creating, breaks)
      .map(([item, how]) => broken(how, async (ids) => ids.push((await create(fresh.db, item, LOCAL)).id))),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.array(creating, { minLength: 1, maxLength: 4 }), breaks)
      .map(([items, how]) =>
        broken(how, async (ids) => ids.push(...(await createMany(fresh.db, items, LOCAL)).map(({ id }) => id))),
      ),
  },
  {
    weight: 5,
    arbitrary: fc
      .tuple(n, text, breaks, fc.constantFrom(0, 1, 3))
      .map(([at, text, how, keep]) =>
        broken(how, (ids) => artifacts.update(fresh.db, { id: idOf(ids, at), data: raw(text) }, LOCAL, keep)),
      ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(n, n).map(
      ([at, revision]): Step =>
        (ids) =>
          revisions.revert(fresh.db, { id: idOf(ids, at), revision: revision + 1 }, LOCAL, 3),
    ),
  },
  {
    weight: 2,
    arbitrary: n.map(
      (at): Step =>
        async (ids) =>
          ids.push((await makeLatest(fresh.db, { id: idOf(ids, at) }, LOCAL)).id),
    ),
  },
  {
    weight: 2,
    arbitrary: n.map(
      (at): Step =>
        (ids) =>
          remove(fresh.db, { id: idOf(ids, at) }, LOCAL),
    ),
  },
  {
    weight: 1,
    arbitrary: n.map(
      (at): Step =>
        (ids) =>
          restore(fresh.db, { id: idOf(ids, at) }, LOCAL),
    ),
  },
  {
    weight: 1,
    arbitrary: n.map(
      (at): Step =>
        (ids) =>
          purge(fresh.db, { ids: [idOf(ids, at)] }, LOCAL),
    ),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom("blobs" as const, "inline" as const), breaks)
      .map(([to, how]) => broken(how, () => moveAll(fresh.pools, to))),
  },
  { weight: 3, arbitrary: breaks.map((how) => broken(how, () => sweepBlobs(fresh.db, store, 1))) },
);

/** What was done before is two hours ago: what is being done is not swept. */
const age = () =>
  fresh.db.execute(sql`update blob set created = created - interval '2 hours', stored = stored - interval '2 hours',
    condemned = condemned - interval '2 hours'`);

/** Expects that all data is one of the texts, that which its version has the hash and size of, through each function that reads data. */
async function expectAllData(): Promise<void> {
  const list = await artifacts.list(fresh.db, { include: ["data"], limit: 200, offset: 0, sort: "CREATED_DESC" });
  for (const row of list) {
    const { data, sha256 } = await artifacts.read(fresh.db, { id: row.id });
    expect(TEXTS).toContain(data.text());
    expect([row.data?.text(), row.size, row.sha256, sha256]).toEqual([
      data.text(),
      Buffer.byteLength(data.text()),
      sha256Of(data.text()),
      sha256Of(data.text()),
    ]);
    for (const { revision, size } of await revisions.revisions(fresh.db, { id: row.id, limit: 200 })) {
      const before = await revisions.revision(fresh.db, { id: row.id, revision });
      expect(TEXTS).toContain(before.data.text());
      expect(before.data.bytes).toBe(size);
    }
  }
}

it("is what was sent, wherever it is, whatever breaks, and a row names only what is stored", {
  timeout: 120_000 * inject("runs"),
}, async () => {
  const program = fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 10 });
  await fc.assert(
    fc.asyncProperty(program, async (lists) => {
      await fresh.db.execute(sql`truncate artifact, artifact_collection, artifact_data, artifact_trash, artifact_file, artifact_revision,
        artifact_idempotency, search_pending, event, blob, blob_upload cascade`);
      const ids: string[] = [];
      for (const list of lists) {
        const results = await Promise.allSettled(list.map((run) => run(ids)));
        for (const result of results) {
          if (result.status === "fulfilled") continue;
          const { reason } = result;
          // What was broken, and what the models refuse.
          if (!/broken|VitrineError/.test(`${reason.message} ${reason.name}`)) throw reason;
        }
        state.breaks = null;
        await expectAllData();
        expect(await doctor(fresh.db)).toEqual([]);
        expect((await checkData(fresh.db, {})).violations).toEqual([]);
        expect((await checkFiles(fresh.db, store, {})).violations).toEqual([]);
        await age();
      }
      for (let sweeps = 0; sweeps < 3; sweeps++) {
        await sweepBlobs(fresh.db, store, 1);
        await age();
      }
      const left = await fresh.db.execute(sql`select from blob b where not exists (
        select from artifact_data d where d.blob_sha256 = b.sha256)`);
      expect(left).toHaveLength(0);
      await expectAllData();
    }),
    { numRuns: 6 * inject("runs") },
  );
});

/** What stands in the folder instead of the object of some data. */
async function spoil(text: string, bytes: Buffer | null): Promise<void> {
  const path = join(folder.folder, "store", pathOf(sha256Of(text)));
  if (bytes) await writeFile(path, bytes);
  else await rm(path);
}

it("is an error that names the version where the store has other bytes, or none", async () => {
  const text = JSON.stringify("a".repeat(200));
  const { id } = await create(fresh.db, { key: "one", data: raw(text) }, LOCAL);
  await create(fresh.db, { key: "two", data: raw("1") }, LOCAL);
  const list = () => artifacts.list(fresh.db, { include: ["data"], limit: 200, offset: 0, sort: "CREATED_DESC" });
  const lost = { name: "DataLost", id };
  for (const bytes of [Buffer.from(text.slice(9)), Buffer.from(`${text} `), null]) {
    await spoil(text, bytes);
    await expect(artifacts.read(fresh.db, { id })).rejects.toMatchObject(lost);
    await expect(list()).rejects.toMatchObject(lost);
  }
});

it("stops a backup with its version where it is lost, until that is noted, and a restore has it as lost", async () => {
  const text = JSON.stringify("f".repeat(200));
  const { id } = await create(fresh.db, { key: "lost", data: raw(text) }, LOCAL);
  const there = await create(fresh.db, { key: "there", data: raw("1") }, LOCAL);
  await spoil(text, null);
  const parts: Part[] = [];
  const read = async () => {
    for await (const part of backup(fresh.db, null, store)) parts.push(part);
  };
  await expect(read()).rejects.toMatchObject({ name: "DataLost", id });
  await repairFiles(fresh.db, store, { orphans: false });
  parts.length = 0;
  await read();
  await using target = await freshDatabase();
  const name = randomUUID();
  const sent = parts.filter(({ head }) => /^(?:data|rows|blob|end)$/.test(head.part));
  for (const [i, part] of sent.entries()) await storePart(target.db, name, i + 1, part, 1);
  let last: unknown;
  for await (const message of restoreBackup(target.db, name, 1, LOCAL, blobs)) last = message;
  expect(last).toMatchObject({ restored: { artifact_data: 2 }, violations: 1 });
  expect((await artifacts.read(target.db, { id: there.id })).data.text()).toBe("1");
  await expect(artifacts.read(target.db, { id })).rejects.toMatchObject({ name: "DataLost", id });
});

it("is compared with its hash where it is written again", async () => {
  const text = JSON.stringify("b".repeat(200));
  const { id } = await create(fresh.db, { key: "one", data: raw(text) }, LOCAL);
  await artifacts.update(fresh.db, { id, data: raw("1") }, LOCAL, 3);
  await spoil(text, Buffer.from(text.replace("b", "c")));
  const lost = { name: "DataLost", id };
  await expect(revisions.revert(fresh.db, { id, revision: 1 }, LOCAL, 3)).rejects.toMatchObject(lost);
  expect((await artifacts.read(fresh.db, { id })).data.text()).toBe("1");
});

it("is reported and left out of previews where it is lost, and no other", async () => {
  const text = JSON.stringify("d".repeat(200));
  const { id } = await create(fresh.db, { key: "lost", data: raw(text) }, LOCAL);
  await create(fresh.db, { key: "there", data: raw(JSON.stringify("e".repeat(200))) }, LOCAL);
  await spoil(text, Buffer.from(text.replace("d", "c")));
  expect((await checkData(fresh.db, {})).violations).toEqual([{ law: 11, key: "lost", problem: expect.any(String) }]);
  await spoil(text, null);
  await fresh.db.execute(sql`delete from artifact_preview`);
  await fresh.db.execute(sql`insert into artifact_preview_pending select id from artifact on conflict do nothing`);
  const lost = new Set<string>();
  while (await makePreviews(fresh.db, lost));
  const pending = await fresh.db.execute(sql`select artifact_id as id from artifact_preview_pending`);
  expect([[...lost], pending]).toEqual([[id], [{ id }]]);
});

it("is searched of the past as a whole where it is a short list of many files", async () => {
  const call = callerOn(fresh);
  const file = { path: "needle.txt", mediaType: "text/plain", size: 1, sha256: sha256Of("x") };
  const { id } = await create(fresh.db, { key: "folder", data: raw(JSON.stringify({ files: [file] })) }, LOCAL);
  await fresh.db.execute(sql`update artifact set type = 'files', rows = 1000 where id = ${id}::uuid`);
  const [now] = await fresh.db.execute<{ at: string }>(
    sql`select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at`,
  );
  await remove(fresh.db, { id }, LOCAL);
  const { reasons } = await call.search.why({ query: "needle", ids: [id], asOf: now?.at ?? "" });
  expect(reasons).toMatchObject([{ id, partial: false }]);
});
