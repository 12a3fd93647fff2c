import { describe, expect, it } from "vitest";
import {
  contentSize,
  formatBytes,
  formatBytesOf,
  formatCount,
  formatNumber,
  numberChange,
  pluralize,
  shortNumber,
} from "./number";

describe("formatBytesOf", () => {
  it.each([
    [30_000_000, 60_000_000, "30 of 60 MB"],
    [812, 60_000_000, "812 B of 60 MB"],
    [70_000_000, 60_000_000, "60 of 60 MB"],
    [0, 900, "0 of 900 B"],
  ])("of %i and %i is %s", (part, size, text) => {
    expect(formatBytesOf(part, size)).toBe(text);
  });
});

describe("formatBytes", () => {
  it.each([
    [0, "0 B"],
    [1, "1 B"],
    [999, "999 B"],
    [1000, "1.0 kB"],
    [4096, "4.1 kB"],
    [9949, "9.9 kB"],
    [9950, "10 kB"],
    [999_499, "999 kB"],
    [999_500, "1.0 MB"],
    [12_000_000, "12 MB"],
    [67_108_864, "67 MB"],
    [2_500_000_000, "2.5 GB"],
    [5_000_000_000_000, "5000 GB"],
  ])("writes %i as %s", (size, text) => {
    expect(formatBytes(size)).toBe(text);
  });
});

it("separates thousands", () => {
  expect([0, 999, 1000, 12_480, 1_234_567].map(formatCount)).toEqual(["0", "999", "1,000", "12,480", "1,234,567"]);
});

it("uses the singular for one only", () => {
  expect([0, 1, 2, 1000].map((count) => pluralize(count, "row"))).toEqual(["0 rows", "1 row", "2 rows", "1,000 rows"]);
});

it("writes at most six decimals", () => {
  expect([0, 1, -0.5, 1234.5, 0.123_456_7, 1e-7, -2.2e-14, 1 / 3].map(formatNumber)).toEqual([
    ...["0", "1", "-0.5", "1,234.5", "0.123457", "1e-7", "-2.2e-14", "0.333333"],
  ]);
});

it.each([
  [411.5, 414.54, { step: "+3.04", share: "+0.74 %" }],
  [0.1, 0.3, { step: "+0.2", share: "+200 %" }],
  [-4, -5, { step: "−1", share: "−25 %" }],
  [0, 7, { step: "+7", share: null }],
  [1e9, 1e9 + 1, { step: "+1", share: "+<0.01 %" }],
  [3, 3, null],
])("the change from %d to %d is %j", (from, to, change) => {
  expect(numberChange(from, to)).toEqual(change);
});

it("shortens to four significant digits", () => {
  expect([94.853_356, 0.001_234_56, 123_456.7, -2.5, 0, 1e15, 1234.5, -2.2e-14].map(shortNumber)).toEqual([
    ...["94.85", "0.001235", "123,457", "-2.5", "0", "1000000000000000", "1,235", "-2.2e-14"],
  ]);
});

describe("contentSize", () => {
  it.each([
    [{ type: "table", rows: 1, number: null, size: 10 }, "1 row"],
    [{ type: "table", rows: 0, number: null, size: 2 }, "0 rows"],
    [{ type: "progress", rows: null, number: 40.5, size: 4 }, "40.5 %"],
    [{ type: "metric", rows: null, number: 0, size: 1 }, "0"],
    [{ type: null, rows: null, number: 1234, size: 4 }, "1,234"],
    [{ type: "markdown", rows: null, number: null, size: 4100 }, "4.1 kB"],
    [{ type: "progress", rows: null, number: null, size: 6 }, "6 B"],
  ])("of %j is %s", (artifact, text) => {
    expect(contentSize(artifact)).toBe(text);
  });
});
