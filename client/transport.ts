import {
  createTRPCUntypedClient,
  httpBatchLink,
  httpLink,
  type Operation,
  splitLink,
  type TRPCUntypedClient,
} from "@trpc/client";
import { SERVICE_HEADER } from "#contract/event";
import { MAX_BATCH, MAX_BODY_OVERHEAD, MAX_URL_INPUT } from "#contract/limits";
import type { AppRouter } from "#server/routers/app-router";
import { expectJson } from "./error";
import type { ResolvedOptions } from "./options";

/**
 * Larger calls (in characters, roughly) are not batched, so that a batch is not too large: a character takes at most six
 * bytes in JSON.
 */
const MAX_BATCHED_INPUT = Math.floor(MAX_BODY_OVERHEAD / MAX_BATCH / 6.5);

export type Transport = TRPCUntypedClient<AppRouter>;

/** Batches the calls of one turn of the event loop; sends queries with a long input by POST, and large calls alone. */
export function createTransport({ url, apiKey, service, fetch }: ResolvedOptions): Transport {
  const options = {
    url: `${url}/api/trpc`,
    maxItems: MAX_BATCH,
    headers: {
      ...(apiKey && { authorization: `Bearer ${apiKey}` }),
      ...(service && { [SERVICE_HEADER]: service }),
    },
    fetch: async (...request: Parameters<typeof fetch>) => expectJson(await fetch(...request), url),
  };
  return createTRPCUntypedClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ input }: Operation) => isLonger(input, MAX_BATCHED_INPUT),
        true: httpLink({ ...options, methodOverride: "POST" }),
        false: splitLink({
          condition: isLongQuery,
          true: httpBatchLink({ ...options, methodOverride: "POST" }),
          false: httpBatchLink({ ...options, maxURLLength: 2 * MAX_URL_INPUT }),
        }),
      }),
    ],
  });
}

function isLongQuery({ type, input }: Operation): boolean {
  return type === "query" && encodeURIComponent(JSON.stringify(input ?? null)).length > MAX_URL_INPUT;
}

/** Whether a value has more than about `limit` characters as JSON; stops counting there. */
function isLonger(input: unknown, limit: number): boolean {
  let length = 0;
  const remaining = [input];
  while (remaining.length > 0 && length <= limit) {
    const value = remaining.pop();
    length += typeof value === "string" ? value.length + 4 : 8;
    if (typeof value !== "object" || value === null) continue;
    if (Array.isArray(value)) for (let i = 0; i < value.length && i <= limit; i++) remaining.push(value[i]);
    else for (const [name, child] of Object.entries(value)) remaining.push(name, child);
  }
  return length > limit;
}
