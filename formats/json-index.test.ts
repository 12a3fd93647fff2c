import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  childrenOf,
  indexJson,
  indexJsonText,
  type JsonIndex,
  kindOf,
  nameOf,
  numberOf,
  sourceOf,
  TooManyValues,
  textOf,
} from "./json-index";
import { runToEnd, STEP } from "./steps";

/** The value that an index describes, built from it alone. */
function valueAt(index: JsonIndex, at: number): unknown {
  const kind = kindOf(index, at);
  if (kind === "text") return textOf(index, at);
  if (kind !== "list" && kind !== "object") return JSON.parse(sourceOf(index, at));
  const children = Array.from(childrenOf(index, at), (child): [string | null, unknown] => [
    nameOf(index, child),
    valueAt(index, child),
  ]);
  expect(index.size[at]).toBe(children.length);
  expect(children.every(([name]) => (name === null) === (kind === "list"))).toBe(true);
  return kind === "list" ? children.map(([, value]) => value) : Object.fromEntries(children);
}

describe("indexJson", () => {
  it("finds every value of a text, whatever its whitespace", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(0, 1, "\t"), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const index = indexJsonText(` ${text}\n`);
        expect(valueAt(index, 0)).toEqual(JSON.parse(text));
        expect(sourceOf(index, 0)).toBe(text);
        expect(nameOf(index, 0)).toBeNull();
      }),
    );
  });

  it("keeps the source of numbers, repeated names and the order of members", () => {
    const index = indexJsonText('{"b": 1.0, "2": 12345678901234567890, "b":1e400, "\\u0061": "\\ud800\\n"}');
    const members = [1, 2, 3, 4].map((at) => [nameOf(index, at), sourceOf(index, at)]);
    expect(members).toEqual([
      ["b", "1.0"],
      ["2", "12345678901234567890"],
      ["b", "1e400"],
      ["a", '"\\ud800\\n"'],
    ]);
    expect(textOf(index, 4)).toBe("\ud800\n");
    expect(index.count).toBe(5);
  });

  it.each([
    ["a number", "1".repeat(4 * STEP)],
    ["a string", `"${"a".repeat(4 * STEP - 2)}"`],
    ["numbers", `[${"1,".repeat(2 * STEP - 2)}1]`],
  ])("pauses within %s", (_, text) => {
    const steps = indexJson(new TextEncoder().encode(text));
    let pauses = 0;
    let step = steps.next();
    for (; !step.done; step = steps.next()) pauses += 1;
    expect(pauses).toBeGreaterThanOrEqual(3);
    expect(sourceOf(step.value, 0)).toBe(text);
  });

  it.each([
    ["[1,true,false,null]", ["list", "number", "boolean", "boolean", "null"]],
    ['[-1,"a",{},[]]', ["list", "number", "text", "object", "list"]],
  ])("tells the kinds of %s", (text, kinds) => {
    const index = indexJsonText(text);
    expect(Array.from({ length: index.count }, (_, at) => kindOf(index, at))).toEqual(kinds);
  });

  it("ends numbers and words at a delimiter or whitespace", () => {
    const index = indexJsonText('[1 ,2\n,3\t,true,{"a":4},[5]]');
    expect([1, 2, 3, 4, 6, 8].map((at) => sourceOf(index, at))).toEqual(["1", "2", "3", "true", "4", "5"]);
  });

  it("takes a string in a list for a value, and the first of an object for a name", () => {
    const index = indexJsonText('[{"a":"b","c":["d"]},"e"]');
    expect([1, 2, 3, 4, 5].map((at) => [nameOf(index, at), sourceOf(index, at)])).toEqual([
      [null, '{"a":"b","c":["d"]}'],
      ["a", '"b"'],
      ["c", '["d"]'],
      [null, '"d"'],
      [null, '"e"'],
    ]);
  });

  it("rejects a text with more values than the limit", () => {
    const bytes = new TextEncoder().encode(JSON.stringify(Array(4999).fill(0)));
    expect(runToEnd(indexJson(bytes, 5000)).count).toBe(5000);
    expect(() => runToEnd(indexJson(bytes, 4999))).toThrow(new TooManyValues("The text has more than 4999 values."));
  });

  it("yields every 50,000 values, and while it grows", () => {
    const pausesOf = (values: number) =>
      [...indexJson(new TextEncoder().encode(JSON.stringify(Array(values - 1).fill(0))))].length;
    expect([49_999, 50_000, 99_999, 100_000].map(pausesOf)).toEqual([0, 1, 3, 4]);
  });

  it("yields in long strings and spaces", () => {
    for (const text of [`"${"a".repeat(600_000)}"`, `[${" ".repeat(600_000)}1]`]) {
      expect([...indexJson(new TextEncoder().encode(text))].length).toBe(2);
    }
  });

  it("grows beyond its first capacity", () => {
    const names = Array.from({ length: 5000 }, (_, at) => `n${at}`);
    const index = indexJsonText(JSON.stringify(Object.fromEntries(names.map((name, at) => [name, [at]]))));
    expect(valueAt(index, 0)).toEqual(Object.fromEntries(names.map((name, at) => [name, [at]])));
  });
});

describe("textOf", () => {
  it.each([
    ["abc\\ndef", 4, "abc"],
    ["abc\\ndef", 5, "abc\n"],
    ["ab\\u0041c", 5, "ab"],
    ["ab\\u0041c", 7, "ab"],
    ["ab\\u0041c", 8, "abA"],
    ["\\\\\\\\", 3, "\\"],
    ["\\\\\\\\", 4, "\\\\"],
    ["abc", 2, "ab"],
    ["abc", 3, "abc"],
    ["abc", 4, "abc"],
    ["aé", 2, "a"],
    ["aé", 3, "aé"],
    ["a€b", 3, "a"],
    ["a\\n€b", 5, "a\n"],
    ["abc", 0, ""],
  ])("cuts %s after %i bytes to %j", (text, maxBytes, cut) => {
    expect(textOf(indexJsonText(`"${text}"`), 0, maxBytes)).toBe(cut);
    expect(textOf(indexJsonText(`["x","${text}","y"]`), 2, maxBytes)).toBe(cut);
  });

  it("keeps a byte order mark", () => {
    expect(textOf(indexJsonText('["\ufeffa"]'), 1)).toBe("\ufeffa");
  });
});

describe("sourceOf", () => {
  it.each([
    ["[12,34]", 4, "[12,"],
    ["[12,34]", 7, "[12,34]"],
    ["[12,34]", 8, "[12,34]"],
    ['"é"', 2, '"'],
  ])("cuts %s after %i bytes to %s", (text, maxBytes, cut) => {
    expect(sourceOf(indexJsonText(` ${text} `), 0, maxBytes)).toBe(cut);
  });
});

describe("numberOf", () => {
  const number = (text: string) => numberOf(indexJsonText(text), 0);

  it.each(["0", "-0", "0.00", "1.0", "9007199254740993", "999999999999999.9", "-0.30000000000000004", "2e0", "1e400"])(
    "reads %s as JSON.parse does",
    (text) => {
      expect(number(text)).toBe(JSON.parse(text));
    },
  );

  it("reads any number as JSON.parse does", () => {
    const decimal = fc
      .tuple(fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }), fc.nat({ max: 16 }))
      .map(([digits, places]) => {
        const text = String(digits < 0n ? -digits : digits).padStart(places + 1, "0");
        const [whole, fraction] = [text.slice(0, text.length - places), text.slice(text.length - places)];
        return `${digits < 0n ? "-" : ""}${whole}${places > 0 ? "." : ""}${fraction}`;
      });
    const double = fc.double({ noNaN: true, noDefaultInfinity: true }).map((each) => JSON.stringify(each));
    fc.assert(fc.property(fc.oneof(decimal, double), (text) => Object.is(number(text), JSON.parse(text))));
  });
});

it("runs a generator to its end", () => {
  function* three() {
    yield;
    yield;
    return 3;
  }
  expect(runToEnd(three())).toBe(3);
});
