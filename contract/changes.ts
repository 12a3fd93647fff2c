import { z } from "zod";
import { Key } from "./value";

/** Input of `changes.watch`: only what happens under these keys (at most 100); absent: everything. */
export const ChangesWatch = z.strictObject({ keys: z.array(Key).min(1).max(100).optional() }).prefault({});
export type ChangesWatch = z.infer<typeof ChangesWatch>;

/** What a change can be of; `trash` is what was removed and can be restored. */
export const ChangedKind = z.enum(["artifact", "trash", "flow", "deployment", "flowRun", "taskRun"]);
export type ChangedKind = z.infer<typeof ChangedKind>;

/**
 * What a watcher is told; it then asks again through the door of its choice. `resync`: anything may have changed.
 * `changed`: something of these kinds did, artifacts under these keys (an artifact without a key names none).
 */
export const ChangesWord = z.discriminatedUnion("word", [
  z.object({ word: z.literal("resync") }),
  z.object({ word: z.literal("changed"), kinds: z.array(ChangedKind), keys: z.array(z.string()) }),
]);
export type ChangesWord = z.infer<typeof ChangesWord>;
