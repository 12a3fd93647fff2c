import { z } from "zod";
import { Key, Reason } from "./value";

/** Gives all versions of a key, deleted ones too, the key `to`, which must have none. */
export const CollectionRename = z.strictObject({ key: Key, to: Key, reason: Reason.nullish() });
export type CollectionRename = z.infer<typeof CollectionRename>;

/** The new key, the one before, and how many versions are not deleted. */
export interface KeyRenamed {
  key: string;
  previous: string;
  versions: number;
}
