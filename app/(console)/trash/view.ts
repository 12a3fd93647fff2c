import { createLoader, createSerializer, type inferParserType, parseAsString } from "nuqs/server";
import type { Api } from "#app/_data/client";

/** Larger counts are displayed as `10,000+`. */
export const COUNT_LIMIT = 10_000;

const parsers = { key: parseAsString.withDefault(""), cursor: parseAsString.withDefault("") };

export type TrashView = inferParserType<typeof parsers>;

export const loadTrash = createLoader(parsers);

const serialize = createSerializer(parsers);

export function trashHref(view: Partial<TrashView> = {}): string {
  return serialize("/trash", view);
}

export function trashQuery(api: Api, view: TrashView) {
  const where = view.key ? { key: view.key } : undefined;
  return api.trash.page.queryOptions({ where, cursor: view.cursor || undefined });
}

/** The number of deleted versions of all keys, at most COUNT_LIMIT + 1. */
export function trashCountQuery(api: Api) {
  return api.trash.count.queryOptions({ atMost: COUNT_LIMIT });
}
