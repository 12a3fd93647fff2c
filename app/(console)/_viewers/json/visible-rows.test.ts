import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { childrenOf, indexJsonText, type JsonIndex } from "#formats/json-index";
import { initiallyExpanded, visibleRows } from "./visible-rows";

const index = indexJsonText('{"a":[1,{"b c":"x"}],"a":{},"d":[[],[true]]}');

function rowsOf(of: JsonIndex, expanded: Set<number>): number[][] {
  const { values, depths, positions, count } = visibleRows(of, expanded);
  return Array.from({ length: count }, (_, row) => [values[row] ?? -1, depths[row] ?? -1, positions[row] ?? -1]);
}

/** The same rows, by recursion. */
function naiveRows(of: JsonIndex, expanded: Set<number>, value = 0, depth = 0, position = 0): number[][] {
  const below = expanded.has(value) ? [...childrenOf(of, value)] : [];
  return [[value, depth, position], ...below.flatMap((child, at) => naiveRows(of, expanded, child, depth + 1, at))];
}

describe("visibleRows", () => {
  it("has only the outermost value while nothing is expanded", () => {
    expect(rowsOf(index, new Set())).toEqual([[0, 0, 0]]);
    expect(rowsOf(index, new Set([1, 6]))).toEqual([[0, 0, 0]]);
  });

  it("has the children of expanded values with depth and position", () => {
    expect(rowsOf(index, new Set([0, 1, 6]))).toEqual([
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

  it("agrees with a recursive walk", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.infiniteStream(fc.boolean()), (text, choices) => {
        const of = indexJsonText(text);
        const expanded = new Set<number>();
        for (let value = 0; value < of.count; value += 1) if (choices.next().value) expanded.add(value);
        expect(rowsOf(of, expanded)).toEqual(naiveRows(of, expanded));
      }),
    );
  });
});

describe("initiallyExpanded", () => {
  it("expands small JSON completely", () => {
    expect([...initiallyExpanded(index)]).toEqual([0, 1, 6, 3, 8]);
    expect([...initiallyExpanded(indexJsonText("1"))]).toEqual([0]);
  });

  it("always expands the outermost value", () => {
    expect([...initiallyExpanded(indexJsonText(JSON.stringify(Array(300).fill([1]))))]).toEqual([0]);
  });

  it("stops at the value with which more than 200 rows would show", () => {
    expect([...initiallyExpanded(indexJsonText(JSON.stringify([[1], Array(300).fill(0), [1]])))]).toEqual([0, 1]);
  });

  it("shows at most 200 rows below the outermost value", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.array(fc.nat(9), { maxLength: 20 }), { maxLength: 20 }), { maxLength: 9 }),
        (data) => {
          const of = indexJsonText(JSON.stringify(data));
          expect(visibleRows(of, initiallyExpanded(of)).count).toBeLessThanOrEqual(200);
        },
      ),
    );
  });
});
