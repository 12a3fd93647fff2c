import fc from "fast-check";
import { expect, test } from "vitest";
import { parseKeyPattern } from "./key-pattern";

/** Whether the server's filter lets a key through. */
function passes({ any, startsWith, contains, exists }: ReturnType<typeof parseKeyPattern>["condition"], key: string) {
  if (any) return any.includes(key);
  if (startsWith) return key.startsWith(startsWith);
  if (contains) return key.includes(String(contains));
  return exists === true;
}

test("* matches any characters, and the condition lets every matching key through", () => {
  const part = fc.string({ unit: fc.constantFrom("a", "b", "-", "/", ".", "_"), maxLength: 3 });
  const gap = fc.string({ unit: fc.constantFrom("a", "b", "-", "/", ".", "_"), maxLength: 3 });
  fc.assert(
    fc.property(fc.array(part, { minLength: 2, maxLength: 4 }), fc.infiniteStream(gap), (parts, gaps) => {
      const key = parts.reduce((left, right) => `${left}${gaps.next().value}${right}`);
      const pattern = parseKeyPattern(parts.join("*"));
      expect(pattern.matches(key)).toBe(true);
      expect(passes(pattern.condition, key)).toBe(true);
      expect(pattern.matches(`${key}!`)).toBe(parts.at(-1) === "");
    }),
  );
});

test.each([
  ["daily", { any: ["daily"] }, ["daily"], ["daily-2", "a-daily"]],
  ["daily-*", { startsWith: "daily-" }, ["daily-", "daily-2"], ["daily", "a-daily-2"]],
  ["*-report", { contains: "-report" }, ["-report", "a-report"], ["a-reports"]],
  ["*a*bcd*", { contains: "bcd" }, ["abcd", "xaxbcdx"], ["bcda"]],
  ["reports/*", { startsWith: "reports/" }, ["reports/a", "reports/a/b"], ["reports", "a/reports/b"]],
  ["a.b*", { startsWith: "a.b" }, ["a.b", "a.bc"], ["a-b"]],
  ["*", { exists: true }, ["a", ""], []],
])("%s", (text, condition, matching, others) => {
  const pattern = parseKeyPattern(text);
  expect(pattern.condition).toEqual(condition);
  for (const key of matching) expect(pattern.matches(key), key).toBe(true);
  for (const key of others) expect(pattern.matches(key), key).toBe(false);
  expect(pattern.matches(null)).toBe(false);
});

test.each(["Daily", "a b", "a?", "a+*"])("rejects %j, which no key can match", (text) => {
  expect(() => parseKeyPattern(text)).toThrow(`Invalid pattern "${text}"`);
});
