import { createLoader, createSerializer, type inferParserType, parseAsString } from "nuqs/server";

const parsers = { key: parseAsString.withDefault(""), cursor: parseAsString.withDefault("") };

/** What of the trash shows: of one key, or all; and which page. */
export type TrashView = inferParserType<typeof parsers>;

/** Reads the view from the search parameters of the page. */
export const loadTrash = createLoader(parsers);

const serialize = createSerializer(parsers);

/** The address of the trash in a view. */
export function trashHref(view: Partial<TrashView> = {}): string {
  return serialize("/trash", view);
}
