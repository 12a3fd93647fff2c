import { describe, expect, it } from "vitest";
import type { Json } from "#contract/json";
import { parseTable } from "#formats/table";
import { createBudget } from "./budget";
import type { DiffOptions } from "./options";
import { isNumeric, tableDifference } from "./table";

const EMPTY = { columns: [], rows: [] };

function compared(from: Json, to: Json, options: Partial<DiffOptions> = {}, budget = createBudget(5000)) {
  const [left, right] = [parseTable(JSON.stringify(from)), parseTable(JSON.stringify(to))];
  return tableDifference(left ?? EMPTY, right ?? EMPTY, options, budget);
}

const CITIES = [
  { rank: 1, city: "Oslo", people: 700 },
  { rank: 2, city: "Bergen", people: 290 },
  { rank: 3, city: "Trondheim", people: 210 },
];

describe("tableDifference", () => {
  it("compares rows by key, whatever their order", () => {
    const difference = compared(CITIES, [
      { rank: 1, city: "Bergen", people: 900 },
      { rank: 2, city: "Oslo", people: 710 },
      { rank: 3, city: "Tromsø", people: 78 },
    ]);
    expect(difference).toMatchObject({ kind: "table", key: [1], added: 1, removed: 1, changed: 2, cells: 4, same: 0 });
    expect(difference.rows.map(({ op, from, to, cells }) => [op, from, to, cells[1]?.to ?? cells[1]?.from])).toEqual([
      ["changed", 1, 0, "Bergen"],
      ["removed", 2, null, "Trondheim"],
      ["changed", 0, 1, "Oslo"],
      ["added", null, 2, "Tromsø"],
    ]);
  });

  it("identifies rows by two columns if one does not", () => {
    const price = (date: string, symbol: string, close: number) => ({ date, symbol, close });
    const from = [price("mon", "A", 1), price("mon", "B", 1), price("tue", "A", 2), price("tue", "B", 2)];
    const to = [price("tue", "A", 2), price("tue", "B", 5), price("mon", "A", 1), price("mon", "B", 1)];
    expect(compared(from, to)).toMatchObject({ key: [0, 1], same: 3, cells: 1 });
  });

  it("compares in order where nothing identifies rows, and on request", () => {
    const scores = (...values: number[]) => values.map((value) => ({ score: value, passed: value > 3 }));
    expect(compared(scores(1, 4, 4, 2), scores(1, 4, 5, 4, 2))).toMatchObject({ key: [], added: 1, same: 4 });
    const reversed = CITIES.slice().reverse();
    expect(compared(CITIES, reversed)).toMatchObject({ key: [1], same: 3, rows: [] });
    expect(compared(CITIES, reversed, { key: "order" })).toMatchObject({ key: [], same: 1 });
  });

  it("identifies rows by the chosen columns that are on both sides, if any", () => {
    expect(compared(CITIES, CITIES.slice(1), { key: { columns: ["rank"] } })).toMatchObject({
      key: [0],
      removed: 1,
      cells: 0,
    });
    expect(compared(CITIES, CITIES.slice(1), { key: { columns: ["people", "rank"] } }).key).toEqual([0, 2]);
    expect(compared(CITIES, CITIES, { key: { columns: ["none"] } }).key).toEqual([1]);
    const renamed = CITIES.map(({ rank, ...row }) => ({ ...row, place: rank }));
    expect(compared(CITIES, renamed, { key: { columns: ["rank"] } })).toMatchObject({ key: [1] });
    expect(compared(CITIES, renamed, { key: { columns: ["place"] } })).toMatchObject({ key: [1] });
  });

  it("reports added and removed columns once, not in each row", () => {
    const now = CITIES.map(({ people, ...row }) => ({ ...row, residents: people }));
    const difference = compared(CITIES, now);
    expect(difference).toMatchObject({ rows: [], same: 3, cells: 0 });
    expect(difference.columns.map(({ name, from, to }) => [name, from, to])).toEqual([
      ["rank", 0, 0],
      ["city", 1, 1],
      ["people", 2, null],
      ["residents", null, 2],
    ]);
  });

  it("gives a changed row all its cells, and marks those that differ", () => {
    const difference = compared([{ id: "a", n: 1, old: 5 }], [{ id: "a", n: 2, new: 6 }]);
    expect(difference.rows).toEqual([
      {
        op: "changed",
        from: 0,
        to: 0,
        weight: 1,
        cells: [
          { from: "a", to: "a", changed: false },
          { from: 1, to: 2, changed: true },
          { from: 5, to: undefined, changed: false },
          { from: undefined, to: 6, changed: false },
        ],
      },
    ]);
  });

  it("gives an added and a removed row the cells of their side", () => {
    const { rows } = compared(
      [
        { id: "a", n: 1 },
        { id: "b", n: 2 },
      ],
      [
        { id: "b", n: 2 },
        { id: "c", n: null },
      ],
    );
    expect(rows).toEqual([
      {
        op: "removed",
        from: 0,
        to: null,
        weight: 0,
        cells: [
          { from: "a", to: undefined, changed: false },
          { from: 1, to: undefined, changed: false },
        ],
      },
      {
        op: "added",
        from: null,
        to: 1,
        weight: 0,
        cells: [
          { from: undefined, to: "c", changed: false },
          { from: undefined, to: null, changed: false },
        ],
      },
    ]);
  });

  it("orders the largest changes first on request: by the share of the largest step in a column, then by position", () => {
    const row = (id: string, n: Json, text = "x") => ({ id, n, text });
    const difference = compared(
      [row("a", 0), row("b", 0), row("c", 0), row("d", 0), row("e", 0), row("f", "s")],
      [row("a", 1), row("b", -10), row("c", 5, "y"), row("d", 5), row("e", 0, "y"), row("f", 3)],
      { order: "largest" },
    );
    expect(difference.rows.map(({ cells, weight }) => [cells[0]?.to, weight])).toEqual([
      ["c", 1.5],
      ["b", 1],
      ["e", 1],
      ["f", 1],
      ["d", 0.5],
      ["a", 0.1],
    ]);
  });

  it("keeps the order of the table, a removed row after the one it followed", () => {
    const rows = (...ids: string[]) => ids.map((id) => ({ id, n: 1 }));
    const difference = compared(rows("a", "b", "k", "l"), rows("y", "k", "z", "l"));
    expect(difference.rows.map(({ op, cells }) => [op, cells[0]?.to ?? cells[0]?.from])).toEqual([
      ["removed", "a"],
      ["removed", "b"],
      ["added", "y"],
      ["added", "z"],
    ]);
    const moved = compared(rows("a", "b", "c", "d"), rows("d", "x", "a"));
    expect(moved.rows.map(({ op, cells }) => [op, cells[0]?.to ?? cells[0]?.from])).toEqual([
      ["added", "x"],
      ["removed", "b"],
      ["removed", "c"],
    ]);
  });

  it("orders added rows before removed ones where the largest changes are first, each by position", () => {
    const rows = (...ids: string[]) => ids.map((id) => ({ id, n: 1 }));
    const difference = compared(rows("a", "b", "k", "l"), rows("y", "k", "z", "l"), { order: "largest" });
    expect(difference.rows.map(({ op, cells }) => [op, cells[0]?.to ?? cells[0]?.from])).toEqual([
      ["added", "y"],
      ["added", "z"],
      ["removed", "a"],
      ["removed", "b"],
    ]);
  });

  it("tells which columns are numeric, by the new side where it has them, and which changed", () => {
    const difference = compared(
      [
        { id: "a", n: 1, s: 1, old: 1 },
        { id: "b", n: 1, s: 1, old: 2 },
      ],
      [
        { id: "a", n: 2, s: "x", new: "y" },
        { id: "b", n: 1, s: "y", new: "z" },
      ],
    );
    expect(difference.columns.map(({ name, numeric, touched }) => [name, numeric, touched])).toEqual([
      ["id", false, false],
      ["n", true, true],
      ["s", false, true],
      ["old", true, false],
      ["new", false, false],
    ]);
  });

  it("takes a corrected name for one changed cell", () => {
    const rows = (name: string) => [5, 6, 7].map((id) => ({ id, name: id === 6 ? name : `n${id}`, score: id / 2 }));
    expect(compared(rows("Cid"), rows("cid "))).toMatchObject({ key: [0], cells: 1, changed: 1, added: 0, removed: 0 });
  });

  it("pairs the same rows by content where nothing identifies them", () => {
    const rows = (...values: number[]) => values.map((value) => ({ value, even: value % 2 === 0 }));
    const difference = compared(rows(1, 1, 2, 3), rows(3, 1, 2, 1));
    expect(difference).toMatchObject({ key: [], same: 4, rows: [], reordered: { rows: true, columns: false } });
  });

  it.each([
    ["exact", 3, 0],
    ["1e-9", 2, 1],
    ["1%", 1, 2],
  ] as const)("with the tolerance %s, counts %i cells as changed and %i as within", (tolerance, cells, within) => {
    const rows = (...values: number[]) => values.map((value, at) => ({ id: `r${at}`, value }));
    const from = rows(0.1 + 0.2, 100, 100, 5);
    expect(compared(from, rows(0.3, 101, 102, 5), { tolerance })).toMatchObject({ cells, within });
  });

  it("does not take the columns of added and removed rows for changed", () => {
    const { columns } = compared(
      [
        { id: "a", n: 1 },
        { id: "b", n: 2 },
      ],
      [{ id: "b", n: 2 }],
    );
    expect(columns.some(({ touched }) => touched)).toBe(false);
  });

  it("lists the first 2,000 or the 2,000 largest changes and counts all", () => {
    const rows = (step: number, length: number) => Array.from({ length }, (_, id) => ({ id, n: id * step }));
    const budget = createBudget(60_000);
    const difference = compared(rows(1, 2001), rows(2, 2001), {}, budget);
    expect(difference).toMatchObject({ changed: 2000, same: 1 });
    expect([difference.rows.length, budget.notes]).toEqual([2000, []]);
    expect(compared(rows(1, 2002), rows(2, 2002), {}, budget).rows[0]?.to).toBe(1);
    const larger = compared(rows(1, 2002), rows(2, 2002), { order: "largest" }, budget);
    expect(larger).toMatchObject({ changed: 2001, same: 1, cells: 2001 });
    expect(larger.rows).toHaveLength(2000);
    expect(larger.rows[0]?.to).toBe(2001);
    expect(budget.notes).toEqual([
      "Only the first 2,000 changes are listed; all are counted.",
      "Only the 2,000 largest changes are listed; all are counted.",
    ]);
  });

  it("stops when its time is over, after a multiple of 1,000 rows, and notes how many it compared", () => {
    const rows = (step: number, length: number) => Array.from({ length }, (_, id) => ({ id, value: id * step }));
    const budget = createBudget(0);
    expect(compared(rows(1, 5000), rows(2, 5000), {}, budget)).toMatchObject({ changed: 999, same: 1 });
    expect(budget.notes).toEqual(["Only the first 1,000 of 5,000 rows were compared, because it took too long."]);
    const few = createBudget(0);
    expect(compared(rows(1, 1000), rows(2, 1000), {}, few)).toMatchObject({ changed: 999, same: 1 });
    expect(few.notes).toEqual([]);
  });
});

describe("isNumeric", () => {
  const column = (...cells: (Json | undefined)[]) => cells.map((cell) => [cell]);
  it.each<[(Json | undefined)[], boolean]>([
    [[1, 2.5], true],
    [[1, null, undefined, 2], true],
    [[1, "2"], false],
    [[null, undefined], false],
    [[], false],
    [[true], false],
  ])("of %j is %s", (cells, result) => {
    expect(isNumeric(column(...cells), 0)).toBe(result);
  });

  it("looks at the first thousand rows of the column", () => {
    expect(isNumeric(column(...Array<Json>(1000).fill(1), "x"), 0)).toBe(true);
    expect(isNumeric(column(...Array<Json>(999).fill(1), "x"), 0)).toBe(false);
    expect(isNumeric([["x", 1]], 1)).toBe(true);
  });
});
