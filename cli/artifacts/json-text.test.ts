import fc from "fast-check";
import { expect, test } from "vitest";
import { csvToTableJson } from "./csv";
import { formatJson, parseExactNumbers } from "./json-text";

test("laid out, a JSON text is what JSON.stringify makes of it, and keeps how its numbers are spelled", () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(undefined, 1, "\t"), (text, space) => {
      const value = JSON.parse(text);
      expect(formatJson(JSON.stringify(value, null, space))).toBe(JSON.stringify(value, null, 2));
    }),
  );
  expect(formatJson('{"a":[1.0,-0,9007199254740993,{}],"}":"[,:\\""}')).toBe(
    '{\n  "a": [\n    1.0,\n    -0,\n    9007199254740993,\n    {}\n  ],\n  "}": "[,:\\""\n}',
  );
});

test("a number that JavaScript would spell otherwise is read as its text", () => {
  expect(parseExactNumbers('[1, 1.0, 9007199254740993, -0, 1e400, "1.0", null, {"1.0": 1e2}]')).toEqual([
    ...[1, "1.0", "9007199254740993", "-0", "1e400", "1.0", null, { "1.0": "1e2" }],
  ]);
});

test("whatever stands in the cells of a table comes back from it", () => {
  const cell = fc.string({ unit: fc.constantFrom('"', ",", "\t", "\n", "\r", "a", "1", ".", "") });
  const names = fc.constantFrom<string[]>(["x", "y"], ["x", "x"], ["", "y"]);
  const table = fc.tuple(names, fc.array(fc.tuple(cell, cell), { minLength: 1 }));
  const quoted = (cells: string[]) =>
    cells.map((text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(",");
  fc.assert(
    fc.property(table, fc.constantFrom("\n", "\r\n"), ([names, rows], end) => {
      const text = csvToTableJson([names, ...rows].map(quoted).join(end), ",");
      const lines: unknown[] = JSON.parse(text ?? "");
      const cells = lines.map((line) => Object.values(line ?? {}).map((value) => String(value ?? "")));
      const told = Array.isArray(lines[0]) ? cells.slice(1) : cells;
      // A number is one in a column of numbers alone, and reads as itself.
      expect(told.map((row) => row.map(plain))).toEqual(rows.map((row) => row.map(plain)));
    }),
  );
});

function plain(text: string): string {
  return /^-?\d+\.?\d*$/.test(text) ? String(Number(text)) : text;
}
