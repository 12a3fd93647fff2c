"use client";

import { useSyncExternalStore } from "react";

const STORAGE_KEY = "picture-hosts";
const listeners = new Set<() => void>();

function read(): string {
  return localStorage.getItem(STORAGE_KEY) ?? "";
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

/** Whether images may be loaded from this host, as the reader decided in this browser. */
export function useIsAllowed(host: string): boolean {
  const stored = useSyncExternalStore(subscribe, read, () => "");
  return stored.split(" ").includes(host);
}

export function allowHost(host: string) {
  localStorage.setItem(STORAGE_KEY, `${read()} ${host}`.trim());
  for (const listener of listeners) listener();
}
