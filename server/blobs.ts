import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openBlobStore } from "#blobs/open";
import { BlobStoreError } from "#blobs/store";
import type { Pools } from "#db/postgres";
import { StartupError } from "#db/startup-error";
import { expectStore } from "./models/blob";
import { type Blobs, DATABASE_ONLY, setBlobs } from "./models/data/blobs";
import { startStoringBlobsWhereEmpty } from "./models/data-switch";
import type { Env } from "./process/env";

/**
 * Opens the blob store of this process.
 * @throws StartupError where it cannot be used, or is not that of the database
 */
export async function openBlobs(
  pools: Pools,
  { blobs: address, aws, blobLinks, inline, maxFile, ...env }: Settings & Location,
): Promise<Blobs> {
  try {
    const store = address === undefined ? null : openBlobStore(address, aws);
    await expectStore(pools.long, store);
    const blobs = { store, inline, maxFile, spool: await createSpool(env), links: blobLinks === "redirect" };
    setBlobs(blobs);
    await startStoringBlobsWhereEmpty(pools);
    return blobs;
  } catch (error) {
    if (error instanceof BlobStoreError) throw new StartupError(error.message);
    throw error;
  }
}

type Settings = Pick<Env, "blobs" | "aws" | "blobLinks" | "inline" | "maxFile">;
type Location = Pick<Env, "databaseUrl" | "dataDir">;

/** In the data folder, which is on a disk, where there is one: it is that of this process alone. */
async function createSpool({ databaseUrl, dataDir }: Location): Promise<string> {
  if (databaseUrl !== undefined) {
    await deleteAbandoned(tmpdir());
    return mkdtemp(join(tmpdir(), SPOOL));
  }
  const spool = join(dataDir, "spool");
  await rm(spool, { recursive: true, force: true });
  return spool;
}

/** What the names of spool folders in a shared one begin with. */
const SPOOL = "vitrine-spool-";

const DAY = 86_400_000;

/** Deletes the spool folders of processes that were killed: nothing was written in them for a day. */
export async function deleteAbandoned(parent: string): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  for (const folder of names.filter((name) => name.startsWith(SPOOL)).map((name) => join(parent, name))) {
    // Those of other users cannot be read.
    const files = await readdir(folder).catch(() => null);
    if (!files) continue;
    const paths = [folder, ...files.map((name) => join(folder, name))];
    const written = await Promise.all(paths.map((path) => stat(path).catch(() => null)));
    if (written.some((found) => found && found.mtimeMs > Date.now() - DAY)) continue;
    await rm(folder, { recursive: true, force: true }).catch(() => {});
  }
}

/** Deletes what was being received. */
export async function closeBlobs({ spool }: Blobs): Promise<void> {
  setBlobs(DATABASE_ONLY);
  await rm(spool, { recursive: true, force: true });
}
