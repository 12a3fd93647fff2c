import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { NO_TABLE } from "#formats/delimited/no-table";
import { sourceOf } from "#formats/json-index";
import { valueAt } from "#formats/table";
import { serveRanges } from "#test/table-files/range-server";
import { openTable } from "./open-table";
import type { OpenedTable, TableSource } from "./opened";

const FILES = new URL("../../../../test/table-files/", import.meta.url);

const fileOf = (name: string) => readFile(new URL(name, FILES));

async function open(bytes: Uint8Array, format: TableSource["format"], firstRow = 0, size = bytes.length) {
  const server = await serveRanges(bytes);
  onTestFinished(server.close);
  const source = { format, url: server.url, size, sha256: "", isGzip: false, choice: {}, firstRow };
  return { opened: await openTable(source, () => undefined), source, sent: server.sent };
}

/** The JSON of each cell, by column; null where there is none. */
function cellsOf({ table }: OpenedTable): Record<string, (string | null)[]> {
  const column = (at: number) =>
    Array.from({ length: table.rows }, (_, row) => {
      const value = valueAt(table, row, at);
      return value === 0 ? null : sourceOf(table.values, value);
    });
  return Object.fromEntries(table.columns.map((name, at) => [name, column(at)]));
}

const TYPES = {
  id: ["9007199254740993", "2", null, "-4"],
  big: ["18446744073709551615", "0", "1", null],
  name: ['"Köln"', '"b \\"quoted\\""', null, '"line\\nbreak"'],
  city: ['"x"', '"y"', '"x"', null],
  price: ["12345678901234567890.10", "-0.05", null, "0.00"],
  small: ["1.5", "-2.0", "0.0", null],
  ratio: ["0.1", '"NaN"', '"Infinity"', null],
  single: ["0.1", "1.5", "3.4028235e+38", null],
  ok: ["true", "false", null, "true"],
  day: ['"2024-02-29"', '"1969-12-31"', null, '"0001-01-01"'],
  at: ['"2024-02-29T12:34:56.123456Z"', '"1969-12-31T23:59:59.999999Z"', null, '"1970-01-01T00:00:00Z"'],
  local: ['"2024-02-29T12:34:56.123"', '"1969-12-31T23:59:59.999"', null, '"1970-01-01T00:00:00"'],
  nano: ['"2024-02-29T12:34:56.123456789"', '"1969-12-31T23:59:59.999999999"', null, '"1970-01-01T00:00:00"'],
  time: ['"12:34:56.000001"', '"00:00:00"', null, '"23:59:59.999999"'],
  raw: ['"0xff0001"', '"text"', null, `"0x${"80".repeat(64)}… (100 bytes)"`],
  tags: ['["a","b"]', "[]", null, '["c"]'],
  point: ['{"x":1,"y":[1,2]}', '{"x":null,"y":null}', null, '{"x":9007199254740993,"y":[]}'],
  map: ['{"k":1}', "{}", null, '{"a":2,"b":3}'],
};

test.each(["snappy", "gzip", "zstd", "brotli", "lz4", "v2"])(
  "reads all types of Parquet in %s exactly",
  async (name) => {
    const { opened } = await open(await fileOf(`types-${name}.parquet`), "parquet");
    expect(cellsOf(opened)).toEqual({ ...TYPES, half: [null, null, null, null] });
    expect(opened.facts?.summary.slice(0, 4)).toEqual(["Parquet", "4 rows", "19 columns", "1 row group"]);
    expect(opened.facts?.schema.slice(3, 6)).toMatchObject([{ type: "string" }, { type: "decimal(30, 2)" }, {}]);
  },
);

test.each(["types-file.arrow", "types-stream.arrows", "types-lz4.feather", "types-zstd.feather"])(
  "reads all types of %s",
  async (name) => {
    const { opened } = await open(await fileOf(name), "arrow");
    expect(cellsOf(opened)).toEqual(TYPES);
  },
);

test("reads JSON lines as rows, and says which line is not JSON", async () => {
  const { opened } = await open(Buffer.from('{"a":1.0,"b":[1]}\n\n{"a":12345678901234567890}\r\n'), "json-lines");
  expect(cellsOf(opened)).toEqual({ a: ["1.0", "12345678901234567890"], b: ["[1]", null] });
  await expect(open(Buffer.from('{"a":1}\n{"a":}\n'), "json-lines")).rejects.toThrow(/^Line 2 isn't JSON: expected/);
  await expect(open(Buffer.from("1\n2\n"), "json-lines")).rejects.toThrow(/^The lines aren't the rows of a table/);
  await expect(open(Buffer.from("1\n2\n"), "json-lines")).rejects.toMatchObject({ name: NO_TABLE });
});

test("a damaged gzip file is not taken for one that is too large", async () => {
  const bytes = Buffer.alloc(64_500_000, 0xff);
  gzipSync("a,b").copy(bytes, 0, 0, 10);
  const server = await serveRanges(bytes);
  onTestFinished(server.close);
  const source = {
    format: "delimited" as const,
    url: server.url,
    size: bytes.length,
    sha256: "",
    choice: {},
    firstRow: 0,
  };
  await expect(openTable({ ...source, isGzip: true }, () => undefined)).rejects.toThrow("This gzip file is damaged.");
});

test("tells that bytes of a Parquet file came", async () => {
  const bytes = await fileOf("groups.parquet");
  const server = await serveRanges(bytes);
  onTestFinished(server.close);
  let calls = 0;
  const source = { format: "parquet" as const, url: server.url, size: bytes.length, sha256: "", isGzip: false };
  await openTable({ ...source, choice: {}, firstRow: 0, onRange: () => (calls += 1) }, () => undefined);
  expect(calls).toBeGreaterThan(0);
});

test("a small Parquet file is read whole", async () => {
  const { opened } = await open(await fileOf("groups.parquet"), "parquet");
  expect(opened).toMatchObject({ part: null, notes: [], table: { rows: 5000 } });
  expect(cellsOf(opened).n?.at(-1)).toBe("4999");
});

test("a large Parquet file is read in parts, and only the pages of these", async () => {
  const bytes = await fileOf("groups.parquet");
  const end = bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8);
  const large = Buffer.concat([bytes.subarray(0, end), Buffer.alloc(33_000_000), bytes.subarray(end)]);
  const { opened, sent } = await open(large, "parquet", 4500);
  expect(opened).toMatchObject({ part: { first: 4500, of: 5000 }, table: { rows: 500, offset: 4500 } });
  expect(cellsOf(opened).n?.[0]).toBe("4500");
  expect(opened.notes[0]).toContain("The file is read in parts");
  expect(sent()).toBeLessThan(80_000);
});

test.each([
  ["an encrypted file", "PAR1....PARE", "This file is encrypted, so it can't be shown."],
  ["the start of a file", "PAR1 and more", "This isn't a whole Parquet file: its end is missing."],
  ["a length beyond the file", "PAR1\u00ff\u00ff\u00ff\u007fPAR1", /^The file is broken/],
])("says what is wrong with %s", async (_, text, message) => {
  await expect(open(Buffer.from(text, "latin1"), "parquet")).rejects.toThrow(message);
});

test.each(["types-zstd.parquet", "groups.parquet", "types-file.arrow", "types-lz4.feather"])(
  "says that a part of %s is not a whole file",
  async (name) => {
    const bytes = await fileOf(name);
    const format = name.endsWith(".parquet") ? "parquet" : "arrow";
    // The end of an Arrow file is an index that is not needed.
    for (let part = 1; part < 7; part += 1) {
      const start = bytes.subarray(0, Math.floor((part * bytes.length) / 10));
      await expect(open(start, format), `${part}`).rejects.toThrow(/^This isn't a whole/);
    }
  },
);

test("does not decompress pages of impossible sizes, nor read rows that are not there", async () => {
  const bytes = await fileOf("groups.parquet");
  const end = bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8);
  for (let at = 4; at < end; at += 97) {
    const broken = new Uint8Array(bytes);
    // A byte that makes a size larger, where it is one.
    broken.fill(255, at, at + 5);
    const result = await open(broken, "parquet").catch((error: Error) => error.message);
    if (typeof result === "string") expect(result).toMatch(/^(The file is broken|A page of this file|These rows).*\.$/);
  }
});

test("reads an Arrow file by its index where its messages do not begin as a stream", async () => {
  const bytes = await fileOf("types-file.arrow");
  // Polars writes its first message without the mark and the length before it.
  bytes.copyWithin(8, 16, 32);
  const { opened } = await open(bytes, "arrow");
  expect(cellsOf(opened)).toMatchObject({ id: TYPES.id, tags: TYPES.tags, city: TYPES.city });
  bytes.fill(255, bytes.length - 10, bytes.length - 6);
  await expect(open(bytes, "arrow")).rejects.toThrow("This isn't a whole Arrow file");
});
