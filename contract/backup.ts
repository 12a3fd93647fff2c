import { z } from "zod";
import { Id, Timestamp } from "./value";

/** The form of a backup: another number is another form. */
export const BACKUP_FORMAT = 1;

const Sum = z.string().regex(/^[0-9a-f]{64}$/);
const Whole = z.int().min(0);
const Counts = z.record(z.string(), Whole);

/** Which state of which store was read: what a later reading can tell its changes from. */
export const Snapshot = z.strictObject({
  store: z.string().regex(/^[0-9]{1,20}-[0-9]{1,10}$/),
  seen: z.string().regex(/^[0-9]{1,20}:[0-9]{1,20}:[0-9,]*$/),
});
export type Snapshot = z.infer<typeof Snapshot>;

/** Where a backup that was interrupted goes on: after the data of which version, of the state that was read then. */
export const BackupFrom = Snapshot.extend({ after: Id });
export type BackupFrom = z.infer<typeof BackupFrom>;

/** What a part's content is known by. */
const content = { rows: Whole, bytes: Whole, sum: Sum };

/**
 * The head of a part. A backup is a line of JSON for each, and after that as many bytes (gzip) as it says:
 * `file` names it · `begin` says what was read, with how many rows there are · `data` holds the data of versions up to
 * `last`, in the order of their ids; `again`: changed since the backup began · `caught-up`: all of those were there ·
 * `rows` holds rows of a table · `end` says how many rows there were, of the last `begin` · `seal` ends the file, with
 * the sum of all heads.
 */
export const PartHead = z.discriminatedUnion("part", [
  z.strictObject({ part: z.literal("file"), format: z.literal(BACKUP_FORMAT), backup: Id, made: Timestamp }),
  z.strictObject({ part: z.literal("begin"), snapshot: Snapshot, counts: Counts }),
  z.strictObject({ part: z.literal("data"), ...content, last: Id, again: z.boolean() }),
  z.strictObject({ part: z.literal("caught-up") }),
  z.strictObject({ part: z.literal("rows"), ...content, table: z.string(), columns: z.array(z.string()).min(1) }),
  z.strictObject({ part: z.literal("end"), counts: Counts }),
  z.strictObject({ part: z.literal("seal"), sum: Sum }),
]);
export type PartHead = z.infer<typeof PartHead>;

/** A part with its content; only `data` and `rows` have any. */
export interface Part {
  head: PartHead;
  content: Uint8Array;
}

/** How many bytes of content follow a head. */
export function bytesOf(head: PartHead): number {
  return "bytes" in head ? head.bytes : 0;
}

/** Names the backup that is to be restored. */
export const AdminRestore = z.strictObject({ backup: Id });

/** What is here of a backup: the numbers of its parts, or all of it, in its place. */
export interface RestoreState {
  done: boolean;
  parts: number[];
}

/** What is told while a backup takes its place, a line of JSON each: how far it is; at last how many rows there are; or why not. */
export const RestoreMessage = z.union([
  z.strictObject({ done: Whole, total: Whole }),
  z.strictObject({ restored: Counts, violations: Whole }),
  z.strictObject({ refused: z.looseObject({ code: z.string(), message: z.string() }) }),
]);
export type RestoreMessage = z.infer<typeof RestoreMessage>;
