import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnsOf } from "#formats/column";
import { runToEnd } from "#formats/steps";
import { tableIn } from "#formats/table";
import { findRow, namesOf, rowKey } from "./row-key";

function open(data: unknown) {
  const table = tableIn(JSON.stringify(data));
  if (!table) throw new Error("Not a table.");
  return { table, key: runToEnd(rowKey(table, columnsOf(table))) };
}

const nameOf = ({ table, key }: ReturnType<typeof open>) => key.map((at) => table.columns[at]);

describe("the key of a row", () => {
  it.each([
    [
      [
        { name: "a", id: 2 },
        { name: "b", id: 1 },
      ],
      ["id"],
    ],
    [
      [
        { price: 1, city: "Oslo" },
        { price: 2, city: "Rome" },
      ],
      ["city"],
    ],
    [
      [
        { rank: 1, price: 2.5 },
        { rank: 2, price: 3.5 },
      ],
      [],
    ],
    [[{ id: 1 }, { id: 1.0 }], []],
    [[{ id: "a" }, { id: null }], []],
    [
      [
        { city: "Oslo", day: "2026-01-01" },
        { city: "Oslo", day: "2026-01-02" },
        { city: "Rome", day: "2026-01-02" },
      ],
      ["day", "city"],
    ],
    [[{ id: [1] }, { id: [2] }], []],
    [[], []],
  ])("of %j is %j", (data, key) => {
    expect(nameOf(open(data))).toEqual(key);
  });

  it("finds each row again", () => {
    const text = fc.string({ minLength: 1, maxLength: 4, unit: fc.constantFrom("a", "1", '"', "\\", "é", "\n", "𝄞") });
    fc.assert(
      fc.property(fc.uniqueArray(text, { minLength: 1, maxLength: 30 }), (names) => {
        const { table } = open(names.map((name, at) => ({ at, name })));
        for (const row of names.keys()) {
          expect(findRow(table, [1], namesOf(table, row, [1]))).toBe(row);
          expect(findRow(table, [0, 1], [String(row), names[row] ?? ""])).toBe(row);
        }
        expect(findRow(table, [1], ["missing"])).toBe(-1);
      }),
    );
  });
});
