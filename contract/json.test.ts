import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { issueOf } from "#test/schema";
import { byteLength, jsonError, jsonObject, parseJson, textError } from "./json";

const nested = (depth: number, list = true): unknown => {
  let value: unknown = 1;
  for (let at = 0; at < depth; at += 1) value = list ? [value] : { a: value };
  return value;
};

it("byteLength counts bytes of UTF-8", () => {
  expect(["", "a", "é", "€", "\u{1f600}"].map(byteLength)).toEqual([0, 1, 2, 3, 4]);
});

describe("textError", () => {
  it("accepts any well-formed text without NUL", () => {
    for (const text of ["", "a\n\u0001", "\u{1f600}", "\ufeff"]) expect(textError(text)).toBeNull();
  });

  it("rejects NUL and lone surrogates", () => {
    expect(textError("a\0b")).toBe("must not contain NUL characters");
    for (const text of ["\ud800", "a\udc00b", "\udc00\ud800"]) {
      expect(textError(text)).toBe("must be well-formed Unicode, without lone surrogates");
    }
  });
});

describe("jsonError", () => {
  it("accepts any JSON that jsonb can store", () => {
    const text = fc.string({ unit: "grapheme" }).filter((each) => !each.includes("\0") && each !== "__proto__");
    const value = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(null, true, 0, -1.5, 1e308, ""),
        text,
        fc.array(tie("value"), { maxLength: 4 }),
        fc.dictionary(text, tie("value"), { maxKeys: 4 }),
      ),
    })).value;
    fc.assert(
      fc.property(value, (each) => {
        expect(jsonError(each)).toBeNull();
      }),
    );
  });

  it.each<[unknown, string]>([
    ["\0", "must not contain NUL characters"],
    [{ a: ["\ud800"] }, "must be well-formed Unicode, without lone surrogates"],
    [{ "a\0": 1 }, "must not contain NUL characters"],
    [[{ "\udc00": 1 }], "must be well-formed Unicode, without lone surrogates"],
    [JSON.parse('{"a":{"__proto__":1}}'), "must not contain a member named __proto__"],
    [[Number.POSITIVE_INFINITY], "must not contain a number beyond the range of a double"],
    [Number.NaN, "must not contain a number beyond the range of a double"],
    [undefined, "must be JSON, not undefined"],
    [{ a: 1n }, "must be JSON, not bigint"],
    [[() => 1], "must be JSON, not function"],
  ])("of %o is %j", (value, message) => {
    expect(jsonError(value)).toBe(message);
  });

  it("accepts 200 levels of lists and objects", () => {
    for (const list of [true, false]) {
      expect(jsonError(nested(200, list))).toBeNull();
      expect(jsonError(nested(201, list))).toBe("must not be nested deeper than 200 levels");
    }
    expect(jsonError([1, nested(199)])).toBeNull();
    expect(jsonError([1, nested(200)])).toBe("must not be nested deeper than 200 levels");
  });

  it("does not overflow the stack", () => {
    expect(jsonError(nested(100_000))).toBe("must not be nested deeper than 200 levels");
  });
});

describe("jsonObject", () => {
  it("accepts objects of at most so many bytes as JSON, and keeps them", () => {
    const value = { a: "é", b: [1] };
    const bytes = byteLength(JSON.stringify(value));
    expect(jsonObject(bytes).parse(value)).toBe(value);
    expect(issueOf(jsonObject(bytes - 1), value)).toBe(`must be at most ${bytes - 1} bytes as JSON`);
    expect(issueOf(jsonObject(2), {})).toBeNull();
  });

  it.each([[null], [[]], ["{}"], [1], [undefined]])("rejects %j", (value) => {
    expect(issueOf(jsonObject(100), value)).toBe("must be an object");
  });

  it("rejects what jsonb cannot store", () => {
    expect(issueOf(jsonObject(100), { a: "\0" })).toBe("must not contain NUL characters");
  });
});

it("parseJson gives the value of JSON, and undefined for other texts", () => {
  expect(parseJson('{"a":[1,null]}')).toEqual({ a: [1, null] });
  expect(parseJson("null")).toBeNull();
  for (const text of ["", "{", "undefined", "1 2"]) expect(parseJson(text)).toBeUndefined();
});

it("refuses integers that a double changes where that matters", () => {
  const exact = jsonObject(1000, { exactIntegers: true });
  const message = "must not contain an integer beyond 2^53, which would be changed: send it as a string";
  for (const number of ["9007199254740992", "-9007199254740993", "1610521604143693812"]) {
    expect(issueOf(exact, { id: [JSON.parse(number)] }), number).toBe(message);
    expect(issueOf(jsonObject(1000), { id: JSON.parse(number) }), number).toBeNull();
  }
  const allowed = [Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER, 1.5, 1e21, 1e300, "1610521604143693812"];
  expect(issueOf(exact, { allowed })).toBeNull();
});
