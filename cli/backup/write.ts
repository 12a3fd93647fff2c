import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { open, rename, stat } from "node:fs/promises";
import { responseError } from "#client/error";
import { BACKUP_FORMAT, type PartHead } from "#contract/backup";
import { partsIn } from "#contract/backup-stream";
import { VitrineError } from "#contract/error";
import { readBody, type ServerFetch } from "../runtime/connection";
import { failedError } from "../terminal/error";
import { expectSum, survey } from "./file";

/** What a backup came to. */
export interface Written {
  file: string;
  bytes: number;
  /** How many rows of each table. */
  counts: { [table: string]: number };
  /** Whether it went on with one that was interrupted. */
  resumed: boolean;
}

/**
 * Writes the whole store into a file. Until it is whole it lies beside, as `<file>.part`; one that lies there from an
 * interruption goes on, and ends as of the state of the store now.
 * @param told how many of how many rows are there by now
 * @throws Failure where the file is there already, or the part beside it is none
 */
export async function writeBackup(
  fetch: ServerFetch,
  file: string,
  told: (rows: number, total: number) => void,
): Promise<Written> {
  if (existsSync(file)) throw failedError(`${file} is there already: name another file, or remove it.`);
  const beside = `${file}.part`;
  const handle = await open(beside, "a+");
  try {
    const { backup, course, sum: earlier } = await survey(beside);
    const resumed = course.from !== null && backup !== null;
    await handle.truncate(resumed ? course.end : 0);
    const sum = resumed ? earlier : createHash("sha256");
    const write = async (head: PartHead, content: Uint8Array = new Uint8Array()) => {
      const line = Buffer.from(`${JSON.stringify(head)}\n`);
      sum.update(line);
      await handle.appendFile(Buffer.concat([line, content]));
    };
    const made = new Date().toISOString();
    if (!resumed) await write({ part: "file", format: BACKUP_FORMAT, backup: randomUUID(), made });
    const query = course.from && resumed ? `?${new URLSearchParams({ ...course.from })}` : "";
    const counts = await copied(await fetch(`/api/backup${query}`), file, write, told);
    await write({ part: "seal", sum: sum.copy().digest("hex") });
    await handle.sync();
    await rename(beside, file);
    return { file, bytes: (await stat(file)).size, counts, resumed };
  } finally {
    await handle.close();
  }
}

async function copied(
  answer: Response,
  file: string,
  write: (head: PartHead, content: Uint8Array) => Promise<void>,
  told: (rows: number, total: number) => void,
): Promise<{ [table: string]: number }> {
  if (!answer.ok) throw await responseError(answer);
  let [rows, total] = [0, 0];
  for await (const part of partsIn(readBody(answer))) {
    const { head, content } = part;
    expectSum(file, part);
    await write(head, content);
    if (head.part === "begin") total = Object.values(head.counts).reduce((sum, count) => sum + count, 0);
    if ("rows" in head) rows += head.rows;
    told(Math.min(rows, total), total);
    if (head.part === "end") return head.counts;
  }
  throw new VitrineError("SERVICE_UNAVAILABLE", "The backup ended before its end; run the same command to go on.");
}
