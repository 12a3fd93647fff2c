import { expect, test } from "vitest";
import { parseGlob } from "./glob";

test.each([
  ["prefect.*", "prefect.flow-run.1", true],
  ["*.flow-run.?", "prefect.flow-run.1", true],
  ["*.flow-run.?", "prefect.flow-run.12", false],
  ["a*b*c", "a b b c c", true],
  ["a*b*c", "a c b", false],
  ["", "", true],
  ["", "a", false],
  ["**", "", true],
  ["?", "\u{1f389}", true],
  ["*", "one\ntwo", true],
  ["a.c", "abc", false],
  ["[a-c]x", "bx", true],
  ["[a-c]x", "dx", false],
  ["[!a-c]x", "dx", true],
  ["[!a-c]x", "bx", false],
  ["[]-]", "]", true],
  ["[a", "[a", true],
  ["Case", "case", false],
])("%j of %j is %s", (glob, text, isMatch) => {
  expect(parseGlob(glob)(text)).toBe(isMatch);
});

test("a pattern with many stars takes no longer than both lengths multiplied", () => {
  expect(parseGlob("*a".repeat(100))(`${"a".repeat(10_000)}b`)).toBe(false);
});
