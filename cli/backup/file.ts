import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { advance, type BackupProgress, NO_PROGRESS, type Part } from "#contract/backup";
import { partsIn, type StreamedPart } from "#contract/backup-stream";
import { VitrineError } from "#contract/error";
import { type CliError, failedError } from "../terminal/error";

/** A backup file, as far as it is complete. */
export interface BackupFile {
  /** The id of the backup; null for an empty file. */
  backup: string | null;
  complete: boolean;
  /** Where the backup can be resumed. */
  progress: BackupProgress;
  /** The SHA-256 of the heads up to there. */
  sum: Hash;
}

/**
 * Reads a backup file and verifies every part; an incomplete last part is ignored.
 * @param onProgress called with the number of bytes read
 * @throws CliError where it is not a backup, or was altered
 */
export async function readBackup(path: string, onProgress: (bytes: number) => void = () => {}): Promise<BackupFile> {
  const sum = createHash("sha256");
  let file: BackupFile = { backup: null, complete: false, progress: NO_PROGRESS, sum: sum.copy() };
  for await (const part of readParts(path)) {
    const { head, line, end } = part;
    if ((head.part === "file") !== (file.backup === null))
      throw alteredError(path, "its first line is in another place");
    if (file.complete) throw alteredError(path, "it continues after its end");
    expectSum(path, part);
    if (head.part === "file") file = { ...file, backup: head.backup };
    if (head.part === "seal") {
      if (head.sum !== sum.digest("hex")) throw alteredError(path, "parts of it are missing or changed");
      file = { ...file, complete: true };
    } else sum.update(line);
    const progress = advance(file.progress, head, end);
    file = { ...file, progress, sum: progress.end === file.progress.end ? file.sum : sum.copy() };
    onProgress(end);
  }
  return file;
}

/** @throws CliError where the file is not a backup */
export async function* readParts(path: string): AsyncGenerator<StreamedPart> {
  try {
    yield* partsIn(createReadStream(path, { highWaterMark: 1024 * 1024 }));
  } catch (error) {
    if (error instanceof VitrineError) throw failedError(`${path}: ${error.message}`);
    throw error;
  }
}

/** @throws CliError where the content of a part does not have the checksum in its head */
export function expectSum(path: string, { head, content }: Part): void {
  if (!("rows" in head)) return;
  if (createHash("sha256").update(content).digest("hex") === head.sum) return;
  throw alteredError(path, "the checksum of a part is wrong");
}

function alteredError(path: string, reason: string): CliError {
  return failedError(`${path} was altered: ${reason}. Use another copy of it.`);
}
