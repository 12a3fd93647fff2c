import { expect, it } from "vitest";
import { changeSummary } from "./change-summary";

const table = (rows: number, size = 100) => ({ type: "table", rows, number: null, size });
const number = (value: number) => ({ type: "progress", rows: null, number: value, size: 2 });
const text = (size: number) => ({ type: "markdown", rows: null, number: null, size });

it.each([
  [table(220), table(100), "+120 rows"],
  [table(220, 104), table(100), "+120 rows, size +4 %"],
  [table(99), table(100), "−1 row"],
  [table(100, 98), table(100), "size −2 %"],
  [table(100), table(100), null],
  [number(47), number(12), "+35"],
  [number(0.1), number(0.3), "−0.2"],
  [number(5), number(5), null],
  [text(5_300), text(1_000), "+4.3 kB, +430 %"],
  [text(53_000), text(1_000), "+52 kB"],
  [text(1_000), text(2_000), "−1.0 kB, −50 %"],
  [text(40_001), text(40_000), "+1 B"],
  [text(40), text(40), null],
  [text(40), table(3), "was table"],
  [text(40), { ...text(40), type: null }, "was untyped"],
])("from %j: %s", (newer, older, change) => {
  expect(changeSummary(newer, older)).toBe(change);
});
