import { describe, expect, it } from "vitest";
import type { Json } from "#contract/json";
import { matchColumns } from "./columns";
import { inferKey, rowName } from "./key";

type Rows = (Json | undefined)[][];

/** The names of the columns that identify rows. */
function keyOf(columns: string[], from: Rows, to: Rows = from): string[] {
  const [before, after] = [
    { columns, rows: from },
    { columns, rows: to },
  ];
  return inferKey(before, after, matchColumns(before, after)).map(({ name }) => name);
}

describe("inferKey", () => {
  it("takes a column with unique values", () => {
    expect(
      keyOf(
        ["a", "b"],
        [
          [1, 1],
          [1, 2],
        ],
      ),
    ).toEqual(["b"]);
    expect(
      keyOf(
        ["a", "b"],
        [
          [1, 1],
          [2, 1],
        ],
      ),
    ).toEqual(["a"]);
  });

  it("takes none if no column is unique on both sides", () => {
    expect(keyOf(["a"], [[1], [1]])).toEqual([]);
    expect(keyOf(["a"], [[1], [2]], [[1], [1]])).toEqual([]);
    expect(keyOf(["a"], [[1], [1]], [[1], [2]])).toEqual([]);
    expect(keyOf([], [[], []])).toEqual([]);
  });

  it.each<[string, Json | undefined]>([
    ["null", null],
    ["missing", undefined],
    ["empty", ""],
    ["a list", [1]],
    ["an object", { a: 1 }],
  ])("takes no column with a cell that is %s", (_, cell) => {
    expect(keyOf(["a"], [["x"], [cell]])).toEqual([]);
  });

  it("takes no column of which less than a fifth of the values is on both sides", () => {
    const rows = (...values: number[]) => values.map((value) => [`${value}`]);
    expect(keyOf(["a"], rows(1, 2, 3, 4, 5), rows(1, 12, 13, 14, 15))).toEqual(["a"]);
    expect(keyOf(["a"], rows(1, 2, 3, 4, 5, 6), rows(1, 12, 13, 14, 15, 16))).toEqual([]);
    expect(keyOf(["a"], rows(1), rows(1, 12, 13, 14, 15, 16))).toEqual(["a"]);
    expect(keyOf(["a"], rows(1, 12, 13, 14, 15, 16), rows(1))).toEqual(["a"]);
    expect(keyOf(["a"], [], rows(1))).toEqual([]);
  });

  it("takes numbers only if half of them are on both sides, and all if another column has the name of a key", () => {
    const rows = (...values: number[]) => values.map((value) => ["x", value]);
    expect(keyOf(["a", "n"], rows(5, 6, 7, 8), rows(5, 6, 9, 10))).toEqual(["n"]);
    expect(keyOf(["a", "n"], rows(5, 6, 7, 8), rows(5, 10, 11, 12))).toEqual([]);
    expect(keyOf(["id", "n"], rows(5, 6, 7, 8), rows(5, 6, 7, 10))).toEqual([]);
    expect(keyOf(["id", "n"], rows(5, 6, 7, 8), rows(5, 6, 7))).toEqual(["n"]);
  });

  it("prefers the first of equal columns", () => {
    expect(
      keyOf(
        ["a", "b"],
        [
          [5, 3],
          [6, 4],
        ],
      ),
    ).toEqual(["a"]);
  });

  it.each([
    "id",
    "ID",
    "user_id",
    "userId",
    "the key",
    "code",
    "start-date",
    "time",
    "timestamp",
    "uuid",
    "slug",
    "day",
  ])("prefers a column named %s", (name) => {
    expect(
      keyOf(
        ["a", name],
        [
          [1, 3],
          [2, 4],
        ],
      ),
    ).toEqual([name]);
  });

  it.each(["idle", "monkey", "paid", "keys", "dates", "Identity"])("does not prefer a column named %s", (name) => {
    expect(
      keyOf(
        ["a", name],
        [
          [5, 3],
          [6, 4],
        ],
      ),
    ).toEqual(["a"]);
  });

  it.each(["#", "no", "No.", "nr", "rank", "row", "index", "position", "place"])("avoids the row number %s", (name) => {
    expect(
      keyOf(
        [name, "a"],
        [
          [1, 3],
          [2, 4],
        ],
      ),
    ).toEqual(["a"]);
    expect(
      keyOf(
        [name, "a"],
        [
          [1, 3],
          [2, 3],
        ],
      ),
    ).toEqual([name]);
  });

  it("does not take a longer name for a row number", () => {
    expect(
      keyOf(
        ["ranking", "b"],
        [
          [5, 3],
          [6, 4],
        ],
      ),
    ).toEqual(["ranking"]);
    expect(
      keyOf(
        ["a row", "b"],
        [
          [5, 3],
          [6, 4],
        ],
      ),
    ).toEqual(["a row"]);
  });

  it("prefers strings to numbers, and more shared values to both", () => {
    expect(
      keyOf(
        ["a", "b"],
        [
          [1, "x"],
          [2, "y"],
        ],
      ),
    ).toEqual(["b"]);
    expect(
      keyOf(
        ["a", "b"],
        [
          [1, "x"],
          [2, "y"],
        ],
        [
          [1, "x"],
          [2, "z"],
        ],
      ),
    ).toEqual(["a"]);
  });

  it("prefers a column with all values on both sides to one with some, whatever their names", () => {
    const rows = (...names: string[]) => names.map((name, at) => [at * 10 + 1000, name, at]);
    const names = ["a", "b", "Cid", "d"];
    expect(keyOf(["employee", "name", "place"], rows(...names), rows("a", "b", "cid ", "d"))).toEqual(["employee"]);
    expect(keyOf(["employee", "name", "n"], rows(...names), rows(...names))).toEqual(["name"]);
  });

  it.each(["id", "key", "uuid", "code", "slug", "userId", "item_key"])(
    "prefers %s to a name, a date or a text",
    (id) => {
      const rows = [
        ["a", "2026-01-01", "x", 7],
        ["b", "2026-01-02", "y", 8],
      ];
      expect(keyOf(["name", "date", "text", id], rows)).toEqual([id]);
      const typo = rows.with(1, ["B", "2026-01-02", "z", 8]);
      expect(keyOf(["name", "date", "text", id], rows, typo)).toEqual([id]);
    },
  );

  it("does not take counted rows for the better key", () => {
    const rows = (...names: string[]) => names.map((name, at) => [at + 1, name]);
    expect(keyOf(["n", "name"], rows("a", "b", "c"), rows("b", "c", "x"))).toEqual(["name"]);
    expect(keyOf(["id", "name"], rows("a", "b", "c"), rows("b", "c", "x"))).toEqual(["id"]);
  });

  it("prefers two columns with all values on both sides to a number with some", () => {
    const rows = (...prices: number[]) => prices.map((price, at) => [at < 2 ? "mon" : "tue", at % 2, price]);
    expect(keyOf(["weekday", "shop", "price"], rows(1.5, 2.5, 3.5, 4.5), rows(1.5, 2.5, 9.5, 8.5))).toEqual([
      ...["weekday", "shop"],
    ]);
  });

  it("prefers two columns with names of keys to a number that happens to be unique", () => {
    const rows = ["a", "b"].flatMap((name, at) => ["mon", "tue"].map((day, more) => [name, day, at * 7.5 + more]));
    expect(keyOf(["name", "day", "rate"], rows)).toEqual(["name", "day"]);
    expect(keyOf(["team", "day", "rate"], rows)).toEqual(["rate"]);
  });

  it("finds the rows of a column whose numbers became texts", () => {
    expect(keyOf(["id"], [[1], [2]], [["1"], ["2"]])).toEqual(["id"]);
  });

  it("takes two columns together if none is unique alone", () => {
    expect(
      keyOf(
        ["day", "n", "city"],
        [
          ["a", 0.5, "x"],
          ["a", 0.5, "y"],
          ["b", 1, "x"],
        ],
      ),
    ).toEqual(["day", "city"]);
  });

  it("takes only strings and integers for two columns together", () => {
    expect(
      keyOf(
        ["a", "b"],
        [
          [1, 1.5],
          [1, 2.5],
          [2, 1.5],
        ],
      ),
    ).toEqual([]);
    expect(
      keyOf(
        ["a", "b"],
        [
          [1, 1],
          [1, 2],
          [2, 1],
        ],
      ),
    ).toEqual(["a", "b"]);
    expect(
      keyOf(
        ["a", "b"],
        [
          [1, true],
          [1, false],
          [2, true],
        ],
      ),
    ).toEqual([]);
  });

  it("judges what can be part of a key on both sides", () => {
    expect(
      keyOf(
        ["a", "b"],
        [
          [1, 1],
          [1, 2],
          [2, 1],
        ],
        [
          [1, 1],
          [1, 2],
          [2, 1.5],
        ],
      ),
    ).toEqual([]);
    expect(
      keyOf(
        ["a", "b"],
        [
          [1, 1.5],
          [1, 2],
          [2, 1.5],
        ],
        [
          [1, 1],
          [1, 2],
          [2, 1],
        ],
      ),
    ).toEqual([]);
  });

  it("looks at the first 40 columns, and at the first 8 for two together", () => {
    const wide = (at: number, length: number) =>
      [0, 1].map((row) => Array.from({ length }, (_, column) => (column === at ? row : 7)));
    const names = Array.from({ length: 41 }, (_, at) => `c${at}`);
    expect(keyOf(names, wide(39, 41))).toEqual(["c39"]);
    expect(keyOf(names, wide(40, 41))).toEqual([]);
    const pairs = (one: number, other: number) =>
      [
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 1],
      ].map(([a, b]) => Array.from({ length: 9 }, (_, column) => (column === one ? a : column === other ? b : 7)));
    expect(keyOf(names.slice(0, 9), pairs(0, 7))).toEqual(["c0", "c7"]);
    expect(keyOf(names.slice(0, 9), pairs(0, 8))).toEqual([]);
  });

  it("uses columns of both sides only, at their own positions", () => {
    const from = {
      columns: ["old", "id", "n"],
      rows: [
        ["x", 1, 5],
        ["y", 2, 5],
      ],
    };
    const to = {
      columns: ["n", "id", "new"],
      rows: [
        [5, 1, "p"],
        [5, 2, "q"],
      ],
    };
    expect(inferKey(from, to, matchColumns(from, to))).toEqual([{ name: "id", from: 1, to: 1 }]);
  });
});

describe("rowName", () => {
  it('is the JSON of the texts of the cells, the same for 1 and "1"', () => {
    expect(rowName(["1"], [0])).toBe(rowName([1], [0]));
    expect(rowName(["a", 1, true, 0, false], [0, 1, 2])).toBe('["a","1","true"]');
    expect(rowName(["a", 1, true, 0, false], [4, 3])).toBe('["false","0"]');
    expect(rowName(["a"], [])).toBe("[]");
  });

  it.each<[(Json | undefined)[], number[]]>([
    [["a"], [1]],
    [
      ["a", null],
      [0, 1],
    ],
    [
      ["a", ""],
      [0, 1],
    ],
    [["a", []], [1]],
    [
      ["a", {}],
      [0, 1],
    ],
  ])("of %j at %j is null", (row, positions) => {
    expect(rowName(row, positions)).toBeNull();
  });
});
