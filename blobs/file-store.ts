import { createHash, randomUUID } from "node:crypto";
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import {
  assertName,
  BATCH,
  BlobMismatch,
  BlobMissing,
  type BlobStore,
  BlobStoreError,
  type ByteRange,
  expectedHash,
  ID_PATH,
  isName,
  parseStoreId,
  pathOf,
  type SourceFile,
  type StoredObject,
} from "./store";

/** Bytes that are read at once, and held by a stream. */
const CHUNK = 128 * 1024;

/** After how long a temporary file belongs to no running put, in milliseconds. */
const ABANDONED = 24 * 60 * 60 * 1000;

/** How often a process looks for abandoned files at most, in milliseconds. */
const SWEEP_INTERVAL = 60 * 60 * 1000;

/**
 * Objects as files of a folder, which several processes and machines may share. A crash leaves temporary files at most;
 * puts and starts delete those that are older than a day.
 */
export function openFileStore(root: string): BlobStore {
  const temporary = join(root, "tmp");
  let opening: Promise<string> | undefined;
  let sweptAt = 0;

  // The folders are created by the first call alone: a put must not write into the mount point of an unmounted disk.
  const opened = () => {
    opening ??= openFolder(root).catch((error) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };

  const sweep = async () => {
    if (Date.now() - sweptAt < SWEEP_INTERVAL) return;
    sweptAt = Date.now();
    for (const name of await readdir(temporary)) {
      const path = join(temporary, name);
      const modified = await unlessMissing(stat(path).then(({ mtimeMs }) => mtimeMs));
      if (modified && modified < Date.now() - ABANDONED) await rm(path, { recursive: true, force: true });
    }
  };

  const isThere = async (path: string, size: number) => {
    if ((await unlessMissing(stat(path)))?.size !== size) return false;
    // Another process may have renamed it and not yet made that durable.
    await syncFolder(dirname(path));
    return true;
  };

  return {
    async put(name, file) {
      const path = join(root, pathOf(name));
      await using source = await open(file.path);
      return await describeErrors(root, async () => {
        await opened();
        if (await isThere(path, file.size)) return "there";
        await sweep();
        const copy = join(temporary, randomUUID());
        try {
          await copyDurably(source, copy, name, file);
          // Windows refuses to replace a file that is being read.
          if (await isThere(path, file.size)) return "there";
          await createFolder(dirname(path));
          await rename(copy, path);
        } finally {
          await rm(copy, { force: true });
        }
        await syncFolder(dirname(path));
        return "made";
      });
    },

    async get(name, range) {
      const path = join(root, pathOf(name));
      return describeErrors(root, async () => {
        await opened();
        const handle = await unlessMissing(open(path));
        if (!handle) {
          await expectObjects(root);
          throw new BlobMissing(name);
        }
        try {
          const { size } = await handle.stat();
          return streamOf(root, handle, limitsOf(size, range));
        } catch (error) {
          await handle.close();
          throw error;
        }
      });
    },

    async has(name) {
      const path = join(root, pathOf(name));
      return describeErrors(root, async () => {
        await opened();
        if (await unlessMissing(stat(path))) return true;
        await expectObjects(root);
        return false;
      });
    },

    async remove(names) {
      const paths = names.map((name) => join(root, pathOf(name)));
      await describeErrors(root, async () => {
        await opened();
        for (const path of paths) await rm(path, { force: true });
        for (const folder of new Set(paths.map(dirname))) await unlessMissing(syncFolder(folder));
      });
    },

    async *list(after = "") {
      if (after) assertName(after);
      const namesIn = (folder: string) => describeErrors(root, async () => (await readdir(folder)).sort());
      await describeErrors(root, opened);
      for (const prefix of await namesIn(join(root, "sha256"))) {
        if (!/^[0-9a-f]{2}$/.test(prefix) || prefix < after.slice(0, 2)) continue;
        const files = await namesIn(join(root, "sha256", prefix));
        const names = files.filter((name) => isName(name) && name.startsWith(prefix) && name > after);
        for (let i = 0; i < names.length; i += BATCH) {
          const paths = names.slice(i, i + BATCH).map((name) => join(root, "sha256", prefix, name));
          const objects = await describeErrors(root, () => Promise.all(paths.map(objectAt)));
          yield objects.filter((object) => object !== undefined);
        }
      }
    },

    link: async () => null,

    id: () =>
      describeErrors(root, async () => {
        const id = await opened();
        await sweep();
        return id;
      }),
  };
}

/** @returns undefined for one that was deleted */
async function objectAt(path: string): Promise<StoredObject | undefined> {
  const { size } = (await unlessMissing(stat(path))) ?? {};
  return size === undefined ? undefined : { name: basename(path), size };
}

/** A missing object is no missing disk. */
async function expectObjects(root: string): Promise<void> {
  await stat(join(root, "sha256"));
}

/** Creates what is missing of a store's folders and its id. @returns the id */
async function openFolder(root: string): Promise<string> {
  await mkdir(root, { recursive: true });
  await syncFolder(dirname(root));
  await createFolder(join(root, "sha256"));
  await createFolder(join(root, "tmp"));
  const path = join(root, ID_PATH);
  const existing = await unlessMissing(readFile(path, "utf8"));
  if (existing === undefined) await createId(root);
  return parseStoreId(existing ?? (await readFile(path, "utf8")), root);
}

/**
 * Of several processes one creates the id: a folder that has a file cannot be replaced by `rename`, also where a file
 * system has no hard links.
 */
async function createId(root: string): Promise<void> {
  const draft = join(root, "tmp", randomUUID());
  await mkdir(draft);
  await writeFile(join(draft, "id"), `${randomUUID()}\n`, { flush: true });
  await syncFolder(draft);
  try {
    await rename(draft, dirname(join(root, ID_PATH)));
  } catch (error) {
    if (!["ENOTEMPTY", "EEXIST", "EPERM", "EACCES"].includes(codeOf(error))) throw error;
    await rm(draft, { recursive: true });
  }
  await syncFolder(root);
}

/** Creates a folder in an existing one, durably. */
async function createFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  }
  // Also where it existed: another process may have created it just now.
  await syncFolder(dirname(path));
}

async function copyDurably(source: FileHandle, path: string, name: string, file: SourceFile): Promise<void> {
  const { size } = file;
  const hash = createHash("sha256");
  await using target = await open(path, "wx");
  const buffer = Buffer.allocUnsafe(Math.max(1, Math.min(CHUNK, size)));
  let copied = 0;
  for (;;) {
    const { bytesRead } = await source.read(buffer, 0, buffer.length, copied);
    if (bytesRead === 0 || copied > size) break;
    const chunk = buffer.subarray(0, bytesRead);
    hash.update(chunk);
    await target.writeFile(chunk);
    copied += bytesRead;
  }
  if (copied !== size || hash.digest("hex") !== expectedHash(name, file)) throw new BlobMismatch(name);
  await target.sync();
}

/** The offset of the first byte and of the one after the last. */
function limitsOf(size: number, range: ByteRange | undefined): { start: number; end: number } {
  if (!range) return { start: 0, end: size };
  if (range.from < 0 || range.from >= size || range.to < range.from) {
    throw new RangeError(`The range ${range.from} to ${range.to} is not in an object of ${size} bytes.`);
  }
  return { start: range.from, end: Math.min(size, range.to + 1) };
}

/** Reads when the consumer does, a chunk each time, and closes the file at the end. */
function streamOf(
  root: string,
  handle: FileHandle,
  { start, end }: { start: number; end: number },
): ReadableStream<Uint8Array> {
  let offset = start;
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
    if (offset < end) {
      const buffer = Buffer.allocUnsafeSlow(Math.min(CHUNK, end - offset));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, offset);
      if (bytesRead === 0) throw new BlobStoreError("unavailable", `An object of the blob store ${root} was cut.`);
      offset += bytesRead;
      controller.enqueue(buffer.subarray(0, bytesRead));
    }
    if (offset < end) return;
    await handle.close();
    controller.close();
  };
  return new ReadableStream(
    {
      pull: (controller) =>
        describeErrors(root, () => pull(controller)).catch(async (error) => {
          await handle.close();
          throw error;
        }),
      cancel: () => handle.close(),
    },
    { highWaterMark: 0 },
  );
}

/** Makes created, renamed and deleted entries of a folder durable, where the system has that for folders. */
async function syncFolder(path: string): Promise<void> {
  try {
    await using folder = await open(path);
    await folder.sync();
  } catch (error) {
    // What PostgreSQL ignores too: some systems open no folder, or sync none.
    if (!["EISDIR", "EACCES", "EBADF", "EINVAL", "EPERM"].includes(codeOf(error))) throw error;
  }
}

async function unlessMissing<T>(result: Promise<T>): Promise<T | undefined> {
  try {
    return await result;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

const FULL = ["ENOSPC", "EDQUOT"];
const NO_RIGHTS = ["EACCES", "EPERM", "EROFS", "ENOTDIR", "EISDIR", "EEXIST", "ENAMETOOLONG", "ELOOP"];

/** Errors of the file system as errors of the store. */
async function describeErrors<T>(root: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const code = codeOf(cause);
    if (FULL.includes(code)) {
      throw new BlobStoreError("full", `The disk of the blob store ${root} is full (${code}): free space.`);
    }
    if (NO_RIGHTS.includes(code)) {
      const message = `The blob store ${root} cannot be used (${code}): correct VITRINE_BLOBS, or the rights of its folders.`;
      throw new BlobStoreError("misconfigured", message);
    }
    if (!/^E[A-Z]/.test(code) || code.startsWith("ERR_")) throw cause;
    const message = `The blob store ${root} does not respond (${code}): see whether its disk is mounted.`;
    throw new BlobStoreError("unavailable", message);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
