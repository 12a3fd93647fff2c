import { expect, test } from "vitest";
import type { Json } from "#contract/json";
import { createBudget } from "#diff/budget";
import { dataSide, differenceOf, valueSide } from "#diff/difference";
import { formatDiff } from "./diff-output";

const from = { id: "1", key: "a", version: 1 };
const to = { id: "2", key: "a", version: 2 };
const plain = { style: (_: string, text: string) => text };
const tagged = { style: (name: string, text: string) => `<${name}>${text}</>` };

function diff(type: string, before: Json, after: Json, styler = plain): string {
  const [one, other] = [dataSide(type, JSON.stringify(before)), dataSide(type, JSON.stringify(after))];
  const data = differenceOf(one, other, {}, createBudget(10_000));
  return formatDiff(from, to, { data }, styler).replace(/^[^\n]*\n\n/, "");
}

test("names both versions, and lists only the parts that differ", () => {
  const same = differenceOf(valueSide(1), valueSide(1), {}, createBudget(10_000));
  expect(formatDiff(from, to, { data: same, metadata: same }, plain)).toBe("a@1 → a@2: no differences");
  const unkeyed = { id: "7", key: null, version: null };
  const numbers = differenceOf(valueSide(1), valueSide(3), {}, createBudget(10_000));
  expect(formatDiff(unkeyed, to, { data: numbers, metadata: same }, plain)).toBe("7 → a@2\n\ndata: +2\n1 → 3");
});

test("shows three unchanged lines around a change of text", () => {
  const lines = Array.from({ length: 20 }, (_, n) => `line ${n}`);
  const changed = lines.with(8, "changed");
  const shown = diff("text", lines.join("\n"), changed.join("\n")).split("\n").slice(1);
  expect(shown).toEqual([
    "  …",
    ...["  line 5", "  line 6", "  line 7"],
    ...["- line 8", "+ changed"],
    ...["  line 9", "  line 10", "  line 11"],
    "  …",
  ]);
});

test("styles removed, added and unchanged text", () => {
  const shown = diff("json", { a: 1, b: 2, c: 3 }, { a: 1, b: 5, d: 4 }, tagged);
  expect(shown).toContain("~ b: <red>2</> → <green>5</>");
  expect(shown).toContain("<red>- c: 3</>");
  expect(shown).toContain("<green>+ d: 4</>");
});

test("shows added and removed columns, and empty cells of a table", () => {
  const before = [
    { id: 1, name: "a", old: "x" },
    { id: 2, name: "b", old: "y" },
  ];
  const after = [
    { id: 1, name: "", fresh: "z" },
    { id: 2, name: "b", fresh: "z" },
  ];
  const shown = diff("table", before, after);
  expect(shown).toContain("- column old\n+ column fresh\n");
  expect(shown).toContain("name a → (empty)");
});

test("says in words what changed about types, names and all rows of a table", () => {
  const rows = [5, 6, 7].map((id) => ({ id, name: `n${id}`, score: id % 2 }));
  const retyped = rows.map(({ score, id, ...row }) => ({ ...row, id: `${id}`, points: score }));
  expect(diff("table", rows, retyped)).toBe(
    `data: 1 column added, 1 removed, 1 column changed type
- column score
+ column points
? score → points? 100 % of the cells are equal. Compare with --rename
~ id: number → text in all 3 rows, as 5 → "5"`,
  );
  const days = (month: number) => [1, 2].map((day) => ({ date: `2026-${month}-0${day}`, rain: day * month }));
  expect(diff("table", days(10), days(11)).split("\n").slice(0, 3)).toEqual([
    "data: Different rows: 2 removed, 2 added",
    "= date: min 2026-10-01 → 2026-11-01, mean –, max 2026-10-02 → 2026-11-02, nulls 0, distinct 2",
    "= rain: min 10 → 11, mean 15 → 16.5, max 20 → 22, nulls 0, distinct 2",
  ]);
});

test("names differences in cells that nobody sees, absent values, and steps of numbers", () => {
  const before = [{ id: "x", a: "b ", c: "d\r\ne", f: null, g: 1, h: "i j" }];
  const after = [{ id: "x", a: "b", c: "d\ne", f: "", g: 3, h: "i\u00a0j" }];
  expect(diff("table", before, after).split("\n").at(-1)).toBe(
    "~ x: a b· → b (only spaces differ), c d[CR]⏎e → d⏎e (only line ends differ), f (null) → (empty), g 1 → 3 (+2), h i j → i[U+00A0]j (only spaces differ)",
  );
});

test("replaces control characters of the data", () => {
  expect(diff("json", { "a\x1b": "b\x1b[31m" }, {})).not.toContain("\x1b");
  expect(diff("text", "a\x1b\nb", "a\x1b\nc")).not.toContain("\x1b");
});
