import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDelimited, tsvCell } from "./delimited";

describe("parseDelimited", () => {
  it.each([
    [
      "a\tb\r\n1\t2\r\n",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    ["a", [["a"]]],
    ["", [[""]]],
    ["a\n\nb", [["a"], [""], ["b"]]],
    ["\t", [["", ""]]],
    ['"x\ty"\t"say ""hi""\nthere"', [["x\ty", 'say "hi"\nthere']]],
    ['"quoted" word\t5"', [['"quoted" word', '5"']]],
  ])("reads %j", (text, rows) => {
    expect(parseDelimited(text, "\t")).toEqual(rows);
  });

  it("takes the other separators for letters", () => {
    expect(parseDelimited('a;"b;c";d,e\tf\n', ";")).toEqual([["a", "b;c", "d,e\tf"]]);
    expect(parseDelimited('"not closed|x\ny', "|")).toEqual([['"not closed', "x"], ["y"]]);
  });

  it("reads what tsvCell writes", () => {
    const cell = fc.string({ unit: fc.constantFrom("a", "\t", "\n", '"', "\r", " ") });
    const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(rows, (each) => {
        const text = `${each.map((cells) => cells.map(tsvCell).join("\t")).join("\n")}\n`;
        expect(parseDelimited(text, "\t")).toEqual(each);
      }),
    );
  });
});
