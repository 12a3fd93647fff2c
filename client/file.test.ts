import { randomBytes } from "node:crypto";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { blobFolder, sha256Of } from "#test/blobs/blob-folder";
import { openFaultyProxy } from "#test/faulty-proxy";
import { startHttpServer, type TestServer } from "#test/http-server";
import { connect, type Vitrine } from "./connect";

let blobs: Awaited<ReturnType<typeof blobFolder>>;
let server: TestServer;
let vitrine: Vitrine;
beforeAll(async () => {
  blobs = await blobFolder();
  server = await startHttpServer({}, { blobs });
  vitrine = connect({ url: server.origin });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await blobs[Symbol.asyncDispose]();
});

const BYTES = randomBytes(500_000);

async function folderOf(files: Record<string, string | Uint8Array>): Promise<string> {
  const folder = join(blobs.folder, `in-${Object.keys(files).length}-${Math.random()}`);
  for (const [path, content] of Object.entries(files)) {
    await mkdir(join(folder, path, ".."), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}

const dataOf = async ({ id }: { id: string }) => (await vitrine.artifact.read.query({ id })).data;
const bytesOf = async ({ id }: { id: string }, query = "") =>
  Buffer.from(await (await server.fetch(`/api/artifacts/${id}/data${query}`)).arrayBuffer());

describe("a file", () => {
  test("is published from a path, a URL, a Blob, a File, bytes and a stream", async () => {
    const path = join(await folderOf({ "Report 1.pdf": BYTES }), "Report 1.pdf");
    const expected = { mediaType: "application/pdf", size: BYTES.length, sha256: sha256Of(BYTES) };
    for (const [source, options, data] of [
      [path, {}, { name: "Report 1.pdf", ...expected }],
      [pathToFileURL(path), {}, { name: "Report 1.pdf", ...expected }],
      [new Blob([BYTES], { type: "application/pdf" }), {}, { name: "file", ...expected }],
      [new File([BYTES], "r.pdf"), {}, { name: "r.pdf", ...expected }],
      [new Uint8Array(BYTES), { name: "a.bin", mediaType: "x/y" }, { name: "a.bin", ...expected, mediaType: "x/y" }],
      [new Blob([BYTES]).stream(), { name: "s.pdf" }, { name: "s.pdf", ...expected }],
    ] as const) {
      const created = await vitrine.file("report", source, options);
      expect(await dataOf(created)).toEqual(data);
      expect((await bytesOf(created)).equals(BYTES)).toBe(true);
    }
  });

  test("may be called __proto__ in a folder, where names that are equal in NFC are rejected", async () => {
    const created = await vitrine.files("odd", await folderOf({ ["__proto__"]: "p", a: "a" }));
    expect(await dataOf(created)).toMatchObject({ files: [{ path: "__proto__" }, { path: "a" }] });
    await expect(vitrine.files("odd", await folderOf({ "\u00fc": "1", "u\u0308": "2" }))).rejects.toMatchObject({
      code: "BAD_REQUEST",
      message: expect.stringContaining("twice"),
    });
  });

  test("that cannot be read, or has another form, is rejected", async () => {
    await expect(vitrine.file("a", "/nowhere/at.all")).rejects.toMatchObject({
      code: "BAD_REQUEST",
      message: "Cannot read /nowhere/at.all (ENOENT).",
    });
    await expect(vitrine.file("a", 1 as never)).rejects.toMatchObject({ code: "BAD_REQUEST" });
    await expect(vitrine.file("a", new Blob(["x"]), { name: "a/b" })).rejects.toMatchObject({
      details: { field: "data.name" },
    });
    await expect(vitrine.file("a", new Blob([randomBytes(blobs.maxFile + 1)]))).rejects.toMatchObject({
      code: "PAYLOAD_TOO_LARGE",
    });
  });

  test("is sent again after a lost connection, and not at all where it is there", async () => {
    await using proxy = await openFaultyProxy(server.origin);
    const through = connect({ url: proxy.url });
    const bytes = randomBytes(1000);
    const busy = { status: 503, type: "application/json", body: '{"code":"SERVICE_UNAVAILABLE","message":"Busy."}' };
    proxy.faults.push({ ...busy, status: 200, body: `[{"sha256":"${sha256Of(bytes)}","there":false}]` }, busy, "drop");
    const upload = `/api/blobs/${sha256Of(bytes)}`;
    await through.file("report", new Blob([bytes]));
    const created = expect.stringMatching(/artifact\.create/);
    expect(proxy.requests).toEqual(["/api/blobs", upload, upload, upload, created]);
    proxy.requests.length = 0;
    await through.file("report", new Blob([bytes]));
    expect(proxy.requests).toEqual(["/api/blobs", created]);
  });
});

describe("a folder", () => {
  test("is published with the paths in it, without links, and equal files are sent once", async () => {
    const folder = await folderOf({
      "index.html": "<h1>",
      "data/a.csv": "a\n",
      "data/u\u0308.csv": "a\n",
      "data/deep/e": "",
    });
    await symlink(join(folder, "index.html"), join(folder, "link.html"));
    const created = await vitrine.files("site", folder);
    const entry = (path: string, mediaType: string, text: string) => ({
      path,
      mediaType,
      size: text.length,
      sha256: sha256Of(text),
    });
    expect(await dataOf(created)).toEqual({
      files: [
        entry("data/a.csv", "text/csv", "a\n"),
        entry("data/deep/e", "application/octet-stream", ""),
        entry("data/\u00fc.csv", "text/csv", "a\n"),
        entry("index.html", "text/html", "<h1>"),
      ],
    });
    expect((await bytesOf(created, "?path=data/a.csv")).toString()).toBe("a\n");
    expect(await vitrine.files("site", folder, { ifChanged: true })).toMatchObject({ id: created.id, unchanged: true });
  });

  test("is published from Blobs by their path", async () => {
    const created = await vitrine.files("blobs", { "a/b.txt": new Blob(["b"]), "c.json": new Uint8Array([123, 125]) });
    expect(created).toMatchObject({ type: "files", rows: 2, size: 3 });
  });

  test.each([
    [{}, /0 files/],
    [{ "../a": new Blob() }, /"\.\."/],
    [{ a: new Blob(), "a/b": new Blob() }, /both as a file and as a folder/],
  ])("%j is rejected", async (source, message) => {
    await expect(vitrine.files("a", source)).rejects.toMatchObject({
      code: "BAD_REQUEST",
      message: expect.stringMatching(message),
    });
  });
});
