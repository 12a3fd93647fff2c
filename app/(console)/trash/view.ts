import { createLoader, createSerializer, type inferParserType, parseAsString } from "nuqs/server";
import type { Api } from "#app/_data/client";

/** Larger counts are displayed as `10,000+`. */
export const COUNT_LIMIT = 10_000;

export const trashParsers = {
  /** One key. */
  key: parseAsString.withDefault(""),
  /** A part of the key. */
  search: parseAsString.withDefault(""),
  cursor: parseAsString.withDefault(""),
};

export type TrashView = inferParserType<typeof trashParsers>;

export const loadTrash = createLoader(trashParsers);

const serialize = createSerializer(trashParsers);

export function trashHref(view: Partial<TrashView> = {}): string {
  return serialize("/trash", view);
}

export function trashQuery(api: Api, view: TrashView) {
  const where = { key: view.key || undefined, keyContains: view.search || undefined };
  return api.trash.page.queryOptions({ where, cursor: view.cursor || undefined });
}

/** The number of deleted versions of all keys, at most COUNT_LIMIT + 1. */
export function trashCountQuery(api: Api) {
  return api.trash.count.queryOptions({ atMost: COUNT_LIMIT });
}
