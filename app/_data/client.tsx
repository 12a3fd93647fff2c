"use client";

import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from "@trpc/client";
import { createTRPCContext, type TRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { type ReactNode, useState } from "react";
import { MAX_BATCH, MAX_URL_INPUT } from "#contract/limits";
import type { AppRouter } from "#server/routers/app-router";
import { createQueryClient } from "./query-client";

/** Builds query and mutation options; the server's and the browser's are of this one type. */
export type Api = TRPCOptionsProxy<AppRouter>;

const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

/** The options builders of the browser. */
export const useApi = useTRPC;

/** The way to ask without the cache. */
export const useClient = useTRPCClient;

const batch = { url: "/api/trpc", maxItems: MAX_BATCH };

function createClient() {
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ type }) => type === "subscription",
        true: httpSubscriptionLink(batch),
        false: splitLink({
          condition: ({ input }) => (JSON.stringify(input)?.length ?? 0) > MAX_URL_INPUT,
          true: httpBatchLink({ ...batch, methodOverride: "POST" }),
          false: httpBatchLink({ ...batch, maxURLLength: 2 * MAX_URL_INPUT }),
        }),
      }),
    ],
  });
}

let inBrowser: QueryClient | undefined;

function queryClientHere(): QueryClient {
  if (typeof window === "undefined") return createQueryClient();
  inBrowser ??= createQueryClient();
  return inBrowser;
}

/** What every page stands in: the cache of answers and the way to ask. */
export function DataProvider({ children }: { children: ReactNode }) {
  const queryClient = queryClientHere();
  const [client] = useState(createClient);
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={client} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}
