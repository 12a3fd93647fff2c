import { VitrineError } from "#contract/error";
import type { FileData, FileEntry, FilesData } from "#contract/file";
import { pathConflict, pathError } from "#contract/file-type";
import { MAX_FILES } from "#contract/limits";
import { mediaTypeOf } from "#contract/media-type";
import { openPath, pathsIn, sha256Of } from "./platform-files";
import type { OnSent, Uploader } from "./upload";

/** How many files of a folder are sent at once. */
const CONCURRENT = 4;

/** A path where the platform has files, as Node.js; the bytes; or a stream of them, which is sent once. */
export type FileSource = string | URL | Blob | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>;

/** A path of a folder where the platform has files; or files by their path in the folder: relative, with slashes. */
export type FolderSource = string | URL | Readonly<Record<string, Exclude<FileSource, ReadableStream>>>;

export interface FileContentOptions {
  /** The name of the file: else that of the path or the `File`, else `file`. */
  name?: string | undefined;
  /** Such as `application/pdf`: else that of the `Blob`, else by the extension of the name. */
  mediaType?: string | undefined;
}

/** Called with the bytes that are sent or need not be, and all. */
export type OnProgress = (done: number, total: number) => void;

/** Sends a file. @returns the data of a version with it */
export async function uploadFile(
  uploader: Uploader,
  source: FileSource,
  options: FileContentOptions = {},
  onProgress?: OnProgress,
): Promise<FileData> {
  const name = options.name ?? nameOf(source);
  const content = await contentOf(source);
  const mediaType = options.mediaType || (content instanceof Blob && content.type.split(";")[0]) || mediaTypeOf(name);
  if (content instanceof ReadableStream) return { name, mediaType, ...(await uploader.send(content, null)) };
  const sha256 = await sha256Of(content);
  const { size } = content;
  const there = sha256 === null ? false : (await uploader.findThere([{ sha256, size }])).has(sha256);
  if (there && sha256 !== null) {
    onProgress?.(size, size);
    return { name, mediaType, size, sha256 };
  }
  return { name, mediaType, ...(await uploader.send(content, sha256, counting(size, onProgress))) };
}

function counting(total: number, onProgress: OnProgress | undefined): OnSent | undefined {
  let done = 0;
  return (
    onProgress &&
    ((bytes) => {
      done += bytes;
      onProgress(done, total);
    })
  );
}

/** Sends the files of a folder that are not there yet. @returns the data of a version with them, ordered by path */
export async function uploadFolder(
  uploader: Uploader,
  source: FolderSource,
  onProgress?: OnProgress,
): Promise<FilesData> {
  const sources = Object.entries(
    typeof source === "string" || source instanceof URL ? await pathsIn(source, MAX_FILES) : source,
  );
  expectPaths(sources.map(([path]) => path));
  const files: (FileEntry & { content: Blob })[] = [];
  const unknown: { path: string; content: Blob }[] = [];
  for (const [path, each] of sources) {
    const content = await contentOf(each);
    const sha256 = await sha256Of(content);
    const entry = { path, mediaType: content.type.split(";")[0] || mediaTypeOf(path), size: content.size, content };
    if (sha256 === null) unknown.push(entry);
    files.push({ ...entry, sha256: sha256 ?? "" });
  }
  const there = await uploader.findThere(
    files.filter(({ sha256 }) => sha256 !== "").map(({ sha256, size }) => ({ sha256, size })),
  );
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const count = counting(total, onProgress);
  const missing = files.filter(({ sha256 }) => !there.has(sha256));
  count?.(files.reduce((sum, { size, sha256 }) => sum + (there.has(sha256) ? size : 0), 0));
  const sendNext = async (): Promise<void> => {
    const next = missing.shift();
    if (!next) return;
    // Another file of the folder may have had the same bytes.
    if (there.has(next.sha256)) count?.(next.size);
    else next.sha256 = (await uploader.send(next.content, next.sha256 || null, count)).sha256;
    there.add(next.sha256);
    return sendNext();
  };
  await Promise.all(Array.from({ length: CONCURRENT }, sendNext));
  const entries = files.map(({ content: _, path, mediaType, size, sha256 }) => ({ path, mediaType, size, sha256 }));
  return { files: entries.sort((one, other) => (one.path < other.path ? -1 : 1)) };
}

/** @throws VitrineError BAD_REQUEST */
function expectPaths(paths: string[]): void {
  const wrong = paths.find((path) => pathError(path) !== null);
  const problem =
    wrong !== undefined
      ? `the path ${JSON.stringify(wrong)} ${pathError(wrong)}`
      : paths.length === 0 || paths.length > MAX_FILES
        ? `it has ${paths.length} files, and a version has 1 to ${MAX_FILES}`
        : pathConflict(paths);
  if (problem === null) return;
  throw new VitrineError("BAD_REQUEST", `The folder cannot be published: ${problem}.`, { field: "data" });
}

function contentOf(source: Exclude<FileSource, ReadableStream>): Promise<Blob>;
function contentOf(source: FileSource): Promise<Blob | ReadableStream<Uint8Array>>;
async function contentOf(source: FileSource): Promise<Blob | ReadableStream<Uint8Array>> {
  if (typeof source === "string" || source instanceof URL) return openPath(source);
  if (source instanceof Blob || source instanceof ReadableStream) return source;
  if (source instanceof Uint8Array) return new Blob([source]);
  throw new VitrineError("BAD_REQUEST", "A file must be a path, a Blob, bytes or a stream.", { field: "data" });
}

function nameOf(source: FileSource): string {
  const path = typeof source === "string" ? source : source instanceof URL ? decodeURIComponent(source.pathname) : "";
  const name = source instanceof Blob && "name" in source ? String(source.name) : path;
  return (/[^/\\]+$/.exec(name)?.[0] ?? "file").normalize("NFC");
}
