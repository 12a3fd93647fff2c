import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BlobStore } from "#blobs/store";
import { LOCAL } from "#server/models/author";
import { blobFolder, sha256Of } from "#test/blobs/blob-folder";
import { startHttpServer, type TestServer } from "#test/http-server";

let blobs: Awaited<ReturnType<typeof blobFolder>>;
let server: TestServer;
beforeAll(async () => {
  blobs = await blobFolder();
  server = await startHttpServer(
    {
      maxData: 4 * 1024 * 1024,
      apiKeys: [
        { name: "all", role: "admin", secret: "all-secret" },
        { name: "some", role: "read", secret: "some-secret", keys: "reports/*" },
      ],
    },
    { blobs },
  );
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await blobs[Symbol.asyncDispose]();
});

const ALL = { authorization: "Bearer all-secret" };

async function entry(bytes: Uint8Array | string, mediaType: string) {
  const sha256 = sha256Of(bytes);
  await server.fetch(`/api/blobs/${sha256}`, { method: "PUT", body: new Blob([Buffer.from(bytes)]), headers: ALL });
  return { mediaType, size: bytes.length, sha256 };
}

async function create(input: object) {
  const response = await server.post("artifact.create", JSON.stringify(input), ALL);
  const { result, error } = await response.json();
  return { status: response.status, ...result?.data, ...error?.data, message: error?.message };
}

const get = (path: string, headers: Record<string, string> = {}, method = "GET") =>
  server.fetch(path, { method, headers: { ...ALL, "accept-encoding": "identity", ...headers } });

const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

describe("a file", () => {
  const bytes = randomBytes(300_000);

  it("has its size, and is downloaded with its name and media type, in ranges, and never runs", async () => {
    const data = { name: "Größe (1).pdf", ...(await entry(bytes, "application/pdf")) };
    const { id, size } = await create({ key: "report", type: "file", data });
    expect(size).toBe(300_000);
    const response = await get(`/api/artifacts/${id}/data`);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "application/pdf",
      "content-length": "300000",
      "accept-ranges": "bytes",
      etag: `"${data.sha256}"`,
      "content-disposition": `attachment; filename="Gr__e _1_.pdf"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%281%29.pdf`,
      "x-content-type-options": "nosniff",
      "content-security-policy": expect.stringContaining("sandbox"),
    });
    expect((await bytesOf(response)).equals(bytes)).toBe(true);
    const part = await get(`/api/artifacts/key/report/latest/data?as=file`, { range: "bytes=299990-" });
    expect([part.status, part.headers.get("content-range")]).toEqual([206, "bytes 299990-299999/300000"]);
    expect((await bytesOf(part)).equals(bytes.subarray(299_990))).toBe(true);
    expect((await get(`/api/artifacts/${id}/data`, { "if-none-match": `"${data.sha256}"` })).status).toBe(304);
    expect((await get(`/api/artifacts/${id}/data`, { range: "bytes=300000-" })).status).toBe(416);
    const head = await get(`/api/artifacts/${id}/data`, {}, "HEAD");
    expect([head.status, head.headers.get("content-length"), (await bytesOf(head)).length]).toEqual([200, "300000", 0]);
    const json = await get(`/api/artifacts/${id}/data?as=json`);
    expect(await json.json()).toEqual(data);
  });

  describe("that is stored compressed", () => {
    const text = Buffer.from("city,people\nÅlesund,67114\n".repeat(20_000));
    let path = "";
    let tag = "";
    let stored: Buffer;
    beforeAll(async () => {
      const data = { name: "cities.csv", ...(await entry(text, "text/csv")) };
      path = `/api/artifacts/${(await create({ type: "file", data })).id}/data`;
      tag = data.sha256;
      stored = await readFile(join(blobs.folder, "store", "sha256", tag.slice(0, 2), `${tag}.gz`));
    });
    /** As it was sent: `fetch` decodes. */
    const raw = (headers: Record<string, string>, method = "GET") =>
      new Promise<{ headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
        const options = { method, headers: { ...ALL, ...headers } };
        request(`${server.origin}${path}`, options, async (response) =>
          resolve({ headers: response.headers, body: await buffer(response) }),
        )
          .on("error", reject)
          .end();
      });

    it("is sent as it is stored where that is accepted, and else plain", async () => {
      expect([stored.length < text.length / 10, gunzipSync(stored).equals(text)]).toEqual([true, true]);
      const coded = { "content-encoding": "gzip", etag: `"${tag}-gzip"`, vary: "accept-encoding" };
      for (const accepted of ["gzip", "gzip, deflate, br", "*"]) {
        const { headers, body } = await raw({ "accept-encoding": accepted });
        expect(headers, accepted).toMatchObject(coded);
        expect(body.equals(stored)).toBe(true);
      }
      expect((await raw({ "accept-encoding": "gzip" }, "HEAD")).headers).toMatchObject(coded);
      for (const accepted of ["identity", "gzip;q=0", "gzip;q=0.5, identity"]) {
        const { headers, body } = await raw({ "accept-encoding": accepted });
        expect([headers["content-encoding"], headers.etag], accepted).toEqual([undefined, `"${tag}"`]);
        expect([headers["content-length"], body.equals(text)]).toEqual([String(text.length), true]);
      }
      const { headers, body } = await raw({ "accept-encoding": "gzip;q=0, br" });
      expect([headers["content-encoding"], brotliDecompressSync(body).equals(text)]).toEqual(["br", true]);
    });

    it("has ranges of its plain bytes, and is known by the entity tag of either form", async () => {
      const { headers, body } = await raw({ "accept-encoding": "gzip", range: "bytes=300001-300010" });
      expect([headers["content-range"], headers.etag]).toEqual([`bytes 300001-300010/${text.length}`, `"${tag}"`]);
      expect(body.equals(text.subarray(300_001, 300_011))).toBe(true);
      for (const known of [`"${tag}"`, `"${tag}-gzip"`, `W/"${tag}-gzip"`]) {
        expect((await get(path, { "if-none-match": known })).status).toBe(304);
      }
      const { headers: unchanged } = await get(path, { "if-none-match": `"${tag}-gzip"` });
      expect([unchanged.get("etag"), unchanged.get("vary")]).toEqual([`"${tag}-gzip"`, "accept-encoding"]);
      const other = await get(path, { range: "bytes=0-1", "if-range": `"${tag}-gzip"` });
      expect(other.status).toBe(200);
    });

    it("is sent as it is where the database has it, whatever the row says of the store", async () => {
      const data = { name: "inline.csv", ...(await entry("a,b\n1,2\n", "text/csv")) };
      const { id } = await create({ type: "file", data });
      const hash = `decode('${data.sha256}', 'hex')`;
      await server.db.execute(
        `update blob set content = decode('612c620a312c320a', 'hex'), codec = 'gzip' where sha256 = ${hash}`,
      );
      for (const accepted of ["gzip", "identity"]) {
        const response = await get(`/api/artifacts/${id}/data`, { "accept-encoding": accepted });
        expect([response.status, await response.text()]).toEqual([200, "a,b\n1,2\n"]);
      }
    });

    it("is plain in an archive, and for types that are not sent compressed", async () => {
      const file = { path: "a.csv", ...(await entry(text, "text/csv")) };
      const { id } = await create({ type: "files", data: { files: [file] } });
      const archive = await bytesOf(await get(`/api/artifacts/${id}/data`));
      expect(archive.includes(text)).toBe(true);
      const data = { ...file, path: undefined, name: "a.bin", mediaType: "application/octet-stream" };
      path = `/api/artifacts/${(await create({ type: "file", data })).id}/data`;
      const { headers, body } = await raw({ "accept-encoding": "gzip" });
      expect([headers["content-length"], body.equals(text)]).toEqual([String(text.length), true]);
    });
  });

  it.each([
    ["text/html", "text/html"],
    ["text/javascript", "text/plain; charset=utf-8"],
    ["text/javascript1.5", "text/plain; charset=utf-8"],
    ["application/x-javascript; charset=utf-8", "text/plain; charset=utf-8"],
  ])("of the media type %s is served as %s", async (mediaType, served) => {
    const data = { name: "page", ...(await entry("<script>alert(1)</script>", mediaType)) };
    const { id } = await create({ type: "file", data });
    const { headers } = await get(`/api/artifacts/${id}/data`);
    expect([headers.get("content-type"), headers.get("content-disposition")]).toEqual([
      served,
      'attachment; filename="page"',
    ]);
  });

  it("may be empty", async () => {
    const { id, size } = await create({ type: "file", data: { name: "none", ...(await entry("", "text/plain")) } });
    const response = await get(`/api/artifacts/${id}/data`);
    expect([size, response.status, await response.text()]).toEqual([0, 200, ""]);
  });

  it.each([
    [{ name: "../a" }, "data.name"],
    [{ name: "" }, "data.name"],
    [{ name: "a\u0000" }, "data.name"],
    [{ name: "u\u0308" }, "data.name"],
    [{ mediaType: "html" }, "data.mediaType"],
    [{ mediaType: 'text/html; x="\r\n"' }, "data.mediaType"],
    [{ size: 1.5 }, "data.size"],
    [{ size: 4 }, "data"],
    [{ sha256: "x" }, "data.sha256"],
    [{ sha256: "a".repeat(64) }, "data"],
    [{ more: 1 }, "data.more"],
  ])("is refused with %j", async (change, field) => {
    const data = { name: "a", ...(await entry("abc", "text/plain")), ...change };
    expect(await create({ type: "file", data })).toMatchObject({ status: 400, code: "BAD_REQUEST", field });
  });

  it("is refused as any other JSON, keeps its files, and other fields of it can change", async () => {
    for (const data of [null, 1, "a", [], {}]) expect((await create({ type: "file", data })).status).toBe(400);
    const { id } = await create({ type: "file", data: { name: "a", ...(await entry("abc", "text/plain")) } });
    const update = (input: object) => server.post("artifact.update", JSON.stringify({ id, ...input }), ALL);
    expect((await update({ description: "new" })).status).toBe(200);
    expect((await update({ data: { name: "b" } })).status).toBe(400);
    expect(await (await get(`/api/artifacts/${id}/data`)).text()).toBe("abc");
  });

  it("outside of the keys of a role is not found", async () => {
    const { id } = await create({ key: "sales/a", type: "file", data: { name: "a", ...(await entry("s", "a/b")) } });
    const { id: inside } = await create({
      key: "reports/a",
      type: "file",
      data: { name: "a", ...(await entry("r", "a/b")) },
    });
    const some = { authorization: "Bearer some-secret" };
    expect((await get(`/api/artifacts/${id}/data`, some)).status).toBe(404);
    expect(await (await get(`/api/artifacts/${inside}/data`, some)).text()).toBe("r");
  });

  it("is unchanged with equal content, and is copied, deleted and restored with it", async () => {
    const data = { name: "a", ...(await entry("same", "text/plain")) };
    const first = await create({ key: "same", type: "file", data });
    expect(await create({ key: "same", type: "file", data, ifChanged: true })).toMatchObject({
      id: first.id,
      unchanged: true,
    });
    await create({ key: "same", type: "file", data: { name: "a", ...(await entry("other", "text/plain")) } });
    const copied = await server.post("artifact.makeLatest", JSON.stringify({ id: first.id }), ALL);
    const copy = (await copied.json()).result.data.id;
    await server.post("artifact.remove", JSON.stringify({ id: first.id }), ALL);
    expect((await get(`/api/artifacts/${first.id}/data`)).status).toBe(404);
    await server.post("artifact.restore", JSON.stringify({ id: first.id }), ALL);
    for (const id of [first.id, copy]) expect(await (await get(`/api/artifacts/${id}/data`)).text()).toBe("same");
  });
});

describe("a folder", () => {
  const create2 = async () => {
    const files = [
      { path: "index.html", ...(await entry("<h1>", "text/html")) },
      { path: "data/a b.csv", ...(await entry("a,b\n", "text/csv")) },
      { path: "data/copy.csv", ...(await entry("a,b\n", "text/csv")) },
    ];
    return { files, ...(await create({ key: "site", type: "files", data: { files } })) };
  };

  it("has the size and number of its files, each of which is downloaded by its path", async () => {
    const { id, size, rows } = await create2();
    expect([size, rows]).toEqual([12, 3]);
    const file = await get(`/api/artifacts/${id}/data?path=data/a%20b.csv`);
    expect([file.headers.get("content-type"), await file.text()]).toEqual(["text/csv", "a,b\n"]);
    expect(file.headers.get("content-disposition")).toBe('attachment; filename="a b.csv"');
    for (const path of ["data", "a b.csv", "", "../x"]) {
      expect((await get(`/api/artifacts/${id}/data?path=${encodeURIComponent(path)}`)).status).toBe(404);
    }
  });

  it("is a ZIP archive as a whole", async () => {
    const { id, version } = await create2();
    const response = await get(`/api/artifacts/${id}/data`);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "application/zip",
      "content-disposition": `attachment; filename="site-v${version}.zip"`,
    });
    const zip = (await bytesOf(response)).toString("latin1");
    for (const text of ["PK\u0003\u0004", "index.html", "data/a b.csv", "data/copy.csv", "<h1>"]) {
      expect(zip).toContain(text);
    }
  });

  it("answers HEAD without reading its files, and ends what a cancelled download reads", async () => {
    const file = { mediaType: "a/b", size: 2_000_000, sha256: sha256Of("endless") };
    let [opened, ended] = [0, 0];
    const endless = async () => {
      opened++;
      return new ReadableStream<Uint8Array>({
        pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024)),
        cancel: () => void ended++,
      });
    };
    const store = { get: endless } as unknown as BlobStore; // the method that is called
    await using own = await startHttpServer({}, { blobs: { ...blobs, store } });
    const hash = `decode('${file.sha256}', 'hex')`;
    await own.db.execute(`insert into blob values (${hash}, ${file.size}, null, now(), now())`);
    await own.db.execute(`insert into blob_upload values (${hash}, '${LOCAL.actor.id}', now())`);
    const files = ["a", "b"].map((path) => ({ path, ...file }));
    const created = await own.post("artifact.create", JSON.stringify({ type: "files", data: { files } }));
    const path = `/api/artifacts/${(await created.json()).result.data.id}/data`;
    const head = await own.fetch(path, { method: "HEAD" });
    expect([head.status, head.headers.get("content-type"), opened]).toEqual([200, "application/zip", 0]);
    const response = await own.fetch(path);
    const reader = response.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await expect.poll(() => [opened, ended]).toEqual([1, 1]);
  });

  it("has only files that are kept: data that a program of another version wrote names none", async () => {
    const { id, files } = await create2();
    await server.db.execute(`delete from artifact_file where artifact_id = '${id}' and path <> 'index.html'`);
    const zip = (await bytesOf(await get(`/api/artifacts/${id}/data`))).toString("latin1");
    expect([zip.includes("index.html"), zip.includes(files[1]?.path ?? "")]).toEqual([true, false]);
    await server.db.execute(`delete from artifact_file where artifact_id = '${id}'`);
    for (const method of ["GET", "HEAD"]) expect((await get(`/api/artifacts/${id}/data`, {}, method)).status).toBe(404);
  });

  it.each([
    [["a", "a"], "twice"],
    [["a", "a/b"], "both as a file and as a folder"],
    [["/a"], "relative"],
    [["a/../b"], '".."'],
    [["a//b"], "empty name"],
    [["a\\b"], "backslashes"],
    [["C:/a"], "relative"],
    [["e\u0301"], "NFC"],
    [[], "at least 1"],
  ])("is refused with the paths %j", async (paths, message) => {
    const content = await entry("x", "a/b");
    const files = paths.map((path) => ({ path, ...content }));
    expect(await create({ type: "files", data: { files } })).toMatchObject({
      status: 400,
      message: expect.stringContaining(message),
    });
  });

  it("has at most 10,000 files", async () => {
    const content = await entry("x", "a/b");
    const files = Array.from({ length: 10_001 }, (_, n) => ({ path: `${n}`, ...content }));
    expect((await create({ type: "files", data: { files } })).status).toBe(400);
    const { status, rows, id } = await create({ type: "files", data: { files: files.slice(1) } });
    expect([status, rows]).toEqual([200, 10_000]);
    expect(await (await get(`/api/artifacts/${id}/data?path=10000`)).text()).toBe("x");
  });
});
