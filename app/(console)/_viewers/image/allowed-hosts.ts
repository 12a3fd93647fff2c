"use client";

import { useSyncExternalStore } from "react";
import { storedText } from "#app/_ui/stored-text";

const storage = storedText("picture-hosts");

function read(): string {
  return storage.read() ?? "";
}

/** Whether images may be loaded from this host, as the reader decided in this browser. */
export function useIsAllowed(host: string): boolean {
  const stored = useSyncExternalStore(storage.subscribe, read, () => "");
  return stored.split(" ").includes(host);
}

export function allowHost(host: string) {
  storage.write(`${read()} ${host}`.trim());
}
