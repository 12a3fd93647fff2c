import { afterAll, beforeAll, expect, test } from "vitest";
import { expectStore } from "#server/models/blob";
import { DATABASE_ONLY, setBlobs } from "#server/models/data/blobs";
import { blobFolder } from "#test/blobs/blob-folder";
import { openShell, type Shell } from "#test/cli";

let shell: Shell;
let blobs: Awaited<ReturnType<typeof blobFolder>>;
beforeAll(async () => {
  shell = await openShell();
  blobs = await blobFolder();
});
afterAll(async () => {
  setBlobs(DATABASE_ONLY);
  await shell[Symbol.asyncDispose]();
  await blobs[Symbol.asyncDispose]();
});

test("large data moves to the blob store and back, where there is one", async () => {
  const { server } = shell;
  await server.post("artifact.create", JSON.stringify({ key: "large", data: "x".repeat(100_000) }));
  expect(await shell.run(["blobs", "move"])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("set VITRINE_BLOBS"),
  });
  setBlobs(blobs);
  await expectStore(server.db, blobs.store);
  expect(await shell.json(["blobs", "move"])).toEqual({ moved: 1, bytes: 100_002, lost: 0 });
  expect((await shell.run(["blobs", "move"])).stdout).toMatch(
    /^Moved the data of 0 versions .* to the blob store\.\n$/,
  );
  expect((await shell.run(["blobs", "move", "--inline"])).stdout).toMatch(
    /^Moved the data of 1 version .* into the database\.\n$/,
  );
  expect((await shell.run(["blobs", "copy"])).code).toBe(2);
});
