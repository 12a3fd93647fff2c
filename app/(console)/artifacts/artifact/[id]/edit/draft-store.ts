"use client";

import { useMemo, useSyncExternalStore } from "react";
import type { Draft } from "./draft";

const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function nameOf(id: string): string {
  return `draft ${id}`;
}

/** Keeps what was typed for a version, in this tab, until it is saved or discarded; null forgets it. */
export function storeDraft(id: string, draft: Draft | null) {
  if (draft) sessionStorage.setItem(nameOf(id), JSON.stringify(draft));
  else sessionStorage.removeItem(nameOf(id));
  for (const each of listeners) each();
}

/** What was typed for a version and neither saved nor discarded, or null. It outlives the page and a reload. */
export function useDraft(id: string): Draft | null {
  const stored = useSyncExternalStore(
    subscribe,
    () => sessionStorage.getItem(nameOf(id)),
    () => null,
  );
  return useMemo((): Draft | null => (stored === null ? null : JSON.parse(stored)), [stored]);
}
