import fc from "fast-check";
import { expect, test } from "vitest";
import { kindOf } from "../json-index";
import { cellText, valueAt } from "../table";
import { detectLayout, type LayoutChoice } from "./layout";
import { DelimitedTableReader, TABLE_LIMITS } from "./table";

function read(pieces: string[], { limits = TABLE_LIMITS, isWhole = true, ...choice }: Options = {}) {
  const layout = detectLayout(pieces.join(""), choice, ",");
  const reader = new DelimitedTableReader(layout, limits);
  for (const piece of pieces) reader.push(piece);
  const { table, notes } = reader.finish(isWhole);
  const rows = Array.from({ length: table.rows }, (_, row) =>
    table.columns.map((_, column) => cellText(table, valueAt(table, row, column))),
  );
  return { table, rows, notes, columns: table.columns };
}

interface Options extends LayoutChoice {
  limits?: typeof TABLE_LIMITS;
  isWhole?: boolean;
}

const cell = fc.oneof(
  fc.string({ unit: fc.constantFrom('"', ",", ";", "\t", "\n", "\r", "a", "é", "1", "😀") }),
  fc.string(),
);
const layouts = fc.record({
  separator: fc.constantFrom(",", ";", "\t", "|"),
  quote: fc.constantFrom('"', "'"),
  lineEnd: fc.constantFrom("\n", "\r\n", "\r"),
  quotesAll: fc.boolean(),
});
const tables = fc.array(fc.tuple(fc.constant("start"), cell, cell, fc.constant("end")), { minLength: 1, maxLength: 8 });

test("reads back any table, however it was written and in whatever pieces it comes", () => {
  fc.assert(
    fc.property(tables, layouts, fc.nat(40), (rows, { separator, quote, lineEnd, quotesAll }, size) => {
      const special = new RegExp(`[${separator}${quote}\r\n]`);
      const field = (text: string) =>
        quotesAll || special.test(text) ? quote + text.replaceAll(quote, quote + quote) + quote : text;
      const text = [["a", "b", "c", "d"], ...rows].map((row) => row.map(field).join(separator)).join(lineEnd);
      const pieces = text.match(new RegExp(`[^]{1,${size + 1}}`, "g")) ?? [];
      const found = read(pieces, { separator, quote, header: 1 });
      expect(found).toMatchObject({ columns: ["a", "b", "c", "d"], rows, notes: [] });
    }),
    { numRuns: 500 },
  );
});

test("numbers are numbers as they are written where a column has no other cells", () => {
  const { table, rows } = read(["id,zip,n\n9007199254740993,007,1.0\n2,8,\n"]);
  const kinds = table.columns.map((_, column) => kindOf(table.values, valueAt(table, 0, column)));
  expect(kinds).toEqual(["number", "text", "number"]);
  expect(rows).toEqual([
    ["9007199254740993", "007", "1.0"],
    ["2", "8", ""],
  ]);
});

test("says which lines are ragged or have broken quotes, and keeps all of their fields", () => {
  const { rows, notes, columns } = read(['a,b\n1\n2,3,4\n"x"y,5\n6,"7\n8']);
  expect(columns).toEqual(["a", "b", "3"]);
  expect(rows).toEqual([
    ["1", "", ""],
    ["2", "3", "4"],
    ['"x"y', "5", ""],
    ["6", "7\n8", ""],
  ]);
  expect(notes).toEqual([
    "Fewer fields than the header in line 2: the missing ones are empty.",
    "More fields than the header in line 3.",
    "Text after a closing quote in line 4: it is read as it is written.",
    "A quote in line 5, field 2 is not closed, so the rest of the file is in one cell. If quotes are letters, choose No quotes.",
  ]);
});

test("leaves out the last record of a part, which may be cut", () => {
  expect(read(["a,b\n1,2\n3,"], { isWhole: false })).toMatchObject({ rows: [["1", "2"]], notes: [] });
});

test("a file without data is a table without rows", () => {
  expect(read(["\n \n"])).toMatchObject({ rows: [], notes: ["The file has no lines with data."] });
  expect(read(["a,b\n"])).toMatchObject({ rows: [], columns: ["a", "b"] });
});

test("more columns or cells than fit are left out, and that is said", () => {
  const wide = read([`${"x,".repeat(50)}y\n${"1,".repeat(50)}2\n`], {
    header: 1,
    limits: { ...TABLE_LIMITS, columns: 4 },
  });
  expect(wide.columns).toHaveLength(4);
  expect(wide.notes).toEqual(["47 more columns are left out: the file has too many cells for a table."]);
  const long = read([`a,b\n${"x,1\n".repeat(50)}`], { limits: { ...TABLE_LIMITS, cells: 20 } });
  expect(long.rows).toHaveLength(10);
  expect(long.notes).toEqual(["Only the first 10 rows are shown: the file has too many cells for a table."]);
  const ragged = read([`a,b\n${"x,1\n".repeat(50)}${"1,".repeat(50)}2\n`], {
    header: 1,
    limits: { ...TABLE_LIMITS, cells: 200 },
  });
  expect(ragged).toMatchObject({ columns: ["a", "b"] });
  expect(ragged.rows).toHaveLength(51);
});

test("a million columns, and a quote that is never closed, take no longer than their bytes", () => {
  const start = performance.now();
  const { columns } = read([`${"column,".repeat(1_000_000)}\n${"1,".repeat(1_000_000)}\n`], {
    header: 1,
    separator: ",",
  });
  expect(columns).toHaveLength(TABLE_LIMITS.columns);
  const piece = "some text\n".repeat(1000);
  expect(
    read(['a,b\n"', ...Array.from({ length: 1000 }, () => piece)], { header: 1, separator: "," }).rows,
  ).toHaveLength(1);
  expect(performance.now() - start).toBeLessThan(5000);
});
