import { randomBytes, randomUUID } from "node:crypto";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compressFile } from "#blobs/compression";
import { parseName } from "#blobs/store";
import type { Part } from "#contract/backup";
import { RawJson } from "#contract/raw-json";
import { blobFolder, sha256Of } from "#test/blobs/blob-folder";
import { callerOn } from "#test/caller";
import { type FreshDatabase, freshDatabase } from "#test/database";
import { doctor } from "../admin";
import { LOCAL } from "../author";
import { findPlace, storeBlob, storeContent } from "../blob";
import { checkFiles } from "../blob-check";
import type { Blobs } from "../data/blobs";
import { findFile } from "../file";
import { create } from "../publish";
import { remove } from "../trash";
import { backup } from "./backup";
import { restore, storePart } from "./restore";

/** A piece of a backup and a bit more, which do not compress; and small files. */
const LARGE = randomBytes(4 * 1024 * 1024 + 1000);
const FILES = {
  "large.bin": LARGE,
  "a/small.txt": Buffer.from("small"),
  "a/empty": Buffer.from(""),
  "a/text.csv": Buffer.from("city,people\n".repeat(1000)),
};

let source: FreshDatabase;
let blobs: Awaited<ReturnType<typeof blobFolder>>;
beforeAll(async () => {
  source = await freshDatabase();
  blobs = await blobFolder();
  const files = [];
  for (const [path, bytes] of Object.entries(FILES)) {
    const file = { sha256: sha256Of(bytes), size: bytes.length, path: join(blobs.folder, randomUUID()) };
    await writeFile(file.path, bytes);
    await using compressed = await compressFile(file, blobs.folder);
    if (blobs.store) await storeBlob(source.db, blobs.store, { ...file, compressed }, LOCAL);
    files.push({ path, mediaType: "a/b", size: file.size, sha256: file.sha256 });
  }
  const inline = Buffer.from("in the database");
  await storeContent(source.db, sha256Of(inline), inline, LOCAL);
  const data = { name: "i", mediaType: "a/b", size: inline.length, sha256: sha256Of(inline) };
  await create(source.db, { key: "folder", type: "files", data: RawJson.fromValue({ files }) }, LOCAL);
  await create(source.db, { key: "inline", type: "file", data: RawJson.fromValue(data) }, LOCAL);
  const [, , empty] = files;
  const trashed = { name: "e", mediaType: "a/b", size: 0, sha256: empty?.sha256 };
  const { id } = await create(source.db, { key: "gone", type: "file", data: RawJson.fromValue(trashed) }, LOCAL);
  await remove(source.db, { id }, LOCAL);
});
afterAll(async () => {
  await source[Symbol.asyncDispose]();
  await blobs[Symbol.asyncDispose]();
});

async function partsOf(store: Blobs["store"]): Promise<Part[]> {
  const parts: Part[] = [];
  for await (const part of backup(source.db, null, store)) parts.push(part);
  return parts;
}

async function restoreInto(target: FreshDatabase, parts: Part[], into: Blobs): Promise<unknown> {
  const name = randomUUID();
  const stored = parts.filter(({ head }) => /^(?:data|rows|blob|end)$/.test(head.part));
  for (const [i, part] of stored.entries()) await storePart(target.db, name, i + 1, part, 1);
  let last: unknown;
  for await (const message of restore(target.db, name, 1, LOCAL, into)) last = message;
  return last;
}

const hashesIn = async ({ store }: Blobs) => {
  const found: string[] = [];
  for await (const batch of store?.list() ?? []) found.push(...batch.map(({ name }) => parseName(name).sha256));
  return found;
};

describe("a backup", () => {
  it("carries the files that versions and the trash name, in pieces, and restores them into another store", async () => {
    const parts = await partsOf(blobs.store);
    const pieces = parts.filter(({ head }) => head.part === "blob");
    expect(pieces).toHaveLength(5);
    await using target = await freshDatabase();
    await using other = await blobFolder();
    expect(await restoreInto(target, parts, other)).toMatchObject({ restored: { artifact_file: 6 }, violations: 0 });
    expect(await hashesIn(other)).toEqual(Object.values(FILES).map(sha256Of).sort());
    const stream = await other.store?.get(sha256Of(LARGE));
    expect(Buffer.from(await new Response(stream).arrayBuffer()).equals(LARGE)).toBe(true);
    expect(
      Buffer.from(
        (await findPlace(target.db, { sha256: sha256Of("in the database"), size: 15 })).content ?? [],
      ).toString(),
    ).toBe("in the database");
    expect(await doctor(target.db)).toEqual([]);
    expect(await checkFiles(target.db, other.store, {})).toMatchObject({ violations: [], checked: 5 });
    const codecs = await target.db.execute("select codec from blob where size = 12000");
    expect(codecs).toMatchObject([{ codec: "gzip" }]);
  });

  it("without the bytes is restored where the store has them, and refused where it has not", async () => {
    const parts = await partsOf(null);
    expect(parts.some(({ head }) => head.part === "blob")).toBe(false);
    await using target = await freshDatabase();
    expect(await restoreInto(target, parts, blobs)).toMatchObject({ violations: 0 });
    expect(await checkFiles(target.db, blobs.store, {})).toMatchObject({ violations: [], checked: 5 });
    await using empty = await freshDatabase();
    await using other = await blobFolder();
    await expect(restoreInto(empty, parts, other)).rejects.toThrow(/lacks the bytes of 4 files/);
  });

  it("with large files is refused where only small ones are kept", async () => {
    await using target = await freshDatabase();
    const small = { ...blobs, store: null };
    await expect(restoreInto(target, await partsOf(blobs.store), small)).rejects.toThrow(/set VITRINE_BLOBS/);
  });

  it("with a compressed file is restored where files are kept in the database", async () => {
    await using small = await freshDatabase();
    const bytes = FILES["a/text.csv"];
    const file = { sha256: sha256Of(bytes), size: bytes.length, path: join(blobs.folder, randomUUID()) };
    await writeFile(file.path, bytes);
    await using compressed = await compressFile(file, blobs.folder);
    if (blobs.store) await storeBlob(small.db, blobs.store, { ...file, compressed }, LOCAL);
    const data = { name: "c", mediaType: "text/csv", size: file.size, sha256: file.sha256 };
    await create(small.db, { key: "csv", type: "file", data: RawJson.fromValue(data) }, LOCAL);
    const parts: Part[] = [];
    for await (const part of backup(small.db, null, blobs.store)) parts.push(part);
    await using target = await freshDatabase();
    expect(await restoreInto(target, parts, { ...blobs, store: null })).toMatchObject({ violations: 0 });
    const columns = "codec, stored_size, encode(content, 'escape') as content";
    const rows = await target.db.execute(`select ${columns} from blob`);
    expect(rows).toEqual([{ codec: "none", stored_size: null, content: bytes.toString() }]);
  });

  it("of which a piece is damaged is refused, and leaves nothing of it", async () => {
    const parts = (await partsOf(blobs.store)).map(({ head, content }) => ({
      head: head.part === "blob" && head.from > 0 ? { ...head, from: head.from + 1 } : head,
      content,
    }));
    await using target = await freshDatabase();
    await using other = await blobFolder();
    await expect(restoreInto(target, parts, other)).rejects.toThrow(/damaged/);
    expect(await readdir(other.spool)).toEqual([]);
  });
});

it("a backup has parts of bounded size where folders have many empty files", async () => {
  await using many = await freshDatabase();
  const sha256 = sha256Of("");
  await storeContent(many.db, sha256, Buffer.from(""), LOCAL);
  const files = Array.from({ length: 2_000 }, (_, n) => ({ path: `${n}`, mediaType: "a/b", size: 0, sha256 }));
  for (const key of ["a", "b", "c", "d", "e"]) {
    await create(many.db, { key, type: "files", data: RawJson.fromValue({ files }) }, LOCAL);
  }
  const parts: Part[] = [];
  for await (const part of backup(many.db, null, null)) parts.push(part);
  expect(parts.flatMap(({ head }) => (head.part === "data" ? [head.rows] : []))).toEqual([2, 2, 1]);
  await using target = await freshDatabase();
  expect(await restoreInto(target, parts, blobs)).toMatchObject({ restored: { artifact_file: 10_000 }, violations: 0 });
});

it("the doctor finds files that the store has lost, and rows without a file", async () => {
  await using lost = await blobFolder();
  const { violations } = await checkFiles(source.db, lost.store, {});
  expect(violations.map(({ law, key }) => [law, key])).toEqual(expect.arrayContaining([[15, "folder"]]));
  await using target = await freshDatabase();
  await restoreInto(target, await partsOf(blobs.store), blobs);
  await target.db.execute("update blob set stored = null where size > 1000000");
  expect(await doctor(target.db)).toEqual([{ law: 15, key: "folder", problem: 'the file "large.bin" is not stored' }]);
});

it("an import takes versions whose files are uploaded, and any other data of their types as JSON", async () => {
  const call = callerOn(source);
  const at = "2020-01-01T00:00:00Z";
  const row = (id: string, type: string, data: unknown) => ({ id, type, created: at, updated: at, data });
  const file = (bytes: string) => ({ name: "f", mediaType: "a/b", size: bytes.length, sha256: sha256Of(bytes) });
  const ids = [randomUUID(), randomUUID(), randomUUID()] as const;
  const { created, rejected } = await call.admin.import({
    artifacts: [
      row(ids[0], "file", file("small")),
      row(ids[1], "file", file("unknown")),
      row(ids[2], "file", "of another product"),
    ] as never,
  });
  expect([created, rejected]).toEqual([2, [{ id: ids[1], reason: "The bytes of its files were not uploaded." }]]);
  expect(await doctor(source.db)).toEqual([]);
  expect((await findFile(source.db, ids[0], null))?.path).toBe("f");
});
