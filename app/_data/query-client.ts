import { QueryClient } from "@tanstack/react-query";

/** How often a visible page asks again, in milliseconds. */
export const REFETCH_INTERVAL = 15_000;

/**
 * The cache of answers, the same on the server (one a request) and in the browser (one a page load). It crosses from
 * one to the other as JSON text, so that any data arrives as `JSON.parse` sees it.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: 5_000, refetchInterval: REFETCH_INTERVAL, retry: 1 },
      dehydrate: { serializeData: (data: unknown) => JSON.stringify(data) },
      hydrate: { deserializeData: (text: string) => JSON.parse(text) },
    },
  });
}
