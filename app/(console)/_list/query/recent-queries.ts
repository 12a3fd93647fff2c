import { useSyncExternalStore } from "react";
import { storedText } from "#app/_ui/stored-text";

const storage = storedText("vitrine:queries");
const MOST = 8;
const NONE: string[] = [];

let parsed: { text: string | null; queries: string[] } = { text: null, queries: NONE };

/** The queries that this browser searched last, the newest first. */
export function useRecentQueries(): string[] {
  return useSyncExternalStore(storage.subscribe, recentQueries, () => NONE);
}

/** Remembers a query as the last one. */
export function keepQuery(query: string): void {
  const queries = withQuery(recentQueries(), query);
  storage.write(JSON.stringify(queries));
}

/** The list with a query first, and nowhere else. */
export function withQuery(queries: string[], query: string): string[] {
  const added = query.trim();
  if (added === "") return queries;
  return [added, ...queries.filter((each) => each !== added)].slice(0, MOST);
}

/** The same list as long as nothing changes, as `useSyncExternalStore` requires. */
function recentQueries(): string[] {
  const text = storage.read();
  if (text !== parsed.text) parsed = { text, queries: parseQueries(text) };
  return parsed.queries;
}

/** The queries in the stored text; none where it is not a list. */
export function parseQueries(text: string | null): string[] {
  try {
    const value: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(value) ? value.filter((each) => typeof each === "string").slice(0, MOST) : NONE;
  } catch {
    return NONE;
  }
}
