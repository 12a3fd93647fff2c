import { expect, it } from "vitest";
import type { Json } from "#contract/json";
import { parseTable } from "#formats/table";
import { createBudget } from "./budget";
import type { DiffOptions } from "./options";
import { renameText } from "./rename";
import { summaryOf } from "./summary";
import { tableDifference } from "./table";

function compared(from: Json, to: Json, options: Partial<DiffOptions> = {}) {
  const [left, right] = [parseTable(JSON.stringify(from)), parseTable(JSON.stringify(to))];
  if (!left || !right) throw new Error("Not a table.");
  return tableDifference(left, right, options, createBudget(5000));
}

/** Rows with a score each, of which the first `different` ones differ. */
const scored = (name: string, different = 0, length = 100) =>
  Array.from({ length }, (_, id) => ({ id, [name]: id < different ? -1 : id % 7 }));

it("offers a removed and an added column of which more than 95 % of the cells are equal", () => {
  const { renames } = compared(scored("score"), scored("points", 4));
  expect(renames).toEqual([{ from: "score", to: "points", share: 0.96 }]);
  expect(renames.map(renameText)).toEqual(["score → points? 96 % of the cells are equal."]);
  expect(compared(scored("score"), scored("points", 5)).renames).toEqual([]);
});

it("offers each column once, the most similar ones first, and none without a cell", () => {
  const from = scored("a").map((row) => ({ ...row, empty: null }));
  const to = scored("b", 2).map((row, at) => ({ ...row, c: at % 7, void: null }));
  expect(compared(from, to).renames).toEqual([{ from: "a", to: "c", share: 1 }]);
});

it("compares the cells of columns that are said to be renamed", () => {
  const difference = compared(scored("score"), scored("points", 4), { renamed: [{ from: "score", to: "points" }] });
  expect(difference).toMatchObject({ cells: 4, renames: [] });
  expect(difference.columns[1]).toMatchObject({ name: "points", formerName: "score", from: 1, to: 1 });
  expect(summaryOf(difference)).toBe("4 cells changed, 1 column renamed");
  const useless = {
    renamed: [
      { from: "id", to: "points" },
      { from: "none", to: "points" },
      { from: "score", to: "id" },
    ],
  };
  expect(summaryOf(compared(scored("score"), scored("points"), useless))).toBe("1 column added, 1 removed");
});
