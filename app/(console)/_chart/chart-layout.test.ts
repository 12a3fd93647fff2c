import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CHART_HEIGHT, CHART_WIDTH, formatMeasure, layoutChart } from "./chart-layout";

const series = (...values: number[]) =>
  values.map((value, index) => ({
    version: index + 1,
    created: new Date(Date.UTC(2026, 10, 1 + index)).toISOString(),
    value,
    flowRunId: null,
  }));

describe("layoutChart", () => {
  it("draws comparable lines on one axis, and others from their least to their greatest value", () => {
    const shared = layoutChart(series(0, 50, 100), false, "version", [series(40, 20)]);
    expect(shared).toMatchObject({
      isShared: true,
      others: [
        {
          points: [
            { x: 0, y: 0.6 },
            { x: 0.5, y: 0.8 },
          ],
        },
      ],
    });
    const apart = layoutChart(series(0, 50, 100), false, "version", [series(4000, 1000)]);
    expect(apart).toMatchObject({ isShared: false, others: [{ points: [{ y: 0 }, { y: 1 - 1000 / 4000 }] }] });
    expect(apart?.levels.map(({ value }) => value)).toEqual([0, 50, 100]);
    const later = series(1, 2, 3).map((point, at) => ({ ...point, created: `2026-11-2${at}T00:00:00Z` }));
    expect(layoutChart(series(1, 2), false, "time", [later])?.points.at(-1)?.x).toBeCloseTo(1 / 21);
  });

  it("places points by version and value, the greatest on top", () => {
    const layout = layoutChart(series(0, 50, 100), false);
    expect(layout?.points).toEqual([
      { x: 0, y: 1 },
      { x: 0.5, y: 0.5 },
      { x: 1, y: 0 },
    ]);
    expect(layout?.levels.map(({ value }) => value)).toEqual([0, 50, 100]);
    expect(layout?.marks.map(({ label }) => label)).toEqual(["v1", "v2", "v3"]);
    expect(layout?.extremes).toEqual({ least: 0, greatest: 2 });
  });

  it("draws the line through the points and the area down to the axis", () => {
    const layout = layoutChart(series(0, 100), false);
    expect(layout?.line).toBe(`M0,${CHART_HEIGHT}L${CHART_WIDTH},0`);
    expect(layout?.area).toContain(`L${CHART_WIDTH},${CHART_HEIGHT}`);
  });

  it("leaves gaps for versions without a point", () => {
    const points = series(1, 2, 3).map((point, at) => ({ ...point, version: [1, 2, 11][at] ?? 0 }));
    expect(layoutChart(points, false)?.points.map(({ x }) => x)).toEqual([0, 0.1, 1]);
  });

  it("has an axis from 0 to 100 for per cent", () => {
    expect(layoutChart(series(40, 60), true)?.points[0]?.y).toBe(0.6);
  });

  it("starts the axis at zero unless the values are close to each other", () => {
    expect(layoutChart(series(10, 100), false)?.levels[0]?.value).toBe(0);
    expect(layoutChart(series(1000, 1001), false)?.points[0]?.y).toBe(1);
    expect(layoutChart(series(-5, 5), false)?.levels.map(({ value }) => value)).toEqual([-5, 0, 5]);
  });

  it("centres a flat line, and puts zeros at the bottom", () => {
    expect(layoutChart(series(7, 7), false)?.points.map(({ y }) => y)).toEqual([0.5, 0.5]);
    expect(layoutChart(series(-7, -7), false)?.points.map(({ y }) => y)).toEqual([0.5, 0.5]);
    expect(layoutChart(series(0, 0), false)?.points.map(({ y }) => y)).toEqual([1, 1]);
  });

  it("labels whole versions only", () => {
    expect(layoutChart(series(1, 2), false)?.marks.map(({ label }) => label)).toEqual(["v1", "v2"]);
    const [last] = series(1).map((point) => ({ ...point, version: 12_000 }));
    const far = layoutChart([...series(1), ...(last ? [last] : [])], false);
    expect(far?.marks.at(-1)?.label).toBe("v12,000");
  });

  it("places points by time, with marks as fine as the span", () => {
    const [first, second, third] = series(1, 2, 3);
    if (!first || !second || !third) throw new Error("three points");
    const late = { ...third, created: "2026-11-11T00:00:00.000000Z" };
    const layout = layoutChart([first, second, late], false, "time");
    expect(layout?.points.map(({ x }) => x)).toEqual([0, 0.1, 1]);
    expect(layout?.marks.map(({ label }) => label)).toEqual(["1 Nov", "3 Nov", "5 Nov", "7 Nov", "9 Nov", "11 Nov"]);
    const years = layoutChart([{ ...first, created: "2000-01-01T00:00:00Z" }, late], false, "time");
    expect(years?.marks.map(({ label }) => label)).toContain("2010");
    const hours = layoutChart([first, { ...second, created: "2026-11-01T10:00:00Z" }], false, "time");
    expect(hours?.marks.map(({ label }) => label)).toContain("03:00");
    const instant = layoutChart([first, { ...second, created: first.created }], false, "time");
    expect(instant?.points.map(({ x }) => x)).toEqual([0.5, 0.5]);
  });

  it("has no extremes where all values are the same", () => {
    expect(layoutChart(series(7, 7), false)?.extremes).toBeNull();
  });

  it("returns null for a range that is too large or too small for a number", () => {
    expect(layoutChart(series(-1.7e308, 1.7e308), false)).toBeNull();
    expect(layoutChart(series(-5e-324, 5e-324), false)).toBeNull();
  });

  it("keeps every point inside the chart", () => {
    const value = fc.double({ min: -1e300, max: 1e300, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 2, maxLength: 20 }), (values) => {
        for (const { x, y } of layoutChart(series(...values), false)?.points ?? []) {
          expect(x).toBeGreaterThanOrEqual(0);
          expect(x).toBeLessThanOrEqual(1);
          expect(y).toBeGreaterThanOrEqual(-1e-9);
          expect(y).toBeLessThanOrEqual(1 + 1e-9);
        }
      }),
    );
  });
});

describe("formatMeasure", () => {
  it.each([
    [1234567, "rows", false, "1,234,567 rows", "1.235M"],
    [1, "rows", false, "1 row", "1"],
    [0, "rows", false, "0 rows", "0"],
    [47.25, "number", true, "47.25 %", "47.25 %"],
    [4096, "size", false, "4.1 kB", "4.1 kB"],
    [-0.5, "number", false, "−0.5", "−0.5"],
    [999_999_999_999_999, "number", false, "999,999,999,999,999", "1000T"],
    [1e15, "number", false, "1.000e+15", "1.000e+15"],
    [-1.5e300, "number", false, "−1.500e+300", "−1.500e+300"],
  ] as const)("formats %d %s (percent: %s) as %s, and as %s on an axis", (value, measure, percent, long, short) => {
    expect(formatMeasure(value, measure, percent)).toBe(long);
    expect(formatMeasure(value, measure, percent, true)).toBe(short);
  });
});
