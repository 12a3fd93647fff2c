import { expect, test } from "vitest";
import { KeyPatterns, reachesKey } from "./key-patterns";

test.each<[string | null, string | null, boolean]>([
  [null, null, true],
  [null, "any", true],
  ["*", "any/key", true],
  ["*", null, false],
  ["", "any", false],
  ["sales", "sales", true],
  ["sales", "sales-eu", false],
  ["sales-*", "sales-", true],
  ["sales-*", "sales", false],
  ["reports/*", "reports/a/b", true],
  ["reports/*", "reports", false],
  ["*-report", "daily-report", true],
  ["*-report", "daily-reports", false],
  ["a*a", "a", false],
  ["a*a", "aa", true],
  ["a*b*c", "a-b-c", true],
  ["a*b*c", "a-c-b", false],
  ["a*bc*c", "abc", false],
  ["ab*b*", "ab", false],
  ["a.b", "a-b", false],
  ["a,b-*", "b-1", true],
  ["a,b-*", "c", false],
])("of %s the key %s is reached: %s", (keys, key, expected) => {
  expect(reachesKey(keys, key)).toBe(expected);
});

test.each(["", ",", "a,", "A", "a b", "a%", "a:b", "x".repeat(1_001)])("%s is not a list of patterns", (text) => {
  expect(KeyPatterns.safeParse(text).success).toBe(false);
});

test("lists of patterns are accepted as they are", () => {
  for (const text of ["*", "a", "reports/*", "a,b-*,*.c"]) expect(KeyPatterns.parse(text)).toBe(text);
});
