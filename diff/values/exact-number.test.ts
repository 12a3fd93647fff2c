import fc from "fast-check";
import { expect, it } from "vitest";
import { exactNumber, jsonText, parseNumbersExactly } from "./exact-number";

it.each([
  ["9007199254740993", "9007199254740993"],
  ["-9007199254740993", "-9007199254740993"],
  ["1234567890123456789012", "1234567890123456789012"],
  ["0.12345678901234567890123", "0.12345678901234567890123"],
  ["1e400", "1e400"],
  ["-1e-400", "-1e-400"],
])("keeps the source of %s", (text, source) => {
  expect(exactNumber(parseNumbersExactly(text))).toBe(source);
  expect(jsonText(parseNumbersExactly(`{"a":[${text}]}`))).toBe(`{"a":[${source}]}`);
});

it.each([
  "1.0",
  "1.10",
  "1e2",
  "-0",
  "0.1",
  "9007199254740992",
  "1000000000000000000000",
  "0.30000000000000004",
  "0e999",
  "1.7976931348623157e308",
  "5e-324",
  "100000000000000000.00",
])("%s is a number that a double holds", (text) => {
  expect(parseNumbersExactly(text)).toBe(JSON.parse(text));
});

it("leaves texts alone, also those with digits", () => {
  const text = '{"9007199254740993":"9007199254740993 \\" 1e400 \\\\","b":[9007199254740993,"x"]}';
  expect(jsonText(parseNumbersExactly(text))).toBe(text);
  expect(exactNumber("9007199254740993")).toBeNull();
  expect(() => parseNumbersExactly("[1234567890123456789")).toThrow(SyntaxError);
});

it("writes the doubles of any JSON as JSON.parse reads them, and all digits of long ones", () => {
  // A double is written by at most 17 digits.
  const tooLong = fc
    .bigInt({ min: 10n ** 17n, max: 10n ** 30n })
    .filter((number) => String(number).replace(/0+$/, "").length > 17);
  fc.assert(
    fc.property(fc.json(), tooLong, (json, long) => {
      const text = `[${JSON.stringify(JSON.parse(json))},${long}]`;
      expect(jsonText(parseNumbersExactly(text))).toBe(text);
    }),
  );
});
