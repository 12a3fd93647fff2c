import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { openBlobStore } from "#blobs/open";
import type { Blobs } from "#server/models/data/blobs";

/** A blob store in a folder of its own, with a small limit, which is deleted at the end. */
export async function blobFolder(limits: Partial<Blobs> = {}): Promise<Blobs & AsyncDisposable & { folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), "vitrine-blobs-"));
  return {
    folder,
    store: openBlobStore(pathToFileURL(join(folder, "store")).href, {}),
    inline: 64 * 1024,
    maxFile: 4 * 1024 * 1024,
    spool: join(folder, "spool"),
    ...limits,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

export function sha256Of(bytes: string | Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
