import type { Api } from "#app/_data/client";

/** Larger counts are displayed as `99+`. */
export const MOST_COUNTED = 99;

/** What the reader has not seen, the newest first. */
export function unreadQuery(api: Api) {
  return api.collection.unread.queryOptions({ limit: MOST_COUNTED + 1 });
}

/** Those of some keys that the reader has not seen. */
export function unreadKeysQuery(api: Api, keys: string[]) {
  return api.collection.unread.queryOptions({ keys, limit: Math.max(1, keys.length) });
}
