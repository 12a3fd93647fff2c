import { decompress as decompressZstd } from "fzstd";
import { type Compressors, type FileMetaData, parquetMetadataAsync, parquetScan } from "hyparquet";
import { decompressBrotli } from "hyparquet-compressors/src/brotli.js";
import { gunzip } from "hyparquet-compressors/src/gzip.js";
import { decompressLz4 } from "hyparquet-compressors/src/lz4.js";
import { columnsOf } from "#formats/column";
import { TableBuilder } from "#formats/delimited/table-builder";
import { formatCount, pluralize } from "#formats/number";
import { rangeOf } from "./byte-ranges";
import { decompressLz4Block } from "./lz4";
import { type FileFacts, type OpenedTable, type TableSource, WHOLE } from "./opened";
import { PARSERS, type ParquetColumn, takeColumns } from "./parquet-column";
import { BROKEN, firstByteOf, ParquetFile } from "./parquet-file";

/** Up to here all rows are read at once. */
const MAX_SIZE = 32_000_000;
const MAX_UNCOMPRESSED = 256_000_000;
const MAX_CELLS = 8_000_000;
/** Of a larger file: how many rows and cells are read at once, and how many columns are shown. */
const STEP_ROWS = 10_000;
const STEP_CELLS = 400_000;
const MAX_COLUMNS = 500;
/** In bytes, of the cells of the rows that are read. */
const MAX_BYTES = 256_000_000;
/** In bytes: what is loaded first of the end of the file, where its metadata is. */
const FOOTER = 64 * 1024;

const COMPRESSORS: Compressors = {
  GZIP: (input, length) => gunzip(input, new Uint8Array(length)),
  BROTLI: decompressBrotli,
  ZSTD: (input, length) => decompressZstd(input, new Uint8Array(length)),
  LZ4: decompressLz4,
  LZ4_RAW: decompressLz4Block,
};

interface Opened {
  url: string;
  metadata: FileMetaData;
  columns: ParquetColumn[];
  facts: FileFacts;
  file: ParquetFile;
}

/** The file that was read last, whose metadata and pages serve its further rows. */
let last: Promise<Opened> | null = null;
let lastUrl = "";

/** Reads all rows of a small Parquet file, or some of a large one, by range. @throws Error with a sentence */
export async function readParquet(source: TableSource): Promise<OpenedTable> {
  if (lastUrl !== source.url || last === null) {
    last = openFile(source);
    lastUrl = source.url;
  }
  try {
    return await readRows(await last, source);
  } catch (error) {
    last = null;
    throw error;
  }
}

async function openFile(source: TableSource): Promise<Opened> {
  const fetchRange = (start: number, end: number) => rangeOf(source, start, end);
  const footer = {
    byteLength: source.size,
    slice: async (start: number, end = source.size) => (await fetchRange(start, end)).buffer,
  };
  const end = new TextDecoder().decode(await fetchRange(Math.max(0, source.size - 4), source.size));
  if (end === "PARE") throw new Error("This file is encrypted, so it can't be shown.");
  if (end !== "PAR1" || source.size < 12) throw new Error("This isn't a whole Parquet file: its end is missing.");
  const metadata = await parquetMetadataAsync(footer, {
    parsers: PARSERS,
    geoparquet: false,
    initialFetchSize: FOOTER,
  });
  const chunks = metadata.row_groups.flatMap((group) => group.columns);
  if (chunks.some(({ crypto_metadata, encrypted_column_metadata }) => crypto_metadata ?? encrypted_column_metadata)) {
    throw new Error("Columns of this file are encrypted, so it can't be shown.");
  }
  const columns = takeColumns(metadata);
  const file = new ParquetFile(source.size, metadata, fetchRange);
  return { url: source.url, metadata, columns, facts: factsOf(metadata, columns), file };
}

async function readRows({ metadata, columns: all, facts, file }: Opened, source: TableSource): Promise<OpenedTable> {
  const total = totalRows(metadata);
  const isSmall =
    source.size <= MAX_SIZE && total * all.length <= MAX_CELLS && uncompressedSize(metadata) <= MAX_UNCOMPRESSED;
  const columns = isSmall ? all : all.slice(0, MAX_COLUMNS);
  const step = isSmall
    ? total
    : Math.max(100, Math.min(STEP_ROWS, Math.floor(STEP_CELLS / Math.max(1, columns.length))));
  const first = isSmall ? 0 : Math.max(0, Math.min(Math.floor(source.firstRow), total - 1));
  const end = Math.min(total, first + step);
  const rows = end - first;
  const builder = new TableBuilder();
  const cells = new Uint32Array(rows * columns.length);
  const scan = await parquetScan({
    file,
    metadata,
    compressors: COMPRESSORS,
    parsers: PARSERS,
    utf8: false,
    geoparquet: false,
  });
  let start = 0;
  for (const group of metadata.row_groups) {
    const groupEnd = start + Number(group.num_rows);
    const [from, to] = [Math.max(first, start), Math.min(end, groupEnd)];
    if (from < to) {
      for (const { meta_data } of group.columns) if (meta_data) file.neededRows.set(firstByteOf(meta_data), to - start);
      const read = (column: ParquetColumn) => scan.readColumn({ column: column.name, rowStart: from, rowEnd: to });
      // All at once of a part, whose requests would wait for each other; one by one of a whole file, to hold one at a time.
      const parts = isSmall ? [] : await Promise.all(columns.map(read));
      for (const [at, column] of columns.entries()) {
        const values = parts[at] ?? (await read(column));
        if (values.length < to - from) throw new Error(`${BROKEN}: it has fewer rows than it says.`);
        for (let row = from; row < to; row += 1) {
          if (builder.size > MAX_BYTES)
            throw new Error("These rows are too large to show. Download the file to read them.");
          cells[(row - first) * columns.length + at] = column.write(builder, values[row - from]);
        }
      }
    }
    start = groupEnd;
  }
  const table = {
    ...builder.build(
      columns.map(({ name }) => name),
      rows,
      cells,
    ),
    offset: first,
  };
  return {
    ...WHOLE,
    table,
    columns: columnsOf(table),
    notes: notesOf(all.length - columns.length, isSmall),
    facts,
    part: isSmall ? null : { first, of: total, step },
  };
}

function totalRows({ row_groups }: FileMetaData): number {
  const total = row_groups.reduce((sum, { num_rows }) => sum + Number(num_rows), 0);
  if (!Number.isSafeInteger(total) || row_groups.some(({ num_rows }) => num_rows < 0n)) {
    throw new Error(`${BROKEN}: it has an impossible number of rows.`);
  }
  return total;
}

function uncompressedSize({ row_groups }: FileMetaData): number {
  const chunks = row_groups.flatMap(({ columns }) => columns);
  return chunks.reduce((sum, { meta_data }) => sum + Number(meta_data?.total_uncompressed_size ?? 0), 0);
}

function notesOf(hidden: number, isSmall: boolean): string[] {
  return [
    ...(isSmall
      ? []
      : ["The file is read in parts: search, filters, sort and statistics are those of the rows shown."]),
    ...(hidden > 0 ? [`${formatCount(hidden)} more columns are not shown.`] : []),
  ];
}

function factsOf(metadata: FileMetaData, columns: ParquetColumn[]): FileFacts {
  const codecs = new Set(
    metadata.row_groups.flatMap((group) =>
      group.columns.map(({ meta_data }) => (meta_data?.codec ?? "").toLowerCase()),
    ),
  );
  const summary = [
    "Parquet",
    pluralize(totalRows(metadata), "row"),
    pluralize(columns.length, "column"),
    pluralize(metadata.row_groups.length, "row group"),
    ...[...codecs].filter(Boolean),
    ...(metadata.created_by ? [`written by ${metadata.created_by.slice(0, 100)}`] : []),
  ];
  return { summary, schema: columns.map(({ name, type }) => ({ name, type })) };
}
