import { randomUUID } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { pathOf } from "#blobs/store";
import type { Part } from "#contract/backup";
import { RawJson } from "#contract/raw-json";
import { schemaProblem } from "#db/migrate";
import { ownMigrations } from "#db/migration-files";
import { connect, POOL_SIZE } from "#db/postgres";
import { slotUsage } from "#db/slots";
import { createChanges } from "#server/models/changes";
import { blobFolder, sha256Of } from "#test/blobs/blob-folder";
import { callerOn } from "#test/caller";
import { type FreshDatabase, freshDatabase } from "#test/database";
import { serve } from "#test/http-server";
import * as artifacts from "./artifact";
import { LOCAL } from "./author";
import { backup } from "./backup/backup";
import { restore as restoreBackup, storePart } from "./backup/restore";
import { expectStore } from "./blob";
import { checkFiles } from "./blob-check";
import { DATABASE_ONLY, setBlobs } from "./data/blobs";
import {
  allowOlderServers,
  startStoringBlobs,
  startStoringBlobsWhereEmpty,
  stopStoringBlobs,
  storesBlobs,
} from "./data-switch";
import { moveData } from "./move-data";
import { makePreviews } from "./preview";
import { create } from "./publish";
import { checkSearch } from "./search/check";
import { fillSearch } from "./search/fill";
import { remove } from "./trash";

const INLINE = 64;

let blobs: Awaited<ReturnType<typeof blobFolder>>;
let fresh: FreshDatabase;
beforeAll(async () => {
  blobs = await blobFolder({ inline: INLINE });
});
beforeEach(async () => {
  fresh = await freshDatabase();
  setBlobs(blobs);
  await expectStore(fresh.db, blobs.store);
  return () => fresh[Symbol.asyncDispose]();
});
afterAll(async () => {
  setBlobs(DATABASE_ONLY);
  await blobs[Symbol.asyncDispose]();
});

const raw = (text: string) => RawJson.fromText(text);
const long = (text: string) =>
  `{ "text": ${JSON.stringify(text.repeat(20))}, "n": [1.0, 1e400, 12345678901234567890] }`;

const countOf = async (db: FreshDatabase["db"], which: string) =>
  Number((await db.execute(`select count(*) as n from artifact_data where ${which}`))[0]?.n);

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

/** Rows of which each endpoint shows something: a table, a text beyond what search reads at once, and what was changed and deleted. */
async function publishAll(): Promise<{ id: string; then: string }> {
  const call = callerOn(fresh);
  const table = `[${Array.from({ length: 40 }, (_, at) => `{"a": ${at}.0, "b": 1e400, "c": "ü\\u00fc"}`).join(", ")}]`;
  const { id } = await create(fresh.db, { key: "shown", type: "table", data: raw(table) }, LOCAL);
  await create(
    fresh.db,
    { key: "shown", type: "markdown", data: raw(JSON.stringify("große Wörter ".repeat(100_000))) },
    LOCAL,
  );
  const then = (await call.artifact.read({ id })).updated;
  await artifacts.update(fresh.db, { id, data: raw(table.replace("0.0", "-0.0")) }, LOCAL, 10);
  await create(fresh.db, { key: "small", data: raw("1.0") }, LOCAL);
  await create(fresh.db, { data: raw(long("ohne Schlüssel ")) }, LOCAL);
  const deleted = await create(fresh.db, { key: "deleted", data: raw(long("gelöscht ")) }, LOCAL);
  await remove(fresh.db, { id: deleted.id }, LOCAL);
  while ((await fillSearch(fresh.db, 1_000_000, 100)) > 0);
  return { id, then };
}

it("is the same at every endpoint, in the database and in the blob store", async () => {
  await using server = await serve(
    { pools: fresh.pools, changes: createChanges(null), blobs },
    {
      maxData: 4 * 1024 * 1024,
      apiKeys: [
        { name: "all", role: "admin", secret: "all-secret" },
        { name: "some", role: "read", secret: "some-secret", keys: "shown" },
      ],
    },
  );
  const { id, then } = await publishAll();
  const query = (procedure: string, input: object) =>
    `/api/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`;
  const include = ["data", "preview"];
  const paths = [
    query("artifact.read", { id }),
    query("artifact.read", { id, asOf: then }),
    query("artifact.read", { key: "shown", version: 2 }),
    query("collection.latest", { key: "shown" }),
    query("artifact.revision", { id, revision: 1 }),
    query("artifact.list", { include }),
    query("artifact.list", { include, asOf: then }),
    query("artifact.list", { include, where: { artifacts: { type: { any: ["table", "markdown"] } } }, offset: 1 }),
    query("artifact.page", { include }),
    query("collection.list", { include }),
    query("collection.page", { include }),
    query("search.best", { where: { query: "wörter" }, include, limit: 10 }),
    query("search.why", { query: "große", ids: [id] }),
    query("collection.series", { key: "shown", measure: "size" }),
    `/api/artifacts/${id}`,
    "/api/artifacts/shown/latest",
    `/api/artifacts/${id}/data`,
    `/api/artifacts/${id}/data?revision=1`,
    `/api/artifacts/${id}/data?asOf=${encodeURIComponent(then)}`,
    `/api/artifacts/${id}/data?as=csv`,
    "/api/artifacts/key/shown/2/data?as=md",
    "/api/artifacts/key/shown/2/data",
  ];
  const posts: [path: string, body: string][] = [
    ["/api/artifacts/filter", "{}"],
    ["/api/artifacts/latest/filter", "{}"],
  ];
  const responsesOf = async () => {
    const responses: Record<string, unknown> = {};
    const note = async (name: string, each: Response) => {
      responses[name] = [each.status, each.headers.get("etag"), each.headers.get("content-range"), await each.text()];
    };
    for (const role of ["all", "some"]) {
      const headers = { authorization: `Bearer ${role}-secret` };
      for (const path of paths) await note(`${role} ${path}`, await server.fetch(path, { headers }));
      const ranged = { ...headers, range: "bytes=5-70" };
      await note(`${role} range`, await server.fetch(`/api/artifacts/${id}/data`, { headers: ranged }));
      for (const [path, body] of posts) {
        const init = { method: "POST", body, headers: { ...headers, "content-type": "application/json" } };
        await note(`${role} ${path}`, await server.fetch(path, init));
      }
    }
    return responses;
  };
  const inDatabase = await responsesOf();
  expect(await countOf(fresh.db, "blob_sha256 is not null")).toBe(0);
  expect(Object.entries(inDatabase).filter(([, response]) => Object(response)[0] >= 400)).toEqual([]);
  expect(await moveAll(fresh.pools, "blobs")).toBe(5);
  expect(await countOf(fresh.db, "data is null")).toBe(5);
  expect(await moveAll(fresh.pools, "blobs")).toBe(0);
  expect(await responsesOf()).toEqual(inDatabase);
  expect((await checkSearch(fresh.db, {}, 1_000_000, false)).violations).toEqual([]);
  await moveAll(fresh.pools, "inline");
  expect(await responsesOf()).toEqual(inDatabase);
});

it("is restored as the settings of the server say, wherever it was", async () => {
  await startStoringBlobs(fresh.pools, false);
  await publishAll();
  const parts: Part[] = [];
  for await (const part of backup(fresh.db, null, null)) parts.push(part);
  const textsOf = async (db: FreshDatabase["db"]) => {
    const all = await artifacts.list(db, { include: ["data", "preview"], limit: 200, offset: 0, sort: "ID_DESC" });
    return all.map(({ id, data, preview }) => [id, data?.text(), preview]);
  };
  const expected = await textsOf(fresh.db);
  await using other = await blobFolder({ inline: INLINE });
  for (const [settings, named] of [
    [other, 5],
    [DATABASE_ONLY, 0],
  ] as const) {
    await using target = await freshDatabase();
    setBlobs(settings);
    await expectStore(target.db, settings.store);
    await startStoringBlobsWhereEmpty(target.pools);
    const name = randomUUID();
    let number = 1;
    for (const part of parts) {
      if (/^(?:data|rows|end)$/.test(part.head.part)) await storePart(target.db, name, number++, part, 4 * 1024 * 1024);
    }
    const messages = [];
    for await (const message of restoreBackup(target.db, name, 4 * 1024 * 1024, LOCAL, settings))
      messages.push(message);
    expect(messages.at(-1)).toMatchObject({ violations: 0 });
    while (await makePreviews(target.db));
    expect(await textsOf(target.db)).toEqual(expected);
    expect(await countOf(target.db, "blob_sha256 is not null")).toBe(named);
    expect((await checkFiles(target.db, settings.store, {})).violations).toEqual([]);
    expect(await target.db.execute("select from blob where stored is null")).toHaveLength(0);
  }
});

it("keeps no connection from others while the store is silent, and then fails", async () => {
  await startStoringBlobs(fresh.pools, false);
  const silent = Object.create(blobs.store, { put: { value: () => new Promise(() => {}) } });
  setBlobs({ ...blobs, store: silent });
  const call = callerOn(fresh);
  const writes = Array.from({ length: POOL_SIZE }, (_, n) => call.artifact.create({ data: `${n} `.repeat(40) }));
  const failures = Promise.allSettled(writes);
  await vi.waitFor(async () => {
    expect(await fresh.db.execute("select from blob where stored is null")).toHaveLength(POOL_SIZE);
  });
  const taken = () => slotUsage().filter(({ kind, taken }) => /writes|long/.test(kind) && taken > 0);
  await vi.waitFor(() => expect(taken()).toEqual([]));
  await call.artifact.create({ data: 1 });
  const reasons = (await failures).map((failure) => "reason" in failure && failure.reason);
  expect(reasons).toEqual(reasons.map(() => expect.objectContaining({ code: "SERVICE_UNAVAILABLE" })));
  expect(reasons[0]).toMatchObject({ message: expect.stringContaining("blob store is not available") });
  expect(await countOf(fresh.db, "true")).toBe(1);
});

it("is a blob only where no server of an earlier version runs, or starts", async () => {
  await using own = await freshDatabase();
  await using other = await blobFolder();
  setBlobs(other);
  await expectStore(own.db, other.store);
  const older = ownMigrations().slice(0, 34);
  const old = connect({ ...own.address }, {});
  await old.db.execute("set application_name = 'vitrine'");
  await startStoringBlobsWhereEmpty(own.pools);
  await expect(startStoringBlobs(own.pools, true)).rejects.toMatchObject({ code: "CONFLICT" });
  expect([await storesBlobs(own.db), await schemaProblem(own.db, older)]).toEqual([false, null]);
  await old.close();
  const pooled = own.connect({ pooler: "transaction" });
  await using named = { ...connect(`${own.url}&application_name=other`), [Symbol.asyncDispose]: () => named.close() };
  for (const { pools } of [pooled, named]) {
    await startStoringBlobsWhereEmpty(pools);
    await expect(startStoringBlobs(pools, false)).rejects.toMatchObject({
      code: "CONFLICT",
      details: { field: "confirmed" },
    });
  }
  expect(await storesBlobs(own.db)).toBe(false);
  await startStoringBlobsWhereEmpty(own.pools);
  expect(await storesBlobs(own.db)).toBe(true);
  expect(await schemaProblem(own.db, older)).toMatch(/newer schema/);
  await moveAll(own.pools, "inline");
  expect([await storesBlobs(own.db), await schemaProblem(own.db, older)]).toEqual([false, null]);
});

it("allows no server of an earlier version before what is being written is seen", async () => {
  await startStoringBlobs(fresh.pools, false);
  const { id } = await create(fresh.db, { key: "copied", data: raw(long("eins ")) }, LOCAL);
  const older = ownMigrations().slice(0, 34);
  await stopStoringBlobs(fresh.db);
  const writer = fresh.connect();
  let allowing: Promise<number> | undefined;
  await writer.db.transaction(async (tx) => {
    await tx.execute(sql`insert into artifact_data (artifact_id, blob_sha256)
      select gen_random_uuid(), blob_sha256 from artifact_data where artifact_id = ${id}::uuid`);
    await fresh.db.execute(sql`delete from artifact_data where artifact_id = ${id}::uuid`);
    allowing = allowOlderServers(fresh.db);
    await vi.waitFor(async () => {
      const waiting = await tx.execute(
        sql`select from pg_locks where not granted and relation = 'artifact_data'::regclass`,
      );
      expect(waiting).toHaveLength(1);
    });
  });
  expect(await allowing).toBe(1);
  expect(await schemaProblem(fresh.db, older)).toMatch(/newer schema/);
});

it("is moved back but for what the store lost or damaged", async () => {
  await startStoringBlobs(fresh.pools, false);
  const texts = ["eins ", "zwei ", "drei "].map(long);
  const ids: string[] = [];
  for (const text of texts) ids.push((await create(fresh.db, { data: raw(text) }, LOCAL)).id);
  const [lost = "", damaged = ""] = texts.map((text) => pathOf(sha256Of(text)));
  await rm(join(blobs.folder, "store", lost));
  await writeFile(join(blobs.folder, "store", damaged), "x".repeat(Buffer.byteLength(texts[1] ?? "")));
  const batch = await moveData(fresh.pools, { to: "inline", confirmed: false }, LOCAL);
  const rest = await moveData(fresh.pools, { to: "inline", after: batch.next ?? undefined, confirmed: false }, LOCAL);
  expect([batch, rest]).toMatchObject([
    { moved: 1, lost: 2 },
    { moved: 0, next: null, left: 2 },
  ]);
  expect((await artifacts.read(fresh.db, { id: ids[2] ?? "" })).data?.text()).toBe(texts[2]);
  expect(await schemaProblem(fresh.db, ownMigrations().slice(0, 34))).toMatch(/newer schema/);
});

it("stays in the database where that does not name its blob store, and earlier versions go on starting", async () => {
  await fresh.db.execute("delete from blob_store");
  await startStoringBlobsWhereEmpty(fresh.pools);
  await expect(startStoringBlobs(fresh.pools, false)).rejects.toThrow(/^This database does not name its blob store/);
  expect(await schemaProblem(fresh.db, ownMigrations().slice(0, 33))).toBeNull();
  await expectStore(fresh.db, blobs.store);
  await startStoringBlobs(fresh.pools, false);
  expect(await storesBlobs(fresh.db)).toBe(true);
});

it("stays in the database where the role of the server may not refuse earlier versions", async () => {
  const role = `limited_${randomUUID().replaceAll("-", "")}`;
  await fresh.db.execute(
    sql.raw(`create role ${role} login; grant all on all tables in schema public to ${role};
    grant usage on schema drizzle to ${role}; grant all on drizzle.__drizzle_migrations to ${role}`),
  );
  const { pools } = fresh.connect({ user: role });
  await startStoringBlobsWhereEmpty(pools);
  await expect(startStoringBlobs(pools, false)).rejects.toThrow(/the role that runs "vitrine migrate"/);
  expect([await storesBlobs(fresh.db), await schemaProblem(fresh.db, ownMigrations().slice(0, 34))]).toEqual([
    false,
    null,
  ]);
  await fresh.db.execute(sql.raw(`drop owned by ${role}`));
});
