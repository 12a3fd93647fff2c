import { describe, expect, it } from "vitest";
import { changeSummary } from "./change-summary";

const table = (rows: number, size = 100) => ({ type: "table", rows, number: null, size });
const number = (value: number) => ({ type: "progress", rows: null, number: value, size: 2 });
const text = (size: number) => ({ type: "markdown", rows: null, number: null, size });

describe("changeSummary", () => {
  it.each([
    [table(220), table(100), "+120 rows"],
    [table(220, 104), table(100), "+120 rows, size +4 %"],
    [table(99), table(100), "−1 row"],
    [table(101), table(100), "+1 row"],
    [table(12_000, 1000), table(0, 100), "+12,000 rows, size +900 %"],
    [table(100, 98), table(100), "size −2 %"],
    [table(100), table(100), null],
  ])("of a table has rows and size: %j from %j: %s", (newer, older, summary) => {
    expect(changeSummary(newer, older)).toBe(summary);
  });

  it.each([
    [number(47), number(12), "+35"],
    [number(0.1), number(0.3), "−0.2"],
    [number(-5), number(5), "−10"],
    [number(5), number(5), null],
  ])("of a number is the difference: %j from %j: %s", (newer, older, summary) => {
    expect(changeSummary(newer, older)).toBe(summary);
  });

  it.each([
    [text(5_300), text(1_000), "+4.3 kB, +430 %"],
    [text(53_000), text(1_000), "+52 kB"],
    [text(11_000), text(1_000), "+10 kB, +1000 %"],
    [text(1_000), text(2_000), "−1.0 kB, −50 %"],
    [text(1_095), text(1_000), "+95 B, +9.5 %"],
    [text(40_001), text(40_000), "+1 B"],
    [text(40_040), text(40_000), "+40 B, +0.1 %"],
    [text(40), text(40), null],
  ])("of other data is the size, with per cent from 0.1 to 1,000: %j from %j: %s", (newer, older, summary) => {
    expect(changeSummary(newer, older)).toBe(summary);
  });

  it.each([
    [text(40), table(3), "was table"],
    [text(40), { ...text(40), type: null }, "was untyped"],
  ])("names the earlier type: %j from %j: %s", (newer, older, summary) => {
    expect(changeSummary(newer, older)).toBe(summary);
  });

  it("falls back to the size when only one version has rows or a number", () => {
    expect(changeSummary({ ...table(3, 200), rows: null }, table(3))).toBe("+100 B, +100 %");
    expect(changeSummary({ ...number(3), number: null, size: 4 }, number(3))).toBe("+2 B, +100 %");
  });
});
