import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readdir, rename, rm, stat, truncate, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { bundleKilledPut } from "#test/blobs/bundle";
import { smallDisk } from "#test/blobs/small-disk";
import { type Content, contentFolder, listAll, readAll, testStoreLaws } from "#test/blobs/store-laws";
import { openBlobStore } from "./open";
import { BlobMissing, BlobStoreError, pathOf } from "./store";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vitrine-blobs-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The path of a new store, with a space, which is escaped in its URL. */
const newRoot = () => join(folder, `store ${randomBytes(6).toString("hex")}`);
const openAt = (root: string) => openBlobStore(pathToFileURL(root).href, {});
const content = contentFolder();

testStoreLaws(
  {
    async create() {
      const root = newRoot();
      return () => openAt(root);
    },
  },
  10 * inject("runs"),
);

test("has no links", async () => {
  const { sha256, file } = await content(Buffer.from("a"));
  const store = openAt(newRoot());
  await store.put(sha256, file);
  expect(await store.link(sha256, { name: "a.txt", mediaType: "text/plain", seconds: 60 })).toBeNull();
});

test("lists in batches of 1,000, and ignores files of others", async () => {
  const root = newRoot();
  const store = openAt(root);
  await store.id();
  const names = Array.from({ length: 2_001 }, (_, i) => `${i < 1_500 ? "0a" : "f0"}${String(i).padStart(62, "0")}`);
  await mkdir(join(root, "sha256", "0a"));
  await mkdir(join(root, "sha256", "f0"));
  await mkdir(join(root, "sha256", "lost+found"));
  await Promise.all(names.map((name) => writeFile(join(root, pathOf(name)), "")));
  await writeFile(join(root, "sha256", "0a", ".nfs0001"), "");
  await writeFile(join(root, "sha256", "0a", "b".repeat(64)), "");
  const sizes: number[] = [];
  for await (const batch of store.list()) sizes.push(batch.length);
  expect(sizes).toEqual([1_000, 500, 501]);
  expect(await listAll(store)).toEqual(names);
  expect(await listAll(store, names[1_499])).toEqual(names.slice(1_500));
});

test("replaces an object that lost bytes", async () => {
  const root = newRoot();
  const { sha256, file, bytes } = await content(randomBytes(1_000));
  const store = openAt(root);
  await store.put(sha256, file);
  await truncate(join(root, pathOf(sha256)), 10);
  expect(await store.put(sha256, file)).toBe("made");
  expect(await readAll(await store.get(sha256))).toEqual(bytes);
});

test("deletes temporary files that are older than a day, when it is opened", async () => {
  const root = newRoot();
  await openAt(root).id();
  const names = ["old", "new"].map((name) => join(root, "tmp", name));
  for (const name of names) await writeFile(name, "");
  await makeOld(join(root, "tmp", "old"));
  await mkdir(join(root, "tmp", "draft"));
  await writeFile(join(root, "tmp", "draft", "id"), "");
  await makeOld(join(root, "tmp", "draft"));
  await openAt(root).id();
  expect(await readdir(join(root, "tmp"))).toEqual(["new"]);
});

describe("errors", () => {
  test("of an address", () => {
    for (const address of ["", "blobs", "/srv/blobs", "file:blobs", "file://host/blobs", "file:///a?b", "ftp://a/b"]) {
      expect(() => openBlobStore(address, {})).toThrow(/^VITRINE_BLOBS is not the address of a blob store: /);
    }
  });

  test("of a full disk, which can be used again once it has space", async (context) => {
    await using disk = await smallDisk("1m");
    if (!disk) return context.skip("This user cannot mount a file system.");
    const store = openAt(disk.folder);
    const small = await content(randomBytes(400_000));
    const large = await content(randomBytes(900_000));
    await store.put(small.sha256, small.file);
    const error = await store.put(large.sha256, large.file).catch((thrown) => thrown);
    expect(error).toMatchObject({ name: "BlobStoreError", reason: "full" });
    expect(error.message).toBe(`The disk of the blob store ${disk.folder} is full (ENOSPC): free space.`);
    expect(await readdir(join(disk.folder, "tmp"))).toEqual([]);
    expect(await listAll(store)).toEqual([small.sha256]);
    await disk.grow("4m");
    expect(await store.put(large.sha256, large.file)).toBe("made");
    expect((await readAll(await store.get(large.sha256))).equals(large.bytes)).toBe(true);
  });

  test("of a folder that cannot be created", async () => {
    const root = join(newRoot(), "file", "store");
    await mkdir(join(root, "..", ".."));
    await writeFile(join(root, ".."), "");
    const error = await openAt(root)
      .id()
      .catch((thrown) => thrown);
    expect(error).toBeInstanceOf(BlobStoreError);
    expect(error).toMatchObject({ reason: "misconfigured" });
    expect(error.message).toContain(`${root} cannot be used (ENOTDIR)`);
  });

  test("of a disk that is not mounted any more: it creates no folders there, and says that no object is missing", async () => {
    const root = newRoot();
    const { sha256, file } = await content(randomBytes(10));
    const store = openAt(root);
    await store.put(sha256, file);
    await rename(root, `${root}-elsewhere`);
    await mkdir(root);
    const { get, has, put } = store;
    for (const call of [() => get(sha256), () => has(sha256), () => put(sha256, file), () => listAll(store)]) {
      await expect(call()).rejects.toMatchObject({ name: "BlobStoreError", reason: "unavailable" });
    }
    expect(await readdir(root)).toEqual([]);
    await rm(root, { recursive: true });
    await rename(`${root}-elsewhere`, root);
    expect(await store.has(sha256)).toBe(true);
  });

  test("of an id that is not one", async () => {
    const root = newRoot();
    await openAt(root).id();
    await writeFile(join(root, "store", "id"), "");
    await expect(openAt(root).id()).rejects.toThrow("store/id is not the id of a blob store");
  });
});

describe("a put that is killed", () => {
  let program = "";
  beforeAll(async () => {
    program = join(folder, "killed-put.mjs");
    await bundleKilledPut(program);
  });

  const run = async (root: string, { sha256, file }: Content, step?: number) => {
    const args = [program, root, sha256, file.path, String(file.size), String(step ?? "")];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    return JSON.parse(stdout);
  };

  test("before any step leaves a store that is whole", { timeout: 120_000 }, async () => {
    const subject = await content(randomBytes(200_000));
    const other = await content(Buffer.from("other"));
    const { calls } = await run(newRoot(), subject);
    expect(calls.length).toBeGreaterThan(20);
    const killedAt = async (step: number) => {
      const root = newRoot();
      await expect(run(root, subject, step)).rejects.toMatchObject({ signal: "SIGKILL" });
      const next = openAt(root);
      const listed = await listAll(next);
      expect([[], [subject.sha256]]).toContainEqual(listed);
      const found = await next.get(subject.sha256).then(readAll, (error) => error);
      if (listed.length === 1) expect(subject.bytes.equals(found)).toBe(true);
      else expect(found).toBeInstanceOf(BlobMissing);
      expect(await next.put(other.sha256, other.file)).toBe("made");
      expect(await next.put(subject.sha256, subject.file)).toBe(listed.length === 1 ? "there" : "made");
      expect((await readAll(await next.get(subject.sha256))).equals(subject.bytes)).toBe(true);
      expect(await openAt(root).id()).toBe(await next.id());
      const left = await readdir(join(root, "tmp"));
      for (const name of left) await makeOld(join(root, "tmp", name));
      await openAt(root).id();
      expect(await readdir(join(root, "tmp"))).toEqual([]);
      return { listed: listed.length, left: left.length };
    };
    // Between two changes every crash leaves the same.
    const isKilled = (call: string) => inject("runs") > 1 || /^(?:mkdir|open \/tmp|writeFile|rename|rm)/.test(call);
    const steps = calls.flatMap((call: string, i: number) => (isKilled(call) ? [i + 1] : []));
    const outcomes: unknown[] = [];
    while (steps.length > 0) outcomes.push(...(await Promise.all(steps.splice(0, 4).map(killedAt))));
    // Every kind of crash was met: with and without the object, with and without a temporary file.
    expect(outcomes).toContainEqual({ listed: 0, left: 0 });
    expect(outcomes).toContainEqual({ listed: 0, left: 1 });
    expect(outcomes).toContainEqual({ listed: 1, left: 0 });
  });

  test("is durable before it resolves: bytes before the name, and names before the end", async () => {
    const subject = await content(randomBytes(10));
    const root = newRoot();
    await openAt(root).id();
    const { calls, result } = await run(root, subject);
    expect(result).toBe("made");
    const at = (call: RegExp) => calls.findLastIndex((each: string) => call.test(each));
    const renamed = at(/^rename \/tmp\//);
    expect(calls[renamed - 1]).toMatch(/^sync|^open|^mkdir/);
    expect(calls.slice(at(/^writeFile/), at(/^mkdir/))).toContain("sync");
    const prefix = `/sha256/${subject.sha256.slice(0, 2)}`;
    expect(calls.slice(at(/^mkdir/), renamed)).toEqual([`mkdir ${prefix}`, "open /sha256", "sync"]);
    expect(calls.slice(renamed + 1).filter((each: string) => !/^rm/.test(each))).toEqual([`open ${prefix}`, "sync"]);
    const again = await run(root, subject);
    expect(again.result).toBe("there");
    expect(again.calls.slice(-2)).toEqual([`open ${prefix}`, "sync"]);
  });
});

async function makeOld(path: string): Promise<void> {
  const time = (await stat(path)).mtimeMs / 1000 - 25 * 60 * 60;
  await utimes(path, time, time);
}
