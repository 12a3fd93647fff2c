import { createLoader, createSerializer, type inferParserType, parseAsInteger, parseAsString } from "nuqs/server";

const parsers = { version: parseAsInteger, cursor: parseAsString.withDefault("") };

/** Which version is open beside the history (the latest where none is named), and which page of the history shows. */
export type HistoryView = inferParserType<typeof parsers>;

/** Reads the view from the search parameters of the page. */
export const loadHistory = createLoader(parsers);

const serialize = createSerializer(parsers);

/** The address of a key's history in a view. */
export function historyHref(key: string, view: Partial<HistoryView> = {}): string {
  return serialize(`/artifacts/key/${key}`, view);
}
