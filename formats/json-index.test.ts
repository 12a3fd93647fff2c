import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  indexJson,
  type JsonIndex,
  jsonIndexOf,
  kindOf,
  nameOf,
  runToEnd,
  sourceOf,
  TooManyValues,
  textOf,
} from "./json-index";

/** What an index says, put together again. */
function valueAt(index: JsonIndex, at: number): unknown {
  const kind = kindOf(index, at);
  if (kind === "text") return textOf(index, at);
  if (kind !== "list" && kind !== "object") return JSON.parse(sourceOf(index, at));
  const children: [string | null, unknown][] = [];
  const end = index.next[at] ?? 0;
  for (let child = at + 1; child < end; child = index.next[child] ?? end) {
    children.push([nameOf(index, child), valueAt(index, child)]);
  }
  expect(index.size[at]).toBe(children.length);
  return kind === "list" ? children.map(([, value]) => value) : Object.fromEntries(children);
}

describe("an index of a JSON text", () => {
  it("finds every value of any text, however it is written", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(0, 1, "\t"), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const index = jsonIndexOf(` ${text}\n`);
        expect(valueAt(index, 0)).toEqual(JSON.parse(text));
        expect(sourceOf(index, 0)).toBe(text);
      }),
    );
  });

  it("keeps the spelling of numbers, names written twice and their order", () => {
    const index = jsonIndexOf('{"b": 1.0, "2": 12345678901234567890, "b":1e400, "\\u0061": "\\ud800\\n"}');
    const members = [1, 2, 3, 4].map((at) => [nameOf(index, at), sourceOf(index, at)]);
    expect(members).toEqual([
      ["b", "1.0"],
      ["2", "12345678901234567890"],
      ["b", "1e400"],
      ["a", '"\\ud800\\n"'],
    ]);
    expect(textOf(index, 4)).toBe("\ud800\n");
  });

  it.each([
    ["abc\\ndef", 4, "abc"],
    ["ab\\u0041c", 5, "ab"],
    ["ab\\u0041c", 8, "abA"],
    ["\\\\\\\\", 3, "\\"],
  ])("cuts the text %s after %i bytes, and no escape in two", (text, most, cut) => {
    expect(textOf(jsonIndexOf(`"${text}"`), 0, most)).toBe(cut);
  });

  it("refuses more values than it may hold", () => {
    expect(() => runToEnd(indexJson(new TextEncoder().encode(JSON.stringify(Array(5000).fill(0))), 3000))).toThrow(
      TooManyValues,
    );
  });
});
