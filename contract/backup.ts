import { z } from "zod";
import { Id, Timestamp } from "./value";

/** The version of the file format; files of another version are rejected. */
export const BACKUP_FORMAT = 1;

const Sum = z.string().regex(/^[0-9a-f]{64}$/);
export const Whole = z.int().min(0);
/** Numbers of rows by table. */
export const Counts = z.record(z.string(), Whole);

/** A state of a database, against which a later one can find its changes: the database's id, and `pg_current_snapshot()`. */
export const Snapshot = z.strictObject({
  store: z.string().regex(/^[0-9]{1,20}-[0-9]{1,10}$/),
  seen: z.string().regex(/^[0-9]{1,20}:[0-9]{1,20}:[0-9,]*$/),
});
export type Snapshot = z.infer<typeof Snapshot>;

/** Where an interrupted backup resumes: after the data of the version `after`, in the state that was read. */
export const BackupFrom = Snapshot.extend({ after: Id });
export type BackupFrom = z.infer<typeof BackupFrom>;

/** The size and SHA-256 of a part's content, and the rows in it: none of a `blob`. */
const content = { rows: Whole, bytes: Whole, sum: Sum };

/**
 * The head of a part. A backup file is a sequence of parts: the head as a line of JSON, then `bytes` bytes of gzip.
 * - `file`: the format and id of the backup
 * - `begin`: the state that is read from here on, and its rows
 * - `data`: the data of versions up to the id `last`; `again` for versions that changed since the backup began
 * - `caught-up`: all versions that changed were read again
 * - `rows`: rows of a table
 * - `blob`: some bytes of a file, from the offset `from`; the last ones end at its size
 * - `end`: the rows of the last `begin`, all of which were read
 * - `seal`: the end of the file, with the SHA-256 of all heads
 */
export const PartHead = z.discriminatedUnion("part", [
  z.strictObject({ part: z.literal("file"), format: z.literal(BACKUP_FORMAT), backup: Id, made: Timestamp }),
  z.strictObject({ part: z.literal("begin"), snapshot: Snapshot, counts: Counts }),
  z.strictObject({ part: z.literal("data"), ...content, last: Id, again: z.boolean() }),
  z.strictObject({ part: z.literal("caught-up") }),
  z.strictObject({ part: z.literal("rows"), ...content, table: z.string(), columns: z.array(z.string()).min(1) }),
  z.strictObject({ part: z.literal("blob"), ...content, sha256: Sum, from: Whole, size: Whole }),
  z.strictObject({ part: z.literal("end"), counts: Counts }),
  z.strictObject({ part: z.literal("seal"), sum: Sum }),
]);
export type PartHead = z.infer<typeof PartHead>;

/** A part with its content; only `data`, `rows` and `blob` have any. */
export interface Part {
  head: PartHead;
  content: Uint8Array;
}

/** The size of the content after a head, in bytes. */
export function bytesOf(head: PartHead): number {
  return "bytes" in head ? head.bytes : 0;
}

/** How far a backup is, and where it would resume if it were interrupted. */
export interface BackupProgress {
  /** Where it resumes; null: at the beginning. */
  from: BackupFrom | null;
  /** How many bytes of the file are kept then. */
  end: number;
  /** The state that is being read. */
  snapshot: Snapshot | null;
}

export const NO_PROGRESS: BackupProgress = { from: null, end: 0, snapshot: null };

/**
 * The progress after one more part.
 * @param end the offset of the part's end in the file
 */
export function advance(progress: BackupProgress, head: PartHead, end: number): BackupProgress {
  const { from, snapshot } = progress;
  switch (head.part) {
    case "begin":
      return { ...progress, snapshot: head.snapshot };
    case "data": {
      // Versions that are read again are kept, but others that changed may still be missing.
      if (head.again || !snapshot) return { ...progress, end };
      return { ...progress, from: { ...(from ?? snapshot), after: head.last }, end };
    }
    case "caught-up":
      return from && snapshot ? { ...progress, from: { ...snapshot, after: from.after }, end } : progress;
    default:
      // Tables are read again, since all their rows are of one state.
      return progress;
  }
}
