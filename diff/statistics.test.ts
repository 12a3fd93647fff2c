import { expect, it } from "vitest";
import type { Json } from "#contract/json";
import { parseTable } from "#formats/table";
import { createBudget } from "./budget";
import { statisticsLines } from "./statistics";
import { summaryOf } from "./summary";
import { tableDifference } from "./table";

function compared(from: Json, to: Json) {
  const [left, right] = [parseTable(JSON.stringify(from)), parseTable(JSON.stringify(to))];
  if (!left || !right) throw new Error("Not a table.");
  return tableDifference(left, right, {}, createBudget(5000));
}

const days = (month: number, count: number, step: number) =>
  Array.from({ length: count }, (_, at) => ({
    date: `2026-${month}-${at + 10}`,
    city: "Oslo",
    rain: at === 0 ? null : at * step,
  }));

it("compares the columns of tables that have no row in common", () => {
  const difference = compared(days(10, 4, 1), days(11, 5, 1.5));
  expect(summaryOf(difference)).toBe("Different rows: 4 removed, 5 added");
  expect(difference).toMatchObject({ key: [0], added: 5, removed: 4, cells: 0 });
  const lines = difference.statistics?.map((column) => [
    column.name,
    ...statisticsLines(column).map(({ from, to }) => (from === to ? to : `${from} → ${to}`)),
  ]);
  expect(lines).toEqual([
    ["date", "2026-10-10 → 2026-11-10", "–", "2026-10-13 → 2026-11-14", "0", "4 → 5"],
    ["city", "Oslo", "–", "Oslo", "0", "1"],
    ["rain", "1 → 1.5", "2 → 3.75", "3 → 6", "1", "3 → 4"],
  ]);
});

it("has no statistics where a row is on both sides, or one side has none", () => {
  expect(compared(days(10, 4, 1), [...days(11, 4, 2), ...days(10, 1, 1)]).statistics).toBeNull();
  expect(compared(days(10, 4, 1), { date: [], city: [], rain: [] }).statistics).toBeNull();
});

it("compares rows in order whose ids are new but whose cells are mostly the same", () => {
  const rows = (prefix: string, last: number) =>
    [1, 1, 1, 2, last].map((score, at) => ({ id: `${prefix}${at}`, score }));
  const difference = compared(rows("a", 3), rows("b", 4));
  expect(difference).toMatchObject({ key: [], added: 0, removed: 0, cells: 6, statistics: null });
});

it("counts columns that are on one side only", () => {
  const [column] =
    compared([{ id: 1, old: "x" }], [{ id: 2, new: "y" }]).statistics?.filter(({ name }) => name === "old") ?? [];
  expect(column).toEqual({ name: "old", from: { nulls: 0, distinct: 1, min: "x", max: "x", mean: null }, to: null });
});
