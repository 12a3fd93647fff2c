import { z } from "zod";
import { Key } from "./value";

/**
 * Input of `changes.watch`: at most 100 keys; without them, everything is watched. `since` is a position that a page was
 * rendered at: the stream begins with what changed after it, or with `resync` where the server cannot know.
 */
export const ChangesWatch = z
  .strictObject({ keys: z.array(Key).min(1).max(100).optional(), since: z.string().max(100).optional() })
  .prefault({});
export type ChangesWatch = z.infer<typeof ChangesWatch>;

export const ChangedKind = z.enum(["artifact", "trash", "pin", "flow", "deployment", "flowRun", "taskRun"]);
export type ChangedKind = z.infer<typeof ChangedKind>;

/**
 * A message of `changes.watch`, after which the watcher queries again what it shows. `resync`: anything may have
 * changed. `changed`: rows of these kinds did, artifacts under these keys (an artifact without a key names none).
 */
export const ChangeMessage = z.discriminatedUnion("type", [
  z.object({ type: z.literal("resync") }),
  z.object({ type: z.literal("changed"), kinds: z.array(ChangedKind), keys: z.array(z.string()) }),
]);
export type ChangeMessage = z.infer<typeof ChangeMessage>;
