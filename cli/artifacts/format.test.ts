import fc from "fast-check";
import { expect, test } from "vitest";
import { columns, localTime, nameOf, oneLine, printable } from "./format";

test("printable replaces what a terminal would act on, and keeps line ends and tabs", () => {
  expect(printable("a\x1b[31mb\rc\x00d\x7f\x9be\tf\ng")).toBe("ab�c�d��e\tf\ng");
  const isControl = (char: string) => (char < " " && !"\n\t".includes(char)) || (char >= "\x7f" && char <= "\x9f");
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => ![...printable(text)].some(isControl)));
});

test("oneLine joins lines and trims", () => {
  expect(oneLine("  two\n\n\tlines \x1b ")).toBe("two lines �");
});

test("localTime prints local time to the second", () => {
  const date = new Date(2026, 10, 28, 9, 5, 3);
  expect(localTime(date.toISOString())).toBe("2026-11-28 09:05:03");
});

test("nameOf prefers the key to the id", () => {
  expect(nameOf({ id: "1", key: "a", version: 3 })).toBe("a@3");
  expect(nameOf({ id: "1", key: null, version: null })).toBe("1");
});

test("columns aligns text to the left and numbers to the right", () => {
  const rows = [
    ["KEY", "N", "SHARE"],
    ["a", "12,480", "5 %"],
    ["long-key", "-1.5", ""],
  ];
  expect(columns(rows, null)).toBe("KEY            N  SHARE\na         12,480    5 %\nlong-key    -1.5");
});

test("columns cuts lines at the width, by characters rather than UTF-16 units", () => {
  expect(columns([["😀😀😀😀", "b"]], 4)).toBe("😀😀😀…");
  expect(columns([["abcd"]], 4)).toBe("abcd");
});
