import { describe, expect, it } from "vitest";
import { changeOf, valuesUntil } from "./change";

const point = (version: number, part: { number?: number; rows?: number; size?: number } = {}) => ({
  type: "table",
  version,
  number: null,
  rows: null,
  size: 100,
  ...part,
});

describe("the change of a version", () => {
  it.each([
    ["a number", { number: 94.853356 }, { number: 91.81 }, "+3.04", "v2 → v4: 91.81 → 94.853356"],
    ["a smaller number", { number: -1 }, { number: 0.5 }, "−1.5", "v2 → v4: 0.5 → -1"],
    ["a large number", { number: 7_407_407 }, { number: 6_172_839 }, "+1.23M", "v2 → v4: 6,172,839 → 7,407,407"],
    ["an equal number", { number: 7 }, { number: 7 }, "same", "v2 → v4: 7 → 7"],
    ["rows", { rows: 31 }, { rows: 30 }, "+1 row", "v2 → v4: 30 rows → 31 rows"],
    ["equal rows, by size", { rows: 3, size: 136 }, { rows: 3 }, "+36 %", "v2 → v4: 100 B → 136 B"],
    ["an equal size, which the content need not be", { rows: 3 }, { rows: 3 }, "same size", "v2 → v4: 100 B → 100 B"],
    ["a size", { size: 50 }, {}, "−50 %", "v2 → v4: 100 B → 50 B"],
    ["a much greater size", { size: 100_000 }, {}, "+99,900 %", "v2 → v4: 100 B → 100 kB"],
    ["a slightly greater size", { size: 1_000_001 }, { size: 1_000_000 }, "+<0.1 %", "v2 → v4: 1.0 MB → 1.0 MB"],
    ["a number after text", { number: 5, size: 1 }, { size: 2 }, "−50 %", "v2 → v4: 2 B → 1 B"],
  ])("by %s", (_, now, before, text, title) => {
    const [row, previous] = [point(4, now), point(2, before)];
    expect(changeOf(row, { key: "k", points: [previous, row, point(5)] })).toEqual({ text, title });
  });

  it("is unknown for a first version, and without versions before it", () => {
    expect(changeOf(point(1), { key: "k", points: [point(1), point(2)] })).toBeNull();
    expect(changeOf(point(1), undefined)).toBeNull();
    expect(changeOf({ ...point(1), version: null }, { key: "k", points: [point(1)] })).toBeNull();
  });
});

it("charts what the version has, up to it", () => {
  const points = [point(1, { number: 1 }), point(2, { rows: 2 }), point(3, { number: 3 }), point(4, { number: 4 })];
  expect(valuesUntil(point(3, { number: 3 }), { key: "k", points })).toEqual([1, 3]);
  expect(valuesUntil(point(2, { rows: 2 }), { key: "k", points })).toEqual([2]);
  expect(valuesUntil(point(4), { key: "k", points })).toEqual([100, 100, 100, 100]);
});
