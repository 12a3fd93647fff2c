import { describe, expect, it } from "vitest";
import { columnsOf } from "#formats/column";
import { tableIn, valueAt } from "#formats/table";
import { parseFilter } from "./filter";

/** The cells, as JSON texts, that a filter lets through; `missing` for a row without the cell. */
function filter(cells: string[], text: string): string[] | null {
  const table = tableIn(`[${cells.map((cell) => `{"a":${cell}}`).join()},{"b":0}]`);
  const column = table && columnsOf(table)[0];
  if (!column) throw new Error("Not a table.");
  const predicate = parseFilter(table, column, text);
  return predicate && [...cells, "missing"].filter((_, row) => predicate(valueAt(table, row, 0)));
}

const numbers = ["1.50", "20", "null", "-3", "1e1"];
const dates = ['"2026-01-31"', '"2026-02-01T10:00:00Z"', '"2026-02-01 10:00:00,5Z"', "null"];
const texts = ['"Oslo"', '"OSLO west"', '"= Oslo"', '""', '"5"', '"a..b"'];

describe("a filter of numbers", () => {
  it.each([
    ["> 1.5", ["20", "1e1"]],
    [">1.5", ["20", "1e1"]],
    [">= 1.5", ["1.50", "20", "1e1"]],
    ["< 0", ["-3"]],
    ["<= -3", ["-3"]],
    ["= 10", ["1e1"]],
    ["= 1.5", ["1.50"]],
    ["= 1.50", ["1.50"]],
    ["!= 10", ["1.50", "20", "null", "-3", "missing"]],
    ["1..10", ["1.50", "1e1"]],
    ["1..<10", ["1.50"]],
    ["1 ..< 20", ["1.50", "1e1"]],
    ["-5 .. 2", ["1.50", "-3"]],
    ["5", ["1.50"]],
    ["e", ["1e1"]],
    ["> x", []],
    ["empty", ["null", "missing"]],
    ["Filled", ["1.50", "20", "-3", "1e1"]],
  ])("%s", (text, found) => {
    expect(filter(numbers, text)).toEqual(found);
  });
});

describe("a filter of dates", () => {
  it.each([
    ["> 2026-01-31", ['"2026-02-01T10:00:00Z"', '"2026-02-01 10:00:00,5Z"']],
    ["<= 2026-01-31", ['"2026-01-31"']],
    ["2026-02-01T10:00:00Z .. 2026-03-01", ['"2026-02-01T10:00:00Z"', '"2026-02-01 10:00:00,5Z"']],
    ["= 2026-02-01T11:00:00+01:00", ['"2026-02-01T10:00:00Z"']],
    ["2026-02", ['"2026-02-01T10:00:00Z"', '"2026-02-01 10:00:00,5Z"']],
    ["> later", []],
  ])("%s", (text, found) => {
    expect(filter(dates, text)).toEqual(found);
  });
});

describe("a filter of text", () => {
  it.each([
    ["oslo", ['"Oslo"', '"OSLO west"', '"= Oslo"']],
    ["= oslo", ['"Oslo"']],
    ['= "oslo"', []],
    ['="Oslo"', ['"Oslo"']],
    ['!= "Oslo"', ['"OSLO west"', '"= Oslo"', '""', '"5"', '"a..b"', "missing"]],
    ['= "Oslo', []],
    ['= ""', ['""']],
    ["!= oslo", ['"OSLO west"', '"= Oslo"', '""', '"5"', '"a..b"', "missing"]],
    ["= = oslo", ['"= Oslo"']],
    ["=", ['"= Oslo"']],
    ["> a", []],
    ["a..b", ['"a..b"']],
    ["empty", ['""', "missing"]],
    ["filled", texts.filter((text) => text !== '""')],
  ])("%s", (text, found) => {
    expect(filter(texts, text)).toEqual(found);
  });
});

it("is null for an empty text", () => {
  for (const text of ["", " ", "\t"]) expect(filter(texts, text)).toBeNull();
});

it("compares mixed cells as text", () => {
  expect(filter(["1", '"1"', "[1]"], "= 1")).toEqual(["1", '"1"']);
  expect(filter(["1", '"1"', "[1]"], "1")).toEqual(["1", '"1"', "[1]"]);
  expect(filter(["1", '"1"', "[1]"], "> 0")).toEqual([]);
});
