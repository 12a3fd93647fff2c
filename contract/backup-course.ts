import type { BackupFrom, PartHead, Snapshot } from "./backup";

/** How far a backup is that is being written, and where it could go on. */
export interface BackupProgress {
  /** Where it goes on; null: from the beginning. */
  from: BackupFrom | null;
  /** How much of the file is of use then, in bytes. */
  end: number;
  /** The state that is being read. */
  reading: Snapshot | null;
}

export const NO_PROGRESS: BackupProgress = { from: null, end: 0, reading: null };

/**
 * Where a backup stands after one more part.
 * @param end where that part ends in the file
 */
export function advance(course: BackupProgress, head: PartHead, end: number): BackupProgress {
  const { from, reading } = course;
  switch (head.part) {
    case "begin":
      return { ...course, reading: head.snapshot };
    case "data": {
      // Data that came again is of use, but the rest that changed may still be missing.
      if (head.again || !reading) return { ...course, end };
      return { ...course, from: { ...(from ?? reading), after: head.last }, end };
    }
    case "caught-up":
      return from && reading ? { ...course, from: { ...reading, after: from.after }, end } : course;
    default:
      // The tables are of one state alone, and are read again.
      return course;
  }
}
