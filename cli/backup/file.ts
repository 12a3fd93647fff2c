import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { advance, type BackupProgress, NO_PROGRESS, type Part } from "#contract/backup";
import { partsIn, type StreamedPart } from "#contract/backup-stream";
import { VitrineError } from "#contract/error";
import { failedError } from "../terminal/error";

/** What a backup file holds, as far as it goes. */
export interface Survey {
  /** The id of the backup; null for an empty file. */
  backup: string | null;
  /** When it was begun. */
  made: string | null;
  /** Whether it is there to its end. */
  whole: boolean;
  /** How many rows there are of each table. */
  counts: { [table: string]: number };
  /** Where it would go on, and with which sum of the heads until there. */
  course: BackupProgress;
  sum: Hash;
}

/**
 * Reads a backup file once and checks every part; of one that was interrupted the torn end does not count.
 * @param told how many bytes were read by now
 * @throws Failure where it is no backup, or was altered
 */
export async function survey(path: string, told: (bytes: number) => void = () => {}): Promise<Survey> {
  const found: Survey = {
    backup: null,
    made: null,
    whole: false,
    counts: {},
    course: NO_PROGRESS,
    sum: createHash("sha256"),
  };
  const sum = createHash("sha256");
  for await (const part of fileParts(path)) {
    const { head, line, end } = part;
    if ((head.part === "file") !== (found.backup === null))
      throw altered(path, "its first line is not where it belongs");
    if (found.whole) throw altered(path, "it goes on after its end");
    expectSum(path, part);
    if (head.part === "file") [found.backup, found.made] = [head.backup, head.made];
    if (head.part === "begin") found.counts = head.counts;
    if (head.part === "seal") {
      if (head.sum !== sum.digest("hex")) throw altered(path, "parts of it are missing or changed");
      found.whole = true;
    } else sum.update(line);
    const course = advance(found.course, head, end);
    if (course.end !== found.course.end) found.sum = sum.copy();
    found.course = course;
    told(end);
  }
  return found;
}

/** The parts of a file. @throws Failure where it is none */
export async function* fileParts(path: string): AsyncGenerator<StreamedPart> {
  try {
    yield* partsIn(createReadStream(path, { highWaterMark: 1024 * 1024 }));
  } catch (error) {
    if (error instanceof VitrineError) throw failedError(`${path}: ${error.message}`);
    throw error;
  }
}

/** Checks that the content of a part is what its head says. */
export function expectSum(path: string, { head, content }: Part): void {
  if (!("rows" in head)) return;
  if (createHash("sha256").update(content).digest("hex") !== head.sum)
    throw altered(path, "a part is not what its head says");
}

function altered(path: string, why: string) {
  return failedError(`${path} was altered: ${why}. Take another copy of it.`);
}
