import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { RequestRecord } from "#server/observe/request-record";

export interface HeaderReader {
  get(name: string): string | null;
}

/** Request headers. Repeated ones are joined as `one, other`, so that every check sees all of them. */
export interface HttpHeaders extends HeaderReader {
  has(name: string): boolean;
  /** All as the platform's class, which costs as much as all checks of a point read. */
  all(): Headers;
}

export interface HttpRequest {
  readonly method: string;
  /** As sent, not decoded. */
  readonly path: string;
  /** With its question mark, or empty. */
  readonly search: string;
  readonly headers: HttpHeaders;
  readonly record: RequestRecord;
  /** The address of the other end of the connection, which may be a proxy; empty where it is unknown. */
  readonly remoteAddress: string;
  /** Aborted when the client disconnects; created at the first access. */
  readonly signal: AbortSignal;
  /** @throws VitrineError for a body of more than `limit` bytes, or one that does not arrive, see `collect` */
  body(limit: number): Promise<Uint8Array>;
  /**
   * Receives the body by the same rules, a chunk at a time: nothing more is received before the promise of a chunk is
   * resolved. Chunks count neither for the budget of bodies nor wait for their turn.
   * @returns how many bytes came
   */
  receive(limit: number, onChunk: (chunk: Uint8Array) => Promise<void>): Promise<number>;
  /** Receives the body by the same rules, and keeps nothing of it. */
  discardBody(limit: number): Promise<void>;
  /** To be called once the body is no longer in use, also where it was not read. */
  release(): void;
}

/** Accepts or rejects a request for another protocol. `head` is what arrived after it. */
export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

export interface HttpResponse {
  status: number;
  headers: Record<string, string>;
  /** Text as it is, or in UTF-8. */
  body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | null;
}
