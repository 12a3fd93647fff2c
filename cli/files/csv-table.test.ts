import fc from "fast-check";
import { expect, test } from "vitest";
import { csvToTableJson } from "./csv-table";

const quote = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** A number of a column of numbers is read as a number; compares it by value. */
const normalize = (cell: string) => (/^-?\d+\.?\d*$/.test(cell) ? String(Number(cell)) : cell);

test("reads back any cells, quoted where necessary", () => {
  const cell = fc.string({ unit: fc.constantFrom('"', ",", "\t", "\n", "\r", "a", "1", ".", "") });
  const names = fc.constantFrom<string[]>(["x", "y"], ["x", "x"], ["", "y"]);
  const table = fc.tuple(names, fc.array(fc.tuple(cell, cell), { minLength: 1 }));
  fc.assert(
    fc.property(table, fc.constantFrom("\n", "\r\n"), ([names, rows], lineEnd) => {
      const json = csvToTableJson([names, ...rows].map((row) => row.map(quote).join(",")).join(lineEnd), ",");
      const lines: unknown[] = JSON.parse(json ?? "");
      const cells = lines.map((line) => Object.values(line ?? {}).map((value) => String(value ?? "")));
      const body = Array.isArray(lines[0]) ? cells.slice(1) : cells;
      expect(body.map((row) => row.map(normalize))).toEqual(rows.map((row) => row.map(normalize)));
    }),
  );
});

test.each([
  [
    "a column of numbers as they are written",
    "n\n1.0\n9007199254740993\n-2e3\n",
    '[{"n":1.0},\n{"n":9007199254740993},\n{"n":-2e3}]',
  ],
  ["an empty cell of numbers as null", "n,t\n1,\n,x\n", '[{"n":1,"t":""},\n{"n":null,"t":"x"}]'],
  ["leading zeros as text", "zip\n007\n8\n", '[{"zip":"007"},\n{"zip":"8"}]'],
  ["a missing cell as empty", "a,b\nx\n", '[{"a":"x","b":""}]'],
  ["lists where a row is wider than the names", "a\nx,y\n", '[["a"],\n["x","y"]]'],
  ["lists where a name is missing or occurs twice", "a,\n1,2\n", '[["a",""],\n[1,2]]'],
  ["lists where there are only names", "a,b\n", '[["a","b"]]'],
  ["no empty lines", "a\n\n1\n\n", '[{"a":1}]'],
  ["line ends of old Macs", "a\r1\r2", '[{"a":1},\n{"a":2}]'],
  ["separators and line ends in quotes", 'a,b\n"x, ""y""","1\n2"', '[{"a":"x, \\"y\\"","b":"1\\n2"}]'],
])("reads %s", (_, text, json) => {
  expect(csvToTableJson(text, ",")).toBe(json);
});

test("separates by tabs, and leaves commas alone", () => {
  expect(csvToTableJson("a\tb\n1,5\t2", "\t")).toBe('[{"a":"1,5","b":2}]');
});

test.each(['a\n"b', 'a\n"b"c\n', 'a\nb"c"\n'])("rejects %j", (text) => {
  expect(csvToTableJson(text, ",")).toBeNull();
});
