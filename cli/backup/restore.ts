import type { Vitrine } from "#client/connect";
import { parseError, responseError } from "#client/error";
import { RestoreMessage } from "#contract/admin";
import type { PartHead } from "#contract/backup";
import { VitrineError } from "#contract/error";
import { readBody, type ServerFetch } from "../runtime/connection";
import { failedError } from "../terminal/error";
import { readBackup, readParts } from "./file";

export interface RestoreResult {
  backup: string;
  /** Numbers of rows by table; null where this backup was restored before. */
  counts: { [table: string]: number } | null;
  /** How many violations `vitrine doctor` finds afterwards. */
  violations: number;
}

type OnProgress = (step: "Checking" | "Sending" | "Restoring", done: number, total: number) => void;

/**
 * Restores a backup file into an empty instance: everything or nothing. Parts that were sent before an interruption are
 * not sent again.
 * @param size of the file, in bytes
 * @throws CliError where the file is incomplete or altered; VitrineError CONFLICT where the instance is not empty
 */
export async function restoreFile(
  { fetch, vitrine }: { fetch: ServerFetch; vitrine: Vitrine },
  file: string,
  size: number,
  onProgress: OnProgress,
): Promise<RestoreResult> {
  const { backup, complete } = await readBackup(file, (bytes) => onProgress("Checking", bytes, size));
  if (!backup) throw failedError(`${file} is empty.`);
  if (!complete) throw failedError(`${file} is incomplete: use another copy of it, or back up again.`);
  const { done, parts } = await vitrine.admin.restore.mutate({ backup });
  if (done) return { backup, counts: null, violations: 0 };
  const stored = new Set(parts);
  let number = 0;
  for await (const { head, line, content, end } of readParts(file)) {
    if (!isSent(head)) continue;
    number += 1;
    onProgress("Sending", end, size);
    if (stored.has(number)) continue;
    const body = Buffer.concat([line, content]);
    const response = await fetch(`/api/restore/${backup}/${number}`, { method: "PUT", body });
    if (!response.ok) throw await responseError(response);
  }
  const response = await fetch(`/api/restore/${backup}`, { method: "POST" });
  return { backup, ...(await resultOf(response, onProgress)) };
}

function isSent({ part }: PartHead): boolean {
  return part === "data" || part === "rows" || part === "end";
}

async function resultOf(response: Response, onProgress: OnProgress): Promise<Omit<RestoreResult, "backup">> {
  if (!response.ok) throw await responseError(response);
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of readBody(response)) {
    const lines = (text + decoder.decode(chunk, { stream: true })).split("\n");
    text = lines.pop() ?? "";
    // Empty lines keep the connection open.
    for (const line of lines.filter(Boolean)) {
      const message = RestoreMessage.parse(JSON.parse(line));
      if ("restored" in message) return { counts: message.restored, violations: message.violations };
      if ("error" in message) {
        throw parseError(message.error) ?? new VitrineError("INTERNAL_SERVER_ERROR", message.error.message);
      }
      onProgress("Restoring", message.done, message.total);
    }
  }
  throw new VitrineError("SERVICE_UNAVAILABLE", "The connection was lost; run the same command to continue.");
}
