/** A request that is sent. */
export interface Sent {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  path: string;
  /** JSON text. */
  body?: string;
}

/** What the load process is asked to do. */
export interface Job {
  port: number;
  connections: number;
  /** Seconds that are measured, after a warm-up that is not. */
  seconds: number;
  warmUp: number;
  requests: Sent[];
  /** Whether each request is sent once at most, as for deletions; else they are sent in turns. */
  once?: boolean;
}

/** What it found. */
export interface Load {
  perSecond: number;
  median: number;
  p99: number;
  answers: number;
  /** Answers that were not 2xx, by status. */
  failed: Record<string, number>;
}
