import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import { TRPCError } from "@trpc/server";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { headers } from "next/headers";
import { cache, type ReactNode } from "react";
import { VitrineError } from "#contract/error";
import { database } from "#db/database";
import { changes } from "#server/changes";
import { createAccess } from "#server/http/access";
import { plainData } from "#server/http/payload";
import { env } from "#server/process/env";
import { appRouter, callerOf } from "#server/routers/app-router";
import type { Context } from "#server/routers/context";
import type { ApiError } from "./error";
import { createQueryClient } from "./query-client";
import type { Reached } from "./server-address";

const access = cache(() => createAccess(env()));

const context = cache(
  async (): Promise<Context> => ({
    db: database(),
    role: access().roleOf(await headers()),
    data: plainData,
    changes: changes(),
  }),
);

/** The cache of answers of this request. */
export const queryClient = cache(createQueryClient);

/** The options builders of the server: they ask in process, as whoever sent the request. */
export const api = createTRPCOptionsProxy({ router: appRouter, ctx: context, queryClient });

/** An answer, or why there is none: what the store knows is given back, anything else is thrown on. */
export async function resultOf<T>(asked: Promise<T>): Promise<{ data: T } | { error: ApiError }> {
  try {
    return { data: await asked };
  } catch (error) {
    if (!(error instanceof TRPCError) || !(error.cause instanceof VitrineError)) throw error;
    return { error: { ...error.cause.details, code: error.cause.code, message: error.cause.message } };
  }
}

/** The JSON text of a version, as it is stored. Throws what `artifact.read` throws. */
export async function storedText(id: string): Promise<string> {
  let text = "null";
  const value = (stored: string) => {
    text = stored;
    return null;
  };
  await callerOf({ ...(await context()), data: { ...plainData, value } }).artifact.read({ id });
  return text;
}

/** Hands all answers of this request to the browser, with the page that shows them. */
export function Hydrated({ children }: { children: ReactNode }) {
  return <HydrationBoundary state={dehydrate(queryClient())}>{children}</HydrationBoundary>;
}

/** Whether the reader came in through the sign-in page, and so can sign out. */
export async function signedInByCookie(): Promise<boolean> {
  return access().needed && !(await headers()).has("authorization");
}

/** This server as the reader's browser has it, for code to copy. */
export async function serverInfo(): Promise<Reached> {
  const sent = await headers();
  const scheme = sent.get("x-forwarded-proto") === "https" ? "https" : "http";
  return { address: `${scheme}://${sent.get("host") ?? "127.0.0.1:4400"}`, keyed: access().needed };
}
