import { readFile } from "node:fs/promises";
import { addAbortSignal } from "node:stream";
import { buffer } from "node:stream/consumers";
import { usageError } from "./error";

/**
 * The bytes of a file, or of standard input where it is named `-`.
 * @throws Failure (usage) for a file that cannot be read
 */
export async function readInput(name: string, signal: AbortSignal): Promise<Buffer> {
  if (name === "-") return buffer(addAbortSignal(signal, process.stdin));
  return readFile(name, { signal }).catch((error: NodeJS.ErrnoException) => {
    throw usageError(`${name} cannot be read (${error.code ?? error.message}).`);
  });
}

const UTF8 = new TextDecoder("utf-8", { fatal: true });

/** Bytes as text, without a byte order mark; null where they are no UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return UTF8.decode(bytes);
  } catch {
    return null;
  }
}
