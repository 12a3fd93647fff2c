import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BlobMismatch, BlobMissing, type BlobStore, nameOf } from "#blobs/store";

/** A place of stores, on which the laws are tested. */
export interface StorePlace {
  /** Opens an empty store of its own as a process would, as often as it is called. */
  create(): Promise<() => BlobStore>;
}

/** Bytes, their name, and a file that has them. */
export interface Content {
  bytes: Buffer;
  sha256: string;
  file: { path: string; size: number };
}

/** Sizes around the chunks that stores read and write, and others. */
const size = fc.oneof(
  fc.constantFrom(0, 1, 128 * 1024 - 1, 128 * 1024, 128 * 1024 + 1, 256 * 1024),
  fc.integer({ min: 0, max: 400_000 }),
);

/** Writes files into a folder that is deleted after all tests. */
export function contentFolder(): (bytes: Buffer) => Promise<Content> {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "vitrine-content-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return async (bytes) => {
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const path = join(folder, randomBytes(8).toString("hex"));
    await writeFile(path, bytes);
    return { bytes, sha256, file: { path, size: bytes.length } };
  };
}

export async function readAll(stream: ReadableStream<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export async function listAll(store: BlobStore, after?: string): Promise<string[]> {
  const names: string[] = [];
  for await (const batch of store.list(after)) names.push(...batch.map(({ name }) => name));
  return names;
}

/** What holds for every kind of store. @param runs of each property */
export function testStoreLaws(place: StorePlace, runs: number): void {
  const content = contentFolder();

  test("returns the bytes that were put, whole and in every range", { timeout: 60_000 }, async () => {
    const open = await place.create();
    const [writer, reader] = [open(), open()];
    const fraction = fc.double({ min: 0, max: 1, noNaN: true });
    await fc.assert(
      fc.asyncProperty(size, fraction, fraction, async (length, a, b) => {
        const { bytes, sha256, file } = await content(randomBytes(length));
        await writer.put(sha256, file);
        expect((await readAll(await reader.get(sha256))).equals(bytes)).toBe(true);
        if (length === 0) return;
        const from = Math.floor(a * (length - 1));
        const to = from + Math.floor(b * (length + 10 - from));
        const part = await readAll(await reader.get(sha256, { from, to }));
        expect(part.equals(bytes.subarray(from, to + 1))).toBe(true);
        const first = await readAll(await reader.get(sha256, { from: 0, to: 0 }));
        expect(first.equals(bytes.subarray(0, 1))).toBe(true);
      }),
      { numRuns: runs },
    );
  });

  test("is a set of objects under puts, removals and lists of two processes", { timeout: 60_000 }, async () => {
    const plain = await Promise.all(Array.from({ length: 6 }, (_, i) => content(randomBytes(i * 20_000))));
    // A name may be that of other bytes, which these are compressed.
    const contents = plain.map((each, i) => {
      if (i % 2 === 0) return each;
      const { sha256: name = "" } = plain[i - 1] ?? {};
      return { ...each, sha256: nameOf(name, "gzip"), file: { ...each.file, sha256: each.sha256 } };
    });
    const index = fc.nat({ max: contents.length - 1 });
    const step = fc.record({
      verb: fc.constantFrom("put", "remove", "has", "get", "list"),
      client: fc.nat({ max: 1 }),
      index,
      others: fc.array(index, { maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const open = await place.create();
        const clients = [open(), open()];
        const model = new Set<string>();
        for (const { verb, client, index, others } of steps) {
          const store = clients[client] ?? open();
          const [subject, ...more] = [index, ...others].flatMap((i) => contents[i] ?? []);
          if (!subject) continue;
          const { sha256, file, bytes } = subject;
          if (verb === "put") {
            expect(await store.put(sha256, file)).toBe(model.has(sha256) ? "there" : "made");
            model.add(sha256);
          } else if (verb === "remove") {
            const names = [sha256, ...more.map((each) => each.sha256)];
            await store.remove(names);
            for (const name of names) model.delete(name);
          } else if (verb === "has") {
            expect(await store.has(sha256)).toBe(model.has(sha256));
          } else if (verb === "get") {
            const found = await store.get(sha256).then(readAll, (error) => error);
            if (model.has(sha256)) expect(bytes.equals(found)).toBe(true);
            else expect(found).toBeInstanceOf(BlobMissing);
          } else {
            expect(await listAll(store)).toEqual([...model].sort());
            expect(await listAll(store, sha256)).toEqual([...model].filter((name) => name > sha256).sort());
          }
        }
      }),
      { numRuns: runs },
    );
  });

  test("stores an object once where several put it at the same time", async () => {
    const open = await place.create();
    const clients = [open(), open(), open(), open()];
    const { sha256, file, bytes } = await content(randomBytes(300_000));
    const results = await Promise.all([...clients, ...clients].map((store) => store.put(sha256, file)));
    expect(results).toContain("made");
    expect(await listAll(open())).toEqual([sha256]);
    expect((await readAll(await open().get(sha256))).equals(bytes)).toBe(true);
    expect(await open().put(sha256, file)).toBe("there");
  });

  test("rejects bytes of another hash or size, and keeps nothing of them", async () => {
    const store = (await place.create())();
    const right = await content(randomBytes(200_000));
    for (const bytes of [randomBytes(200_000), right.bytes.subarray(1), Buffer.concat([right.bytes, right.bytes])]) {
      const wrong = await content(bytes);
      await expect(store.put(right.sha256, wrong.file)).rejects.toThrow(BlobMismatch);
      // The size that is said is not that of the file.
      await expect(store.put(right.sha256, { ...wrong.file, size: 200_001 })).rejects.toThrow(BlobMismatch);
      const compressed = { ...wrong.file, sha256: right.sha256 };
      await expect(store.put(nameOf(right.sha256, "gzip"), compressed)).rejects.toThrow(BlobMismatch);
      await expect(store.put(right.sha256, { ...wrong.file, sha256: wrong.sha256 })).rejects.toThrow(BlobMismatch);
      await expect(store.put(nameOf(wrong.sha256, "gzip"), wrong.file)).rejects.toThrow(BlobMismatch);
    }
    expect(await store.has(right.sha256)).toBe(false);
    expect(await listAll(store)).toEqual([]);
    expect(await store.put(right.sha256, right.file)).toBe("made");
  });

  test("rejects a range that begins after the object", async () => {
    const store = (await place.create())();
    const { sha256, file } = await content(Buffer.from("ten bytes!"));
    const empty = await content(Buffer.alloc(0));
    await store.put(sha256, file);
    await store.put(empty.sha256, empty.file);
    await expect(store.get(sha256, { from: 10, to: 12 })).rejects.toThrow(RangeError);
    await expect(store.get(sha256, { from: 3, to: 2 })).rejects.toThrow(RangeError);
    await expect(store.get(sha256, { from: -1, to: 2 })).rejects.toThrow(RangeError);
    await expect(store.get(empty.sha256, { from: 0, to: 0 })).rejects.toThrow(RangeError);
    const missing = "0".repeat(64);
    await expect(store.get(missing, { from: 0, to: 0 })).rejects.toThrow(new BlobMissing(missing));
  });

  test("takes a SHA-256 in lower-case hexadecimal digits as a name, and that of a compressed object", async () => {
    const store = (await place.create())();
    const { file, sha256 } = await content(Buffer.from("a"));
    await store.put(sha256, file);
    for (const name of [
      `${sha256}.g`,
      `${sha256}.gz.gz`,
      "",
      "a",
      "../".repeat(22).slice(0, 64),
      sha256.toUpperCase(),
      `${sha256}0`,
      `${sha256}\n`,
    ]) {
      await expect(store.put(name, file)).rejects.toThrow(TypeError);
      await expect(store.get(name)).rejects.toThrow(TypeError);
      await expect(store.has(name)).rejects.toThrow(TypeError);
      await expect(store.remove([sha256, name])).rejects.toThrow(TypeError);
      if (name) await expect(listAll(store, name)).rejects.toThrow(TypeError);
    }
    expect(await listAll(store)).toEqual([sha256]);
  });

  test("has one id for all processes, also where they create it at the same time", async () => {
    const open = await place.create();
    const ids = await Promise.all(Array.from({ length: 8 }, () => open().id()));
    expect(new Set(ids).size).toBe(1);
    expect(await open().id()).toBe(ids[0]);
    expect(await (await place.create())().id()).not.toBe(ids[0]);
    expect(await listAll(open())).toEqual([]);
  });

  test("ends a stream that is cancelled, and serves others", async () => {
    const store = (await place.create())();
    const { sha256, file, bytes } = await content(randomBytes(2_000_000));
    await store.put(sha256, file);
    for (let i = 0; i < 20; i++) {
      const reader = (await store.get(sha256)).getReader();
      const { value } = await reader.read();
      expect(value?.length).toBeGreaterThan(0);
      await reader.cancel();
    }
    expect((await readAll(await store.get(sha256))).equals(bytes)).toBe(true);
  });
}
