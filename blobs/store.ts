import { shareClass } from "#contract/shared-class";

/** A place of immutable objects, each named by the hash of its plain bytes and by how it has them, see `nameOf`. */
export interface BlobStore {
  /**
   * Stores an object from a local file. Once it resolves, the object survives a crash of any machine.
   * @returns "there" where the store has it already, without reading the file; callers at the same time may all get "made"
   * @throws {BlobMismatch} where the file has other bytes; nothing is stored
   */
  put(name: string, file: SourceFile): Promise<"made" | "there">;
  /**
   * Streams an object, or the range [from, to] of it, both inclusive. `to` may be beyond its end. The stream has an error
   * where it would end early. A stream that is not read to its end is to be cancelled.
   * @throws {BlobMissing} where the store does not have it
   * @throws {RangeError} where `from` is beyond its end
   */
  get(name: string, range?: ByteRange): Promise<ReadableStream<Uint8Array>>;
  has(name: string): Promise<boolean>;
  /** Deletes objects; missing ones are ignored. */
  remove(names: readonly string[]): Promise<void>;
  /** All objects whose names are after this one, in order, in batches of at most 1,000. */
  list(after?: string): AsyncIterable<StoredObject[]>;
  /** A URL that returns this object for some seconds under that name and media type, or null if the store has no URLs. */
  link(name: string, as: LinkOptions): Promise<string | null>;
  /** Identifies the store: created with it, and the same for every process that uses it. */
  id(): Promise<string>;
}

export interface SourceFile {
  path: string;
  size: number;
  /** That of its bytes where they are compressed; the name of an object says only that of the plain ones. */
  sha256?: string | undefined;
}

export interface StoredObject {
  name: string;
  /** In bytes, as it is stored. */
  size: number;
}

export interface ByteRange {
  from: number;
  to: number;
}

export interface LinkOptions {
  name: string;
  mediaType: string;
  seconds: number;
}

/** The most names in a batch of a list, and in a request that deletes. */
export const BATCH = 1_000;

/** The store does not have the object. */
export class BlobMissing extends Error {
  override readonly name = "BlobMissing";
  constructor(readonly object: string) {
    super(`The blob store has no object ${object}.`);
  }
}
shareClass(BlobMissing, "BlobMissing");

/** The bytes of a file do not have the hash or the length that they should have. */
export class BlobMismatch extends Error {
  override readonly name = "BlobMismatch";
  constructor(readonly object: string) {
    super(`The bytes are not those of the object ${object}.`);
  }
}

/**
 * The store failed. Its message names the folder, bucket or variable, and says what to do; it is for operators. It has no
 * cause, since logs show the innermost error.
 * - full: no space left
 * - unavailable: it can be tried again
 * - misconfigured: the address, rights or credentials must be corrected
 */
export class BlobStoreError extends Error {
  override readonly name = "BlobStoreError";
  constructor(
    readonly reason: "full" | "unavailable" | "misconfigured",
    message: string,
  ) {
    super(message);
  }
}
shareClass(BlobStoreError, "BlobStoreError");

/** The store has an object with other bytes than it was given. */
export class BlobDamaged extends BlobStoreError {
  constructor(readonly object: string) {
    super("unavailable", `The object ${object} of the blob store is damaged.`);
  }
}
shareClass(BlobDamaged, "BlobDamaged");

/** What some work that reads an object resolves with; null where the store lacks that, or has other bytes. */
export async function unlessLost<Result>(work: Promise<Result>): Promise<Result | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof BlobMissing || error instanceof BlobDamaged) return null;
    throw error;
  }
}

/** How an object has its bytes. */
export type Codec = "none" | "gzip";

/**
 * The name of an object: the SHA-256 of its plain bytes in 64 lower-case hexadecimal digits, with `.gz` where they are compressed.
 * So a program that knows no compression finds nothing, and never takes one for the other.
 */
export function nameOf(sha256: string, codec: Codec): string {
  return codec === "gzip" ? `${sha256}.gz` : sha256;
}

/** The reverse of `nameOf`. */
export function parseName(name: string): { sha256: string; codec: Codec } {
  return { sha256: name.slice(0, 64), codec: name.length > 64 ? "gzip" : "none" };
}

/** The hash that the bytes of a file must have to be stored under a name. */
export function expectedHash(name: string, { sha256 }: SourceFile): string {
  return parseName(name).codec === "none" ? name : (sha256 ?? name);
}

/** Names become paths. @throws {TypeError} where it is none */
export function assertName(name: string): void {
  if (!isName(name)) throw new TypeError(`"${name.slice(0, 80)}" is not the name of an object.`);
}

export function isName(name: string): boolean {
  return /^[0-9a-f]{64}(?:\.gz)?$/.test(name);
}

/** Where an object is, from the root of a store: the same for every kind of store, so that one can be copied to another. */
export function pathOf(name: string): string {
  assertName(name);
  return `sha256/${name.slice(0, 2)}/${name}`;
}

/** Where the id of a store is, from its root. */
export const ID_PATH = "store/id";

/** @throws {BlobStoreError} where the content of `ID_PATH` is not an id */
export function parseStoreId(text: string, place: string): string {
  const id = text.trim();
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return id;
  throw new BlobStoreError(
    "misconfigured",
    `${place}/${ID_PATH} is not the id of a blob store: restore it, or name another place in VITRINE_BLOBS.`,
  );
}
