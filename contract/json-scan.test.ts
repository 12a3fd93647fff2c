import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { VitrineError } from "./error";
import { JsonSyntaxError, type Path, scanJson } from "./json-scan";

const texts = (text: string, ...paths: Path[]) => scanJson(text, paths).map(({ from, to }) => text.slice(from, to));

function errorOf(text: string, ...paths: Path[]): unknown {
  try {
    scanJson(text, paths);
  } catch (error) {
    return error;
  }
  return null;
}

const messageOf = (text: string, ...paths: Path[]) => {
  const error = errorOf(text, ...paths);
  return error instanceof Error ? error.message : null;
};

describe("the spans of scanJson", () => {
  it.each<[string, Path[], string[]]>([
    ["[1]", [], []],
    [" [1, 2] ", [[]], ["[1, 2]"]],
    [" 1 ", [[]], ["1"]],
    ['"a"', [["a"]], []],
    ['{"a": 1.0 , "b" :"x"}', [["a"]], ["1.0"]],
    ['{"a":1,"b":"x"}', [["b"]], ['"x"']],
    ['{"a":1,"b":"x"}', [["b"], ["a"]], ["1", '"x"']],
    ['{"a":{"b":[true]},"b":1}', [["a", "b"]], ["[true]"]],
    ['{"b":{"a":1},"a":{"c":1}}', [["a", "b"]], []],
    ['{"a":1,"a":[2]}', [["a"]], ["1", "[2]"]],
    ['{"\\u0061":1}', [["a"]], ["1"]],
    ['{"a\\"":1}', [['a"']], ["1"]],
    ['{"":1}', [[""]], ["1"]],
    ["[[1],[2,3],4]", [["*", "*"]], ["1", "2", "3"]],
    ["[[1],[2,3],4]", [["*"]], ["[1]", "[2,3]", "4"]],
    ['{"items":[{"data":1},{"x":2},{"data":{"data":3}}]}', [["items", "*", "data"]], ["1", '{"data":3}']],
    ['{"*":1}', [["*"]], ["1"]],
    ['[{"a":1}]', [["a"]], []],
    ['{"a":[{"b":1}]}', [[], ["a"], ["a", "*", "b"]], ["1", '[{"b":1}]', '{"a":[{"b":1}]}']],
    [
      '{"0":{"data":1},"1":{"data":2}}',
      [
        ["0", "data"],
        ["1", "data"],
      ],
      ["1", "2"],
    ],
  ])("of %s at %j are %j", (text, paths, spans) => {
    expect(texts(text, ...paths)).toEqual(spans);
  });

  it("contain every value of any document", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(undefined, 1, "\t"), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(texts(` ${text}\r\n`, [])).toEqual([text]);
        if (Array.isArray(value)) expect(texts(text, ["*"]).map((each) => JSON.parse(each))).toEqual(JSON.parse(text));
      }),
    );
  });
});

describe("the syntax that scanJson accepts", () => {
  it("is that of JSON.parse", () => {
    const part = fc.constantFrom(
      ...'[]{},:"\\ntru',
      "1",
      "-",
      ".",
      "e",
      " ",
      "\n",
      "\u00a0",
      "true",
      "null",
      '"a"',
      "\\u00e9",
      "0",
    );
    const text = fc.oneof(
      fc.json(),
      fc.array(part, { maxLength: 12 }).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(text, (each) => {
        let isJson = true;
        try {
          JSON.parse(each);
        } catch {
          isJson = false;
        }
        expect(errorOf(each) === null).toBe(isJson);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    "0",
    "-0",
    "10",
    "-1.50",
    "1e5",
    "1E+5",
    "1.5e-10",
    '"\\"\\\\\\/\\b\\f\\n\\r\\t\\u00eF"',
    "true",
    "false",
    "null",
    "[]",
    "{}",
    "[ ]",
    "{ }",
    "[ 1 , 2 ]",
    '{ "a" : 1 , "b" : 2 }',
    "\t\n\r 1\t\n\r ",
    '"\u007f\u00a0"',
  ])("includes %j", (text) => {
    expect(errorOf(text)).toBeNull();
  });

  it.each([
    ["", 0, "the end", "a value"],
    [" ", 1, "the end", "a value"],
    ["x", 0, "position 0", "a value"],
    ["[1 2]", 3, "position 3", "a comma or ]"],
    ["[1,]", 3, "position 3", "a value"],
    ["[,1]", 1, "position 1", "a value"],
    ["[1", 2, "the end", "a comma or ]"],
    ["[1}", 2, "position 2", "a comma or ]"],
    ['{"a":1', 6, "the end", "a comma or }"],
    ['{"a":1]', 6, "position 6", "a comma or }"],
    ['{"a" 1}', 5, "position 5", "a colon"],
    ['{"a"', 4, "the end", "a colon"],
    ['{"a":}', 5, "position 5", "a value"],
    ["{a:1}", 1, "position 1", "the name of a member"],
    ['{"a":1,}', 7, "position 7", "the name of a member"],
    ["{1:1}", 1, "position 1", "the name of a member"],
    ["1 2", 2, "position 2", "the end"],
    ["[] []", 3, "position 3", "the end"],
    ["01", 1, "position 1", "the end"],
    ["1.", 1, "position 1", "the end"],
    ["-", 0, "position 0", "a value"],
    ["+1", 0, "position 0", "a value"],
    ["truex", 4, "position 4", "the end"],
    ["\u00a01", 0, "position 0", "a value"],
    ['"a', 2, "the end", "the end of the string (control characters must be escaped)"],
    ['"a\nb"', 2, "position 2", "the end of the string (control characters must be escaped)"],
    ['"a\u001f"', 2, "position 2", "the end of the string (control characters must be escaped)"],
    ['"a\\x"', 2, "position 2", "a valid escape"],
    ['"a\\u12g4"', 2, "position 2", "a valid escape"],
    ['"\\', 1, "position 1", "a valid escape"],
    ['{"a\\q":1}', 3, "position 3", "a valid escape"],
  ])("excludes %j", (text, position, place, expected) => {
    const error = errorOf(text, ["a"]);
    expect(error).toBeInstanceOf(JsonSyntaxError);
    expect(error).toMatchObject({
      code: "BAD_REQUEST",
      position,
      message: `Invalid JSON at ${place}: expected ${expected}.`,
    });
  });
});

describe("the depth that scanJson accepts", () => {
  const TOO_DEEP = "The JSON is nested too deep; the limit is 200 levels.";
  const lists = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
  const objects = (depth: number) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;

  it("is 200 levels within a value at a path", () => {
    for (const nested of [lists, objects]) {
      expect(messageOf(nested(200), [])).toBeNull();
      expect(messageOf(nested(201), [])).toBe(TOO_DEEP);
      expect(messageOf(`{"data":${nested(200)}}`, ["data"])).toBeNull();
      expect(messageOf(`{"data":${nested(201)}}`, ["data"])).toBe(TOO_DEEP);
      expect(messageOf(`[[[{"data":${nested(200)}}]]]`, ["*", "*", "*", "data"])).toBeNull();
      expect(messageOf(`[[[{"data":${nested(201)}}]]]`, ["*", "*", "*", "data"])).toBe(TOO_DEEP);
    }
  });

  it("is four levels more for the rest of the document", () => {
    expect(messageOf(lists(204))).toBeNull();
    expect(messageOf(lists(205))).toBe(TOO_DEEP);
    expect(messageOf(`{"data":[[]],"rest":${lists(203)}}`, ["data"])).toBeNull();
    expect(messageOf(`{"data":[[]],"rest":${lists(204)}}`, ["data"])).toBe(TOO_DEEP);
    expect(messageOf(`{"data":1,"rest":${lists(203)}}`, ["data"])).toBeNull();
    expect(messageOf(`{"data":1,"rest":${lists(204)}}`, ["data"])).toBe(TOO_DEEP);
  });

  it("counts from the outermost value at a path", () => {
    expect(messageOf(`{"a":{"b":${lists(199)}}}`, ["a"], ["a", "b"])).toBeNull();
    expect(messageOf(`{"a":{"b":${lists(200)}}}`, ["a"], ["a", "b"])).toBe(TOO_DEEP);
    expect(messageOf(`{"a":[${lists(1)},${lists(200)}]}`, ["a"], ["a", "*"])).toBe(TOO_DEEP);
    expect(messageOf(`{"a":[1,${lists(200)}]}`, ["a"], ["a", "*"])).toBe(TOO_DEEP);
  });

  it("does not overflow the stack", () => {
    const error = errorOf(lists(100_000), []);
    expect(error).toBeInstanceOf(VitrineError);
    expect(error).not.toBeInstanceOf(JsonSyntaxError);
    expect(error).toMatchObject({ code: "BAD_REQUEST", message: TOO_DEEP });
  });
});
