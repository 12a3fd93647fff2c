import { randomBytes } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { openQuickly } from "#test/blobs/s3-client";
import { openS3Server, type S3Fault, type S3Server } from "#test/blobs/s3-server";
import { contentFolder, listAll, readAll } from "#test/blobs/store-laws";
import { BlobMissing, type BlobStore, pathOf } from "./store";

const content = contentFolder();

let s3: S3Server;
let store: BlobStore;
beforeEach(async () => {
  s3 = await openS3Server();
  store = openQuickly(s3);
  return () => s3[Symbol.asyncDispose]();
});

/** An object that the store has. */
async function stored(size: number) {
  const object = await content(randomBytes(size));
  await store.put(object.sha256, object.file);
  s3.requests.length = 0;
  return object;
}

describe("faults of the service", () => {
  const slowDown: S3Fault = { status: 503, code: "SlowDown" };

  test("of every kind are survived, one after the other", async () => {
    const { sha256, file, bytes } = await content(randomBytes(1_200_000));
    const kinds: S3Fault[] = [slowDown, { status: 500, code: "InternalError" }, "reset", "silent"];
    const faults = (count: number) => {
      s3.faults = Array.from({ length: count }, (_, i) => kinds[i % kinds.length]);
    };
    faults(5);
    expect(await store.id()).toMatch(/^[0-9a-f-]{36}$/);
    for (const spoiled of [kinds, [undefined, ...kinds], [undefined, undefined, "reset" as const]]) {
      s3.faults = [...spoiled];
      await store.remove([sha256]);
      s3.faults = [...spoiled];
      await store.put(sha256, file);
      expect(s3.objects.get(pathOf(sha256))?.equals(bytes)).toBe(true);
      s3.faults = [...spoiled];
      expect((await readAll(await store.get(sha256))).equals(bytes)).toBe(true);
      s3.faults = [...spoiled];
      expect(await listAll(store)).toEqual([sha256]);
      s3.faults = [...spoiled];
      expect(await store.has(sha256)).toBe(true);
    }
  });

  test("are said before a large body is sent", async () => {
    const { sha256, file } = await content(randomBytes(1_200_000));
    s3.denied.add("s3:PutObject");
    await expect(store.put(sha256, file)).rejects.toThrow("does not allow s3:PutObject");
    expect(s3.received).toBe(0);
    s3.denied.clear();
    s3.faults = [undefined, slowDown, slowDown];
    await store.put(sha256, file);
    expect(s3.received).toBe(1_200_000);
  });

  test("a conflict with another PUT is tried again", async () => {
    const { sha256, file } = await content(randomBytes(100));
    s3.faults = [{ status: 409, code: "ConditionalRequestConflict" }];
    expect(await store.put(sha256, file)).toBe("made");
  });

  test("a PUT whose response is lost is found there", async () => {
    const { sha256, file, bytes } = await content(randomBytes(100));
    s3.faults = ["cut"];
    expect(await store.put(sha256, file)).toBe("there");
    expect(s3.objects.get(pathOf(sha256))).toEqual(bytes);
  });

  test("a body that is cut continues where it was cut", async () => {
    const { sha256, bytes } = await stored(1_000_000);
    s3.faults = ["cut", "cut", slowDown, "cut"];
    expect((await readAll(await store.get(sha256))).equals(bytes)).toBe(true);
    s3.faults = ["cut", "reset", "cut"];
    const part = await readAll(await store.get(sha256, { from: 5, to: 900_000 }));
    expect(part.equals(bytes.subarray(5, 900_001))).toBe(true);
    expect(s3.sent).toBeLessThan(2 * 1_000_000 + 100_000);
  });

  test("end after 6 attempts, with the bucket and what it said", async () => {
    const { sha256, file } = await content(randomBytes(100));
    const { host } = new URL(s3.url);
    s3.faults = Array(6).fill(slowDown);
    await expect(store.put(sha256, file)).rejects.toMatchObject({
      reason: "unavailable",
      message: `The bucket ${s3.bucket} at ${host} does not respond properly (503 SlowDown).`,
    });
    expect(s3.requests.length).toBe(6);
    s3.faults = Array(6).fill("reset");
    await expect(store.get(sha256)).rejects.toMatchObject({
      reason: "unavailable",
      message: `The bucket ${s3.bucket} at ${host} does not respond (ECONNRESET).`,
    });
    // A log shows the innermost error.
    s3.faults = Array(6).fill("reset");
    await expect(store.get(sha256)).rejects.not.toHaveProperty("cause");
    s3.faults = Array(6).fill("silent");
    await expect(store.has(sha256)).rejects.toThrow(`does not respond (ETIMEDOUT).`);
    const { port } = new URL(s3.url);
    await s3[Symbol.asyncDispose]();
    await expect(listAll(store)).rejects.toThrow(`127.0.0.1:${port} does not respond (ECONNREFUSED).`);
  });

  test("of an object that is deleted while it is read end its stream", async () => {
    const { sha256 } = await stored(1_000_000);
    s3.faults = ["cut"];
    const stream = await store.get(sha256);
    s3.objects.clear();
    await expect(readAll(stream)).rejects.toThrow(BlobMissing);
  });
});
