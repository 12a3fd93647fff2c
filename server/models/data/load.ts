import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import { openPlain } from "#blobs/compression";
import { steadyStore } from "#blobs/steady-store";
import { BlobDamaged, type BlobStore, type Codec, unlessLost } from "#blobs/store";
import { VitrineError } from "#contract/error";
import { RawJson } from "#contract/raw-json";
import { shareClass } from "#contract/shared-class";
import { decodedText } from "#db/connection/large-values";
import type { Database } from "#db/postgres";
import { runBySize } from "#formats/steps";
import { blobs } from "./blobs";

/** What stands for data that is a blob, before its hash: no JSON begins with it. */
const MARK = "blob ";

/**
 * The data of a row `d` of `artifact_data` as text, or what stands for it where it is a blob: a row of a statement that selects it is
 * completed by the functions below before it leaves the models.
 */
export const STORED_DATA: SQL = sql.raw(`coalesce(d.data::text, '${MARK}' || encode(d.blob_sha256, 'hex'))`);

/** The hash of the blob that a value of `STORED_DATA` stands for; null for data. */
export function blobIn(value: unknown): string | null {
  if (typeof value === "string") return value.startsWith(MARK) ? value.slice(MARK.length) : null;
  if (!Buffer.isBuffer(value) || value[0] !== MARK.charCodeAt(0)) return null;
  return value.toString("latin1", MARK.length);
}

/** The blob store lacks the bytes of a version's data, or has others. */
export class DataLost extends Error {
  override readonly name = "DataLost";

  /** @param id the version, as far as it is known */
  constructor(
    readonly object: string,
    readonly id: string | null,
  ) {
    super(`The blob store does not have the data of ${id === null ? "a version" : `the version ${id}`} (${object}).`);
  }
}
shareClass(DataLost, "DataLost");

interface Loading {
  /** Of which version it is, for an error. */
  id?: string;
  /** Whether its hash is compared: what is written elsewhere must be what was stored. */
  isVerified?: boolean;
  /** Ends it. */
  signal?: AbortSignal;
}

interface LoadingAll extends Omit<Loading, "id" | "signal"> {
  /** Of which version a value is. */
  idOf: (index: number) => string;
}

/** In bytes: what is looked at without a pause. */
const PIECE = 4 * 1024 * 1024;

/** How many blobs of a list are read at once. */
const MAX_CONCURRENT = 8;

/**
 * Loads the blobs that some values of `STORED_DATA` stand for, each once.
 * @param replace called with the index of each value that stands for one, and its bytes
 * @throws {DataLost} for the first one that is lost
 */
export async function loadAll(
  db: Database,
  values: readonly unknown[],
  replace: (index: number, bytes: Buffer) => void,
  { idOf, ...loading }: LoadingAll,
): Promise<void> {
  await forEachBlob(db, values, async (place, indexes, signal) => {
    const bytes = await bytesOf(place, { ...loading, signal });
    if (bytes === null) throw new DataLost(place.sha256, idOf(indexes[0]));
    for (const index of indexes) replace(index, bytes);
  });
}

type Indexes = [first: number, ...others: number[]];

/** Reads some blobs at once, each of which a value or several stand for; after an error no more. */
async function forEachBlob(
  db: Database,
  values: readonly unknown[],
  read: (place: Place, indexes: Indexes, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const blobs = new Map<string, Indexes>();
  for (const [index, value] of values.entries()) {
    const sha256 = blobIn(value);
    if (sha256 === null) continue;
    const others = blobs.get(sha256);
    if (others) others.push(index);
    else blobs.set(sha256, [index]);
  }
  if (blobs.size === 0) return;
  const places = await findPlaces(db, [...blobs.keys()]);
  const stop = new AbortController();
  const left = blobs.entries();
  const work = async () => {
    for (let next = left.next(); !next.done && !stop.signal.aborted; next = left.next()) {
      const [sha256, indexes] = next.value;
      const place = places.get(sha256);
      if (place) await read(place, indexes, stop.signal);
      else throw new DataLost(sha256, null);
    }
  };
  try {
    await Promise.all(Array.from({ length: MAX_CONCURRENT }, work));
  } finally {
    stop.abort();
  }
}

/** The data that is a blob. @throws {DataLost} */
export async function loadBlob(db: Database, sha256: string, { id, ...loading }: Loading = {}): Promise<RawJson> {
  const bytes = await bytesOf(await findPlace(db, sha256, id), loading);
  // All that was stored is UTF-8.
  if (bytes === null || !(await runBySize(bytes.byteLength, isText(bytes)))) throw new DataLost(sha256, id ?? null);
  return RawJson.fromText(await runBySize(bytes.byteLength, decodedText(bytes)), bytes.byteLength);
}

/** Whether bytes are UTF-8, looked at in steps. */
function* isText(bytes: Buffer): Generator<void, boolean> {
  for (let at = 0; at < bytes.byteLength; ) {
    let end = Math.min(at + PIECE, bytes.byteLength);
    // A piece ends where a character begins; in UTF-8 that is at most three bytes before.
    while (end > at && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
    if (end === at || !isUtf8(bytes.subarray(at, end))) return false;
    at = end;
    yield;
  }
  return true;
}

/** The same, compared with its hash; null where it is lost. */
export async function loadIntact(db: Database, sha256: string): Promise<RawJson | null> {
  const bytes = await bytesOf(await findPlace(db, sha256, undefined), { isVerified: true });
  return bytes && RawJson.fromText(await runBySize(bytes.byteLength, decodedText(bytes)), bytes.byteLength);
}

/** The text of a value of `STORED_DATA`; null where it is lost. */
export async function loadText(db: Database, value: string): Promise<string | null> {
  const sha256 = blobIn(value);
  if (sha256 === null) return value;
  const bytes = await bytesOf(await findPlace(db, sha256, undefined));
  return bytes && runBySize(bytes.byteLength, decodedText(bytes));
}

/**
 * The text of a value of `STORED_DATA` that has at most so many characters where it is not a blob; of a blob, as many of its characters.
 * @throws {DataLost}
 */
export async function loadStart(db: Database, value: string, characters: number, id: string): Promise<string> {
  const sha256 = blobIn(value);
  if (sha256 === null) return value;
  const start = await startOf(await findPlace(db, sha256, id), characters);
  if (start === null) throw new DataLost(sha256, id);
  return start;
}

/** The same of many values, some at once; null for what is lost. */
export async function loadStarts(
  db: Database,
  values: readonly (string | null)[],
  characters: number,
): Promise<(string | null)[]> {
  const starts = [...values];
  await forEachBlob(db, values, async (place, indexes, signal) => {
    const start = await startOf(place, characters, signal);
    for (const index of indexes) starts[index] = start;
  });
  return starts;
}

/** The indexes of those values of `STORED_DATA` whose blob is lost: all are read, and compared with their hashes. */
export async function findLost(db: Database, values: readonly unknown[]): Promise<Set<number>> {
  const lost = new Set<number>();
  await forEachBlob(db, values, async (place, indexes, signal) => {
    const bytes = await bytesOf(place, { isVerified: true, signal });
    if (bytes === null) for (const index of indexes) lost.add(index);
  });
  return lost;
}

/** Null where it is lost. */
function startOf(place: Place, characters: number, signal?: AbortSignal): Promise<string | null> {
  return unlessLost(readStart(place, characters, signal));
}

async function readStart(place: Place, characters: number, signal: AbortSignal | undefined): Promise<string> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let text = "";
  let left = characters;
  for await (const chunk of await chunksOf(place, 4 * characters, signal)) {
    const end = endOfCharacters(chunk, left);
    text += decoder.decode(chunk.subarray(0, end.at), { stream: true });
    left -= end.counted;
    if (end.at < chunk.byteLength) break;
  }
  return text;
}

/** Where so many characters of UTF-8 end that begin in some bytes, and how many begin there; at the end for fewer. */
function endOfCharacters(bytes: Uint8Array, characters: number): { at: number; counted: number } {
  let counted = 0;
  for (const [at, byte] of bytes.entries()) {
    if ((byte & 0xc0) === 0x80) continue;
    if (counted === characters) return { at, counted };
    counted += 1;
  }
  return { at: bytes.byteLength, counted };
}

interface Place {
  sha256: string;
  size: number;
  codec: Codec;
  /** Where the database has them. */
  content: Buffer | null;
}

async function findPlaces(db: Database, sha256s: readonly string[]): Promise<Map<string, Place>> {
  const rows = await db.execute<{ sha256: string; size: string; codec: Codec; content: string | null }>(sql`
    select encode(b.sha256, 'hex') as sha256, b.size, b.codec, encode(b.content, 'base64') as content from blob b
    where b.sha256 = any(array(select decode(each, 'hex') from json_array_elements_text(${JSON.stringify(sha256s)}::json) each))`);
  return new Map(
    rows.map(({ sha256, size, codec, content }) => [
      sha256,
      { sha256, size: Number(size), codec, content: content === null ? null : Buffer.from(content, "base64") },
    ]),
  );
}

async function findPlace(db: Database, sha256: string, id: string | undefined): Promise<Place> {
  const place = (await findPlaces(db, [sha256])).get(sha256);
  if (place) return place;
  throw new DataLost(sha256, id ?? null);
}

/** Null where they are lost. */
function bytesOf(place: Place, reading: Pick<Loading, "isVerified" | "signal"> = {}): Promise<Buffer | null> {
  return unlessLost(readBytes(place, reading));
}

async function readBytes(
  place: Place,
  { isVerified = false, signal }: Pick<Loading, "isVerified" | "signal">,
): Promise<Buffer> {
  // Joining the chunks of large data at their end would take long without a pause.
  const bytes = Buffer.allocUnsafeSlow(place.size);
  const hash = createHash("sha256");
  let size = 0;
  for await (const chunk of await chunksOf(place, place.size, signal)) {
    const isTooLong = size + chunk.byteLength > place.size;
    if (!isTooLong) bytes.set(chunk, size);
    size += chunk.byteLength;
    if (isTooLong) break;
    if (isVerified) hash.update(chunk);
  }
  const isRight = size === place.size && (!isVerified || hash.digest("hex") === place.sha256);
  if (!isRight) throw new BlobDamaged(place.sha256);
  return bytes;
}

/** How many milliseconds the blob store has to begin, and to go on: what takes longer has failed, and others need its slot. */
const LIMIT = 4_000;

/** At least so many bytes from the beginning, if there are so many. */
async function chunksOf(
  { content, ...place }: Place,
  bytes: number,
  signal: AbortSignal | undefined,
): Promise<AsyncIterable<Uint8Array> | Uint8Array[]> {
  if (content) return [content];
  const range = bytes < place.size ? { from: 0, to: bytes - 1 } : undefined;
  return openPlain(steadyStore(expectStore(), LIMIT, signal), place, range);
}

function expectStore(): BlobStore {
  const { store } = blobs();
  if (store) return store;
  throw new VitrineError(
    "SERVICE_UNAVAILABLE",
    "The data of this database is in a blob store, and this server has none: set VITRINE_BLOBS.",
  );
}
