"use client";

import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink, splitLink } from "@trpc/client";
import { createTRPCContext, type TRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { type ReactNode, useState } from "react";
import { MAX_BATCH, MAX_URL_INPUT } from "#contract/limits";
import type { AppRouter } from "#server/routers/app-router";
import { createQueryClient } from "./query-client";

export type Api = TRPCOptionsProxy<AppRouter>;

const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

export const useApi = useTRPC;

/** The tRPC client, for calls that bypass the query cache. */
export const useClient = useTRPCClient;

const batch = { url: "/api/trpc", maxItems: MAX_BATCH };

function createClient() {
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ input }) => (JSON.stringify(input)?.length ?? 0) > MAX_URL_INPUT,
        true: httpBatchLink({ ...batch, methodOverride: "POST" }),
        false: httpBatchLink({ ...batch, maxURLLength: 2 * MAX_URL_INPUT }),
      }),
    ],
  });
}

let browserQueryClient: QueryClient | undefined;

function getQueryClient(): QueryClient {
  if (typeof window === "undefined") return createQueryClient();
  browserQueryClient ??= createQueryClient();
  return browserQueryClient;
}

export function DataProvider({ children }: { children: ReactNode }) {
  const queryClient = getQueryClient();
  const [client] = useState(createClient);
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={client} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}
