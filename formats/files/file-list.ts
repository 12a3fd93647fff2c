import { FILE, isFileType } from "#contract/file-type";
import type { Json } from "#contract/json";

/** A file that data of the types `file` and `files` names; one has its name as its path. */
export interface ListedFile {
  path: string;
  mediaType: string;
  size: number;
  sha256: string;
}

/** The files of a version by its data; null for another type, and for data of another form. Without Zod, for browser code. */
export function listedFiles(type: string | null, data: Json): ListedFile[] | null {
  if (!isFileType(type) || typeof data !== "object" || data === null || Array.isArray(data)) return null;
  if (type === FILE) {
    const file = toFile(data, "name");
    return file && [file];
  }
  if (!Array.isArray(data.files)) return null;
  const files = data.files.flatMap((each) => toFile(each, "path") ?? []);
  return files.length === data.files.length ? files : null;
}

function toFile(value: Json, pathField: "name" | "path"): ListedFile | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const { mediaType, size, sha256, [pathField]: path } = value;
  if (typeof path !== "string" || typeof mediaType !== "string" || typeof sha256 !== "string") return null;
  return typeof size === "number" ? { path, mediaType, size, sha256 } : null;
}

/** Which of some paths is shown first: what describes the others, or the first page. */
export function firstShown(paths: readonly string[]): string | undefined {
  const names = [/^readme(?:\.\w+)?$/i, /^index\.html?$/i, /^report\.\w+$/i];
  for (const name of names) {
    const found = paths.find((path) => name.test(path));
    if (found !== undefined) return found;
  }
  return paths[0];
}
