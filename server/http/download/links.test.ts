import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { blobFolder, sha256Of } from "#test/blobs/blob-folder";
import { openQuickly } from "#test/blobs/s3-client";
import { openS3Server, type S3Server } from "#test/blobs/s3-server";
import { startHttpServer, type TestServer } from "#test/http-server";

let s3: S3Server;
let blobs: Awaited<ReturnType<typeof blobFolder>>;
let server: TestServer;
beforeAll(async () => {
  s3 = await openS3Server();
  blobs = await blobFolder({ store: openQuickly(s3), links: true });
  server = await startHttpServer({ apiKeys: [{ name: "all", role: "admin", secret: "all-secret" }] }, { blobs });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await blobs[Symbol.asyncDispose]();
  await s3[Symbol.asyncDispose]();
});
beforeEach(() => {
  s3.faults = [];
  s3.requests.length = 0;
});

const headers = { authorization: "Bearer all-secret" };

const put = (bytes: Buffer<ArrayBuffer>) =>
  server.fetch(`/api/blobs/${sha256Of(bytes)}`, { method: "PUT", body: new Blob([bytes]), headers });

/** Publishes a file. @returns the path of its bytes */
async function publish(bytes: Buffer<ArrayBuffer>, file: { name: string; mediaType: string }): Promise<string> {
  await put(bytes);
  const data = { ...file, size: bytes.length, sha256: sha256Of(bytes) };
  const response = await server.post("artifact.create", JSON.stringify({ type: "file", data }), headers);
  return `/api/artifacts/${(await response.json()).result.data.id}/data`;
}

const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());
const REPORT = { name: "report.pdf", mediaType: "application/pdf" };

describe("files in a bucket", () => {
  it("are sent whole where the connection to the bucket is lost meanwhile", async () => {
    const bytes = randomBytes(900_000);
    const path = await publish(bytes, REPORT);
    s3.faults = ["cut", { status: 503, code: "SlowDown" }, "cut"];
    expect((await bytesOf(await server.fetch(path, { headers }))).equals(bytes)).toBe(true);
  });

  it("give 503 while the bucket does not respond, and 507 while it is full", async () => {
    const path = await publish(randomBytes(900_000), REPORT);
    s3.faults = Array(6).fill({ status: 503, code: "SlowDown" });
    expect((await server.fetch(path, { headers })).status).toBe(503);
    const bytes = randomBytes(200_000);
    s3.faults = Array(6).fill("reset");
    const failed = await put(bytes);
    expect([failed.status, await failed.text()]).toEqual([503, expect.not.stringContaining(s3.bucket)]);
    s3.faults = [{ status: 507, code: "XMinioStorageFull" }];
    expect((await put(bytes)).status).toBe(507);
    expect((await put(bytes)).status).toBe(201);
  });
});

describe("links to the bucket", () => {
  const bytes = randomBytes(1_500_000);

  it("are where a program is redirected to, without its API key", async () => {
    const path = await publish(bytes, REPORT);
    const redirect = await server.fetch(path, { headers });
    expect([redirect.status, redirect.headers.get("cache-control")]).toEqual([302, "no-store"]);
    expect(new URL(redirect.headers.get("location") ?? "").origin).toBe(s3.url);
    const response = await server.fetch(path, { headers, redirect: "follow" });
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/pdf"]);
    expect(response.headers.get("content-disposition")).toContain(`filename="report.pdf"`);
    expect((await bytesOf(response)).equals(bytes)).toBe(true);
    const ranged = { ...headers, range: "bytes=7-8" };
    const part = await server.fetch(path, { headers: ranged, redirect: "follow" });
    expect([part.status, (await bytesOf(part)).equals(bytes.subarray(7, 9))]).toEqual([206, true]);
  });

  it("need the same rights as the bytes", async () => {
    const path = await publish(bytes, REPORT);
    expect((await server.fetch(path)).status).toBe(401);
  });

  it("are not for browsers, small files, what the client has, and HEAD", async () => {
    const path = await publish(bytes, REPORT);
    const status = async (more: Record<string, string>, method = "GET", at = path) =>
      (await server.fetch(at, { method, headers: { ...headers, ...more } })).status;
    expect(await status({ "sec-fetch-site": "same-origin" })).toBe(200);
    expect(await status({}, "HEAD")).toBe(200);
    expect(await status({ "if-none-match": `"${sha256Of(bytes)}"` })).toBe(304);
    expect(await status({ "if-none-match": `"other"` })).toBe(200);
    expect(await status({}, "GET", await publish(randomBytes(1024 * 1024), REPORT))).toBe(200);
    expect(await status({}, "GET", await publish(randomBytes(1024 * 1024 + 1), REPORT))).toBe(302);
  });

  it("are not for what is stored compressed", async () => {
    const text = Buffer.from("word ".repeat(300_000));
    const response = await server.fetch(await publish(text, { name: "a.txt", mediaType: "text/plain" }), { headers });
    expect([response.status, (await bytesOf(response)).equals(text)]).toEqual([200, true]);
  });

  it("give scripts as text", async () => {
    const path = await publish(bytes, { name: "a.js", mediaType: "text/javascript" });
    const response = await server.fetch(path, { headers, redirect: "follow" });
    expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  });
});
