import { useSyncExternalStore } from "react";

/** The rows of an artifact's table that a search, filter or sort shows, for the download menu of the artifact. */
export interface ShownRows {
  count: number;
  download: (format: "csv" | "json") => void;
}

const offered = new Map<string, ShownRows>();
const listeners = new Set<() => void>();

/** Offers the shown rows of an artifact by its id, until the returned function is called. */
export function offerShownRows(id: string, rows: ShownRows): () => void {
  const put = (next: ShownRows | null) => {
    if (next) offered.set(id, next);
    else offered.delete(id);
    for (const listener of listeners) listener();
  };
  put(rows);
  return () => put(null);
}

/** The shown rows of an artifact's table; null where all are shown in their own order. */
export function useShownRows(id: string): ShownRows | null {
  return useSyncExternalStore(
    subscribe,
    () => offered.get(id) ?? null,
    () => null,
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
