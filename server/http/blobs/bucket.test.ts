import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { sweepBlobs } from "#server/models/blob";
import { blobFolder, sha256Of } from "#test/blobs/blob-folder";
import { openQuickly } from "#test/blobs/s3-client";
import { openS3Server, type S3Server } from "#test/blobs/s3-server";
import { startHttpServer, type TestServer } from "#test/http-server";

let s3: S3Server;
let folder: Awaited<ReturnType<typeof blobFolder>>;
let server: TestServer;
beforeAll(async () => {
  s3 = await openS3Server();
  folder = await blobFolder();
  server = await startHttpServer({}, { blobs: { ...folder, store: openQuickly(s3) } });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
  await s3[Symbol.asyncDispose]();
});

const put = (bytes: Buffer<ArrayBuffer>) =>
  server.fetch(`/api/blobs/${sha256Of(bytes)}`, { method: "PUT", body: new Blob([bytes]) });

it("a file in a bucket is uploaded, published, downloaded by range, and swept", async () => {
  const bytes = randomBytes(300_000);
  expect((await put(bytes)).status).toBe(201);
  expect((await put(bytes)).status).toBe(200);
  const data = { name: "a.bin", mediaType: "a/b", size: bytes.length, sha256: sha256Of(bytes) };
  const created = await server.post("artifact.create", JSON.stringify({ key: "a", type: "file", data }));
  const { id } = (await created.json()).result.data;
  const path = `/api/artifacts/${id}/data`;
  expect(Buffer.from(await (await server.fetch(path)).arrayBuffer()).equals(bytes)).toBe(true);
  const part = await server.fetch(path, { headers: { range: "bytes=100-199" } });
  expect([part.status, Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(100, 200))]).toEqual([206, true]);
  await server.post("artifact.remove", JSON.stringify({ id }));
  const store = openQuickly(s3);
  for (let times = 0; times < 2; times++) await sweepBlobs(server.db, store, 0);
  expect(await store.has(data.sha256)).toBe(true);
  await server.post("trash.purge", JSON.stringify({ ids: [id] }));
  for (let times = 0; times < 2; times++) await sweepBlobs(server.db, store, 0);
  expect(await store.has(data.sha256)).toBe(false);
});

it("a bucket that is denied or lost is an error that can be tried again, and says nothing of the bucket", async () => {
  s3.denied.add("s3:PutObject");
  const response = await put(randomBytes(1000));
  s3.denied.clear();
  const { code, message } = await response.json();
  expect([response.status, code]).toEqual([503, "SERVICE_UNAVAILABLE"]);
  expect(message).not.toContain(s3.bucket);
  const bytes = randomBytes(1000);
  expect((await put(bytes)).status).toBe(201);
});
