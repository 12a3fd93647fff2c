import { randomBytes, randomUUID } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { compressFile } from "#blobs/compression";
import { nameOf } from "#blobs/store";
import { RawJson } from "#contract/raw-json";
import { blobFolder, sha256Of } from "#test/blobs/blob-folder";
import { type FreshDatabase, freshDatabase } from "#test/database";
import { doctor } from "./admin";
import { LOCAL } from "./author";
import { findBlobs, findPlace, storeBlob, sweepBlobs } from "./blob";
import { checkFiles, repairFiles } from "./blob-check";
import { create } from "./publish";

let fresh: FreshDatabase;
let blobs: Awaited<ReturnType<typeof blobFolder>>;
beforeAll(async () => {
  fresh = await freshDatabase();
  blobs = await blobFolder();
});
afterAll(async () => {
  await fresh[Symbol.asyncDispose]();
  await blobs[Symbol.asyncDispose]();
});

const TEXT = Buffer.from("a line of text\n".repeat(1000));

beforeEach(async () => {
  await fresh.db.execute(
    "truncate artifact, artifact_collection, artifact_data, artifact_file, blob, blob_upload cascade",
  );
  await rm(join(blobs.folder, "store", "sha256"), { recursive: true, force: true });
  await mkdir(join(blobs.folder, "store", "sha256"), { recursive: true });
});

async function upload(bytes: Buffer): Promise<string> {
  if (!blobs.store) throw new Error("there is a store");
  const file = { sha256: sha256Of(bytes), size: bytes.length, path: join(blobs.folder, randomUUID()) };
  await writeFile(file.path, bytes);
  await using compressed = await compressFile(file, blobs.folder);
  await storeBlob(fresh.db, blobs.store, { ...file, compressed }, LOCAL);
  return file.sha256;
}

async function publish(key: string, bytes: Buffer): Promise<string> {
  const sha256 = await upload(bytes);
  const data = { name: `${key}.bin`, mediaType: "a/b", size: bytes.length, sha256 };
  await create(fresh.db, { key, type: "file", data: RawJson.fromValue(data) }, LOCAL);
  return sha256;
}

const objectPath = (name: string) => join(blobs.folder, "store", "sha256", name.slice(0, 2), name);

async function putUnknown(name: string, bytes: Buffer): Promise<void> {
  await mkdir(join(objectPath(name), ".."), { recursive: true });
  await writeFile(objectPath(name), bytes);
}

const check = async () => {
  const { violations, ...found } = await checkFiles(fresh.db, blobs.store, {});
  return { ...found, violations: violations.map(({ law, key, problem }) => [law, key, problem]) };
};
const NONE = { count: 0, bytes: 0 };
const nothing = { violations: [], next: null, orphans: { ...NONE, names: [] }, unnamed: NONE };

it("nothing is found where all is well; what no version names is counted as the store has it", async () => {
  await publish("one", randomBytes(5000));
  await publish("two", TEXT);
  expect(await check()).toEqual({ ...nothing, checked: 2 });
  await upload(Buffer.concat([TEXT, TEXT]));
  const { unnamed } = await check();
  expect([unnamed.count, unnamed.bytes > 0, unnamed.bytes < TEXT.length / 10]).toEqual([1, true, true]);
});

it("what the store lost or cut is found, and the next upload stores it again once it was repaired", async () => {
  const bytes = randomBytes(5000);
  const [lost, cut, cutText, unnamed] = [
    await publish("lost", bytes),
    await publish("cut", randomBytes(6000)),
    await publish("text", TEXT),
    await upload(Buffer.from("not named")),
  ];
  await rm(objectPath(lost));
  await rm(objectPath(unnamed));
  await writeFile(objectPath(cut), "short");
  await writeFile(objectPath(nameOf(cutText, "gzip")), "short");
  const expected = [
    [15, "lost", `the bytes of the file "lost.bin" (${lost}) are not in the blob store`],
    [15, "cut", `the bytes of the file "cut.bin" (${cut}) have another size in the blob store`],
    [15, "text", `the bytes of the file "text.bin" (${cutText}) have another size in the blob store`],
    [15, unnamed, `the bytes of a file that no version names (${unnamed}) are not in the blob store`],
  ];
  expect((await check()).violations).toEqual(expect.arrayContaining(expected));
  await repairFiles(fresh.db, blobs.store, { orphans: false });
  const query = { sha256: lost, size: bytes.length };
  expect(await findBlobs(fresh.db, [query], LOCAL)).toEqual([{ sha256: lost, there: false }]);
  expect((await doctor(fresh.db)).map(({ key }) => key).sort()).toEqual(["cut", "lost", "text"]);
  await upload(bytes);
  await upload(TEXT);
  expect((await doctor(fresh.db)).map(({ key }) => key)).toEqual(["cut"]);
  expect(await findBlobs(fresh.db, [query], LOCAL)).toEqual([{ sha256: lost, there: true }]);
});

it("what the store has again is noted as stored", async () => {
  const bytes = randomBytes(5000);
  const sha256 = await publish("back", bytes);
  await rm(objectPath(sha256));
  await repairFiles(fresh.db, blobs.store, { orphans: false });
  await writeFile(objectPath(sha256), bytes);
  expect(await doctor(fresh.db)).toHaveLength(1);
  await repairFiles(fresh.db, blobs.store, { orphans: false });
  expect([await doctor(fresh.db), await check()]).toEqual([[], { ...nothing, checked: 1 }]);
});

it("what the store has again is noted in the form that it has", async () => {
  const sha256 = await publish("back", TEXT);
  const name = nameOf(sha256, "gzip");
  const forms = [
    { name, bytes: await readFile(objectPath(name)), codec: "gzip" },
    { name: sha256, bytes: TEXT, codec: "none" },
  ];
  let there = name;
  for (const form of forms) {
    await rm(objectPath(there));
    await repairFiles(fresh.db, blobs.store, { orphans: false });
    expect(await doctor(fresh.db)).toHaveLength(1);
    await writeFile(objectPath(form.name), form.bytes);
    await repairFiles(fresh.db, blobs.store, { orphans: false });
    expect([await doctor(fresh.db), await check()]).toEqual([[], { ...nothing, checked: 1 }]);
    expect((await findPlace(fresh.db, { sha256, size: TEXT.length })).codec).toBe(form.codec);
    there = form.name;
  }
});

it("what the database does not know is counted, and deleted by sweeps on request, unless it is uploaded before", async () => {
  const [uploaded, other] = [randomBytes(5000), randomBytes(7000)];
  await putUnknown(sha256Of(uploaded), uploaded);
  await putUnknown(nameOf(sha256Of(other), "gzip"), other);
  const names = [sha256Of(uploaded), nameOf(sha256Of(other), "gzip")].sort();
  expect(await check()).toEqual({ ...nothing, checked: 0, orphans: { count: 2, bytes: 12_000, names } });
  await repairFiles(fresh.db, blobs.store, { orphans: false });
  expect((await check()).orphans.count).toBe(2);
  await repairFiles(fresh.db, blobs.store, { orphans: true });
  expect(await check()).toMatchObject({ violations: [], orphans: NONE, unnamed: { count: 2, bytes: 12_000 } });
  const columns = "select codec, stored_size from blob order by size";
  expect(await fresh.db.execute(columns)).toEqual([
    { codec: "none", stored_size: null },
    { codec: "gzip", stored_size: "7000" },
  ]);
  await publish("kept", uploaded);
  await sweepBlobs(fresh.db, blobs.store, 0);
  await sweepBlobs(fresh.db, blobs.store, 0);
  expect(await check()).toEqual({ ...nothing, checked: 1 });
  expect(await blobs.store?.has(names.find((name) => name.startsWith(sha256Of(other))) ?? "")).toBe(false);
});

it("a database and a store of any size are compared in batches", async () => {
  const rows = Array.from({ length: 2500 }, (_, n) => sha256Of(`row ${n}`));
  const objects = Array.from({ length: 2300 }, (_, n) => sha256Of(`object ${n}`));
  const list = async function* (after = "") {
    yield objects
      .filter((name) => name > after)
      .sort()
      .map((name) => ({ name, size: 2 }));
  };
  await fresh.db.execute(`insert into blob (sha256, size, created, stored)
    select decode(each, 'hex'), 1, now(), now() from unnest('{${rows}}'::text[]) each`);
  let [violations, orphans, unnamed, batches] = [0, 0, 0, 0];
  for (let after: string | undefined; ; batches++) {
    const batch = await checkFiles(fresh.db, { list }, { after });
    violations += batch.violations.length;
    orphans += batch.orphans.count;
    unnamed += batch.unnamed.count;
    if (batch.next === null) break;
    after = batch.next;
  }
  expect([violations, orphans, unnamed]).toEqual([2500, 2300, 2500]);
  expect(batches).toBeGreaterThan(1);
});

it("rows that programs of schema 0031 write are plain", async () => {
  const sha256 = sha256Of(TEXT);
  await putUnknown(sha256, TEXT);
  await fresh.db.execute(`insert into blob (sha256, size, created) values (decode('${sha256}', 'hex'), ${TEXT.length}, now())
    on conflict (sha256) do update set condemned = null`);
  await fresh.db.execute(`update blob set stored = now(), condemned = null where sha256 = decode('${sha256}', 'hex')`);
  await publish("old", TEXT);
  expect(await blobs.store?.has(nameOf(sha256, "gzip"))).toBe(false);
  expect(await check()).toEqual({ ...nothing, checked: 1 });
});
