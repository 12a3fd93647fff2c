import type { Column } from "drizzle-orm";
import { dataBytes } from "#contract/file-type";
import type { RawResult } from "#db/connection/large-values";
import { artifactData, artifactPreview, artifactTrash } from "#db/schema";
import { parseTextArray } from "#db/schema/column";
import { createBound, type Included } from "./data";
import { JsonBytes } from "./json-bytes";

/** A field of rows that are written as JSON. */
export interface JsonField {
  /** The column of the statement. */
  column: string;
  write(out: JsonBytes, value: Buffer): void;
  /** What is written where it is null; the field is left out where that is undefined. */
  missing: string | undefined;
  /** What is written instead of the value, by other columns of its row; null: the value. */
  instead?: { columns: readonly string[]; text(value: Buffer, others: RawResult[number]): string | null };
}

export type JsonFields = Readonly<Record<string, JsonField>>;

const WRITERS: Record<string, JsonField["write"]> = {
  uuid: (out, value) => out.plain(value),
  text: (out, value) => out.text(value),
  'text collate "C"': (out, value) => out.text(value),
  timestamptz: (out, value) => out.timestamp(value),
  integer: (out, value) => out.raw(value),
  bigint: (out, value) => out.raw(value),
  // JSON has fewer spellings of numbers.
  "double precision": (out, value) => out.value(Number(value.toString("latin1"))),
  json: (out, value) => out.raw(value),
  jsonb: (out, value) => out.raw(value),
  // PostgreSQL writes bytes as `\x` and hexadecimal digits.
  bytea: (out, value) => out.plain(value, 2),
  "text[]": (out, value) => out.value(parseTextArray(value.toString())),
};

/** A field that is the value of a column, as the type of the column is written. */
export function jsonField(column: Column, name = column.name): JsonField {
  const type = column.getSQLType();
  const write = WRITERS[type];
  if (!write) throw new Error(`no JSON is known for the type ${type}`);
  return { column: name, write, missing: type === "text[]" ? "[]" : "null" };
}

/** A field that a function makes of the text of a column, or of null. */
export function computedField(column: string, compute: (text: string) => unknown): JsonField {
  return { column, write: (out, value) => out.value(compute(value.toString())), missing: "null" };
}

/** The fields of columns, under the names of the contract. */
export function jsonFields<Name extends string>(columns: Record<Name, Column>): Record<Name, JsonField> {
  const fields = Object.entries<Column>(columns).map(([name, column]) => [name, jsonField(column)]);
  return Object.fromEntries(fields);
}

/** In the order of `toRowsWithIncluded`. */
const INCLUDED = {
  preview: jsonField(artifactPreview.preview),
  labels: jsonField(artifactTrash.labels),
  data: { ...jsonField(artifactData.data), missing: undefined },
};

/** These fields, and those that a list leaves out unless they are included. */
export function withIncluded(fields: JsonFields, included: Included): JsonFields {
  const named = Object.entries(INCLUDED).filter(([name]) => included?.some((each) => each === name));
  return { ...fields, ...Object.fromEntries(named) };
}

/** How a list is written: the fields of its rows, and what is around it. */
export interface ListFormat {
  fields: JsonFields;
  before?: string;
  after?: string;
}

/**
 * The rows of `selectIncluded` as a JSON list in UTF-8.
 * @param found the result of a statement whose values are not decoded
 * @throws VitrineError PAYLOAD_TOO_LARGE as `toRowsWithIncluded`
 */
export function writeRows(
  found: RawResult,
  { fields, before = "", after = "" }: ListFormat,
  list: { include?: Included; limit: number },
): Uint8Array<ArrayBuffer> {
  const names = found.columns.map(({ name }) => name);
  const members = Object.entries(fields).map(([name, { column, ...field }]) => ({
    ...field,
    name: Buffer.from(`,${JSON.stringify(name)}:`),
    index: columnAt(names, column),
    others: field.instead?.columns.map((other) => columnAt(names, other)) ?? [],
  }));
  const expectFits = createBound(list);
  const isBounded = list.include?.includes("data") ?? false;
  const [type, rows, size] = [columnAt(names, "type"), columnAt(names, "rows"), columnAt(names, "size")];
  const bytesOf = (row: RawResult[number]) =>
    dataBytes({
      type: row[type]?.toString() ?? null,
      rows: row[rows] == null ? null : Number(row[rows]),
      size: Number(row[size]),
    });
  const out = new JsonBytes(expectedSize(found, members));
  out.ascii(`${before}[`);
  for (const [index, row] of found.entries()) {
    if (isBounded) expectFits(index, bytesOf(row));
    out.ascii(index === 0 ? "{" : ",{");
    let isFirst = true;
    for (const { name, index, write, missing, instead, others } of members) {
      const value = row[index];
      if (!Buffer.isBuffer(value) && missing === undefined) continue;
      out.raw(name, isFirst ? 1 : 0);
      isFirst = false;
      const other =
        instead && Buffer.isBuffer(value)
          ? instead.text(
              value,
              others.map((at) => row[at] ?? null),
            )
          : null;
      if (other !== null) out.value(other);
      else if (Buffer.isBuffer(value)) write(out, value);
      else out.ascii(missing ?? "");
    }
    out.ascii("}");
  }
  out.ascii(`]${after}`);
  return out.result();
}

function columnAt(names: string[], column: string): number {
  const index = names.indexOf(column);
  if (index < 0) throw new Error(`the statement has no column ${column}`);
  return index;
}

/** Of most lists: few characters are escaped. */
function expectedSize(found: RawResult, members: { name: Buffer }[]): number {
  let size = 1024 + members.reduce((sum, { name }) => sum + name.length + "null".length, 2) * found.length;
  for (const row of found) for (const value of row) size += value?.length ?? 0;
  return size;
}
