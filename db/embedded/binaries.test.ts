import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { copyBinaries, installedBinaries, withLinks } from "./binaries";

/** A folder like that of the npm packages, which have a list of links in place of the links. */
async function packageFolder() {
  const path = await mkdtemp(join(tmpdir(), "vitrine-binaries-"));
  const native = join(path, "native");
  await mkdir(join(native, "lib"), { recursive: true });
  await mkdir(join(native, "bin"));
  await writeFile(join(native, "bin", "postgres"), "");
  await writeFile(join(native, "lib", "libpq.so.5.18"), "");
  const links = [{ source: "native/lib/libpq.so.5.18", target: "native/lib/libpq.so.5" }];
  await writeFile(join(native, "pg-symlinks.json"), JSON.stringify(links));
  return { path, native, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

test("finds the PostgreSQL that npm installed", () => {
  expect(existsSync(join(installedBinaries(), "bin", "initdb"))).toBe(true);
});

test("creates missing links in place, once", async () => {
  await using folder = await packageFolder();
  const spare = join(folder.path, "spare");
  expect(await withLinks(folder.native, spare)).toBe(folder.native);
  expect(await readlink(join(folder.native, "lib", "libpq.so.5"))).toBe("libpq.so.5.18");
  expect(await withLinks(folder.native, spare)).toBe(folder.native);
  expect(existsSync(spare)).toBe(false);
});

test("a copy has the links, and is not copied again", async () => {
  await using folder = await packageFolder();
  const copy = join(folder.path, "copy");
  expect(await copyBinaries(folder.native, copy)).toBe(copy);
  expect(await readlink(join(copy, "lib", "libpq.so.5"))).toBe("libpq.so.5.18");
  await writeFile(join(copy, "bin", "postgres"), "changed");
  await copyBinaries(folder.native, copy);
  expect(await readdir(folder.path)).toEqual(["copy", "native"]);
  expect(await readFile(join(copy, "bin", "postgres"), "utf8")).toBe("changed");
});

test("leaves a folder without a list of links as it is", async () => {
  await using folder = await packageFolder();
  await rm(join(folder.native, "pg-symlinks.json"));
  expect(await withLinks(folder.native, join(folder.path, "spare"))).toBe(folder.native);
});
