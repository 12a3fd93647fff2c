import { expect, test } from "vitest";
import { lineOf } from "./line";

test.each([
  ["**source-map** — makes source maps", "source-map — makes source maps"],
  ["# Title\n\nmore", "Title"],
  ["> - *one*", "one"],
  ["\n\n- [a link](https://example.org) here", "a link here"],
  ["of `daily_max_temp` and _this_", "of daily_max_temp and this"],
  [null, ""],
])("of %j the line is %j", (description, line) => {
  expect(lineOf(description)).toBe(line);
});
