import type { Api } from "#app/_data/client";
import type { TrashView } from "./view";

/** A page of removed versions, the last removed first. */
export function trashQuery(api: Api, view: TrashView) {
  const where = view.key ? { key: view.key } : undefined;
  return api.trash.page.queryOptions({ where, cursor: view.cursor || undefined });
}

/** How many removed versions there are, of all keys. */
export function trashCountQuery(api: Api) {
  return api.trash.count.queryOptions({ atMost: 10_000 });
}
