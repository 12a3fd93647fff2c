import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import { TRPCError } from "@trpc/server";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { headers } from "next/headers";
import { cache, type ReactNode } from "react";
import { VitrineError } from "#contract/error";
import { pools } from "#db/database";
import { access } from "#server/access";
import { changes } from "#server/changes";
import { storedText as readText } from "#server/http/download/download";
import { embedded } from "#server/http/payload";
import { ownViewers } from "#server/http/sandbox/own-viewers";
import { setPageStatus as setStatusOf } from "#server/page-status";
import { env } from "#server/process/env";
import { appRouter } from "#server/routers/app-router";
import type { Context, Role } from "#server/routers/context";
import type { ApiError } from "./error";
import { createQueryClient } from "./query-client";

const identity = cache(async () => access().identify(await headers(), ""));

/** Where the changes are before the page reads anything: the browser then watches those after it. */
export const changesPosition = cache(() => changes().position());

// The page guard sets `x-caller`; `next dev` has none.
const context = cache(async (): Promise<Omit<Context, "encode">> => {
  changesPosition();
  const received = await headers();
  const { role, keys, actor } = await identity();
  const [caller, requestId] = [received.get("x-caller") ?? "", received.get("x-request-id") ?? ""];
  const author = { actor, service: null, flowRunId: null, requestId };
  const credentials = access().credentials;
  return { pools: pools(), role, keys, caller, author, requestId, changes: changes(), credentials };
});

const pageContext = async (): Promise<Context> => ({ ...(await context()), encode: embedded });

export const queryClient = cache(createQueryClient);

/** The options builders of the server: they call procedures in process, with the role of the request. */
export const api = createTRPCOptionsProxy({ router: appRouter, ctx: pageContext, queryClient });

/** The result of a query, or the error that its procedure threw on purpose; any other error is rethrown. */
export async function resultOf<T>(query: Promise<T>): Promise<{ data: T } | { error: ApiError }> {
  try {
    return { data: await query };
  } catch (error) {
    if (!(error instanceof TRPCError) || !(error.cause instanceof VitrineError)) throw error;
    return { error: { ...error.cause.details, code: error.cause.code, message: error.cause.message } };
  }
}

/** Sets the HTTP status of a page that says itself what is missing. */
export async function setPageStatus(status: number): Promise<void> {
  setStatusOf((await context()).requestId ?? "", status);
}

/** What the viewers of the operator are for. */
export function ownViewerManifests() {
  return ownViewers().map(({ manifest }) => manifest);
}

/** The data of a version as the JSON text that is stored, or was at a timestamp. Throws as `artifact.read` does. */
export async function storedText(id: string, asOf?: string): Promise<string> {
  return readText({ id, asOf }, await context());
}

export function Hydrated({ children }: { children: ReactNode }) {
  return <HydrationBoundary state={dehydrate(queryClient())}>{children}</HydrationBoundary>;
}

/** Who reads the page. */
export interface Account {
  /** That of a person or of an API key. */
  name: string;
  role: Role;
  /** The keys of artifacts that the role reaches; null: all. */
  keys: string | null;
  /** False for a key in the request's headers. */
  canSignOut: boolean;
}

/** The account of the request; null for anyone on a server that requires no credential, who has the role admin. */
export async function account(): Promise<Account | null> {
  const { role, keys, actor } = await identity();
  if (!role || actor.kind === "local") return null;
  return { name: actor.name, role, keys, canSignOut: !(await headers()).has("authorization") };
}

/** What the OpenID Connect provider is called; null where people sign in with API keys only. */
export function signInProvider(): string | null {
  return env().openId?.name ?? null;
}

export interface ServerInfo {
  /** As the browser reaches it. */
  url: string;
  needsApiKey: boolean;
  /** How many days deleted versions can be restored; 0 is for ever. */
  trashDays: number;
  /** How many days events are kept; 0 is for ever. */
  auditDays: number;
  /** The most data that a version can have, in bytes. */
  maxData: number;
}

export async function serverInfo(): Promise<ServerInfo> {
  const received = await headers();
  const scheme = received.get("x-forwarded-proto") === "https" ? "https" : "http";
  return {
    url: `${scheme}://${received.get("host") ?? "127.0.0.1:4400"}`,
    needsApiKey: access().required,
    trashDays: env().trashDays,
    auditDays: env().auditDays,
    maxData: env().maxData,
  };
}
