import { readFile } from "node:fs/promises";
import { addAbortSignal } from "node:stream";
import { buffer } from "node:stream/consumers";
import { usageError } from "./error";

/** Reads a file, or standard input for `-`. @throws CliError (usage) for a file that cannot be read */
export async function readInput(name: string, signal: AbortSignal): Promise<Buffer> {
  if (name === "-") return buffer(addAbortSignal(signal, process.stdin));
  return readFile(name, { signal }).catch((error: NodeJS.ErrnoException) => {
    throw usageError(`Cannot read ${name} (${error.code ?? error.message}).`);
  });
}

const UTF8 = new TextDecoder("utf-8", { fatal: true });

/** Bytes as text without a byte order mark; null unless they are UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return UTF8.decode(bytes);
  } catch {
    return null;
  }
}
