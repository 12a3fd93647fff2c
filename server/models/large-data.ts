import { randomUUID } from "node:crypto";
import { mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { compressFile } from "#blobs/compression";
import { type BlobStore, BlobStoreError } from "#blobs/store";
import type { RawJson } from "#contract/raw-json";
import type { Database } from "#db/postgres";
import { textPieces } from "#formats/json-text";
import type { Author, InSlot } from "./author";
import { allOf, storeBlob } from "./blob";
import { blobs } from "./data/blobs";
import { storesBlobs } from "./data-switch";
import { sha256Of } from "./measure";

/** How long the blob store may take for a text, in milliseconds, and how many bytes more it stores in each: then it counts as silent. */
const LIMIT = { base: 3_000, pace: 4_000 };

/** How many texts of a request are stored at once. */
const MAX_CONCURRENT = 4;

const NONE: ReadonlySet<string> = new Set();

/** Whether data above the inline limit becomes blobs, as far as this process knows without a statement. */
export function isLarge(data: RawJson | undefined): boolean {
  const { store, inline } = blobs();
  return store !== null && data !== undefined && data.bytes > inline;
}

/**
 * Stores data above the inline limit as blobs, before the transaction that names them. Where there is no blob store, or older
 * servers may still run, data stays in the database. Others have the slot of the request meanwhile.
 * @returns the hashes of what was stored
 * @throws BlobStoreError for a store that fails or is silent: nothing is written then
 */
export async function storeLarge(
  db: Database,
  all: readonly { data?: RawJson | undefined }[],
  author: Author,
): Promise<ReadonlySet<string>> {
  const { store, spool } = blobs();
  const large = all.flatMap(({ data }) => (data && isLarge(data) ? [data] : []));
  if (!store || large.length === 0 || !(await storesBlobs(db))) return NONE;
  const hashes = new Set<string>();
  const left = large.values();
  const work = async (inSlot?: InSlot) => {
    for (const data of left) {
      const sha256 = await sha256Of(data);
      if (hashes.has(sha256)) continue;
      hashes.add(sha256);
      await storeText(db, withinLimit(store), { data, sha256, spool }, author, inSlot);
    }
  };
  const storeAll = (inSlot?: InSlot) => Promise.all(Array.from({ length: MAX_CONCURRENT }, () => work(inSlot)));
  await (author.outsideSlot ? author.outsideSlot(storeAll) : storeAll());
  return hashes;
}

/** The same store, but one that is silent fails in time. */
export function withinLimit(store: BlobStore): Pick<BlobStore, "put" | "has"> {
  return {
    put: (name, file) => within(LIMIT.base + file.size / LIMIT.pace, store.put(name, file)),
    has: (name) => within(LIMIT.base, store.has(name)),
  };
}

/** Data that is to be stored, and the folder for the file that is read then. */
interface Text {
  data: RawJson;
  sha256: string;
  spool: string;
}

/** The result of work, which goes on where it takes longer than so many milliseconds. */
async function within<Result>(milliseconds: number, work: Promise<Result>): Promise<Result> {
  const seconds = Math.ceil(milliseconds / 1_000);
  const error = new BlobStoreError("unavailable", `The blob store did not respond within ${seconds} s.`);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(reject, milliseconds, error);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Stores data as a blob, compressed where that is smaller. */
export async function storeText(
  db: Database,
  store: Pick<BlobStore, "put" | "has">,
  text: Text,
  author: Author,
  inSlot?: InSlot,
): Promise<void> {
  await using file = await writeText(text);
  await using compressed = await compressFile(file, text.spool);
  await storeBlob(db, store, { sha256: text.sha256, size: file.size, path: file.path, compressed }, author, inSlot);
}

/** Writes data to a file, a piece at a time, which is deleted when it is disposed of. */
async function writeText({ data, spool }: Omit<Text, "sha256">) {
  await mkdir(spool, { recursive: true, mode: 0o700 });
  const path = join(spool, `${randomUUID()}.data`);
  const text = { path, size: data.bytes, [Symbol.asyncDispose]: () => rm(path, { force: true }) };
  await using file = await open(path, "wx", 0o600);
  for (const piece of textPieces(data.text())) await file.writeFile(piece);
  return text;
}

/**
 * Those of some hashes that data may name as blobs: they are stored, and are not deleted until the transaction ends; nor are they
 * moved back into the database.
 */
export async function lockLarge(tx: Database, hashes: Iterable<string>): Promise<ReadonlySet<string>> {
  const all = [...hashes];
  if (all.length === 0) return NONE;
  const rows = await tx.execute<{ sha256: string }>(sql`
    select encode(b.sha256, 'hex') as sha256 from blob b, blob_store s
    where b.sha256 = ${allOf(all)} and b.stored is not null and s.data_since is not null
    order by b.sha256 for key share of b for share of s`);
  return new Set(rows.map(({ sha256 }) => sha256));
}

/** The blob that data becomes, as far as it is locked; null for data in the row. */
export function blobOf(data: RawJson | undefined, sha256: string, locked: ReadonlySet<string>): string | null {
  return isLarge(data) && locked.has(sha256) ? sha256 : null;
}
