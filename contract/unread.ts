import { z } from "zod";
import { MAX_LIST } from "./limits";
import { Key, Timestamp } from "./value";

/** Of some keys or of all, the newest first: 50, at most 1,000. */
export const CollectionUnread = z
  .strictObject({
    keys: z.array(Key).min(1).max(MAX_LIST).optional(),
    limit: z.int().min(1).max(MAX_LIST).default(50),
  })
  .prefault({});
export type CollectionUnread = z.infer<typeof CollectionUnread>;

/** The latest version of a key that the caller has seen. */
export const CollectionMarkRead = z.strictObject({ key: Key, version: z.int().min(1) });
export type CollectionMarkRead = z.infer<typeof CollectionMarkRead>;

/** Until when all versions are read: that of creation of the newest one that the caller has seen. */
export const CollectionMarkAllRead = z.strictObject({ until: Timestamp });
export type CollectionMarkAllRead = z.infer<typeof CollectionMarkAllRead>;

/** A key whose latest version the caller has not seen. */
export interface UnreadKey {
  key: string;
  /** That of the latest version. */
  id: string;
  version: number;
  created: string;
  /** The last version before that the caller has seen, of those that exist; null where there is none. */
  seen: { id: string; version: number } | null;
}

/** What the caller has not seen; `since` is from when on, null for one who has looked at nothing yet. */
export interface Unread {
  since: string | null;
  items: UnreadKey[];
}

/** The latest version of a key that is read. */
export interface ReadMark {
  key: string;
  version: number;
}
