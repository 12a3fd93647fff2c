import type { Api } from "#app/_data/client";

/** How many events a page of the changes has. */
export const PAGE = 50;

/** The key of the changes of a version, or of all versions of a key, page by page; refetched like every query of artifacts. */
export function changesKey({ id, key }: { id: string; key: string | null }) {
  return [["artifact", "history"], { id, key }] as const;
}

/** The last edit of a version, or none that is kept. */
export function lastEditQuery(api: Api, id: string) {
  return api.artifact.revisions.queryOptions({ id, limit: 1 });
}
