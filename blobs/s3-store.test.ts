import { randomBytes } from "node:crypto";
import { request as httpRequest } from "node:http";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { openQuickly, s3AddressOf, s3EnvOf } from "#test/blobs/s3-client";
import { openS3Server, type S3Server } from "#test/blobs/s3-server";
import { contentFolder, listAll, readAll, testStoreLaws } from "#test/blobs/store-laws";
import { openBlobStore } from "./open";
import { parseS3Address } from "./s3-address";
import { credentialsOf } from "./s3-credentials";
import { openS3Store } from "./s3-store";
import { type BlobStore, pathOf } from "./store";

let server: S3Server;
beforeAll(async () => {
  server = await openS3Server();
});
afterAll(() => server[Symbol.asyncDispose]());

const content = contentFolder();

testStoreLaws(
  {
    async create() {
      const prefix = `/stores/of (tests)/${randomBytes(6).toString("hex")}`.replace(" ", "!");
      return () => openBlobStore(s3AddressOf(server, prefix), s3EnvOf(server));
    },
  },
  10 * inject("runs"),
);

describe("one store", () => {
  let s3: S3Server;
  let store: BlobStore;
  beforeEach(async () => {
    s3 = await openS3Server();
    store = openQuickly(s3);
    return () => s3[Symbol.asyncDispose]();
  });

  /** An object that the store has. */
  const stored = async (size: number) => {
    const object = await content(randomBytes(size));
    await store.put(object.sha256, object.file);
    s3.requests.length = 0;
    return object;
  };

  test("has the same layout as a folder", async () => {
    const { sha256 } = await stored(10);
    await store.id();
    expect([...s3.objects.keys()].sort()).toEqual([pathOf(sha256), "store/id"].sort());
  });

  test("lists all pages, whatever their size, and ignores objects of others", async () => {
    const names = Array.from({ length: 250 }, () => randomBytes(32).toString("hex")).sort();
    for (const name of names) s3.objects.set(pathOf(name), Buffer.alloc(0));
    for (const key of ["sha256/readme", "sha256/00/x", `sha256/zz/${names[0]}`, "sha25", "other/a"]) {
      s3.objects.set(key, Buffer.alloc(0));
    }
    for (const size of [1, 99, 250, 1_000]) {
      s3.pageSize = size;
      expect(await listAll(store)).toEqual(names);
      expect(await listAll(store, names[99])).toEqual(names.slice(100));
    }
  });

  test("deletes 1,000 objects with each request", async () => {
    const names = Array.from({ length: 2_001 }, () => randomBytes(32).toString("hex"));
    for (const name of names.slice(1)) s3.objects.set(pathOf(name), Buffer.alloc(0));
    await store.remove(names);
    expect([s3.objects.size, s3.requests.length]).toEqual([0, 3]);
    await store.remove([]);
    expect(s3.requests.length).toBe(3);
  });

  test("sends no large object that the bucket has", async () => {
    const { sha256, file } = await stored(1_500_000);
    expect(await store.put(sha256, file)).toBe("there");
    expect(s3.requests).toEqual([`HEAD /${s3.bucket}/${pathOf(sha256)}`]);
  });

  test("replaces an object that lost bytes", async () => {
    for (const size of [1_000, 1_500_000]) {
      const { sha256, file, bytes } = await stored(size);
      s3.objects.set(pathOf(sha256), bytes.subarray(1));
      expect(await store.put(sha256, file)).toBe("made");
      expect(s3.objects.get(pathOf(sha256))?.equals(bytes)).toBe(true);
    }
  });

  test("does without conditions and checksums of a PUT where the service has none", async () => {
    s3.has.conditions = false;
    const id = await store.id();
    expect(await openQuickly(s3).id()).toBe(id);
    const { sha256, file, bytes } = await content(randomBytes(2_000));
    expect(await store.put(sha256, file)).toBe("made");
    expect(await store.put(sha256, file)).toBe("there");
    expect(await readAll(await store.get(sha256))).toEqual(bytes);
  });

  test("sends bytes of another hash to no service, whatever it checks", async () => {
    const { sha256 } = await content(randomBytes(600_000));
    const other = await content(randomBytes(600_000));
    await expect(store.put(sha256, other.file)).rejects.toThrow("The bytes are not those");
    expect(s3.objects.size).toBe(0);
  });

  test("rejects with the error of a file that cannot be read", async () => {
    const { sha256 } = await content(Buffer.from("a"));
    await expect(store.put(sha256, { path: "/nonexistent/file", size: 1 })).rejects.toMatchObject({ code: "ENOENT" });
    await expect(store.put(sha256, { path: "/", size: 2 ** 40 })).rejects.toThrow(RangeError);
  });

  describe("links", () => {
    test("return the object under a name and a type, to everybody, for a time", async () => {
      const { sha256, bytes } = await stored(1_000);
      const as = { name: `Größe "1" + 2%.csv`, mediaType: "text/csv; charset=utf-8", seconds: 60 };
      const link = (await store.link(sha256, as)) ?? "";
      // A space as "+" is a plus for some services.
      expect(link).not.toContain("+");
      const response = await fetch(link);
      expect([response.status, Buffer.from(await response.arrayBuffer())]).toEqual([200, bytes]);
      expect(response.headers.get("content-type")).toBe(as.mediaType);
      const disposition = response.headers.get("content-disposition") ?? "";
      expect(disposition).toBe(
        `attachment; filename="Gr__e _1_ + 2_.csv"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%221%22%20%2B%202%25.csv`,
      );
      for (const changed of [link.replace("text%2Fcsv", "text%2Fhtml"), link.replace(sha256, "0".repeat(64))]) {
        expect((await fetch(changed)).status).toBe(403);
      }
      s3.clockAhead = 61_000;
      expect((await fetch(link)).status).toBe(403);
    });

    test("name the bucket in their host where the address says so", async () => {
      const { sha256, bytes } = await stored(1_000);
      const address = { ...parseS3Address(s3AddressOf(s3), {}), style: "virtual" as const };
      const virtual = openS3Store(
        { ...address, endpoint: new URL("https://s3.example.com") },
        credentialsOf(s3EnvOf(s3), address),
      );
      const link = new URL((await virtual.link(sha256, { name: "a", mediaType: "a/b", seconds: 9 })) ?? "");
      expect(link.origin).toBe(`https://${s3.bucket}.s3.example.com`);
      const { hostname, port } = new URL(s3.url);
      const options = { hostname, port, path: link.pathname + link.search, headers: { host: link.host } };
      const received = await new Promise<Buffer>((resolve, reject) => {
        httpRequest(options, (response) => resolve(buffer(response)))
          .on("error", reject)
          .end();
      });
      expect(received).toEqual(bytes);
    });
  });

  test("reads from the service as its reader reads", async () => {
    const { sha256, bytes } = await stored(48_000_000);
    const reader = (await store.get(sha256)).getReader();
    await reader.read();
    // This takes longer than the silence in which a service is given up.
    s3.faults = ["silent"];
    await store.has(sha256);
    // What sockets and the system hold, not the object.
    expect(s3.sent).toBeLessThan(16_000_000);
    const chunks: Uint8Array[] = [];
    for (let next = await reader.read(); !next.done; next = await reader.read()) chunks.push(next.value);
    expect(bytes.subarray(-1_000).equals(Buffer.concat(chunks).subarray(-1_000))).toBe(true);
    expect(s3.requests.filter((each) => each.startsWith("GET")).length).toBe(1);
  });
});
