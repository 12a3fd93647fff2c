import { describe, expect, it } from "vitest";
import { indexJsonText, nameOf } from "#formats/json-index";
import { findValues } from "./find";
import { ancestorsOf, pathOf } from "./paths";
import { initiallyExpanded, visibleRows } from "./visible-rows";

const index = indexJsonText('{"a":[1,{"b c":"x\\u0079z"}],"a":{},"d":[[],[true]]}');
const rows = (open: Set<number>) => {
  const { values, depths, positions, count } = visibleRows(index, open);
  return Array.from({ length: count }, (_, row) => [values[row], depths[row], positions[row]]);
};

describe("a JSON tree", () => {
  it("shows the children of expanded values with depth and position", () => {
    expect(rows(new Set())).toEqual([[0, 0, 0]]);
    expect(rows(new Set([0, 1, 6]))).toEqual([
      [0, 0, 0],
      [1, 1, 0],
      [2, 2, 0],
      [3, 2, 1],
      [5, 1, 1],
      [6, 1, 2],
      [7, 2, 0],
      [8, 2, 1],
    ]);
  });

  it("is first expanded by as many levels as 200 rows hold, but always the outermost", () => {
    expect([...initiallyExpanded(index)]).toEqual([0, 1, 6, 3, 8]);
    expect([...initiallyExpanded(indexJsonText(JSON.stringify([Array(300).fill(0), [1]])))]).toEqual([0]);
    expect([...initiallyExpanded(indexJsonText(JSON.stringify(Array(300).fill([1]))))]).toEqual([0]);
  });

  it("names the path of a value", () => {
    expect(index.count).toBe(10);
    expect(Array.from({ length: 10 }, (_, value) => pathOf(index, value))).toEqual([
      "$",
      "$.a",
      "$.a[0]",
      "$.a[1]",
      '$.a[1]["b c"]',
      "$.a",
      "$.d",
      "$.d[0]",
      "$.d[1]",
      "$.d[1][0]",
    ]);
    expect(ancestorsOf(index, 9)).toEqual([0, 6, 8]);
  });

  it("finds names and values by content, not by spelling", () => {
    expect([...findValues(index, "XYZ")]).toEqual([4]);
    expect([...findValues(index, "b c")].map((value) => nameOf(index, value))).toEqual(["b c"]);
    expect([...findValues(index, "tru")]).toEqual([9]);
    expect([...findValues(index, "u0079")]).toEqual([]);
    const long = indexJsonText(JSON.stringify(Array.from({ length: 5000 }, (_, at) => ({ at }))));
    expect([...findValues(long, "4321")].map((value) => pathOf(long, value))).toEqual(["$[4321].at"]);
    expect([...findValues(long, "AT")]).toHaveLength(5000);
  });
});
