import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { VitrineError } from "#contract/error";
import { processSingleton } from "#db/process-singleton";
import type { HttpRequest } from "../message";

/** How many files this process receives at once, and one caller of them: each holds a chunk in memory, and a file. */
const MOST = 48;
const MOST_OF_CALLER = 16;

const receiving = processSingleton("files being received", () => new Map<string, number>());

/** A received file, which is deleted when it is disposed of, and counts as being received until then. */
export interface Spooled extends AsyncDisposable {
  path: string;
  size: number;
  sha256: string;
}

/**
 * Writes a body to a file of the spool folder as it comes, no faster than the disk takes it.
 * @throws VitrineError as `HttpRequest.body`, and SERVICE_UNAVAILABLE for too many at once
 */
export async function spool(request: HttpRequest, folder: string, limit: number): Promise<Spooled> {
  const end = begin(request.record.caller);
  const path = join(folder, `${randomUUID()}.part`);
  const remove = () => rm(path, { force: true }).finally(end);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const hash = createHash("sha256");
    await using file = await open(path, "wx", 0o600);
    const size = await request.receive(limit, async (chunk) => {
      hash.update(chunk);
      await file.writeFile(chunk);
    });
    return { path, size, sha256: hash.digest("hex"), [Symbol.asyncDispose]: remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** @returns ends it */
function begin(caller: string): () => void {
  const own = receiving.get(caller) ?? 0;
  const all = [...receiving.values()].reduce((sum, count) => sum + count, 0);
  if (all >= MOST || own >= MOST_OF_CALLER) {
    const who = all >= MOST ? "The server is receiving" : "You are sending";
    throw new VitrineError("SERVICE_UNAVAILABLE", `${who} too many files at once; try again in a second.`);
  }
  receiving.set(caller, own + 1);
  return () => {
    const left = (receiving.get(caller) ?? 1) - 1;
    if (left > 0) receiving.set(caller, left);
    else receiving.delete(caller);
  };
}
