import { link, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { codeOf, StartupError } from "#db/startup-error";
import { isListening } from "./liveness";
import { isRunning } from "./processes";

// The key of the liveness address in the file; other versions of Vitrine read and write it too.
export const LIVENESS = "door";

const LockFile = z.object({
  pid: z.number(),
  /** The address of the server. */
  address: z.string(),
  [LIVENESS]: z.object({ path: z.string() }).or(z.object({ port: z.number() })),
  /** The folder of its sockets, removed together with the file. */
  sockets: z.string().nullable(),
  /** Its PostgreSQL, once that runs. */
  postgres: z.object({ pid: z.number(), host: z.string(), port: z.number() }).nullable(),
});
type LockFile = z.infer<typeof LockFile>;

/** The process that locks a data folder. */
export interface LockOwner extends Omit<LockFile, typeof LIVENESS | "postgres"> {
  liveness: LockFile[typeof LIVENESS];
}

export interface FolderLock {
  /** Adds the PostgreSQL that runs to the file. */
  setPostgres(postgres: LockFile["postgres"]): Promise<void>;
  release(): Promise<void>;
}

/**
 * Locks a data folder for a process, by `instance.json` in it.
 * @throws StartupError with the address of the server that has the lock
 */
export async function lockFolder(folder: string, { liveness, ...owner }: LockOwner): Promise<FolderLock> {
  const file = join(folder, "instance.json");
  const draft = join(folder, `instance.new-${process.pid}`);
  const write = (postgres: LockFile["postgres"]) => {
    const text = JSON.stringify({ ...owner, [LIVENESS]: liveness, postgres }, null, 2);
    return writeFile(draft, `${text}\n`, { mode: 0o600 });
  };
  await write(null);
  // Creating a link is atomic, so that of two starts one gets the lock.
  try {
    while (!(await createLink(draft, file))) await removeStale(file, folder);
  } finally {
    await rm(draft);
  }
  await removeLeftovers(folder);
  return {
    async setPostgres(postgres) {
      await write(postgres);
      await rename(draft, file);
    },
    release: () => rm(file, { force: true }),
  };
}

/** Removes the files of starts that were killed while they locked the folder. */
async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = /^instance\.(?:new|old)-(\d+)$/.exec(name)?.[1];
    if (pid && !isRunning(Number(pid))) await rm(join(folder, name), { force: true });
  }
}

/** @throws StartupError with the address of the server that has a data folder locked */
export async function expectUnlocked(folder: string): Promise<void> {
  await expectNotRunning(folder, await readText(join(folder, "instance.json")));
}

async function expectNotRunning(folder: string, text: string | null): Promise<LockFile | null> {
  const found = text === null ? null : parse(text);
  if (!found || !(await isListening(found[LIVENESS]))) return found;
  throw new StartupError(
    `Vitrine already runs on this data at ${found.address} (process ${found.pid}): use that one, stop it, or set VITRINE_DATA to a folder other than ${folder}.`,
  );
}

/** @throws StartupError where the server that wrote the file runs */
async function removeStale(file: string, folder: string): Promise<void> {
  const text = await readText(file);
  if (text === null) return;
  const found = await expectNotRunning(folder, text);
  const aside = join(folder, `instance.old-${process.pid}`);
  await rename(file, aside).catch(() => {});
  const moved = await readText(aside);
  // Another start may have locked the folder since the file was read; its file is moved back.
  if (moved !== null && moved !== text) await rename(aside, file);
  else await rm(aside, { force: true });
  if (moved === text && found?.sockets) await rm(found.sockets, { recursive: true, force: true });
}

async function createLink(draft: string, file: string): Promise<boolean> {
  return link(draft, file).then(
    () => true,
    (error) => {
      if (codeOf(error) === "EEXIST") return false;
      throw error;
    },
  );
}

function readText(file: string): Promise<string | null> {
  return readFile(file, "utf8").catch((error) => {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  });
}

/** null for a file that a crash cut short. */
function parse(text: string): LockFile | null {
  try {
    return LockFile.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
