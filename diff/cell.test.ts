import { describe, expect, it } from "vitest";
import type { Json } from "#contract/json";
import { cellChange, emptyWord, quotedText, valueText } from "./cell";
import { parseNumbersExactly } from "./values/exact-number";

describe("valueText", () => {
  it.each<[Json | undefined, string]>([
    [undefined, ""],
    [null, ""],
    [0, "0"],
    [false, "false"],
    ["a", "a"],
    [[1], "[1]"],
    [{ a: "b" }, '{"a":"b"}'],
    [parseNumbersExactly("9007199254740993"), "9007199254740993"],
    [parseNumbersExactly("[9007199254740993]"), "[9007199254740993]"],
  ])("of %j is %j", (value, text) => {
    expect(valueText(value)).toBe(text);
  });
});

describe("quotedText", () => {
  it("has quotation marks around strings only", () => {
    expect([1, "1", null, undefined, [1], parseNumbersExactly("9007199254740993")].map(quotedText)).toEqual([
      ...["1", '"1"', "null", "null", "[1]", "9007199254740993"],
    ]);
  });
});

describe("emptyWord", () => {
  it.each<[Json | undefined, string | null]>([
    [undefined, "missing"],
    [null, "null"],
    ["", "empty"],
    [" ", null],
    [0, null],
    [[], null],
  ])("of %j is %j", (value, word) => {
    expect(emptyWord(value)).toBe(word);
  });
});

describe("cellChange", () => {
  it.each<[from: Json | undefined, to: Json | undefined, change: [string, string, string | null, string | null]]>([
    ["a", "b", ["a", "b", null, null]],
    ["a ", "a", ["a·", "a", "only spaces differ", null]],
    ["a\r\nb", "a\nb", ["a[CR]\nb", "a\nb", "only line ends differ", null]],
    [1, 3, ["1", "3", null, "+2"]],
    [3, 1, ["3", "1", null, "−2"]],
    [0, 2e-14, ["0", "2e-14", null, "+2e-14"]],
    [1, "1", ["1", '"1"', null, null]],
    [true, "yes", ["true", '"yes"', null, null]],
    [1, "", ["1", "", null, null]],
    [null, "", ["", "", null, null]],
  ])("of %j to %j", (from, to, change) => {
    const { note, step, ...texts } = cellChange({ from, to, changed: true });
    expect([texts.from, texts.to, note, step]).toEqual(change);
  });
});
