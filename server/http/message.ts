/** The headers of a request. One sent twice reads `one, other`, so that no check sees only one of them. */
export interface HttpHeaders {
  get(name: string): string | null;
  has(name: string): boolean;
  /** All of them, for who needs the platform's own class: making one costs as much as a point read's checks. */
  all(): Headers;
}

/** A request, whichever server it came through. */
export interface HttpRequest {
  method: string;
  /** The path as it was sent: not decoded, without the query. */
  path: string;
  /** The query with its question mark, or an empty text. */
  search: string;
  headers: HttpHeaders;
  /** Aborted when the caller goes away; made when it is first asked for. */
  readonly signal: AbortSignal;
  /** Reads the body; one of more than `limit` bytes is PAYLOAD_TOO_LARGE, before it is read where its length is known. */
  body(limit: number): Promise<Uint8Array>;
}

/** What a door answers. */
export interface HttpResponse {
  status: number;
  headers: Record<string, string>;
  body: string | ReadableStream<Uint8Array> | null;
}
