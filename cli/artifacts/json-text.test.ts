import fc from "fast-check";
import { expect, test } from "vitest";
import { formatJson, parseExactNumbers } from "./json-text";

test("formatJson indents like JSON.stringify and keeps how numbers are written", () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(undefined, 1, "\t"), (text, space) => {
      const value = JSON.parse(text);
      expect(formatJson(JSON.stringify(value, null, space))).toBe(JSON.stringify(value, null, 2));
    }),
  );
  expect(formatJson('{"a":[1.0,-0,9007199254740993,{}],"}":"[,:\\""}')).toBe(
    '{\n  "a": [\n    1.0,\n    -0,\n    9007199254740993,\n    {}\n  ],\n  "}": "[,:\\""\n}',
  );
});

test("parseExactNumbers reads a number that JavaScript would write differently as its text", () => {
  expect(parseExactNumbers('[1, 1.0, 9007199254740993, -0, 1e400, "1.0", null, {"1.0": 1e2}]')).toEqual([
    ...[1, "1.0", "9007199254740993", "-0", "1e400", "1.0", null, { "1.0": "1e2" }],
  ]);
});
