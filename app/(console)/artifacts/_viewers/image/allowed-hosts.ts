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

/** Whether the reader has agreed to ask this host for pictures, on this device. */
export function useIsAllowed(host: string): boolean {
  const stored = useSyncExternalStore(subscribe, read, () => "");
  return stored.split(" ").includes(host);
}

/** Agrees to ask a host for pictures, from now on. */
export function allowHost(host: string) {
  localStorage.setItem(STORAGE_KEY, `${read()} ${host}`.trim());
  for (const each of listeners) each();
}
