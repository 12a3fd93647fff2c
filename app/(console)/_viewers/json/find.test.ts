import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { indexJsonText, kindOf, nameOf, sourceOf, textOf } from "#formats/json-index";
import { cannotContain, findValues } from "./find";
import { pathOf } from "./paths";

const index = indexJsonText('{"a":[1,{"b c":"x\\u0079z"}],"list":{},"d":[[],[true,null]]}');
const paths = (needle: string) => [...findValues(index, needle)].map((value) => pathOf(index, value));

describe("findValues", () => {
  it.each([
    ["XYZ", ['$.a[1]["b c"]']],
    ["b c", ['$.a[1]["b c"]']],
    ["LIST", ["$.list"]],
    ["tru", ["$.d[1][0]"]],
    ["nul", ["$.d[1][1]"]],
    ["1", ["$.a[0]"]],
    ["absent", []],
  ])("finds %j", (needle, found) => {
    expect(paths(needle)).toEqual(found);
  });

  it("searches content, not spelling", () => {
    expect(paths("u0079")).toEqual([]);
    expect(paths('"')).toEqual([]);
    expect(paths("[")).toEqual([]);
  });

  it("finds values across the ranges that are ruled out at once", () => {
    const long = indexJsonText(JSON.stringify(Array.from({ length: 5000 }, (_, at) => ({ at }))));
    expect([...findValues(long, "4321")].map((value) => pathOf(long, value))).toEqual(["$[4321].at"]);
    expect([...findValues(long, "499")]).toHaveLength(5 + 10);
    expect([...findValues(long, "AT")]).toHaveLength(5000);
  });

  it("agrees with a search of every value", () => {
    const word = fc.constantFrom("ab", "B", "é", "\n", '"', "\\", "1", "");
    const json = fc.dictionary(word, fc.array(fc.oneof(word, fc.nat(20), fc.boolean()), { maxLength: 5 }));
    fc.assert(
      fc.property(json, word, (data, needle) => {
        const of = indexJsonText(JSON.stringify(data));
        const lower = needle.toLowerCase();
        const expected = Array.from({ length: of.count }, (_, value) => value).filter((value) => {
          const kind = kindOf(of, value);
          const content =
            kind === "object" || kind === "list" ? "" : kind === "text" ? textOf(of, value) : sourceOf(of, value);
          return [nameOf(of, value) ?? "", content].some((text) => text.toLowerCase().includes(lower));
        });
        if (needle !== "") expect([...findValues(of, needle)]).toEqual(expected);
      }),
    );
  });
});

const encoder = new TextEncoder();
const check = (text: string, lower: string) => {
  const bytes = encoder.encode(text);
  return cannotContain(bytes, 0, bytes.length, lower);
};

describe("cannotContain", () => {
  it("rules out a text that is in no part of the range, in any case", () => {
    expect(check('["Oslo"]', "bergen")).toBe(true);
    expect(check('["Oslo"]', "oslo")).toBe(false);
    expect(check('["ÉCOLE"]', "école")).toBe(false);
  });

  it("does not rule out a range with escapes", () => {
    expect(check('["\\u004fslo"]', "oslo")).toBe(false);
    expect(check('["\\n"]', "bergen")).toBe(false);
  });

  it("looks at the range only", () => {
    const bytes = encoder.encode("one two three");
    expect(cannotContain(bytes, 4, 7, "one")).toBe(true);
    expect(cannotContain(bytes, 4, 7, "two")).toBe(false);
    expect(cannotContain(bytes, 4, 6, "two")).toBe(true);
  });

  it("never rules out a string that contains the text", () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), fc.string(), (before, needle, after) => {
        const text = before + needle + after;
        fc.pre(text.toLowerCase().includes(needle.toLowerCase()) && text.isWellFormed());
        expect(check(JSON.stringify(text), needle.toLowerCase()) && !JSON.stringify(text).includes("\\")).toBe(false);
      }),
    );
  });
});
