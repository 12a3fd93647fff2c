import { type DownloadProgress, receive } from "#app/_data/download";
import { noTable } from "#formats/delimited/no-table";
import { formatBytes } from "#formats/number";
import { decompressMembers, type GzipEnd } from "./gzip-members";
import { MAX_PART, MAX_WHOLE, type TableSource } from "./opened";

/** Collects the bytes of a file as they come. */
export interface ByteSink {
  /** Starts again. */
  restart: () => void;
  add: (part: Uint8Array) => void;
}

/**
 * Passes on the bytes of a file: all, or the start of one that is too large; those in a gzip file decompressed.
 * Resolves to a sentence about what is left out, or null.
 * @throws Error with a sentence
 */
export async function receiveBytes(
  { url, size, isGzip, signal }: TableSource,
  sink: ByteSink,
  onProgress: (progress: DownloadProgress) => void,
): Promise<string | null> {
  if (isGzip) return await receiveGzip(url, signal, sink, onProgress);
  const isWhole = size <= MAX_WHOLE;
  const headers: Record<string, string> = isWhole ? {} : { range: `bytes=0-${MAX_PART - 1}` };
  let received = 0;
  const receiver = {
    restart() {
      received = 0;
      sink.restart();
    },
    add(part: Uint8Array<ArrayBuffer>) {
      const used = isWhole ? part : part.subarray(0, MAX_PART - received);
      received += used.length;
      sink.add(used);
      return isWhole || received < MAX_PART;
    },
  };
  await receive(url, { headers, signal }, receiver, onProgress);
  return isWhole
    ? null
    : `This file has ${formatBytes(size)}, so only the rows in its first ${formatBytes(MAX_PART)} are shown, sorted, filtered and searched. Download it for all of them.`;
}

async function receiveGzip(
  url: string,
  signal: AbortSignal | undefined,
  sink: ByteSink,
  onProgress: (progress: DownloadProgress) => void,
): Promise<string | null> {
  let input: WritableStreamDefaultWriter<BufferSource> | null = null;
  let output: Promise<GzipEnd> = Promise.resolve("end");
  let state: GzipEnd | null = null;
  let parts: Uint8Array[] = [];
  let size = 0;
  const receiver = {
    restart() {
      input?.abort().catch(() => undefined);
      const stream = new DecompressionStream("gzip");
      input = stream.writable.getWriter();
      [state, parts, size] = [null, [], 0];
      sink.restart();
      output = drain(stream.readable, sink).then((end) => {
        state = end;
        return end;
      });
    },
    add(part: Uint8Array<ArrayBuffer>) {
      // The stream is closed as soon as there is enough, and its failure is that of the output.
      input?.write(part).catch(() => undefined);
      parts.push(part);
      size += part.length;
      // What is broken may be the first of several members, which are read when all of them are there.
      return state === null || (state === "broken" && size < MAX_WHOLE);
    },
  };
  await receive(url, { signal }, receiver, onProgress);
  const writer: WritableStreamDefaultWriter<BufferSource> | null = input;
  closeQuietly(writer);
  let result = await output;
  if (result === "broken") {
    sink.restart();
    result = await decompressMembers(joined(parts, size), MAX_WHOLE, sink, signal);
    if (result === "cut" && size >= MAX_WHOLE) result = "full";
  }
  if (result === "cut" || result === "broken") throw noTable("This gzip file is damaged. Download it to read it.");
  return result === "end"
    ? null
    : `This file is larger than ${formatBytes(MAX_WHOLE)} without its compression, so only the rows up to there are shown. Download it for all of them.`;
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function closeQuietly(writer: WritableStreamDefaultWriter<BufferSource> | null): void {
  writer?.close().catch(() => undefined);
}

async function drain(readable: ReadableStream<Uint8Array>, sink: ByteSink): Promise<GzipEnd> {
  const reader = readable.getReader();
  let size = 0;
  for (;;) {
    const next = await reader.read().catch(() => null);
    if (!next) return "broken";
    if (!next.value) return "end";
    size += next.value.length;
    sink.add(next.value);
    if (size < MAX_WHOLE) continue;
    reader.cancel().catch(() => undefined);
    return "full";
  }
}
