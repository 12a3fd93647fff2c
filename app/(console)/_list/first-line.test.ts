import { expect, it } from "vitest";
import { contentSize } from "#formats/holds";
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
  ["snake_case_stays 2*3", "snake_case_stays 2*3"],
])("the line of %j is %j", (description, line) => {
  expect(firstLine(description)).toBe(line);
});

it("does not read far into a long description", () => {
  expect(firstLine("x".repeat(60_000)).length).toBe(240);
});

it.each([
  [{ type: "table", rows: 1, number: null, size: 9 }, "1 row"],
  [{ type: "table", rows: 12_480, number: null, size: 9 }, "12,480 rows"],
  [{ type: "progress", rows: null, number: 40.5, size: 4 }, "40.5 %"],
  [{ type: "json", rows: null, number: -3, size: 2 }, "-3"],
  [{ type: "markdown", rows: null, number: null, size: 999 }, "999 B"],
  [{ type: "markdown", rows: null, number: null, size: 4_100 }, "4.1 kB"],
  [{ type: null, rows: null, number: null, size: 12_000_000 }, "12 MB"],
])("%j holds %s", (artifact, text) => {
  expect(contentSize(artifact)).toBe(text);
});
