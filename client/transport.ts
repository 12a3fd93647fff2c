import {
  createTRPCUntypedClient,
  httpBatchLink,
  httpLink,
  type Operation,
  splitLink,
  type TRPCUntypedClient,
} from "@trpc/client";
import { MAX_BATCH, MAX_URL_INPUT } from "#contract/limits";
import type { AppRouter } from "#server/routers/app-router";
import { expectJson } from "./error";
import type { Target } from "./options";

/** Above about this many a call travels alone, so that a batch stays far below the largest body. */
const LARGE_INPUT = 65_536;

export type Transport = TRPCUntypedClient<AppRouter>;

/** Sends calls: those of one turn of the event loop in one request, of at most 20; long queries by POST, large calls alone. */
export function createTransport({ url, apiKey, fetch }: Pick<Target, "url" | "apiKey" | "fetch">): Transport {
  const options = {
    url: `${url}/api/trpc`,
    maxItems: MAX_BATCH,
    headers: apiKey ? { authorization: `Bearer ${apiKey}` } : {},
    fetch: async (...request: Parameters<typeof fetch>) => expectJson(await fetch(...request), url),
  };
  return createTRPCUntypedClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ input }: Operation) => isLonger(input, LARGE_INPUT),
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

/** Whether a value has more than about so many characters as JSON; stops as soon as it has. */
function isLonger(input: unknown, most: number): boolean {
  let length = 0;
  const left = [input];
  while (left.length > 0 && length <= most) {
    const value = left.pop();
    if (typeof value === "string") length += value.length;
    else length += 8;
    if (typeof value !== "object" || value === null) continue;
    if (Array.isArray(value)) for (let i = 0; i < value.length && i <= most; i++) left.push(value[i]);
    else for (const [name, child] of Object.entries(value)) left.push(name, child);
  }
  return length > most;
}
