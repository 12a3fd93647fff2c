"use client";

import { focusManager, type Query, type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import type { ChangeMessage } from "#contract/changes";
import { HEARTBEAT_TIMEOUT } from "#contract/limits";
import { reached, serverReturned } from "./connection";

/** Milliseconds before a stream that the server rejected is opened again. */
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
export function useIsLive(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => state === "on",
    () => false,
  );
}

/**
 * Refetches queries that a change on the server affects, while the page is visible. `position` is where the changes were when
 * the page was rendered: what has not changed since is not fetched again. Returns the state, null without
 * JavaScript and before it runs, and a setter of `paused`.
 */
export function useLive(position: string): [LiveState | null, (paused: boolean) => void] {
  const queryClient = useQueryClient();
  const current = useSyncExternalStore(
    subscribe,
    () => state,
    () => null,
  );
  const paused = current === "paused";
  // The stream goes on where a layout that is rendered anew has another position.
  const [start] = useState(position);
  useEffect(() => {
    if (paused) return;
    let close = () => {};
    // A hidden page holds no connection: over HTTP/1.1 a browser has six for all its tabs.
    const update = () => {
      close();
      close = document.visibilityState === "visible" ? watch(start, createRefetcher(queryClient)) : () => {};
    };
    update();
    document.addEventListener("visibilitychange", update);
    return () => {
      document.removeEventListener("visibilitychange", update);
      close();
    };
  }, [queryClient, paused, start]);
  return [current, setPaused];
}

function setPaused(paused: boolean) {
  // An unfocused query cache stops its refetch intervals.
  focusManager.setFocused(paused ? false : undefined);
  setState(paused ? "paused" : "connecting");
}

function watch(since: string, onMessage: (message: ChangeMessage) => void): () => void {
  let isClosed = false;
  let timer: ReturnType<typeof setTimeout>;
  let source = open();
  return () => {
    isClosed = true;
    clearTimeout(timer);
    source.close();
    if (state !== "paused") setState("connecting");
  };

  function reopen() {
    clearTimeout(timer);
    source.close();
    source = open();
  }

  function open(): EventSource {
    const opened = new EventSource(`/api/trpc/changes.watch?input=${encodeURIComponent(JSON.stringify({ since }))}`);
    let isEnding = false;
    const listen = (name: string, handle?: (event: MessageEvent<string>) => void) =>
      opened.addEventListener(name, (event) => {
        clearTimeout(timer);
        timer = setTimeout(reopen, HEARTBEAT_TIMEOUT);
        // The server ends a stream by an event with an id, with which the browser reconnects at once.
        isEnding = event.lastEventId !== "";
        handle?.(event);
      });
    listen("connected", () => setState("on"));
    listen("ping");
    listen("message", ({ data }) => onMessage(JSON.parse(data)));
    opened.addEventListener("error", async () => {
      const reconnects = opened.readyState === EventSource.CONNECTING;
      if (isClosed || (isEnding && reconnects)) {
        isEnding = false;
        return;
      }
      clearTimeout(timer);
      // What the page shows was current until now.
      if (state === "on") reached();
      setState("connecting");
      const wasLost = await serverReturned();
      if (isClosed || opened !== source) return;
      if (wasLost) reopen();
      else if (!reconnects) timer = setTimeout(reopen, RETRY_DELAY);
    });
    return opened;
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
  { queryKey: [path, options], state: { data } }: Pick<Query, "queryKey" | "state">,
): boolean {
  // Queries that call no procedure have the row's `updated` in their key, and so need no refetch.
  if (!Array.isArray(path)) return false;
  if (message.type === "resync") return true;
  if (message.kinds.includes("pin") && dependsOnPins(path, options)) return true;
  const noun = path[0] === "collection" ? "artifact" : path[0];
  if (!message.kinds.includes(noun)) return false;
  const key = typeof data === "object" && data !== null && "key" in data ? data.key : null;
  return typeof key !== "string" || message.keys.includes(key);
}

function dependsOnPins(path: unknown[], options: unknown): boolean {
  return path.join(".") === "collection.pins" || "pinned" in Object(Object(options).input);
}
