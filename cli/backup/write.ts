import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { open, rename, stat } from "node:fs/promises";
import { responseError } from "#client/error";
import { BACKUP_FORMAT, type PartHead } from "#contract/backup";
import { partsIn } from "#contract/backup-stream";
import { VitrineError } from "#contract/error";
import { readBody, type ServerFetch } from "../runtime/connection";
import { failedError } from "../terminal/error";
import { expectSum, readBackup } from "./file";

export interface BackupResult {
  file: string;
  bytes: number;
  /** Numbers of rows by table. */
  counts: { [table: string]: number };
  /** Whether an interrupted backup was continued. */
  resumed: boolean;
}

type OnProgress = (rows: number, total: number) => void;

/**
 * Writes everything into a file, named `<file>.part` until it is complete. An interrupted backup is continued, and is of
 * the state of the database at its end.
 * @throws CliError where the file exists, or its `.part` is not a backup
 */
export async function writeBackup(
  fetch: ServerFetch,
  { file, files = "copy" }: { file: string; files?: "copy" | "skip" },
  onProgress: OnProgress,
): Promise<BackupResult> {
  if (existsSync(file)) throw failedError(`${file} exists already: name another file, or delete it.`);
  const unfinished = `${file}.part`;
  const handle = await open(unfinished, "a+");
  try {
    const { backup, progress, sum: earlier } = await readBackup(unfinished);
    const resumed = progress.from !== null && backup !== null;
    await handle.truncate(resumed ? progress.end : 0);
    const sum = resumed ? earlier : createHash("sha256");
    const write = async (head: PartHead, content: Uint8Array = new Uint8Array()) => {
      const line = Buffer.from(`${JSON.stringify(head)}\n`);
      sum.update(line);
      await handle.appendFile(Buffer.concat([line, content]));
    };
    const createdAt = new Date().toISOString();
    if (!resumed) await write({ part: "file", format: BACKUP_FORMAT, backup: randomUUID(), made: createdAt });
    const query = new URLSearchParams({ files, ...(resumed && progress.from) });
    const counts = await copyParts(await fetch(`/api/backup?${query}`), file, write, onProgress);
    await write({ part: "seal", sum: sum.copy().digest("hex") });
    await handle.sync();
    await rename(unfinished, file);
    return { file, bytes: (await stat(file)).size, counts, resumed };
  } finally {
    await handle.close();
  }
}

async function copyParts(
  response: Response,
  file: string,
  write: (head: PartHead, content: Uint8Array) => Promise<void>,
  onProgress: OnProgress,
): Promise<{ [table: string]: number }> {
  if (!response.ok) throw await responseError(response);
  let [rows, total] = [0, 0];
  for await (const part of partsIn(readBody(response))) {
    const { head, content } = part;
    expectSum(file, part);
    await write(head, content);
    if (head.part === "begin") total = Object.values(head.counts).reduce((sum, count) => sum + count, 0);
    if ("rows" in head) rows += head.rows;
    onProgress(Math.min(rows, total), total);
    if (head.part === "end") return head.counts;
  }
  throw new VitrineError("SERVICE_UNAVAILABLE", "The connection was lost; run the same command to continue.");
}
