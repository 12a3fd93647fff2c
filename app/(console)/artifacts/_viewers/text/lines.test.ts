import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linesOf, rowAt, wrapLines } from "./lines";

const rowsOf = (text: string, width: number) => {
  const wrap = wrapLines(linesOf(new TextEncoder().encode(text)), width);
  return Array.from({ length: wrap.rows }, (_, row) => rowAt(wrap, row));
};

describe("wrapped lines", () => {
  it("start a row for each line and for what is too wide", () => {
    expect(rowsOf("abcdef\n\ngh\n", 4)).toEqual([
      { text: "abcd", line: 0, first: true },
      { text: "ef", line: 0, first: false },
      { text: "", line: 1, first: true },
      { text: "gh", line: 2, first: true },
    ]);
  });

  it("keep the whole text and split no character", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), fc.integer({ min: 4, max: 20 }), (text, width) => {
        const lines: string[] = [];
        for (const row of rowsOf(text, width)) lines[row.line] = (lines[row.line] ?? "") + row.text;
        expect(lines.join("\n")).toBe(text.replace(/\n$/, ""));
      }),
    );
  });
});
