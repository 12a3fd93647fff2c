import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { contentFolder, readAll } from "#test/blobs/store-laws";
import { compressFile, MAX_COMPRESSED, openPlain } from "./compression";
import { openBlobStore } from "./open";
import { type BlobStore, nameOf } from "./store";

const content = contentFolder();

let folder: string;
let store: BlobStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vitrine-compressed-"));
  store = openBlobStore(pathToFileURL(join(folder, "store")).href, {});
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const textOf = (size: number) => Buffer.from("id,city,people\n1,Ålesund,67114\n".repeat(size / 20)).subarray(0, size);

/** Stores bytes compressed. @returns what `openPlain` opens */
async function storeCompressed(bytes: Buffer) {
  const { sha256, file } = await content(bytes);
  await using compressed = await compressFile(file, folder);
  if (!compressed) throw new Error("This is to be compressed.");
  expect(await store.put(nameOf(sha256, "gzip"), compressed)).toBe("made");
  expect(await store.put(nameOf(sha256, "gzip"), compressed)).toBe("there");
  return { sha256, size: bytes.length, codec: "gzip" as const };
}

test("a compressed object has the bytes of its file, whole and in every range", async () => {
  const fraction = fc.double({ min: 0, max: 1, noNaN: true });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 4096, max: 600_000 }), fraction, fraction, async (size, a, b) => {
      const bytes = Buffer.concat([textOf(size), Buffer.from(randomBytes(80).toString("base64"))]);
      const blob = await storeCompressed(bytes);
      expect((await readAll(await openPlain(store, blob))).equals(bytes)).toBe(true);
      const from = Math.floor(a * (bytes.length - 1));
      const to = from + Math.floor(b * (bytes.length + 10 - from));
      const part = await readAll(await openPlain(store, blob, { from, to }));
      expect(part.equals(bytes.subarray(from, to + 1))).toBe(true);
    }),
    { numRuns: 20 },
  );
  expect(await readdir(folder)).toEqual(["store"]);
});

test.each([
  ["random bytes", () => randomBytes(100_000)],
  ["text before random bytes", () => Buffer.concat([textOf(70_000), randomBytes(2_000_000)])],
  ["little text", () => textOf(4095)],
  // They compress, but are read by ranges.
  ["Parquet", async () => Buffer.concat([await readFile("test/table-files/groups.parquet"), textOf(200_000)])],
  ["a PDF", () => Buffer.concat([Buffer.from("%PDF-1.7\n"), textOf(200_000)])],
  ["samples of sound", () => Buffer.from("RIFF\0\x01".repeat(20_000))],
  ["much text", () => textOf(MAX_COMPRESSED + 1)],
])("%s stays as it is", async (_, bytes) => {
  const { file } = await content(await bytes());
  expect(await compressFile(file, folder)).toBe(null);
  expect(await readdir(folder)).toEqual(["store"]);
});

test.each([
  ["UTF-16", Buffer.from(`\ufeff${textOf(20_000)}`, "utf16le")],
  ["a log with colours", Buffer.from("\x1b[32mok\x1b[0m 50 %\b\b\b\b\t51 %\r\n".repeat(1000))],
])("%s is text", async (_, bytes) => {
  await using compressed = await compressFile((await content(bytes)).file, folder);
  expect(compressed?.size).toBeLessThan(bytes.length / 2);
});

test("a damaged object is an error, and never other bytes", async () => {
  const blob = await storeCompressed(textOf(200_000));
  const path = join(folder, "store", "sha256", blob.sha256.slice(0, 2), nameOf(blob.sha256, "gzip"));
  const whole = await readAll(await store.get(nameOf(blob.sha256, "gzip")));
  for (const bytes of [whole.subarray(0, -20), Buffer.from("plain"), Buffer.alloc(0), gzipSync("other")]) {
    await writeFile(path, bytes);
    await expect(openPlain(store, blob).then(readAll)).rejects.toThrow();
  }
  await expect(openPlain(store, { ...blob, sha256: "0".repeat(64) })).rejects.toThrow("no object");
});

test("closes what it reads where its reader leaves, also before the first byte", async () => {
  const blob = await storeCompressed(textOf(3_000_000));
  const files = async () => (await readdir("/proc/self/fd").catch(() => [])).length;
  const before = await files();
  for (let n = 0; n < 20; n++) {
    await (await openPlain(store, blob)).cancel();
    const reader = (await openPlain(store, blob)).getReader();
    await reader.read();
    await reader.cancel();
    await readAll(await openPlain(store, blob, { from: 5, to: 9 }));
  }
  await expect.poll(files).toBeLessThan(before + 10);
});
