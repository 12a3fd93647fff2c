import type { FileMetaData, ParquetParsers, SchemaElement } from "hyparquet";
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
import { flatColumns } from "./parquet-file";

/** Dates and times in ISO 8601, with all of their digits. */
export const PARSERS: Partial<ParquetParsers> = {
  timestampFromMilliseconds: (value) => timestampText(BigInt(value), 1000n),
  timestampFromMicroseconds: (value) => timestampText(BigInt(value), 1_000_000n),
  timestampFromNanoseconds: (value) => timestampText(BigInt(value), 1_000_000_000n),
  dateFromDays: dateText,
  jsonFromBytes(bytes) {
    const text = new TextDecoder().decode(bytes);
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  },
};

/** A column of a Parquet file. */
export interface ParquetColumn {
  name: string;
  /** For people: `decimal(10, 2)`. */
  type: string;
  write: CellWriter;
}

const PER_SECOND = { MILLIS: 1000n, MICROS: 1_000_000n, NANOS: 1_000_000_000n } as const;

/**
 * The columns of a file. Changes its metadata so that the reader gives exact values where it would round or refuse them:
 * decimals and times as integers, intervals and BSON as bytes.
 */
export function takeColumns(metadata: FileMetaData): ParquetColumn[] {
  const flat = new Set(flatColumns(metadata));
  const columns: ParquetColumn[] = [];
  let inside = 0;
  for (const element of metadata.schema.slice(1)) {
    const isTop = inside === 0;
    inside += (element.num_children ?? 0) - (isTop ? 0 : 1);
    if (isTop)
      columns.push({ name: element.name, type: typeOf(element), write: writerOf(element, flat.has(element.name)) });
    const { converted_type: converted } = element;
    if (converted === "INTERVAL" || converted === "BSON") delete element.converted_type;
    if (isTop && flat.has(element.name) && scaleOf(element) !== null) {
      delete element.converted_type;
      delete element.logical_type;
    }
  }
  return columns;
}

function writerOf(element: SchemaElement, isFlat: boolean): CellWriter {
  const { type, logical_type: logical, converted_type: converted } = element;
  if (!isFlat) return addValue;
  const scale = scaleOf(element);
  if (scale !== null) return (builder, value) => addDecimal(builder, value, scale);
  if (logical?.type === "TIME") return timeWriter(PER_SECOND[logical.unit]);
  if (converted === "TIME_MILLIS") return timeWriter(1000n);
  if (converted === "TIME_MICROS") return timeWriter(1_000_000n);
  const isUtc = logical?.type === "TIMESTAMP" ? logical.isAdjustedToUTC : converted?.startsWith("TIMESTAMP_");
  if (isUtc) return (builder, value) => addValue(builder, typeof value === "string" ? `${value}Z` : value);
  return type === "FLOAT" ? addFloat : addValue;
}

const addDecimal = (builder: Parameters<CellWriter>[0], value: unknown, scale: number): number => {
  const unscaled = integerIn(value);
  return unscaled === null ? addValue(builder, value) : builder.addJson(decimalText(unscaled, scale));
};

function timeWriter(perSecond: bigint): CellWriter {
  return (builder, value) => {
    const units = integerIn(value);
    return units === null || units < 0n ? addValue(builder, value) : builder.addText(timeText(units, perSecond));
  };
}

/** Null for columns that are not decimals. */
function scaleOf({ logical_type: logical, converted_type: converted, scale }: SchemaElement): number | null {
  if (logical?.type !== "DECIMAL" && converted !== "DECIMAL") return null;
  const digits = logical?.type === "DECIMAL" ? logical.scale : (scale ?? 0);
  return digits >= 0 && digits <= 1000 ? digits : 0;
}

function typeOf(element: SchemaElement): string {
  const { type, logical_type: logical, converted_type: converted, num_children: children } = element;
  const scale = scaleOf(element);
  if (scale !== null)
    return `decimal(${logical?.type === "DECIMAL" ? logical.precision : (element.precision ?? "?")}, ${scale})`;
  if (element.repetition_type === "REPEATED") return "list";
  if (logical?.type === "TIMESTAMP")
    return `timestamp(${logical.unit.toLowerCase()}${logical.isAdjustedToUTC ? ", UTC" : ""})`;
  if (logical?.type === "INTEGER") return `${logical.isSigned ? "int" : "uint"}${logical.bitWidth}`;
  const name = logical?.type ?? converted;
  if (name === "UTF8" || name === "STRING") return "string";
  if (name) return name.toLowerCase();
  if (children) return "struct";
  return type === "BYTE_ARRAY" || type === "FIXED_LEN_BYTE_ARRAY" ? "binary" : (type ?? "unknown").toLowerCase();
}
