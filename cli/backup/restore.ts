import type { Vitrine } from "#client/connect";
import { parseError, responseError } from "#client/error";
import { RestoreMessage } from "#contract/admin";
import type { PartHead } from "#contract/backup";
import { VitrineError } from "#contract/error";
import { readBody, type ServerFetch } from "../runtime/connection";
import { failedError } from "../terminal/error";
import { fileParts, survey } from "./file";

/** What a restoration came to. */
export interface Restored {
  backup: string;
  /** How many rows of each table; null where this very backup had been restored before. */
  counts: { [table: string]: number } | null;
  /** Broken laws of the store, which is sound with none. */
  violations: number;
}

/** Told what is done: the file is checked, its parts are sent, the rows take their place. */
export type Told = (step: "Checking" | "Sending" | "Restoring", done: number, total: number) => void;

/**
 * Restores a backup file into an empty store: all of it, or nothing. Parts that were sent before an interruption are
 * not sent again.
 * @param size of the file, in bytes
 * @throws Failure where the file is not whole; StoreError where the store is not empty
 */
export async function restoreFile(
  { fetch, vitrine }: { fetch: ServerFetch; vitrine: Vitrine },
  file: string,
  size: number,
  told: Told,
): Promise<Restored> {
  const { backup, whole } = await survey(file, (bytes) => told("Checking", bytes, size));
  if (!backup) throw failedError(`${file} is no backup.`);
  if (!whole)
    throw failedError(`${file} is cut off before its end: take another copy of it, or back the store up again.`);
  const { done, parts } = await vitrine.admin.restore.mutate({ backup });
  if (done) return { backup, counts: null, violations: 0 };
  const known = new Set(parts);
  let number = 0;
  for await (const { head, line, content, end } of fileParts(file)) {
    if (!isSent(head)) continue;
    number += 1;
    told("Sending", end, size);
    if (known.has(number)) continue;
    const answer = await fetch(`/api/restore/${backup}/${number}`, {
      method: "PUT",
      body: Buffer.concat([line, content]),
    });
    if (!answer.ok) throw await responseError(answer);
  }
  return { backup, ...(await putInPlace(await fetch(`/api/restore/${backup}`, { method: "POST" }), told)) };
}

function isSent({ part }: PartHead): boolean {
  return part === "data" || part === "rows" || part === "end";
}

async function putInPlace(answer: Response, told: Told): Promise<Omit<Restored, "backup">> {
  if (!answer.ok) throw await responseError(answer);
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of readBody(answer)) {
    const lines = (text + decoder.decode(chunk, { stream: true })).split("\n");
    text = lines.pop() ?? "";
    // An empty line says that the work goes on.
    for (const line of lines.filter(Boolean)) {
      const word = RestoreMessage.parse(JSON.parse(line));
      if ("restored" in word) return { counts: word.restored, violations: word.violations };
      if ("error" in word)
        throw parseError(word.error) ?? new VitrineError("INTERNAL_SERVER_ERROR", word.error.message);
      told("Restoring", word.done, word.total);
    }
  }
  throw new VitrineError("SERVICE_UNAVAILABLE", "The answer ended before its end; run the same command to go on.");
}
