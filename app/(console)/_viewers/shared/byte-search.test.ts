import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cannotContain } from "./byte-search";

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
