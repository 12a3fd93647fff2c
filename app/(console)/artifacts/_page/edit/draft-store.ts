"use client";

import { useMemo, useSyncExternalStore } from "react";
import type { Draft } from "./draft";

const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function storageKey(id: string): string {
  return `draft ${id}`;
}

/** Stores the draft for a version in this browser tab; null deletes it. */
export function storeDraft(id: string, draft: Draft | null) {
  if (draft) sessionStorage.setItem(storageKey(id), JSON.stringify(draft));
  else sessionStorage.removeItem(storageKey(id));
  for (const listener of listeners) listener();
}

/** The draft for a version that was neither saved nor discarded in this tab. */
export function useDraft(id: string): Draft | null {
  const stored = useSyncExternalStore(
    subscribe,
    () => sessionStorage.getItem(storageKey(id)),
    () => null,
  );
  return useMemo((): Draft | null => (stored === null ? null : JSON.parse(stored)), [stored]);
}
