import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linesOf, rowAt, wrapLines } from "./lines";

const encoder = new TextEncoder();
const rowsOf = (text: string, width: number) => {
  const wrapped = wrapLines(linesOf(encoder.encode(text)), width);
  return Array.from({ length: wrapped.rows }, (_, row) => rowAt(wrapped, row));
};

describe("linesOf", () => {
  it.each([
    ["", [0]],
    ["a", [0]],
    ["a\n", [0]],
    ["\n", [0]],
    ["a\nb", [0, 2]],
    ["a\n\nb\n", [0, 2, 3]],
    ["é\nb", [0, 3]],
    ["a\r\nb", [0, 3]],
  ])("of %j start at %j", (text, starts) => {
    expect([...linesOf(encoder.encode(text)).starts]).toEqual(starts);
  });

  it("has room for any number of lines", () => {
    expect(linesOf(encoder.encode("a\n".repeat(5000))).starts).toHaveLength(5000);
  });
});

describe("wrapped lines", () => {
  it("start a row for each line and for what is too wide", () => {
    expect(rowsOf("abcdef\n\ngh\n", 4)).toEqual([
      { text: "abcd", line: 0, offset: 0 },
      { text: "ef", line: 0, offset: 4 },
      { text: "", line: 1, offset: 0 },
      { text: "gh", line: 2, offset: 0 },
    ]);
  });

  it("fill rows exactly", () => {
    expect(rowsOf("abcd\nefgh", 4).map(({ text }) => text)).toEqual(["abcd", "efgh"]);
  });

  it("have one row for an empty text", () => {
    expect(rowsOf("", 10)).toEqual([{ text: "", line: 0, offset: 0 }]);
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

  it("have rows of at most the width", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), fc.integer({ min: 4, max: 20 }), (text, width) => {
        for (const row of rowsOf(text, width)) expect([...row.text].length).toBeLessThanOrEqual(width);
      }),
    );
  });
});
