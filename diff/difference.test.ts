import { expect, it } from "vitest";
import type { Json } from "#contract/json";
import { createBudget } from "./budget";
import { dataSide, differenceOf } from "./difference";
import type { DiffMode } from "./mode";
import { summaryOf } from "./summary";
import type { KeyChoice } from "./table";

function compared(type: string, from: Json, to: Json, way: DiffMode | null = null, key: KeyChoice = "inferred") {
  return differenceOf(
    dataSide(type, JSON.stringify(from)),
    dataSide(type, JSON.stringify(to)),
    way,
    key,
    createBudget(5000),
  );
}

const CITIES = [
  { rank: 1, city: "Oslo", people: 700 },
  { rank: 2, city: "Bergen", people: 290 },
  { rank: 3, city: "Trondheim", people: 210 },
];

it("tells tables by row, whatever the order of rows", () => {
  const now = [
    { rank: 1, city: "Bergen", people: 900 },
    { rank: 2, city: "Oslo", people: 710 },
    { rank: 3, city: "Tromsø", people: 78 },
  ];
  const difference = compared("table", CITIES, now);
  expect(summaryOf(difference)).toBe("1 row added, 1 removed, 4 cells changed");
  if (difference.kind !== "table") throw new Error("not a table");
  expect(difference.key.map((at) => difference.columns[at]?.name)).toEqual(["city"]);
  expect(difference.rows.map(({ op, cells }) => [op, cells[1]?.to ?? cells[1]?.from])).toEqual([
    ["changed", "Bergen"],
    ["changed", "Oslo"],
    ["added", "Tromsø"],
    ["removed", "Trondheim"],
  ]);
});

it("names rows by two columns where one does not", () => {
  const price = (date: string, symbol: string, close: number) => ({ date, symbol, close });
  const from = [price("mon", "A", 1), price("mon", "B", 1), price("tue", "A", 2), price("tue", "B", 2)];
  const to = [price("tue", "A", 2), price("tue", "B", 5), price("mon", "A", 1), price("mon", "B", 1)];
  const difference = compared("table", from, to);
  expect(summaryOf(difference)).toBe("1 cell changed");
  expect(difference).toMatchObject({ key: [0, 1], same: 3 });
});

it("goes by the order of rows where nothing names them, and where it is asked to", () => {
  const scores = (...values: number[]) => values.map((value) => ({ score: value, passed: value > 3 }));
  const difference = compared("table", scores(1, 4, 4, 2), scores(1, 4, 5, 4, 2));
  expect(summaryOf(difference)).toBe("1 row added");
  expect(difference).toMatchObject({ key: [] });
  const rows = CITIES.slice().reverse();
  expect(summaryOf(compared("table", CITIES, rows))).toBe("The same rows, in another order");
  expect(summaryOf(compared("table", CITIES, rows, null, "order"))).toMatch(/row/);
});

it("takes the column that a person chose", () => {
  const difference = compared("table", CITIES, CITIES.slice(1), null, { columns: ["rank"] });
  expect(difference).toMatchObject({ key: [0], removed: 1, cells: 0 });
});

it("tells columns that came and went once, not at each row", () => {
  const now = CITIES.map(({ people, ...rest }) => ({ ...rest, residents: people, country: "Norway" }));
  expect(summaryOf(compared("table", CITIES, now))).toBe("2 columns added, 1 removed");
});

it("counts a rewritten line as changed and marks its words", () => {
  const difference = compared("markdown", "# Report\n\nThe mean is 12.\nend", "# Report\n\nThe mean is 15.\nnew\nend");
  expect(summaryOf(difference)).toBe("1 line added, 1 changed");
  if (difference.kind !== "text") throw new Error("not a text");
  const changed = difference.stretches.find((stretch) => !stretch.same);
  expect(changed).toMatchObject({ added: [{ number: 3 }, { number: 4 }], removed: [{ number: 3 }] });
  expect(changed?.same === false && changed.added[0]?.parts.filter(({ marked }) => marked)).toEqual([
    { text: "15", marked: true },
  ]);
});

it("tells JSON by path", () => {
  const difference = compared(
    "json",
    { a: { b: [1, 2, 3] }, gone: true, "odd name": 1 },
    { a: { b: [1, 3, 4] }, "odd name": 2, come: null },
  );
  if (difference.kind !== "json") throw new Error("not JSON");
  expect(difference.changes.map(({ op, path }) => `${op} ${path}`)).toEqual([
    "removed a.b[1]",
    "added a.b[2]",
    "removed gone",
    'changed ["odd name"]',
    "added come",
  ]);
});

it.each<[string, Json, Json, string]>([
  ["progress", 20, 75, "+55"],
  ["progress", 20, 20, "No difference"],
  ["json", { a: 1, b: 2 }, { b: 2, a: 1 }, "No difference"],
  ["image", "data:image/png;base64,AA", "data:image/png;base64,AB", "The image differs"],
  ["table", "not a table", [{ a: 1 }], "1 value changed"],
  ["markdown", "", "one\ntwo", "2 lines added"],
])("%s %j → %j: %s", (type, from, to, summary) => {
  expect(summaryOf(compared(type, from, to))).toBe(summary);
});

it("says when it cut, and is done in time", () => {
  const lines = (seed: number) => Array.from({ length: 30_000 }, (_, at) => `${(at * seed) % 10_007} ${at % 3}`);
  const budget = createBudget(300);
  const start = performance.now();
  const [from, to] = [lines(31), lines(57)];
  differenceOf(
    dataSide("markdown", JSON.stringify(from.join("\n"))),
    dataSide("markdown", JSON.stringify(to.join("\n"))),
    null,
    "order",
    budget,
  );
  expect(budget.notes).toHaveLength(1);
  expect(performance.now() - start).toBeLessThan(5000);
});

it("compares rows only as long as it may, and says how many", () => {
  const rows = (step: number) => Array.from({ length: 5000 }, (_, id) => ({ id, value: id * step }));
  const budget = createBudget(0);
  const difference = differenceOf(
    dataSide("table", JSON.stringify(rows(1))),
    dataSide("table", JSON.stringify(rows(2))),
    null,
    "inferred",
    budget,
  );
  expect(difference).toMatchObject({ changed: 999, same: 1 });
  expect(budget.notes).toEqual(["Only the first 1,000 of 5,000 rows were compared: all would take too long."]);
});
