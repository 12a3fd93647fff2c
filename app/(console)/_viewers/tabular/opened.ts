import type { Column } from "#formats/column";
import type { DelimitedChoice, ReadLayout } from "#formats/delimited/bytes";
import type { Table } from "#formats/table";

/** In bytes. Larger files are read in part. */
export const MAX_WHOLE = 64_000_000;
/** In bytes: the part of a larger file that is read. */
export const MAX_PART = 16_000_000;

/** A file with a table. */
export interface TableSource {
  format: "delimited" | "json-lines" | "parquet" | "arrow";
  url: string;
  /** In bytes. */
  size: number;
  /** Of its bytes, in hex. */
  sha256: string;
  isGzip: boolean;
  /** Of a delimited text. */
  choice: DelimitedChoice;
  /** The first row of those to read, of a format that is read in parts. */
  firstRow: number;
  /** In the worker: ends when another table is opened. */
  signal?: AbortSignal | undefined;
  /** Called when bytes of a part that is read by range came. */
  onRange?: () => void;
}

/** What a file says about itself. */
export interface FileFacts {
  /** `12,480 rows`, `zstd`, … */
  summary: string[];
  schema: { name: string; type: string }[];
}

/** A table that was read whole, or some of its rows. */
export interface OpenedTable {
  table: Table;
  columns: Column[];
  /** What is unusual about it or left out, as sentences. */
  notes: string[];
  /** Of a delimited text. */
  layout: ReadLayout | null;
  facts: FileFacts | null;
  /** Where the rows are among those of the file, if they are a part of them. */
  part: { first: number; of: number; step: number } | null;
}

/** What most formats say no more about a table. */
export const WHOLE: Pick<OpenedTable, "layout" | "facts" | "part"> = { layout: null, facts: null, part: null };
