import { expect, it } from "vitest";
import { createBudget } from "./budget";
import { type ComparedVersion, compareVersions, readVersion } from "./comparison";
import { summaryOf } from "./summary";

const version = (text: string, more: Partial<ComparedVersion> = {}): ComparedVersion => ({
  type: "json",
  description: null,
  metadata: null,
  text,
  ...more,
});
const compare = (from: ComparedVersion, to: ComparedVersion) =>
  compareVersions(readVersion(from), readVersion(to), {}, createBudget(5000));

it.each([
  ['{"a":1}', '{"a":2}', "1 value changed", ["paths", "lines"]],
  ['{"a":1}', '{"a":1}', "No differences", []],
  ['{"a":1.0,"b":2}', '{"b":2,"a":1}', "2 lines changed", []],
  ['{"a":9007199254740993,"b":1}', '{"a":9007199254740992,"b":2}', "2 values changed", ["paths", "lines"]],
  ['[{"a":1,"b":2}]', '[{"b":2,"a":1}]', "Same rows; columns in another order", []],
  ['{"a":1,"b":2}', '{"b":2,"a":1}', "Same values; members in another order", []],
])("%s and %s: %s", (from, to, summary, modes) => {
  const comparison = compare(version(from), version(to));
  expect(summaryOf(comparison.data)).toBe(summary);
  expect(comparison.modes).toEqual(modes);
});

it("compares descriptions by line and metadata by path", () => {
  const { data, description, metadata } = compare(
    version("1", { description: "a", metadata: { a: 1 } }),
    version("1", { description: "a\nb", metadata: { a: 2 } }),
  );
  expect([data, description, metadata].map(summaryOf)).toEqual(["No differences", "1 line added", "1 value changed"]);
});
