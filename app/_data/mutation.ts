"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useCallback, useSyncExternalStore } from "react";
import { toast } from "#app/_ui/toast";
import { toApiError } from "./error";

let refreshedAt = 0;
const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Refetches everything on the page, server-rendered parts included. Call it after a mutation. */
export function useRefresh(): () => void {
  const queryClient = useQueryClient();
  const router = useRouter();
  return useCallback(() => {
    refreshedAt = Date.now();
    for (const each of listeners) each();
    queryClient.invalidateQueries();
    router.refresh();
  }, [queryClient, router]);
}

/** When the page was last refreshed after a mutation, in milliseconds since the epoch; 0 where it never was. */
export function useRefreshedAt(): number {
  return useSyncExternalStore(
    subscribe,
    () => refreshedAt,
    () => 0,
  );
}

export function toastError(error: unknown): void {
  toast(toApiError(error).message, { tone: "danger" });
}
