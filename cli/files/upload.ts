import { open, stat } from "node:fs/promises";
import { basename } from "node:path";
import { uploadFile, uploadFolder } from "#client/file";
import { FILE, FILES } from "#contract/file-type";
import { formatBytes } from "#formats/number";
import type { Connection } from "../runtime/connection";
import { systemReason, usageError } from "../terminal/error";
import type { Output } from "../terminal/output";
import { hasBinaryBytes } from "./binary";
import { type FileContent, hasFormat } from "./file-content";

/** Larger files are not read as text or a table, unless their type says so. */
const MAX_PARSED = 16 * 1024 * 1024;

/** How much of a file is looked at. */
const SAMPLE = 64 * 1024;

/**
 * Sends a file or folder that is kept as it is.
 * @param type undefined: by the file
 * @returns null for what is to be read and published as JSON
 * @throws CliError (usage) for what cannot be read, and for a type that it cannot have
 */
export async function uploaded(
  path: string,
  type: string | undefined,
  { uploader }: Pick<Connection, "uploader">,
  output: Pick<Output, "progress">,
): Promise<FileContent | null> {
  if (path === "-") {
    if (type === FILE || type === FILES) throw usageError(`Standard input cannot be of the type ${type}; push a file.`);
    return null;
  }
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw usageError(`Cannot read ${path}: ${systemReason(error)}.`);
  });
  const isFolder = found.isDirectory();
  if (type !== undefined && isFolder !== (type === FILES) && (isFolder || type === FILES)) {
    throw usageError(isFolder ? `${path} is a folder, of the type files alone.` : `${path} is not a folder.`);
  }
  if (!isFolder && type !== FILE && (type !== undefined || !(await isOpaque(path, found.size)))) return null;
  const bar = output.progress(`Sending ${basename(path)}`, null, formatBytes);
  const data = await (isFolder
    ? uploadFolder(uploader, path, bar.update)
    : uploadFile(uploader, path, {}, bar.update)
  ).finally(bar.end);
  return { type: isFolder ? FILES : FILE, json: Buffer.from(JSON.stringify(data)), notes: [] };
}

/** Whether a file is neither text nor of a format that is read, or too large to be. */
async function isOpaque(path: string, size: number): Promise<boolean> {
  if (size > MAX_PARSED) return true;
  if (hasFormat(path)) return false;
  await using file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(SAMPLE), 0, SAMPLE, 0);
  return bytesRead > 0 && hasBinaryBytes(buffer.subarray(0, bytesRead)) && !isUtf16(buffer);
}

/** Text with two bytes for each character has zeros too. */
function isUtf16(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}
