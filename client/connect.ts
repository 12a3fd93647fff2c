import { createTRPCClient, httpBatchLink, type Operation, splitLink, type TRPCClient } from "@trpc/client";
import type { AppRouter } from "#server/router";

/** Where a Vitrine listens when nothing else is said. */
export const DEFAULT_URL = "http://127.0.0.1:4400";

/** The server takes at most this many calls in one request. */
const MAX_BATCH = 20;

/** Above this many characters of input a query travels in a body instead of the URL. */
const LONG_INPUT = 4096;

/** Every procedure of the server, typed: `vitrine.artifact.create.mutate({ key: "report", data: "# Hi" })`. */
export type Vitrine = TRPCClient<AppRouter>;

export interface ConnectOptions {
  /** The server's address, `http://127.0.0.1:4400` when absent; a path in it is kept (behind a proxy). */
  url?: string | undefined;
  /** The secret of an API key; needed wherever the server does not listen on the machine itself alone. */
  apiKey?: string | undefined;
  /** What makes the requests, the platform's own `fetch` when absent. */
  fetch?: typeof globalThis.fetch | undefined;
}

/**
 * A typed connection to a Vitrine. Nothing is sent before the first call; calls of one turn of the event loop travel
 * as one request. A refused call rejects with a `TRPCClientError`: `error.data.code` is one of the codes in
 * `ErrorCode` (null when the server could not be reached), `error.message` the sentence that says what to do.
 * Data is what `JSON.parse` makes of it; `GET /api/artifacts/{id}/data` gives the text itself.
 */
export function connect({ url = DEFAULT_URL, apiKey, fetch }: ConnectOptions = {}): Vitrine {
  const options = {
    url: `${url.replace(/\/+$/, "")}/api/trpc`,
    maxItems: MAX_BATCH,
    headers: apiKey ? { authorization: `Bearer ${apiKey}` } : {},
    ...(fetch ? { fetch } : {}),
  };
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: isLongQuery,
        true: httpBatchLink({ ...options, methodOverride: "POST" }),
        false: httpBatchLink({ ...options, maxURLLength: 2 * LONG_INPUT }),
      }),
    ],
  });
}

function isLongQuery({ type, input }: Operation): boolean {
  return type === "query" && encodeURIComponent(JSON.stringify(input ?? null)).length > LONG_INPUT;
}
