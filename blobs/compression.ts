import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { open, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { createGunzip, createGzip, gzip, type ZlibOptions } from "node:zlib";
import { BlobDamaged, type BlobStore, type ByteRange, type Codec, nameOf, type SourceFile } from "./store";

/** Smaller files take no less of a disk, in bytes. */
const MIN_COMPRESSED = 4 * 1024;

/** The largest file that is compressed, in bytes: a range of it is read from its beginning, which takes 40 ms at most. */
export const MAX_COMPRESSED = 8 * 1024 * 1024;

/** What has not become smaller than this part of it stays as it is. */
const WORTHWHILE = 0.9;

/** By how many bytes at the beginning of a file it is decided whether all are tried. */
const SAMPLE = 64 * 1024;

/** How many files are compressed at a time; further ones stay as they are, so that processor time is bounded. */
const MAX_CONCURRENT = 4;

const OPTIONS: ZlibOptions = { level: 6 };

const gzipWhole = promisify<Uint8Array, ZlibOptions, Buffer>(gzip);

let concurrent = 0;

/** A file that is deleted when it is disposed of. */
export type CompressedFile = Required<SourceFile> & AsyncDisposable;

/**
 * Compresses text into a folder, where that makes it smaller by a tenth at least.
 * @returns null where it stays as it is
 */
export async function compressFile(
  file: Pick<SourceFile, "path" | "size">,
  folder: string,
): Promise<CompressedFile | null> {
  if (file.size < MIN_COMPRESSED || file.size > MAX_COMPRESSED || concurrent >= MAX_CONCURRENT) return null;
  concurrent += 1;
  const path = join(folder, `${randomUUID()}.gz`);
  const remove = () => rm(path, { force: true });
  try {
    if (!(await isWorthwhile(file.path))) return null;
    const hash = createHash("sha256");
    let size = 0;
    const measured = async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        size += chunk.byteLength;
        yield chunk;
      }
    };
    const target = createWriteStream(path, { flags: "wx", mode: 0o600 });
    await pipeline(createReadStream(file.path), createGzip(OPTIONS), measured, target);
    if (size <= file.size * WORTHWHILE) {
      return { path, size, sha256: hash.digest("hex"), [Symbol.asyncDispose]: remove };
    }
    await remove();
    return null;
  } catch (error) {
    await remove();
    throw error;
  } finally {
    concurrent -= 1;
  }
}

async function isWorthwhile(path: string): Promise<boolean> {
  await using file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(SAMPLE), 0, SAMPLE, 0);
  const sample = buffer.subarray(0, bytesRead);
  if (!isText(sample)) return false;
  const { byteLength } = await gzipWhole(sample, OPTIONS);
  return byteLength <= bytesRead * WORTHWHILE;
}

const [BELL, RETURN, ESCAPE, SPACE] = [7, 13, 27, 32];

/** Whether bytes begin as text does: Parquet, Arrow, archives, images, sound, video and PDF are read by ranges. */
function isText(sample: Buffer): boolean {
  const start = sample.toString("latin1", 0, 5);
  if (start.startsWith("\xff\xfe") || start.startsWith("\xfe\xff")) return true;
  return !start.startsWith("%PDF-") && sample.every(isOfText);
}

/** All but control characters; bells, backspaces and escapes are in logs. */
function isOfText(byte: number): boolean {
  return byte >= SPACE || (byte >= BELL && byte <= RETURN) || byte === ESCAPE;
}

/**
 * The plain bytes of an object, or a range of them, as `BlobStore.get` returns those of an object that is not compressed.
 * @param size that of the plain bytes
 */
export async function openPlain(
  store: Pick<BlobStore, "get">,
  { sha256, size, codec }: { sha256: string; size: number; codec: Codec },
  range?: ByteRange,
): Promise<ReadableStream<Uint8Array>> {
  const name = nameOf(sha256, codec);
  if (codec === "none") return store.get(name, range);
  const compressed = await store.get(name);
  let chunks: AsyncGenerator<Uint8Array, void> | undefined;
  return new ReadableStream(
    {
      async pull(controller) {
        chunks ??= plainChunks(compressed, name, size, range);
        const { value } = await chunks.next();
        if (value) controller.enqueue(value);
        else controller.close();
      },
      async cancel() {
        if (chunks) await chunks.return();
        else await compressed.cancel();
      },
    },
    { highWaterMark: 0 },
  );
}

async function* plainChunks(
  compressed: ReadableStream<Uint8Array>,
  name: string,
  size: number,
  range: ByteRange | undefined,
): AsyncGenerator<Uint8Array, void> {
  const { from, to } = range ?? { from: 0, to: size - 1 };
  const gunzip = createGunzip({ chunkSize: 64 * 1024 });
  // Who reads gets the error too.
  pipeline(Readable.from(compressed), gunzip).catch(() => {});
  let at = 0;
  try {
    for await (const chunk of gunzip) {
      const part: Buffer = chunk.subarray(Math.max(0, from - at), Math.max(0, to + 1 - at));
      at += chunk.byteLength;
      if (part.byteLength > 0) yield part;
      // The end of the whole is read too, as the checksum is there.
      if (range && at > to) return;
    }
  } catch (error) {
    throw isZlibError(error) ? new BlobDamaged(name) : error;
  }
  if (at !== size) throw new BlobDamaged(name);
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && "code" in error && String(error.code).startsWith("Z_");
}
