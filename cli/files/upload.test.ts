import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { blobFolder, sha256Of } from "#test/blobs/blob-folder";
import { openShell, type Shell } from "#test/cli";

let blobs: Awaited<ReturnType<typeof blobFolder>>;
let shell: Shell;
beforeAll(async () => {
  blobs = await blobFolder();
  shell = await openShell({}, { blobs });
});
afterAll(async () => {
  await shell[Symbol.asyncDispose]();
  await blobs[Symbol.asyncDispose]();
});

const PDF = Buffer.concat([Buffer.from("%PDF-1.4\n"), Buffer.alloc(100_000, 7)]);

const objectOf = (sha256: string) => join(blobs.folder, "store", "sha256", sha256.slice(0, 2), sha256);

async function push(...args: string[]) {
  const created = z.object({ id: z.string(), type: z.string() }).parse(await shell.json(["push", ...args]));
  const shown = z.object({ data: z.unknown() }).parse(await shell.json(["show", created.id]));
  return { ...created, data: shown.data };
}

test.each([
  ["report.pdf", PDF, [], "application/pdf"],
  ["model.unknown", Buffer.from([0, 1, 2, 3]), [], "application/octet-stream"],
  ["table.csv", Buffer.from("a\n1\n"), ["--type", "file"], "text/csv"],
])("push of %s keeps the file, and show --file prints it", async (name, bytes, args, mediaType) => {
  const { id, type, data } = await push(await shell.file(name, bytes), ...args);
  expect([type, data]).toEqual(["file", { name, mediaType, size: bytes.length, sha256: sha256Of(bytes) }]);
  const response = await shell.server.fetch(`/api/artifacts/${id}/data`);
  expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
  if (type === "file" && bytes.every((byte) => byte < 128)) {
    expect((await shell.run(["show", id, "--file"])).stdout).toBe(bytes.toString());
  }
});

test("push of a folder publishes its files as one version, and diff compares them by path", async () => {
  const folder = join(shell.folder, "site");
  await mkdir(join(folder, "data"), { recursive: true });
  await writeFile(join(folder, "index.html"), "<h1>");
  await writeFile(join(folder, "data", "a.csv"), "a\n");
  const { type, id } = await push("site", "--key", "site");
  expect(type).toBe("files");
  expect((await shell.run(["show", id, "--path", "data/a.csv"])).stdout).toBe("a\n");
  expect((await shell.run(["show", id, "--path", "none"])).stderr).toMatch(/no file "none"/);
  await writeFile(join(folder, "data", "a.csv"), "a\n1\n");
  await writeFile(join(folder, "new.txt"), "new");
  await push("site", "--key", "site");
  const { stdout } = await shell.run(["diff", "site@1", "site@2"]);
  expect(stdout).toMatch(/new\.txt/);
  expect(stdout).toMatch(/data\/a\.csv/);
  expect(stdout).not.toMatch(/index\.html/);
  expect((await shell.run(["push", "site", "--key", "site", "--if-changed"])).stdout).toMatch(/\(unchanged\)/);
});

test("a backup has files, and skips them on request", async () => {
  await push(await shell.file("kept.pdf", PDF), "--key", "kept");
  const full = z.object({ bytes: z.number() }).parse(await shell.json(["backup", "full.backup"]));
  const short = z.object({ bytes: z.number() }).parse(await shell.json(["backup", "short.backup", "--files", "skip"]));
  expect(full.bytes).toBeGreaterThan(short.bytes);
  expect((await shell.run(["backup", "x.backup", "--files", "none"])).code).toBe(2);
  expect(await shell.json(["doctor", "--all"])).toMatchObject({ violations: [] });
  const unknown = "f".repeat(64);
  await mkdir(join(blobs.folder, "store", "sha256", "ff"), { recursive: true });
  await writeFile(join(blobs.folder, "store", "sha256", "ff", unknown), "of an older database");
  const counted = await shell.run(["doctor"]);
  expect(counted).toMatchObject({ code: 0, stdout: expect.stringContaining("1 file of the blob store (20 B)") });
  expect(counted.stdout).toContain(unknown);
  expect(await shell.json(["doctor", "--delete-orphans"])).toMatchObject({ orphans: { count: 1, bytes: 20 } });
  expect(await shell.json(["doctor"])).toMatchObject({ orphans: { count: 0 } });
  await rm(objectOf(sha256Of(PDF)));
  const { code, stdout } = await shell.run(["doctor"]);
  expect([code, stdout]).toEqual([1, expect.stringMatching(/law 15 {2}.*not in the blob store/)]);
  await shell.run(["doctor", "--repair"]);
  await push(await shell.file("kept.pdf", PDF), "--key", "kept");
  expect(await shell.json(["doctor"])).toMatchObject({ violations: [] });
});
