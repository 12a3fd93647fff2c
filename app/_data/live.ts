"use client";

import { focusManager, type Query, type QueryClient, useQueryClient } from "@tanstack/react-query";
import type { TRPCClient } from "@trpc/client";
import { useEffect, useSyncExternalStore } from "react";
import type { ChangeMessage } from "#contract/changes";
import type { AppRouter } from "#server/routers/app-router";
import { useClient } from "./client";

/** Milliseconds before a rejected stream is opened again; one that only breaks reconnects by itself. */
const RETRY_DELAY = 10_000;

/** The least milliseconds between two rounds of refetching, however fast messages arrive. */
const REFETCH_DELAY = 500;

type LiveState = "on" | "connecting" | "paused";

let state: LiveState = "connecting";
const listeners = new Set<() => void>();

function setState(next: LiveState) {
  state = next;
  for (const each of listeners) each();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Whether changes arrive by the stream; while they do not, queries that wait for something poll more often. */
export const isLive = () => state === "on";

/** Refetches queries that a change on the server affects, while the page is visible. Returns the state and a setter of `paused`. */
export function useLive(): [LiveState, (paused: boolean) => void] {
  const client = useClient();
  const queryClient = useQueryClient();
  const current = useSyncExternalStore(
    subscribe,
    () => state,
    () => "connecting" as const,
  );
  const paused = current === "paused";
  useEffect(() => {
    if (paused) return;
    let close = () => {};
    // A hidden page holds no connection: over HTTP/1.1 a browser has six for all its tabs.
    const update = () => {
      close();
      close = document.visibilityState === "visible" ? watch(client, createRefetcher(queryClient)) : () => {};
    };
    update();
    document.addEventListener("visibilitychange", update);
    return () => {
      document.removeEventListener("visibilitychange", update);
      close();
    };
  }, [client, queryClient, paused]);
  return [current, setPaused];
}

function setPaused(paused: boolean) {
  // An unfocused query cache stops its refetch intervals.
  focusManager.setFocused(paused ? false : undefined);
  setState(paused ? "paused" : "connecting");
}

function watch(client: TRPCClient<AppRouter>, onMessage: (message: ChangeMessage) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stream = open();
  return () => {
    clearTimeout(timer);
    stream.unsubscribe();
    if (state !== "paused") setState("connecting");
  };

  function open() {
    const reopenLater = () => {
      setState("connecting");
      timer = setTimeout(() => {
        stream = open();
      }, RETRY_DELAY);
    };
    return client.changes.watch.subscribe(undefined, {
      onData: onMessage,
      onConnectionStateChange: (connection) => setState(connection.state === "pending" ? "on" : "connecting"),
      onError: reopenLater,
    });
  }
}

/** Refetches what messages affect, one round after the other, so that no result is older than the last message. */
function createRefetcher(queryClient: QueryClient): (message: ChangeMessage) => void {
  let pending: ChangeMessage[] = [];
  let running = false;
  const run = async () => {
    running = true;
    while (pending.length > 0) {
      const messages = pending;
      pending = [];
      const start = performance.now();
      await queryClient.invalidateQueries({
        predicate: (query) => messages.some((message) => isAffected(message, query)),
      });
      // A slow server is queried less often.
      const delay = Math.max(REFETCH_DELAY, 3 * (performance.now() - start));
      await new Promise((resolve) => setTimeout(resolve, delay));
    }
    running = false;
  };
  return (message) => {
    pending.push(message);
    if (!running) run();
  };
}

/** Whether a change may affect the result of a query: by its noun, and by its key where the result is one artifact. */
export function isAffected(
  message: ChangeMessage,
  { queryKey: [path], state: { data } }: Pick<Query, "queryKey" | "state">,
): boolean {
  // Queries that call no procedure have the row's `updated` in their key, and so need no refetch.
  if (!Array.isArray(path)) return false;
  if (message.type === "resync") return true;
  const noun = path[0] === "collection" ? "artifact" : path[0];
  if (!message.kinds.includes(noun)) return false;
  const key = typeof data === "object" && data !== null && "key" in data ? data.key : null;
  return typeof key !== "string" || message.keys.includes(key);
}
