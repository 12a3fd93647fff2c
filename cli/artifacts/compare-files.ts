import { createGunzip } from "node:zlib";
import type { Artifact } from "#contract/artifact";
import { FILE, isFileType } from "#contract/file-type";
import { type Budget, createBudget } from "#diff/budget";
import { compareVersions, type ReadVersion, readVersion } from "#diff/comparison";
import type { Difference } from "#diff/difference";
import { comparedType, contentOfTable, contentOfText, jsonOfBoth, type ReadContent } from "#diff/files/content";
import { changedFiles, type FileChanges, type FilePair } from "#diff/files/pairs";
import { type DiffOptions, MAX_COMPARED_BYTES } from "#diff/options";
import { DelimitedBytes } from "#formats/delimited/bytes";
import { JsonLinesBytes } from "#formats/delimited/json-lines";
import { NO_TABLE, noTable } from "#formats/delimited/no-table";
import { type DiffForm, diffFormOf, usualSeparator } from "#formats/files/file-kind";
import { type ListedFile, listedFiles } from "#formats/files/file-list";
import { formatBytes, pluralize } from "#formats/number";
import { type Connection, readBody } from "../runtime/connection";
import { notFoundError } from "../terminal/error";
import { readFile } from "./reference";

/** In bytes: of the files that are loaded for one comparison. */
const MAX_TOTAL_BYTES = 4 * MAX_COMPARED_BYTES;
/** Of how many files the content is compared. */
const MAX_FILES = 200;
/** In bytes: what is read of a file in gzip, without its compression. */
const MAX_UNZIPPED = 64_000_000;

/** A file of two versions. */
export type ComparedPair = FilePair & {
  /** How its content differs; null where sizes and hashes are compared. */
  content: Difference | null;
  /** What was left out, as sentences. */
  notes: string[];
};

export interface FilesDifference extends FileChanges {
  pairs: ComparedPair[];
}

type Version = Artifact & ReadVersion;

/** A kind of content that the command reads. */
type ReadForm = Exclude<DiffForm, "parquet" | "arrow" | "pdf" | "image">;

interface Side {
  id: string;
  /** Undefined for the only file of a version. */
  path: string | undefined;
  file: ListedFile;
  form: ReadForm;
}

/**
 * The files that differ between two versions with files, and how, as the page compares them; null for other versions.
 * @param path compares only the file there
 * @throws CliError for a path that neither version has
 */
export async function compareFiles(
  connection: Connection,
  [from, to]: [Version, Version],
  options: Partial<DiffOptions>,
  budget: Budget,
  path: string | undefined,
): Promise<FilesDifference | null> {
  if (!isFileType(from.type) || !isFileType(to.type)) return null;
  const { pairs, same } = changedFiles(filesOf(from, path), filesOf(to, path));
  if (path !== undefined && pairs.length + same === 0) throw notFoundError(`Neither version has a file "${path}".`);
  const left = { files: MAX_FILES, bytes: MAX_TOTAL_BYTES };
  let skipped = 0;
  const compared: ComparedPair[] = [];
  for (const pair of pairs) {
    const sides = pair.op === "changed" ? sidesOf(from, to, pair) : null;
    const size = (pair.from?.size ?? 0) + (pair.to?.size ?? 0);
    let result: Compared = NOT_COMPARED;
    if (sides && size > MAX_COMPARED_BYTES) result = { content: null, notes: [tooLarge(size)] };
    else if (sides && (left.files === 0 || left.bytes < size)) skipped += 1;
    else if (sides) {
      left.files -= 1;
      left.bytes -= size;
      result = await compareContent(connection, sides, options, budget);
    }
    compared.push({ ...pair, ...result });
  }
  if (skipped > 0) {
    budget.note(`The content of ${pluralize(skipped, "more file")} is not compared; choose one with --path.`);
  }
  return { pairs: compared, same };
}

type Compared = Pick<ComparedPair, "content" | "notes">;

const NOT_COMPARED: Compared = { content: null, notes: [] };

function tooLarge(size: number): string {
  return `Both files are ${formatBytes(size)} together; the content of up to ${formatBytes(MAX_COMPARED_BYTES)} is compared.`;
}

/** The files of a version, or the one at a path. */
function filesOf({ type, text }: Version, path: string | undefined) {
  const files = listedFiles(type, JSON.parse(text)) ?? [];
  return { type, files: path === undefined ? files : files.filter((file) => file.path === path) };
}

/** Null for files whose content is not read here. */
function sidesOf(from: Version, to: Version, pair: { from: ListedFile; to: ListedFile }): [Side, Side] | null {
  const [older, newer] = [sideOf(from, pair.from), sideOf(to, pair.to)];
  return older && newer ? [older, newer] : null;
}

function sideOf({ id, type }: Version, file: ListedFile): Side | null {
  const form = diffFormOf(file);
  if (form === null || form === "parquet" || form === "arrow" || form === "pdf" || form === "image") return null;
  return { id, path: type === FILE ? undefined : file.path, file, form };
}

async function compareContent(
  connection: Connection,
  [from, to]: [Side, Side],
  options: Partial<DiffOptions>,
  total: Budget,
): Promise<Compared> {
  try {
    const contents = await Promise.all([readContent(connection, from), readContent(connection, to)]);
    const { texts, notes } = jsonOfBoth(...contents);
    const versionOf = ({ form, file }: Side, text: string) =>
      readVersion({ type: comparedType(form, file), description: null, metadata: null, text });
    const budget = createBudget(total.left());
    const { data } = compareVersions(versionOf(from, texts[0]), versionOf(to, texts[1]), options, budget);
    return { content: data, notes: [...notes, ...budget.notes] };
  } catch (error) {
    if (error instanceof Error && error.name === NO_TABLE) return { content: null, notes: [error.message] };
    throw error;
  }
}

async function readContent(connection: Connection, { id, path, file, form }: Side): Promise<ReadContent> {
  const parts: Uint8Array[] = [];
  for await (const part of readBody(await readFile(connection, id, path))) parts.push(part);
  const bytes = Buffer.concat(parts);
  if (form === "text" || form === "json") return contentOfText(form, bytes);
  const reader = form === "delimited" ? new DelimitedBytes({ usual: usualSeparator(file.path) }) : new JsonLinesBytes();
  let cut: string | null = null;
  if (/\.gz$/i.test(file.path)) cut = await unzip(bytes, reader);
  else reader.add(bytes);
  const { table, notes } = reader.finish(cut === null);
  return contentOfTable(table, cut === null ? notes : [cut, ...notes]);
}

/** Passes on what a gzip file has, or its start; a sentence where it has more. @throws Error (NO_TABLE) for a damaged one */
async function unzip(bytes: Uint8Array, reader: { add: (part: Uint8Array) => void }): Promise<string | null> {
  const stream = createGunzip();
  stream.end(bytes);
  let size = 0;
  try {
    for await (const part of stream) {
      size += part.length;
      reader.add(part);
      if (size >= MAX_UNZIPPED)
        return `Only the first ${formatBytes(MAX_UNZIPPED)} without the compression are compared.`;
    }
  } catch {
    throw noTable("This gzip file is damaged.");
  }
  return null;
}
