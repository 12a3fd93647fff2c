import { expect, it } from "vitest";
import type { Json } from "#contract/json";
import { createBudget } from "./budget";
import { dataSide, differenceOf } from "./difference";
import type { DiffMode } from "./options";
import { summaryOf } from "./summary";

function summary(type: string, from: Json, to: Json, mode: DiffMode | null = null): string {
  const [left, right] = [dataSide(type, JSON.stringify(from)), dataSide(type, JSON.stringify(to))];
  return summaryOf(differenceOf(left, right, { mode }, createBudget(5000)));
}

const ROWS = [
  { id: "a", n: 1, m: 1 },
  { id: "b", n: 2, m: 2 },
  { id: "c", n: 3, m: 3 },
];

it.each<[string, Json, Json, string]>([
  ["progress", 20, 75, "+55"],
  ["progress", 75, 20.5, "−54.5"],
  ["progress", 20, 20, "No differences"],
  ["json", { a: 1, b: 2 }, { b: 2, a: 1 }, "Same values; members in another order"],
  ["json", { a: 1, b: 2, c: 3 }, { a: 2, d: 1, e: 1 }, "2 values added, 2 removed, 1 changed"],
  ["image", "data:image/png;base64,AA", "data:image/png;base64,AB", "Image changed"],
  ["table", "not a table", [{ a: 1 }], "1 value changed"],
  ["markdown", "", "one\ntwo", "2 lines added"],
  ["markdown", "one\r\ntwo\r\n", "one\ntwo\n", "2 lines changed: only line ends differ"],
  ["markdown", "one  two", "one two", "1 line changed: only spaces differ"],
  ["markdown", "s\u0430me", "same", "1 line changed: only look-alike letters differ"],
  ["markdown", "one\ntwo\nthree", "one", "2 lines removed"],
  ["table", ROWS, ROWS.slice(1), "1 row removed"],
  ["table", ROWS.slice(1), ROWS, "1 row added"],
  ["table", ROWS, ROWS.slice().reverse(), "Same rows in another order"],
  ["table", ROWS, ROWS.map(({ id, n, m }) => ({ m, n, id })), "Same rows; columns in another order"],
  [
    "table",
    [
      ["id", "n"],
      ["a", 1],
      ["b", 2],
    ],
    [
      ["n", "id"],
      [1, "a"],
      [2, "b"],
    ],
    "Same rows; columns in another order",
  ],
  [
    "table",
    [
      ["id", "n"],
      ["a", 1],
      ["b", 2],
    ],
    [
      ["n", "id"],
      [2, "b"],
      [1, "a"],
    ],
    "Same rows; rows and columns in another order",
  ],
  ["table", ROWS, { id: ["a", "b", "c"], n: [1, 2, 3], m: [1, 2, 3] }, "Same rows, written as another form of table"],
  ["table", ROWS, ROWS.map((row) => ({ ...row, n: 0 })), "3 cells changed"],
  ["table", ROWS, ROWS.map(({ n, ...row }) => ({ ...row, o: n })), "1 column added, 1 removed"],
  [
    "table",
    ROWS,
    [
      { id: "b", n: 9, o: 1 },
      { id: "d", n: 2, o: 1 },
      { id: "c", n: 3, o: 1 },
    ],
    "1 row added, 1 removed, 1 cell changed, 1 column added, 1 removed",
  ],
])("of type %s: %j → %j: %s", (type, from, to, text) => {
  expect(summary(type, from, to)).toBe(text);
});

it("is not empty where a string and other data have the same lines", () => {
  expect(summary("json", "1", 1, "lines")).toBe("Same lines");
});
