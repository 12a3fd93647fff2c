/** What files are, without Zod, for browser code: their schemas are in `file.ts`. */

/** The type of an artifact that is one file, and of one that is a folder of files. */
export const FILE = "file";
export const FILES = "files";

export function isFileType(type: string | null | undefined): type is typeof FILE | typeof FILES {
  return type === FILE || type === FILES;
}

/** What a file has where nothing else is known. */
export const ANY_MEDIA_TYPE = "application/octet-stream";

/** The first rule that a name of a file breaks; null for a name. */
export function fileNameError(name: string): string | null {
  if (name === "" || name === "." || name === "..") return 'must not be empty, "." or ".."';
  if (/[\\/]/.test(name)) return "must not contain slashes and backslashes";
  if (/\p{Cc}/u.test(name)) return "must not contain control characters";
  return name === name.normalize("NFC") ? null : "must be in the Unicode normal form NFC";
}

/** The first rule that a path in a folder breaks; null for a path. */
export function pathError(path: string): string | null {
  if (path.startsWith("/") || /^[a-zA-Z]:[\\/]/.test(path)) return "must be relative";
  if (path.includes("\\")) return "must not contain backslashes";
  for (const name of path.split("/")) {
    const error = fileNameError(name);
    if (error?.startsWith("must not be empty")) return 'must not have an empty name, "." or ".." between slashes';
    if (error) return error;
  }
  return null;
}

/** Why paths cannot be in one folder; null where they can. */
export function pathConflict(paths: readonly string[]): string | null {
  const all = new Set<string>();
  for (const path of paths) {
    if (all.has(path)) return `must have each path once, and has "${path}" twice`;
    all.add(path);
  }
  for (const path of paths) {
    for (let at = path.indexOf("/"); at >= 0; at = path.indexOf("/", at + 1)) {
      const folder = path.slice(0, at);
      if (all.has(folder)) return `has "${folder}" both as a file and as a folder`;
    }
  }
  return null;
}

/** Data of the types `file` and `files` has at most so many bytes of JSON for each file, and once more. */
export const MANIFEST_BYTES = 1024;

/** The most bytes that the data of a version has: that of files is a list of them, and `size` that of their content. */
export function dataBytes({ type, size, rows }: { type: string | null; size: number; rows: number | null }): number {
  if (type === FILE) return 2 * MANIFEST_BYTES;
  if (type === FILES && rows !== null) return MANIFEST_BYTES * (rows + 1);
  return size;
}

/** Whether data is larger than the JSON of so many files may be. */
export function isManifestTooLarge(bytes: number, files: number): boolean {
  return bytes > MANIFEST_BYTES * (files + 1);
}
