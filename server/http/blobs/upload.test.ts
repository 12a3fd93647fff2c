import { randomBytes } from "node:crypto";
import { readdir } from "node:fs/promises";
import { type IncomingMessage, request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { POOL_SIZE } from "#db/postgres";
import { withSlot } from "#db/slots";
import { blobFolder, sha256Of } from "#test/blobs/blob-folder";
import { startHttpServer, type TestServer } from "#test/http-server";

const KEYS = [
  { name: "writer", role: "write" as const, secret: "writer-secret" },
  { name: "other", role: "write" as const, secret: "other-secret" },
  { name: "limited", role: "write" as const, secret: "limited-secret", keys: "reports/*" },
  { name: "reader", role: "read" as const, secret: "reader-secret" },
];

let blobs: Awaited<ReturnType<typeof blobFolder>>;
let server: TestServer;
beforeAll(async () => {
  blobs = await blobFolder();
  server = await startHttpServer({ apiKeys: KEYS }, { blobs });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await blobs[Symbol.asyncDispose]();
});

const as = (name: string) => ({ authorization: `Bearer ${name}-secret` });

const put = (bytes: Uint8Array | string, { name = "writer", sha256 = sha256Of(bytes), at = server } = {}) =>
  at.fetch(`/api/blobs/${sha256}`, { method: "PUT", body: new Blob([Buffer.from(bytes)]), headers: as(name) });

const find = async (query: unknown, name = "writer") => {
  const headers = { ...as(name), "content-type": "application/json" };
  const response = await server.fetch("/api/blobs", { method: "POST", body: JSON.stringify(query), headers });
  return [response.status, await response.json()];
};

const publish = async (key: string, bytes: string, name = "writer") => {
  const data = { name: "a.bin", mediaType: "application/octet-stream", size: bytes.length, sha256: sha256Of(bytes) };
  const response = await server.post("artifact.create", JSON.stringify({ key, type: "file", data }), as(name));
  return [response.status, (await response.json()).error?.message];
};

describe("an upload", () => {
  it("is made once, and is there the second time", async () => {
    const bytes = randomBytes(1_000_000);
    const [first, second] = [await put(bytes), await put(bytes)];
    const blob = { sha256: sha256Of(bytes), size: bytes.length };
    expect([first.status, await first.json()]).toEqual([201, blob]);
    expect([second.status, await second.json()]).toEqual([200, blob]);
    expect(await blobs.store?.has(blob.sha256)).toBe(true);
    expect(await readdir(blobs.spool)).toEqual([]);
  });

  it("without a hash in the URL returns it", async () => {
    const body = "of unknown hash";
    const response = await server.fetch("/api/blobs", { method: "POST", body, headers: as("writer") });
    expect([response.status, await response.json()]).toEqual([201, { sha256: sha256Of(body), size: body.length }]);
  });

  it("of bytes with another hash is 422, and stores nothing", async () => {
    const sha256 = sha256Of("other bytes");
    const response = await put("these bytes", { sha256 });
    expect([response.status, await response.json()]).toMatchObject([422, { code: "BAD_REQUEST" }]);
    expect(await blobs.store?.has(sha256Of("these bytes"))).toBe(false);
    expect(await find({ sha256, size: 11 })).toEqual([200, { sha256, there: false }]);
    expect(await readdir(blobs.spool)).toEqual([]);
  });

  it("of too many bytes is refused, by its length before it is read and by its bytes", async () => {
    const bytes = randomBytes(blobs.maxFile + 1);
    const message = expect.stringContaining("VITRINE_MAX_FILE");
    const response = await put(bytes);
    expect([response.status, await response.json()]).toMatchObject([413, { message }]);
    const { origin } = server;
    const chunked = await fetch(`${origin}/api/blobs/${sha256Of(bytes)}`, {
      method: "PUT",
      body: new Blob([bytes]).stream(),
      headers: as("writer"),
      duplex: "half",
    } as RequestInit); // Node requires `duplex` for streams
    expect(chunked.status).toBe(413);
    expect(await readdir(blobs.spool)).toEqual([]);
  });

  it("needs the role write, before its body is read", async () => {
    const sha256 = sha256Of("x");
    const requestOf = (key: string) =>
      `PUT /api/blobs/${sha256} HTTP/1.1\r\nHost: {host}\r\n${key}Content-Length: 1000000\r\nConnection: close\r\n\r\n`;
    expect(await server.raw(requestOf(""))).toMatch(/^HTTP\/1.1 401 /);
    expect(await server.raw(requestOf("Authorization: Bearer reader-secret\r\n"))).toMatch(/^HTTP\/1.1 403 /);
  });

  it.each([
    ["PUT", "/api/blobs/x", 400],
    ["PUT", `/api/blobs/${"A".repeat(64)}`, 400],
    ["GET", `/api/blobs/${"a".repeat(64)}`, 405],
    ["PUT", "/api/blobs", 405],
    ["DELETE", "/api/blobs", 405],
  ])("by %s %s is %i", async (method, path, status) => {
    const response = await server.fetch(path, { method, headers: as("writer") });
    expect([response.status, await response.json()]).toMatchObject([status, { message: expect.any(String) }]);
  });

  it.each([
    [null],
    [[]],
    [{ sha256: "x", size: 1 }],
    [{ sha256: "a".repeat(64) }],
    [{ sha256: "a".repeat(64), size: -1 }],
  ])("rejects the query %j", async (query) => {
    expect(await find(query)).toMatchObject([400, { code: "BAD_REQUEST" }]);
  });
});

it("does not say whether others have stored the same bytes", async () => {
  const bytes = randomBytes(1000);
  const statuses = [];
  for (const name of ["writer", "other", "other"]) statuses.push((await put(bytes, { name })).status);
  expect(statuses).toEqual([201, 201, 200]);
});

it("of one caller is received with 15 others at once, until it is stored", async () => {
  const leave = new AbortController();
  const open = Array.from({ length: 16 }, (_, n) => {
    const body = new ReadableStream({ start: (controller) => controller.enqueue(Buffer.from(`${n}`)) });
    const { signal } = leave;
    const init = { method: "POST", body, headers: as("writer"), duplex: "half", signal } as RequestInit; // as above
    return fetch(`${server.origin}/api/blobs`, init).catch(() => null);
  });
  await expect.poll(async () => (await readdir(blobs.spool)).length).toBe(16);
  expect((await put("one more")).status).toBe(503);
  expect((await put("of another", { name: "other" })).status).toBe(201);
  leave.abort();
  await Promise.all(open);
  await expect.poll(async () => (await put("one more")).status).toBe(201);
});

it("is refused before its body is asked for where all connections are busy", async () => {
  let free = () => {};
  const busy = new Promise<void>((resolve) => {
    free = resolve;
  });
  const busySlots = Array.from({ length: POOL_SIZE }, (_, n) => withSlot("writes", `holder ${n}`, () => busy));
  const { hostname, port } = new URL(server.origin);
  const response = await new Promise<[IncomingMessage, boolean]>((resolve, reject) => {
    let isRequested = false;
    const headers = { ...as("writer"), expect: "100-continue", "content-length": 100_000 };
    const path = `/api/blobs/${sha256Of("never sent")}`;
    const sent = request({ hostname, port, path, method: "PUT", headers }, (received) => {
      resolve([received, isRequested]);
      sent.destroy();
    });
    sent.on("error", reject).on("continue", () => {
      isRequested = true;
    });
    sent.flushHeaders();
  });
  free();
  await Promise.all(busySlots);
  const [{ statusCode, headers }, isRequested] = response;
  expect([statusCode, headers["retry-after"], isRequested]).toEqual([503, "1", false]);
  expect(await readdir(blobs.spool)).toEqual([]);
});

describe("without a blob store", () => {
  it("small files are in the database, and larger ones are refused with the name of the variable", async () => {
    await using own = await startHttpServer({}, { blobs: { ...blobs, store: null, inline: 1000 } });
    const bytes = randomBytes(1000);
    const [first, second] = [await put(bytes, { at: own }), await put(bytes, { at: own })];
    expect([first.status, second.status]).toEqual([201, 200]);
    const [row] = await own.db.execute("select octet_length(content) as bytes from blob");
    expect(row?.bytes).toBe(1000);
    const data = { name: "a", mediaType: "a/b", size: 1000, sha256: sha256Of(bytes) };
    const created = await own.post("artifact.create", JSON.stringify({ key: "inline", type: "file", data }));
    const { id } = (await created.json()).result.data;
    const response = await own.fetch(`/api/artifacts/${id}/data`, { headers: { range: "bytes=10-19" } });
    expect([response.status, Buffer.from(await response.arrayBuffer())]).toEqual([206, bytes.subarray(10, 20)]);
    const large = await put(randomBytes(1001), { at: own });
    expect([large.status, await large.json()]).toMatchObject([
      413,
      { message: expect.stringMatching(/at most 1000 bytes.*VITRINE_BLOBS/) },
    ]);
  });
});

describe("who may publish what was uploaded", () => {
  it("is who uploaded it in the last 24 hours", async () => {
    const bytes = "only of the writer";
    const query = { sha256: sha256Of(bytes), size: bytes.length };
    await put(bytes);
    expect(await find(query)).toEqual([200, { sha256: query.sha256, there: true }]);
    expect(await find([query, { ...query, size: 1 }])).toMatchObject([200, [{ there: true }, { there: false }]]);
    expect(await find(query, "other")).toMatchObject([200, { there: false }]);
    expect(await publish("own", bytes, "other")).toMatchObject([400, expect.stringContaining("not uploaded")]);
    await server.db.execute("update blob_upload set uploaded = uploaded - interval '25 hours'");
    expect(await find(query)).toMatchObject([200, { there: false }]);
    expect(await publish("own", bytes)).toMatchObject([400, expect.stringContaining("not uploaded")]);
    await put(bytes);
    expect(await publish("own", bytes)).toEqual([200, undefined]);
  });

  it("is who may read a version with it", async () => {
    const bytes = "in a version";
    const query = { sha256: sha256Of(bytes), size: bytes.length };
    await put(bytes);
    expect(await publish("sales/a", bytes)).toEqual([200, undefined]);
    expect(await find(query, "other")).toMatchObject([200, { there: true }]);
    expect(await find(query, "limited")).toMatchObject([200, { there: false }]);
    expect(await publish("reports/a", bytes, "limited")).toMatchObject([400, expect.anything()]);
    expect(await publish("reports/b", bytes)).toEqual([200, undefined]);
    expect(await publish("reports/a", bytes, "limited")).toEqual([200, undefined]);
  });
});
