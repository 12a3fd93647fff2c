import { type CliError, usageError } from "../terminal/error";

/** How much of a file is searched for control characters other than NUL. */
const SAMPLE = 64 * 1024;

const PDF = "%PDF-";

/** Formats by their first characters, as Latin-1. */
const FORMATS: [start: string, name: string][] = [
  [PDF, "a PDF file"],
  ["PK\u0003\u0004", "a ZIP archive or an Office document"],
  ["\u00d0\u00cf\u0011\u00e0", "an Office document"],
  ["\u001f\u008b", "a gzip file"],
  ["PAR1", "a Parquet file"],
  ["SQLite format 3", "an SQLite database"],
  ["RIFF", "an audio or video file"],
  ["ID3", "an audio file"],
  ["OggS", "an audio or video file"],
];

/**
 * Whether bytes are not text, although they may be UTF-8: a PDF, or with control characters other than those that
 * terminals and printers know.
 */
export function hasBinaryBytes(bytes: Uint8Array): boolean {
  return bytes.includes(0) || startOf(bytes).startsWith(PDF) || bytes.subarray(0, SAMPLE).some(isBinary);
}

function isBinary(byte: number): boolean {
  return byte < 7 || (byte > 13 && byte < 27) || (byte > 27 && byte < 32);
}

/** The error for a file that is not text. */
export function binaryFile(name: string, bytes: Uint8Array): CliError {
  const format = FORMATS.find(([start]) => startOf(bytes).startsWith(start))?.[1] ?? "a binary file";
  return usageError(
    `${name} is ${format}, which is not text: publish it as it is by --type file, or convert it to text, CSV or an image.`,
  );
}

function startOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, 16)).toString("latin1");
}
