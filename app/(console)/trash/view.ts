import { createLoader, createSerializer, type inferParserType, parseAsString } from "nuqs/server";
import type { Api } from "#app/_data/client";

/** Larger counts are displayed as `10,000+`. */
export const COUNT_LIMIT = 10_000;

const parsers = { key: parseAsString.withDefault(""), cursor: parseAsString.withDefault("") };

/** The state of the trash: the key to which it is limited, if any, and the page. */
export type TrashView = inferParserType<typeof parsers>;

/** Reads the view from the search parameters of the page. */
export const loadTrash = createLoader(parsers);

const serialize = createSerializer(parsers);

/** The URL of a view, without defaults. */
export function trashHref(view: Partial<TrashView> = {}): string {
  return serialize("/trash", view);
}

/** A page of deleted versions, the last deleted first. */
export function trashQuery(api: Api, view: TrashView) {
  const where = view.key ? { key: view.key } : undefined;
  return api.trash.page.queryOptions({ where, cursor: view.cursor || undefined });
}

/** The number of deleted versions of all keys, at most COUNT_LIMIT + 1. */
export function trashCountQuery(api: Api) {
  return api.trash.count.queryOptions({ atMost: COUNT_LIMIT });
}
