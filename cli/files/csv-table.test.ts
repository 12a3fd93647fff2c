import fc from "fast-check";
import { expect, test } from "vitest";
import { type CsvOptions, csvLayout } from "./csv-layout";
import { csvToTable } from "./csv-table";

async function read(text: string, options: CsvOptions = {}) {
  const utf8 = Buffer.from(text);
  const { json, notes } = csvToTable("a.csv", utf8, csvLayout(utf8, options, ","));
  return { text: Buffer.from(json).toString(), notes };
}

const quote = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** A number of a column of numbers is read as a number; compares it by value. */
const normalize = (cell: string) => (/^-?\d+\.?\d*$/.test(cell) ? String(Number(cell)) : cell);

test("reads back any cells, quoted where necessary", async () => {
  const cell = fc.string({ unit: fc.constantFrom('"', ",", "\t", "\n", "\r", "a", "1", ".", "") });
  const names = fc.constantFrom<string[]>(["x", "y", "z"], ["x", "x", "z"], ["", "y", "z"]);
  const rows = fc.array(fc.tuple(cell, cell, fc.constant("end")), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(names, rows, fc.constantFrom("\n", "\r\n", "\r"), async (head, body, lineEnd) => {
      const csv = [head, ...body].map((row) => row.map(quote).join(",")).join(lineEnd);
      const { text } = await read(csv, { separator: ",", header: "1" });
      const lines: unknown[] = JSON.parse(text);
      const cells = lines.map((line) => Object.values(line ?? {}).map((value) => String(value ?? "")));
      const found = Array.isArray(lines[0]) ? cells.slice(1) : cells;
      expect(found.map((row) => row.map(normalize))).toEqual(body.map((row) => row.map(normalize)));
    }),
  );
});

test.each([
  [
    "numbers as they are written",
    "n\n1.0\n9007199254740993\n-2e3\n",
    '[{"n":1.0},\n{"n":9007199254740993},\n{"n":-2e3}]',
  ],
  ["empty cells as null", 'n,t\n1,\n,x\n,""\n', '[{"n":1,"t":null},\n{"n":null,"t":"x"},\n{"n":null,"t":null}]'],
  ["leading zeros as text", "zip\n007\n8\n", '[{"zip":"007"},\n{"zip":"8"}]'],
  ["numbers before a text as text", "a,b\n1,1\nx,2\n", '[{"a":"1","b":1},\n{"a":"x","b":2}]'],
  ["lists where a name is missing", "a,\n1,2\n", '[["a",""],\n[1,2]]'],
  ["lists where a name occurs twice", "a,a\n1,2\n", '[["a","a"],\n[1,2]]'],
  ["no rows as columns without cells", "id,name\n", '{"id":[],"name":[]}'],
  ["no empty lines", "a\n\n1\n \n", '[{"a":1}]'],
  ["mixed line ends", "a\r1\r\n2\n3", '[{"a":1},\n{"a":2},\n{"a":3}]'],
  ["separators and line ends in quotes", 'a,b\n"x, ""y""","1\n2"', '[{"a":"x, \\"y\\"","b":"1\\n2"}]'],
  [
    "a quote within a field as a letter",
    'item,size\nscrew,5" pipe\n"a"b,1\n',
    '[{"item":"screw","size":"5\\" pipe"},\n{"item":"\\"a\\"b","size":"1"}]',
  ],
  ["empty fields beyond the header as none", "a,b\n1,2,\n3,4,,\n", '[{"a":1,"b":2},\n{"a":3,"b":4}]'],
  ["no column without a name and cells", "a,b,\n1,2,\n3,4\n", '[{"a":1,"b":2},\n{"a":3,"b":4}]'],
])("reads %s", async (_, csv, text) => {
  expect(await read(csv)).toEqual({ text, notes: text.startsWith("{") ? ["a header without rows"] : [] });
});

test("writes more than a part of rows, whether or not a later line revises them", async () => {
  const count = 20_000;
  const lines = Array.from({ length: count }, (_, row) => `${row},name ${row}`);
  const table = async (last: string) => JSON.parse((await read(["n,s", ...lines, last].join("\n"))).text);
  expect(await table("1,x")).toEqual([...lines.map((_, n) => ({ n, s: `name ${n}` })), { n: 1, s: "x" }]);
  expect(await table("none,x")).toEqual([
    ...lines.map((_, n) => ({ n: `${n}`, s: `name ${n}` })),
    { n: "none", s: "x" },
  ]);
});

test.each([
  ['a\n1\n"b', "a.csv, line 3, column 1: the quote is not closed. If quotes are letters there, use --quote none."],
  [
    'a,b\n"1\r\n2",3\n4,"5\n6',
    "a.csv, line 4, column 2: the quote is not closed. If quotes are letters there, use --quote none.",
  ],
  [
    'a,b\n"1\n2",3\n1,2,3\n',
    "a.csv, line 4, column 3: the header has only 2 fields. Quote fields that contain the separator, or use --bad-lines skip or keep.",
  ],
  ["\n \n", "a.csv has no lines with data."],
])("rejects %j with the line and the column", async (text, message) => {
  await expect(read(text)).rejects.toMatchObject({ exit: 2, message });
});

const RAGGED = "a,b\n1,2\n3\n4,5,6\n7,8\n";

test("fills up short lines, and names them", async () => {
  expect(await read("a,b\n1,2\n3\n")).toEqual({
    text: '[{"a":1,"b":2},\n{"a":3,"b":null}]',
    notes: ["missing fields in line 3 are empty; to skip such lines, use --bad-lines skip"],
  });
  const { notes } = await read(`a,b\n1,2\n${"3\n".repeat(7)}`, { header: "1" });
  expect(notes[0]).toMatch(/^missing fields in 7 lines \(3, 4, 5, 6, 7 …\) are empty/);
});

test("--bad-lines keeps lines of other widths, or skips them", async () => {
  expect(await read(RAGGED, { badLines: "keep" })).toEqual({
    text: '[["a","b"],\n[1,2,null],\n[3,null,null],\n[4,5,6],\n[7,8,null]]',
    notes: [
      "missing fields in line 3 are empty; to skip such lines, use --bad-lines skip",
      "more fields than the header in line 4",
    ],
  });
  expect(await read(RAGGED, { badLines: "skip" })).toEqual({
    text: '[{"a":1,"b":2},\n{"a":7,"b":8}]',
    notes: ["skipped 2 lines (3, 4)"],
  });
  expect(await read("a,b\n1\n", { badLines: "skip" })).toEqual({
    text: '{"a":[],"b":[]}',
    notes: ["skipped line 2", "a header without rows"],
  });
});

test("--header none reads every line as a row of numbered columns", async () => {
  expect((await read("x,1\ny,2\n", { header: "none" })).text).toBe('[{"1":"x","2":1},\n{"1":"y","2":2}]');
});

test("--quote sets the quotation mark, or none", async () => {
  expect((await read("a,b\n'x, y',1\n", { quote: "'" })).text).toBe('[{"a":"x, y","b":1}]');
  expect((await read('a,b\n"5 inch,1\n', { quote: "none" })).text).toBe('[{"a":"\\"5 inch","b":1}]');
});
