import { createGunzip, gunzip } from "node:zlib";
import { VitrineError } from "#contract/error";

const MIB = 1024 * 1024;

/** The least that a part may unpack to, in bytes; parts of several rows or versions are smaller. */
const MIN_BOUND = 64 * MIB;

/** For the line of ids before the data of a version. */
const SPARE = MIB;

/** How many bytes a part may unpack to, where a version may have `maxData` bytes of data. */
function boundOf(maxData: number): number {
  return Math.max(maxData, MIN_BOUND) + SPARE;
}

/**
 * Unpacks the content of a part without blocking the process.
 * @throws VitrineError PAYLOAD_TOO_LARGE beyond the bound, with no more than that in memory; BAD_REQUEST if it is not gzip
 */
export function unpack(content: Uint8Array, maxData: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    gunzip(content, { maxOutputLength: boundOf(maxData) }, (error, plain) => {
      if (!error) resolve(plain);
      else reject("code" in error && error.code === "ERR_BUFFER_TOO_LARGE" ? tooLargeError(maxData) : damagedError());
    });
  });
}

/** Throws as `unpack` does, but keeps nothing of what it unpacks. */
export function expectUnpackable(content: Uint8Array, maxData: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const stream = createGunzip({ chunkSize: MIB / 4 });
    let size = 0;
    stream.on("data", (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size > boundOf(maxData)) stream.destroy(tooLargeError(maxData));
    });
    stream.on("end", resolve);
    stream.on("error", (error) => reject(error instanceof VitrineError ? error : damagedError()));
    stream.end(content);
  });
}

/** The content of a part is not what a backup contains. */
export function damagedError(): VitrineError {
  return new VitrineError("BAD_REQUEST", "The backup is damaged: the content of a part has not the form of one.");
}

function tooLargeError(maxData: number): VitrineError {
  const most = Math.floor(boundOf(maxData) / MIB);
  return new VitrineError(
    "PAYLOAD_TOO_LARGE",
    `A part of the backup unpacks to more than ${most} MiB; raise VITRINE_MAX_DATA if it holds a larger version.`,
  );
}
