import { QueryClient } from "@tanstack/react-query";

/** How often a visible page refetches, in milliseconds. */
export const REFETCH_INTERVAL = 15_000;

/**
 * The query cache: one per request on the server, one per page load in the browser. It is passed from one to the other
 * as JSON text, so that any data arrives as `JSON.parse` returns it.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        refetchInterval: REFETCH_INTERVAL,
        // The server may run on this machine, whatever the browser says about the network.
        networkMode: "always",
        retry: (failed, error) => failed < retriesAfter(error),
      },
      mutations: { networkMode: "always" },
      dehydrate: { serializeData: (data: unknown) => JSON.stringify(data) },
      hydrate: { deserializeData: (text: string) => JSON.parse(text) },
    },
  });
}

/** A busy server asks to be tried again in a second; the pauses grow from 1 to 8 s. */
function retriesAfter(error: Error): number {
  const { code } = Object("data" in error && error.data);
  return code === "SERVICE_UNAVAILABLE" ? 4 : 1;
}
