import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { compressFile } from "#blobs/compression";
import { type BlobStore, type Codec, nameOf } from "#blobs/store";
import type { PartHead } from "#contract/backup";
import { VitrineError } from "#contract/error";
import type { Database } from "#db/postgres";
import { artifactFile, blob } from "#db/schema";
import { isNamed, MAY_COMPRESS } from "../blob";
import type { Blobs } from "../data/blobs";
import { storesBlobs } from "../data-switch";
import { checksum } from "./backup";
import { damagedError } from "./unpack";

type BlobHead = Extract<PartHead, { part: "blob" }>;

/** Restores the files of a backup, which come in pieces, one after the other, and the data that is to be a blob. */
export function restoreFiles(tx: Database, { store, inline, spool }: Pick<Blobs, "store" | "inline" | "spool">) {
  const path = join(spool, `${randomUUID()}.restored`);
  let received = 0;

  const note = (sha256: string, codec: Codec, storedSize: number | null) =>
    tx.execute(sql`update ${blob} set stored = clock_timestamp(), codec = ${codec}, stored_size = ${storedSize}
      where sha256 = decode(${sha256}, 'hex')`);

  const keep = async ({ sha256, size }: Pick<BlobHead, "sha256" | "size">): Promise<void> => {
    const [row] = await tx.execute<{ may: boolean }>(sql`select ${MAY_COMPRESS} as may`);
    await using compressed = store && row?.may ? await compressFile({ path, size }, spool) : null;
    const codec = compressed ? "gzip" : "none";
    await store?.put(nameOf(sha256, codec), compressed ?? { path, size });
    await rm(path, { force: true });
    await note(sha256, codec, compressed?.size ?? null);
  };

  return {
    /** Stores data above the inline limit as a blob. @returns its hash; null for data that is to be in the database */
    async addData(utf8: Uint8Array): Promise<string | null> {
      if (!store || utf8.byteLength <= inline || !(await storesBlobs(tx))) return null;
      const size = utf8.byteLength;
      const sha256 = await checksum(utf8);
      await mkdir(spool, { recursive: true, mode: 0o700 });
      await writeFile(path, utf8, { mode: 0o600 });
      await tx.execute(sql`insert into ${blob} (sha256, size, created)
        values (decode(${sha256}, 'hex'), ${size}, clock_timestamp())
        on conflict (sha256) do update set condemned = null`);
      await keep({ sha256, size });
      return sha256;
    },

    /** @throws VitrineError BAD_REQUEST for a damaged file; CONFLICT for a large one where there is no blob store */
    async add(head: BlobHead, piece: Uint8Array): Promise<void> {
      const { sha256, from, size } = head;
      if (from === 0) received = 0;
      if (from !== received || from + piece.byteLength > size) throw damagedError();
      received += piece.byteLength;
      if (!store) {
        if (size > inline) throw largeError(size);
        // What is small enough is one piece.
        if (createHash("sha256").update(piece).digest("hex") !== sha256) throw damagedError();
        const content = Buffer.from(piece).toString("base64");
        await tx.execute(sql`update ${blob} set stored = clock_timestamp(), content = decode(${content}, 'base64')
          where sha256 = decode(${sha256}, 'hex')`);
        return;
      }
      await mkdir(spool, { recursive: true, mode: 0o700 });
      await using file = await open(path, from === 0 ? "w" : "a", 0o600);
      await file.writeFile(piece);
      if (received === size) await keep(head);
    },

    /**
     * Notes which of the other files the store has already.
     * @throws VitrineError CONFLICT where a version names a file that neither the backup nor the store has
     */
    async end(): Promise<void> {
      const missing = await tx.execute<{ sha256: string; path: string }>(sql`
        select encode(b.sha256, 'hex') as sha256, min(f.path) as path from ${blob} b join ${artifactFile} f on f.sha256 = b.sha256
        where b.stored is null group by b.sha256`);
      for (const { sha256, path } of missing) {
        const codec = store && (await codecIn(store, sha256));
        if (!codec) throw missingError(missing.length, path);
        await note(sha256, codec, null);
      }
    },

    /** Deletes the rows of what no version names and nobody has: the data of a backup that went into its rows. */
    async deleteUnnamed(): Promise<void> {
      await tx.execute(sql`delete from ${blob} b where b.stored is null and not ${isNamed}`);
    },

    /** Deletes what was received of a file. */
    [Symbol.asyncDispose]: () => rm(path, { force: true }),
  };
}

/** How a store has a file; null where it does not. */
async function codecIn(store: Pick<BlobStore, "has">, sha256: string): Promise<Codec | null> {
  for (const codec of ["none", "gzip"] as const) if (await store.has(nameOf(sha256, codec))) return codec;
  return null;
}

function largeError(size: number): VitrineError {
  return new VitrineError(
    "CONFLICT",
    `The backup has a file of ${size} bytes, and this server keeps small ones only: set VITRINE_BLOBS, and restore it again.`,
  );
}

function missingError(count: number, path: string): VitrineError {
  return new VitrineError(
    "CONFLICT",
    `The backup lacks the bytes of ${count} files, such as "${path}", and the blob store does not have them: set VITRINE_BLOBS to the store that does.`,
  );
}
