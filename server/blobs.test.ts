import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { deleteAbandoned } from "./blobs";

it("deletes the spool folders that were not written for a day, and nothing else", async () => {
  const parent = await mkdtemp(join(tmpdir(), "vitrine-spools-"));
  const before = new Date(Date.now() - 25 * 3_600_000);
  for (const name of ["vitrine-spool-old", "vitrine-spool-slow", "vitrine-spool-new", "other"]) {
    const file = join(parent, name, "x.part");
    await mkdir(join(parent, name));
    await writeFile(file, "x");
    if (name !== "vitrine-spool-slow") await utimes(file, before, before);
    if (name !== "vitrine-spool-new") await utimes(join(parent, name), before, before);
  }
  await deleteAbandoned(parent);
  expect((await readdir(parent)).sort()).toEqual(["other", "vitrine-spool-new", "vitrine-spool-slow"]);
  await rm(parent, { recursive: true });
});
