import { tmpdir } from "node:os";
import type { BlobStore } from "#blobs/store";
import { processSingleton } from "#db/process-singleton";

/** Where the bytes of files and of large JSON data are, and how large they may be. */
export interface Blobs {
  /** null: files up to `inline` are in the database, as is all JSON data, and there are no larger files. */
  store: BlobStore | null;
  /** In bytes. */
  inline: number;
  /** The largest file, in bytes. */
  maxFile: number;
  /** The folder of files that are being received. */
  spool: string;
  /** Whether programs that download large files are redirected to links of the store. */
  links?: boolean;
}

/** For a server that was started without configuration. */
export const DATABASE_ONLY: Blobs = { store: null, inline: 64 * 1024, maxFile: 64 * 1024, spool: tmpdir() };

const current = processSingleton("blobs", () => ({ blobs: DATABASE_ONLY }));

/** Those of this process. */
export function blobs(): Blobs {
  return current.blobs;
}

/** Makes these the blobs of this process. */
export function setBlobs(blobs: Blobs): void {
  current.blobs = blobs;
}
