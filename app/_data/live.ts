"use client";

import { focusManager, type Query, type QueryClient, useQueryClient } from "@tanstack/react-query";
import type { TRPCClient } from "@trpc/client";
import { useEffect, useSyncExternalStore } from "react";
import type { ChangesWord } from "#contract/changes";
import type { AppRouter } from "#server/routers/app-router";
import { useClient } from "./client";

/** How long to wait after a stream was refused; one that only breaks comes back by itself. */
const AGAIN = 10_000;

/** The least time between two rounds of asking again, however fast hints come. */
const ROUND = 500;

/** Whether the page hears of changes: it does, it will again, or a person wants it to stay as it is. */
export type LiveState = "on" | "connecting" | "paused";

let state: LiveState = "connecting";
const listeners = new Set<() => void>();

function become(next: LiveState) {
  state = next;
  for (const each of listeners) each();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Whether the server says what changes; while it does not, whoever waits for something asks more often. */
export const isLive = () => state === "on";

/** Keeps what a visible page shows current: asks again for what the server says has changed. Gives how that goes, and what pauses it or goes on. */
export function useLive(): [LiveState, (paused: boolean) => void] {
  const client = useClient();
  const queryClient = useQueryClient();
  const now = useSyncExternalStore(
    subscribe,
    () => state,
    () => "connecting" as const,
  );
  const paused = now === "paused";
  useEffect(() => {
    if (paused) return;
    let leave = () => {};
    // A hidden page holds no connection: a browser has six for all its tabs.
    const turn = () => {
      leave();
      leave = document.visibilityState === "visible" ? follow(client, rounds(queryClient)) : () => {};
    };
    turn();
    document.addEventListener("visibilitychange", turn);
    return () => {
      document.removeEventListener("visibilitychange", turn);
      leave();
    };
  }, [client, queryClient, paused]);
  return [now, pause];
}

function pause(paused: boolean) {
  // A cache that believes the page out of sight asks for nothing by itself.
  focusManager.setFocused(paused ? false : undefined);
  become(paused ? "paused" : "connecting");
}

/** Opens the stream, again and again; gives what closes it. */
function follow(client: TRPCClient<AppRouter>, hear: (word: ChangesWord) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stream = open();
  return () => {
    clearTimeout(timer);
    stream.unsubscribe();
    if (state !== "paused") become("connecting");
  };

  function open() {
    const closed = () => {
      become("connecting");
      timer = setTimeout(() => {
        stream = open();
      }, AGAIN);
    };
    return client.changes.watch.subscribe(undefined, {
      onData: hear,
      onConnectionStateChange: (connection) => become(connection.state === "pending" ? "on" : "connecting"),
      onError: closed,
    });
  }
}

/** Asks again for what words are about, one round after the other, so that no answer is older than the last word. */
function rounds(queryClient: QueryClient): (word: ChangesWord) => void {
  let words: ChangesWord[] = [];
  let running = false;
  const run = async () => {
    running = true;
    while (words.length > 0) {
      const heard = words;
      words = [];
      const begun = performance.now();
      await queryClient.invalidateQueries({ predicate: (query) => heard.some((word) => isAffected(word, query)) });
      // A server that is slow to answer is asked less often.
      const pause = Math.max(ROUND, 3 * (performance.now() - begun));
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
    running = false;
  };
  return (word) => {
    words.push(word);
    if (!running) run();
  };
}

/** Whether a word may have changed an answer: by its noun, and by its key where it is of one artifact. */
export function isAffected(
  word: ChangesWord,
  { queryKey: [path], state: { data } }: Pick<Query, "queryKey" | "state">,
) {
  // What is not asked of a procedure is named by the state that it belongs to.
  if (!Array.isArray(path)) return false;
  if (word.word === "resync") return true;
  const noun = path[0] === "collection" ? "artifact" : path[0];
  if (!word.kinds.includes(noun)) return false;
  const key = typeof data === "object" && data !== null && "key" in data ? data.key : null;
  return typeof key !== "string" || word.keys.includes(key);
}
