import { readFile } from "node:fs/promises";
import { addAbortSignal } from "node:stream";
import { buffer } from "node:stream/consumers";
import { systemReason, usageError } from "./error";

/** Reads a file, or standard input for `-`. @throws CliError (usage) for a file that cannot be read */
export async function readInput(name: string, signal: AbortSignal): Promise<Buffer> {
  if (name === "-") return buffer(addAbortSignal(signal, process.stdin));
  return readFile(name, { signal }).catch((error: NodeJS.ErrnoException) => {
    throw signal.aborted ? error : usageError(`Cannot read ${name}: ${systemReason(error)}.`);
  });
}
