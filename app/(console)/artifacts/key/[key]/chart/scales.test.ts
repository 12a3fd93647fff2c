import { expect, it } from "vitest";
import { formatMeasure, layoutChart } from "./scales";

const points = (...values: number[]) =>
  values.map((value, index) => ({ version: index + 1, created: "2026-11-01T00:00:00.000000Z", value }));

it("lays points out by version and value, the greatest on top", () => {
  const drawing = layoutChart(points(0, 50, 100), false);
  expect(drawing?.points).toEqual([
    { x: 0, y: 1 },
    { x: 0.5, y: 0.5 },
    { x: 1, y: 0 },
  ]);
  expect(drawing?.levels.map(({ value }) => value)).toEqual([0, 50, 100]);
  expect(drawing?.versions.map(({ value }) => value)).toEqual([1, 2, 3]);
});

it("draws hundredths from 0 to 100, and other values close to each other with the room they need", () => {
  expect(layoutChart(points(40, 60), true)?.points[0]?.y).toBe(0.6);
  expect(layoutChart(points(1000, 1001), false)?.points[0]?.y).toBe(1);
  expect(layoutChart(points(7, 7), false)?.points.map(({ y }) => y)).toEqual([0.5, 0.5]);
  expect(layoutChart(points(0, 0), false)?.points.map(({ y }) => y)).toEqual([1, 1]);
});

it("draws nothing of values that lie too far apart for numbers", () => {
  expect(layoutChart(points(-1.7e308, 1.7e308), false)).toBeNull();
});

it.each([
  [1234567, "rows", false, "1,234,567 rows", "1.235M"],
  [1, "rows", false, "1 row", "1"],
  [47.25, "number", true, "47.25 %", "47.25 %"],
  [4096, "size", false, "4.1 kB", "4.1 kB"],
  [-1.5e300, "number", false, "-1.500e+300", "-1.500e+300"],
] as const)("writes %d as %s", (value, measure, percent, long, short) => {
  expect(formatMeasure(value, measure, percent)).toBe(long);
  expect(formatMeasure(value, measure, percent, true)).toBe(short);
});
