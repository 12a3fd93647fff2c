import type { Api } from "#app/_data/client";

/** The latest version of a key, with its data. */
export function latestQuery(api: Api, key: string) {
  return api.collection.latest.queryOptions({ key });
}

/** One version of a key by its number, with its data. */
export function numberedQuery(api: Api, key: string, version: number) {
  return api.artifact.read.queryOptions({ key, version });
}

/** What was removed last of a key: one row, or none. */
export function removedQuery(api: Api, key: string) {
  return api.trash.list.queryOptions({ where: { key }, limit: 1 });
}
