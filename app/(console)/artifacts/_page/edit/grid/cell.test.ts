import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cellFromText, columnKind, convertCell, editText, isAmbiguous, kindOfCell } from "./cell";
import { readSheet } from "./sheet";

describe("cellFromText", () => {
  it("returns the cell itself where its text is the same", () => {
    const cell = fc.oneof(
      fc.json({ maxDepth: 1 }),
      fc.constantFrom("1.0", "9007199254740993", '"\\u0078"', "null", undefined),
    );
    fc.assert(
      fc.property(cell, (each) => {
        expect(cellFromText(editText(each), each, "text")).toBe(each);
      }),
    );
  });

  it.each([
    ["12", '"x"', null, '"12"'],
    ["null", '"x"', null, '"null"'],
    ["", '"x"', null, '""'],
    ["12", "null", "text", '"12"'],
    ["12", undefined, "number", "12"],
    ["1.50", "2", "text", "1.50"],
    ["9007199254740993", "2", null, "9007199254740993"],
    ["", "2", null, "null"],
    [" null ", "2", null, "null"],
    ["12,5", "2", "number", '"12,5"'],
    ["007", "2", "number", '"007"'],
    ["false", "true", "boolean", "false"],
    ['{"a": 1.0}', "{}", "object", '{"a": 1.0}'],
    ["[1,", "[]", "list", '"[1,"'],
  ] as const)("makes of %j in place of %j, in a column of %s: %j", (text, previous, kind, cell) => {
    expect(cellFromText(text, previous, kind)).toBe(cell);
  });
});

it.each([
  [true, ["12", "-1.5e3", " true ", "null", '"x"', "[1]", "", "  ", "no value"]],
  [false, ["2023-11-14", "1.2.3", "12:30", "007", "[draft]", "{a}", '"cold"est', "Oslo"]],
])("says %s of text that may be another value", (expected, texts) => {
  expect(texts.filter((text) => isAmbiguous(text) !== expected)).toEqual([]);
});

describe("convertCell", () => {
  it.each([
    ["12", "text", '"12"'],
    ['"12"', "number", "12"],
    ['" 1.0 "', "number", "1.0"],
    ['"true"', "boolean", "true"],
    ["null", "text", '""'],
    ["null", "number", "0"],
    ["null", "list", "[]"],
    ['"x"', "null", "null"],
    ["[1]", "text", '"[1]"'],
  ] as const)("makes %j a %s: %s", (cell, kind, converted) => {
    expect(convertCell(cell, kind)).toEqual({ cell: converted });
  });

  it("makes nothing of what cannot be the kind", () => {
    expect(convertCell('"x"', "number")).toBeNull();
    expect(convertCell("1", "boolean")).toBeNull();
    expect(convertCell('"[1"', "list")).toBeNull();
    expect(convertCell("1", "missing")).toEqual({ cell: undefined });
  });
});

describe("kinds", () => {
  it("are those of JSON, and missing", () => {
    expect(["1", '"a"', "true", "null", "[]", "{}", undefined].map(kindOfCell)).toEqual([
      "number",
      "text",
      "boolean",
      "null",
      "list",
      "object",
      "missing",
    ]);
  });

  it("of a column are that of most values", () => {
    const sheet = readSheet('[{"a":1,"b":null},{"a":"x"},{"a":2},{"a":null}]');
    expect(sheet && columnKind(sheet, 0)).toBe("number");
    expect(sheet && columnKind(sheet, 1)).toBeNull();
  });
});
