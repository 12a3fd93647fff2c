import { CompressionType, type DataType, setCompressionCodec, tableFromIPC } from "@uwdata/flechette";
import { decompress as decompressZstd } from "fzstd";
import { type DownloadProgress, download } from "#app/_data/download";
import { columnsOf } from "#formats/column";
import { TableBuilder } from "#formats/delimited/table-builder";
import { formatBytes, pluralize } from "#formats/number";
import { checkBatch } from "./arrow-check";
import { arrowMessages } from "./arrow-messages";
import {
  addFloat,
  addValue,
  type CellWriter,
  dateText,
  decimalText,
  integerIn,
  timestampText,
  timeText,
} from "./cell-text";
import { decompressLz4Frame } from "./lz4";
import { MAX_WHOLE, type OpenedTable, type TableSource, WHOLE } from "./opened";

const MAX_CELLS = 8_000_000;
const MAX_COLUMNS = 10_000;
/** In bytes, of the cells together. */
const MAX_BYTES = 256_000_000;
/** In bytes, of a buffer without its compression. */
const MAX_BUFFER = 256_000_000;
const PER_SECOND = [1n, 1000n, 1_000_000n, 1_000_000_000n] as const;

const unused = () => {
  throw new Error("Nothing is written.");
};

/** Reads an Arrow file or stream, as Feather files are. @throws Error with a sentence */
export async function readArrow(
  source: TableSource,
  onProgress: (progress: DownloadProgress) => void,
): Promise<OpenedTable> {
  if (source.size > MAX_WHOLE) {
    throw new Error(`Arrow files are shown up to ${formatBytes(MAX_WHOLE)}. Download this one to read it.`);
  }
  const bytes = await download(source.url, onProgress);
  try {
    return tableOf(bytes);
  } catch (error) {
    if (error instanceof TooLarge) throw error;
    throw new Error("This isn't a whole Arrow file or stream, or it has types or sizes that can't be shown.");
  }
}

class TooLarge extends Error {}

function bounded(decompress: (input: Uint8Array, size: number) => Uint8Array) {
  return (input: Uint8Array, size: number) => {
    if (size > MAX_BUFFER) throw new TooLarge("A column of this file is too large to show. Download it to read it.");
    return decompress(input, size);
  };
}

function tableOf(bytes: Uint8Array): OpenedTable {
  setCompressionCodec(CompressionType.LZ4_FRAME, { decode: bounded(decompressLz4Frame), encode: unused });
  const decompress = bounded((input, size) => decompressZstd(input, new Uint8Array(size)));
  setCompressionCodec(CompressionType.ZSTD, { decode: decompress, encode: unused });
  const arrow = tableFromIPC(arrowMessages(bytes), {
    useBigInt: true,
    useBigIntTimestamp: true,
    useDecimalInt: true,
    useMap: true,
  });
  const { fields } = arrow.schema;
  if (fields.length > MAX_COLUMNS)
    throw new TooLarge("This file has too many columns to show. Download it to read it.");
  const rows = Math.min(arrow.numRows, Math.floor(MAX_CELLS / Math.max(1, fields.length)));
  const builder = new TableBuilder();
  const cells = new Uint32Array(rows * fields.length);
  for (const [at, { type }] of fields.entries()) {
    const write = writerOf(type);
    const column = arrow.getChildAt(at);
    for (const batch of column.data) checkBatch(batch);
    let row = 0;
    for (const value of column) {
      if (row === rows) break;
      if (builder.size > MAX_BYTES) throw new TooLarge("This table is too large to show. Download it to read it.");
      cells[row * fields.length + at] = value === null ? 0 : write(builder, value);
      row += 1;
    }
  }
  const table = builder.build(
    fields.map(({ name }) => name),
    rows,
    cells,
  );
  const summary = ["Arrow", pluralize(arrow.numRows, "row"), pluralize(fields.length, "column")];
  const schema = fields.map(({ name, type }) => ({ name, type: typeText(type) }));
  const notes =
    rows < arrow.numRows ? [`Only the first ${pluralize(rows, "row")} are shown: the file has too many cells.`] : [];
  return { ...WHOLE, table, columns: columnsOf(table), notes, facts: { summary, schema } };
}

/** Dates, times and decimals as text or numbers; other values, also those in lists and structs, as they are. */
function writerOf(type: DataType): CellWriter {
  if (type.typeId === 3) return type.precision === 1 ? addFloat : addValue;
  const read = readerOf(type);
  // A decimal is a number, and all others are texts or JSON.
  if (type.typeId === 7) return (builder, value) => builder.addJson(String(read(value)));
  return (builder, value) => addValue(builder, read(value));
}

function readerOf(type: DataType): (value: unknown) => unknown {
  switch (type.typeId) {
    case -1:
      return readerOf(type.dictionary);
    case 7:
      return ofInteger((value) => decimalText(value, type.scale));
    case 8:
      return (value) => dateText(Number(value) / 86_400_000);
    case 9:
      return ofInteger((value) => timeText(value, PER_SECOND[type.unit]));
    case 10:
      return ofInteger((value) => timestampText(value, PER_SECOND[type.unit]) + (type.timezone ? "Z" : ""));
    case 12:
    case 16:
    case 21:
    case 25:
    case 26: {
      const read = orNull(readerOf(type.children[0]?.type ?? { typeId: 1 }));
      return (value) => (isObject(value) ? Object.values(value).map(read) : value);
    }
    case 13: {
      const readers = new Map(type.children.map(({ name, type: own }) => [name, orNull(readerOf(own))]));
      return (value) =>
        isObject(value)
          ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, readers.get(name)?.(member)]))
          : value;
    }
    default:
      return (value) => value;
  }
}

function ofInteger(format: (value: bigint) => string): (value: unknown) => unknown {
  return (value) => {
    const integer = integerIn(value);
    return integer === null ? value : format(integer);
  };
}

function orNull(read: (value: unknown) => unknown): (value: unknown) => unknown {
  return (value) => (value === null || value === undefined ? null : read(value));
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

const NAMES: Record<number, string> = {
  1: "null",
  4: "binary",
  5: "string",
  6: "boolean",
  8: "date",
  9: "time",
  11: "interval",
  12: "list",
  13: "struct",
  14: "union",
  15: "binary",
  16: "list",
  17: "map",
  18: "duration",
  19: "binary",
  20: "string",
  21: "list",
  23: "binary",
  24: "string",
  25: "list",
  26: "list",
};

function typeText(type: DataType): string {
  switch (type.typeId) {
    case -1:
      return `dictionary of ${typeText(type.dictionary)}`;
    case 2:
      return `${type.signed ? "int" : "uint"}${type.bitWidth}`;
    case 3:
      return `float${16 << type.precision}`;
    case 7:
      return `decimal(${type.precision}, ${type.scale})`;
    case 10:
      return type.timezone ? `timestamp (${type.timezone})` : "timestamp";
    default:
      return NAMES[type.typeId] ?? "unknown";
  }
}
