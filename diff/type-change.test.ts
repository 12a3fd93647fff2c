import { expect, it } from "vitest";
import type { Json } from "#contract/json";
import { parseTable } from "#formats/table";
import { createBudget } from "./budget";
import { summaryOf } from "./summary";
import { tableDifference } from "./table";
import { typeChangeText } from "./type-change";

function compared(from: Json, to: Json) {
  const [left, right] = [parseTable(JSON.stringify(from)), parseTable(JSON.stringify(to))];
  if (!left || !right) throw new Error("Not a table.");
  return tableDifference(left, right, {}, createBudget(5000));
}

const rows = (...ids: Json[]) => ids.map((id, at) => ({ id, name: `n${at}` }));

it("reports a column of which only the type changed once, and not in each row", () => {
  const difference = compared(rows(1, 2, 3), rows("1", "2", "3"));
  expect(difference.typeChanges.map(typeChangeText)).toEqual(['id: number → text in all 3 rows, as 1 → "1"']);
  expect(difference).toMatchObject({ key: [0], cells: 0, rows: [], same: 3 });
  expect(summaryOf(difference)).toBe("1 column changed type");
});

it("lists the cells if other rows kept the type, or other values changed", () => {
  const some = compared(rows(1, 2, 3), rows(1, "2", 3));
  expect(some.typeChanges.map(typeChangeText)).toEqual(['id: number → text in 1 of 3 rows, as 2 → "2"']);
  expect(some).toMatchObject({ cells: 1, changed: 1 });
  const values = (...flags: Json[]) => flags.map((flag, at) => ({ id: at + 7, flag }));
  const both = compared(values(true, false), values("yes", "no"));
  expect(both.typeChanges.map(typeChangeText)).toEqual(['flag: boolean → text in all 2 rows, as true → "yes"']);
  expect(both.cells).toBe(2);
});

it("lists other changes of rows beside a change of type", () => {
  const difference = compared(rows(1, 2, 3), [...rows("1", "2"), { id: "3", name: "new" }]);
  expect(difference).toMatchObject({ cells: 1, rows: [{ cells: [{ changed: false }, { to: "new", changed: true }] }] });
});

it("ignores empty cells, and cells that exist on one side only", () => {
  const difference = compared(rows(1, 2, null), rows(1, null, 3));
  expect(difference.typeChanges).toEqual([]);
  expect(compared(rows(1), [...rows(1), { id: "x", name: "n9" }]).typeChanges).toEqual([]);
});

it("names one row alone, and lists and objects", () => {
  const difference = compared([{ id: 5, a: [1] }], [{ id: 5, a: { b: 1 } }]);
  expect(difference.typeChanges.map(typeChangeText)).toEqual(['a: list → object in 1 row, as [1] → {"b":1}']);
});
