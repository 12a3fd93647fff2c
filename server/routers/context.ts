import type { BlobStore } from "#blobs/store";
import type { Role } from "#contract/api-key";
import type { Json } from "#contract/json";
import type { RawJson } from "#contract/raw-json";
import type { Pools } from "#db/postgres";
import type { Configured } from "../models/api-key";
import type { Author } from "../models/author";
import type { Changes } from "../models/changes";

export type { Role } from "#contract/api-key";

/** The pool that a procedure's statements run on. */
export type PoolName = "reads" | "searches" | "writes" | "long";

export interface Credentials extends Configured {
  /** The result of a write of API keys, once this process applies it. */
  applied<T>(write: Promise<T>): Promise<T>;
}

export interface Context {
  pools: Pools;
  /** null: no valid credential where one is required. */
  role: Role | null;
  /** The keys of artifacts that the role reaches, see `KeyPatterns`; null: everything. */
  keys: string | null;
  /** Who calls: `key:NAME`, or an address. Slots and streams are shared out by it. */
  caller: string;
  /** Who writes; absent: `LOCAL`, for calls in process. */
  author?: Author;
  /** How many revisions of a version are kept; absent: `DEFAULT_REVISIONS`. */
  keepRevisions?: number;
  /** Up to which size search covers the data of versions that are not the latest, in bytes; absent: `DEFAULT_SEARCH_VERSIONS`. */
  searchVersions?: number;
  /** The blob store of this process; absent: none. */
  store?: BlobStore | null;
  /** The id of the request, for the log. */
  requestId?: string;
  changes: Pick<Changes, "changed" | "watch">;
  /** What beside the database decides about API keys; absent: nothing. */
  credentials?: Credentials;
  /** Replaces each RawJson in results, for callers that serialize or display them. */
  encode?: (data: RawJson) => Json;
  /** When its procedures must have responded, see `newDeadline`; absent: each has its own deadline. */
  deadline?: number;
}
