import { describe, expect, it } from "vitest";
import type { Json } from "#contract/json";
import { createBudget } from "./budget";
import { isShared, matchColumns } from "./columns";
import { pairByKey, pairByOrder } from "./rows";

type Rows = (Json | undefined)[][];

const generated = (pairs: { from: number | null; to: number | null }[]) =>
  pairs.map(({ from, to }) => `${from ?? "-"}${to ?? "-"}`).join(" ");

function tables(from: Rows, to: Rows, left = ["id", "n"], right = left) {
  const [before, after] = [
    { columns: left, rows: from },
    { columns: right, rows: to },
  ];
  return { before, after, columns: matchColumns(before, after) };
}

describe("pairByKey", () => {
  const pairs = (from: Rows, to: Rows) => {
    const { before, after, columns } = tables(from, to);
    return generated(pairByKey(before, after, columns.filter(isShared).slice(0, 1)));
  };

  it("pairs rows by name, in the order of the new side, removed rows after the row they followed", () => {
    expect(
      pairs(
        [
          ["a", 1],
          ["b", 2],
          ["c", 3],
        ],
        [
          ["c", 3],
          ["x", 1],
          ["a", 2],
        ],
      ),
    ).toBe("20 -1 02 1-");
  });

  it("pairs the rows of a repeated name in their order", () => {
    expect(
      pairs(
        [
          ["a", 1],
          ["a", 2],
        ],
        [
          ["a", 3],
          ["a", 4],
          ["a", 5],
        ],
      ),
    ).toBe("00 11 -2");
    expect(
      pairs(
        [
          ["a", 1],
          ["a", 2],
          ["a", 3],
        ],
        [["a", 3]],
      ),
    ).toBe("00 1- 2-");
  });

  it("pairs rows without a name by their content", () => {
    expect(
      pairs(
        [
          [null, 1],
          [null, 2],
        ],
        [
          [null, 2],
          [null, 3],
        ],
      ),
    ).toBe("0- 10 -1");
    expect(pairs([[undefined, 1]], [[null, 1]])).toBe("00");
  });

  it("uses the position of the key on each side", () => {
    const { before, after, columns } = tables(
      [
        ["a", 1],
        ["b", 2],
      ],
      [
        [1, "b"],
        [2, "a"],
      ],
      ["id", "n"],
      ["n", "id"],
    );
    expect(
      generated(
        pairByKey(
          before,
          after,
          columns.filter(isShared).filter(({ name }) => name === "id"),
        ),
      ),
    ).toBe("10 01");
  });
});

describe("pairByOrder", () => {
  const pairs = (from: Rows, to: Rows, left?: string[], right?: string[]) => {
    const { before, after, columns } = tables(from, to, left, right);
    return generated(pairByOrder(before, after, columns, createBudget(5000)));
  };

  it("aligns equal rows and pairs those between them from the top", () => {
    const rows = (...values: number[]) => values.map((value) => [value, "x"]);
    expect(pairs(rows(1, 2, 3), rows(1, 3))).toBe("00 1- 21");
    expect(pairs(rows(1, 3), rows(1, 2, 3))).toBe("00 -1 12");
    expect(pairs(rows(1, 2, 3), rows(1, 5, 3))).toBe("00 11 22");
    expect(pairs(rows(1, 2, 9, 3), rows(1, 5, 3))).toBe("00 11 2- 32");
    expect(pairs([], [])).toBe("");
  });

  it("compares the columns of both sides alone, at their own positions", () => {
    expect(
      pairs(
        [
          ["a", 1],
          ["b", 2],
        ],
        [
          [9, "b"],
          [9, "c"],
        ],
        ["id", "old"],
        ["new", "id"],
      ),
    ).toBe("0- 10 -1");
  });

  it("tells a missing cell from null, and cells from each other", () => {
    expect(
      pairs(
        [
          [null, 1],
          [2, 2],
        ],
        [
          [undefined, 1],
          [2, 2],
        ],
      ),
    ).toBe("00 11");
    expect(
      pairs(
        [
          ["a", "bc"],
          ["x", "y"],
        ],
        [
          ["ab", "c"],
          ["a", "bc"],
          ["x", "y"],
        ],
      ),
    ).toBe("-0 01 12");
  });
});
