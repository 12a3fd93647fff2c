export interface LoadRequest {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  path: string;
  /** JSON text. */
  body?: string;
}

export interface LoadJob {
  port: number;
  connections: number;
  /** Measured seconds, after the warm-up. */
  seconds: number;
  /** Seconds that are not measured. */
  warmUp: number;
  requests: LoadRequest[];
  /** Send each request at most once, as deletions need; otherwise they repeat in turn. */
  once?: boolean;
}

export interface LoadResult {
  perSecond: number;
  /** Milliseconds. */
  median: number;
  /** Milliseconds. */
  p99: number;
  responses: number;
  /** Count of responses other than 2xx, by status. */
  errors: Record<string, number>;
}
