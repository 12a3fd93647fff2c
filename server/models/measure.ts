import { createHash, hash } from "node:crypto";
import { type FileEntry, filesIn } from "#contract/file";
import { FILES, isFileType, isManifestTooLarge } from "#contract/file-type";
import { MAX_FILES } from "#contract/limits";
import type { Preview } from "#contract/preview";
import { RawJson } from "#contract/raw-json";
import { encodedInPieces, textPieces } from "#formats/json-text";
import { previewOf } from "#formats/preview";
import { createPauses, inSteps, nextTurn, runBySize, STEP } from "#formats/steps";
import { countRows } from "#formats/table-form";

/** Stored with each version, so that lists, timelines and charts never read its data. */
export interface Measure {
  /** Of the data, or of the files that it names. */
  size: number;
  /** Of a table; of a folder, how many files it has. */
  rows: number | null;
  number: number | null;
  /** Of the UTF-8 text, in hex. */
  sha256: string;
  preview: Preview | null;
}

/**
 * The size of data in bytes, or of the files that it names, its rows if it is a table by type and form, its value if it is a finite number, its hash, and
 * what lists show of it.
 */
export async function measure(type: string | null | undefined, data: RawJson): Promise<Measure> {
  if (data.bytes > STEP) await nextTurn();
  const text = data.text();
  const number = /^[\s\d-]/.test(text) ? Number(text) : Number.NaN;
  const files = filesOf(type, data);
  const ofTable = type === "table" ? await runBySize(data.bytes, rowsOf(text)) : null;
  const rows = type === FILES && files ? files.length : ofTable;
  return {
    size: files?.reduce((sum, { size }) => sum + size, 0) ?? data.bytes,
    rows,
    number: Number.isFinite(number) && text.trim() !== "" ? number : null,
    sha256: await sha256Of(data),
    preview: await runBySize(data.bytes, previewOf(type, text, rows)),
  };
}

function filesOf(type: string | null | undefined, data: RawJson): FileEntry[] | null {
  // What is larger names no files.
  if (!isFileType(type) || isManifestTooLarge(data.bytes, MAX_FILES)) return null;
  return filesIn(type, data.toJSON());
}

function* rowsOf(text: string): Generator<void, number | null> {
  return yield* countRows(yield* encodedInPieces(text));
}

/** The SHA-256 of the UTF-8 text, in hex: in steps where that is large. */
export function sha256Of(data: RawJson): string | Promise<string> {
  return data.bytes > STEP ? inSteps(hashed(data.text())) : hash("sha256", data.text());
}

function* hashed(text: string): Generator<void, string> {
  const sum = createHash("sha256");
  for (const piece of textPieces(text)) {
    sum.update(piece);
    yield;
  }
  return sum.digest("hex");
}

/** Measures the data of many rows, with other requests in between. */
export async function measureAll<Row extends { type?: string | null | undefined; data?: RawJson | undefined }>(
  rows: readonly Row[],
): Promise<Measure[]> {
  const pause = createPauses();
  const measures: Measure[] = [];
  for (const { type, data = RawJson.null } of rows) {
    measures.push(await measure(type, data));
    await pause(data.bytes);
  }
  return measures;
}

/** Whether the rows and the preview of data depend on its type, judged by its first character. */
export function dependsOnType(data: RawJson): boolean {
  return /^\s*[[{"]/.test(data.text());
}
