import { describe, expect, it } from "vitest";
import { cellText, isNumeric, parseLink, safeUrl, tableOf } from "./shape";

describe("a table", () => {
  it("takes columns from all rows of a list of objects, and tells missing from null", () => {
    expect(tableOf([{ a: 1 }, { b: null, a: 2 }])).toEqual({
      columns: ["a", "b"],
      rows: [
        [1, undefined],
        [2, null],
      ],
    });
  });

  it("takes the first of a list of lists as head where it is text, and is as wide as the widest row", () => {
    expect(tableOf([["x", "y"], [1], [2, 3, 4]])).toEqual({
      columns: ["x", "y", "3"],
      rows: [
        [1, undefined, undefined],
        [2, 3, 4],
      ],
    });
    expect(tableOf([[1, 2]])).toEqual({ columns: ["1", "2"], rows: [[1, 2]] });
  });

  it("takes an object of lists of different length", () => {
    expect(tableOf({ city: ["Oslo", "Rome"], people: [7] })).toEqual({
      columns: ["city", "people"],
      rows: [
        ["Oslo", 7],
        ["Rome", undefined],
      ],
    });
  });

  it("takes a JSON string of one, once", () => {
    expect(tableOf('[{"a":1}]')).toEqual({ columns: ["a"], rows: [[1]] });
    expect(tableOf(JSON.stringify(JSON.stringify([{ a: 1 }])))).toBeNull();
  });

  it("does not confuse a column with what every object has", () => {
    const [row] = tableOf([{ a: 1 }, JSON.parse('{"toString":"x","__proto__":"y"}')])?.rows ?? [];
    expect(row).toEqual([1, undefined, undefined]);
  });

  it.each([[7], [null], [true], ["no table"], ["[1,"], [[1, 2]], [[{ a: 1 }, 2]], [{ a: 1 }], [{}]])(
    "is not in %j",
    (data) => {
      expect(tableOf(data)).toBeNull();
    },
  );

  it("aligns as numbers only what is all numbers", () => {
    const rows = [
      [1, "1", null],
      [null, 2, null],
    ];
    expect([0, 1, 2].map((column) => isNumeric(rows, column))).toEqual([true, false, false]);
    expect([undefined, null, 0, false, [1], { a: "b" }].map(cellText)).toEqual([
      "",
      "",
      "0",
      "false",
      "[1]",
      '{"a":"b"}',
    ]);
  });
});

describe("a link", () => {
  it.each([
    [
      { url: "https://a.b", text: "A" },
      { url: "https://a.b", text: "A" },
    ],
    [{ url: "https://a.b" }, { url: "https://a.b", text: "https://a.b" }],
    ["[A](https://a.b)", { url: "https://a.b", text: "A" }],
    [" https://a.b ", { url: "https://a.b", text: "https://a.b" }],
    ["some words", null],
    [{ text: "A" }, null],
    [["https://a.b"], null],
  ])("in %j is %j", (data, link) => {
    expect(parseLink(data)).toEqual(link);
  });

  it.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " \tjava\nscript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "file:///etc",
    "//host",
    "blob:x",
    "",
  ])("to %j is not followed", (url) => {
    expect(safeUrl(url)).toBeNull();
  });

  it("to http, https and mail is", () => {
    expect(["http://a", "https://a/b?c#d", "mailto:a@b"].map((url) => safeUrl(url)?.protocol)).toEqual([
      "http:",
      "https:",
      "mailto:",
    ]);
  });
});
