import { expect, it } from "vitest";
import { firstLine } from "./first-line";

it.each([
  [null, ""],
  ["", ""],
  ["Plain words", "Plain words"],
  ["\n\n# A **bold** title\nmore", "A bold title"],
  ["- see [the docs](https://a.b) and `code`", "see the docs and code"],
  ["![](x.png)\n\nafter a picture", "after a picture"],
  ["**source-map** — makes source maps", "source-map — makes source maps"],
  ["> - *one*", "one"],
  ["of `daily_max_temp` and _this_", "of daily_max_temp and this"],
  ['<p align="center"><b>Bold</b></p>', "Bold"],
  ['<div align="center">\n  <', ""],
  ['<img alt="a picture" src="https://a.b/cut', ""],
  ["<!-- generated -->\na < b", "a < b"],
  ["a [link that is cut](https://a.exam", "a link that is cut"],
  ["snake_case_stays 2*3", "snake_case_stays 2*3"],
])("the line of %j is %j", (description, line) => {
  expect(firstLine(description)).toBe(line);
});

it("does not read far into a long description", () => {
  expect(firstLine("x".repeat(60_000)).length).toBe(240);
});
