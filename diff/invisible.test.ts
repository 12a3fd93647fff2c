import { describe, expect, it } from "vitest";
import { invisibleDifferences, withSigns } from "./invisible";

describe("differences that a reader does not see", () => {
  it.each<[from: string, to: string, names: string[]]>([
    ["alpha\r\nbeta", "alpha\nbeta", ["line ends"]],
    ["alpha\n", "alpha", ["line ends"]],
    ["a b", "a  b", ["spaces"]],
    ["a b ", "a\u00a0b", ["spaces"]],
    ["a b", "a\u00a0b", ["spaces"]],
    ["a\tb \r\n", "a b\n", ["line ends", "spaces"]],
    ["ab", "a\u200bb", ["invisible characters"]],
    ["\ufeffab", "ab", ["invisible characters"]],
    ["paypal", "p\u0430yp\u0430l", ["look-alike letters"]],
    ["\u00e9", "e\u0301", ["look-alike letters"]],
    ["1-2", "1\u20132", ["look-alike letters"]],
    ["a", "b", []],
    ["a b", "ab", []],
    ["a", "a", []],
  ])("of %j and %j are %j", (from, to, names) => {
    expect(invisibleDifferences(from, to)).toEqual(names);
  });

  it("have signs", () => {
    expect(withSigns("\r", true)).toBe("[CR]");
    expect(withSigns("a b  ", true)).toBe("a b··");
    expect(withSigns("quite ", false)).toBe("quite ");
    expect(withSigns("  ", false)).toBe("··");
    expect(withSigns("a\u00a0b\u200b\t", true)).toBe("a[U+00A0]b[U+200B]⇥");
    expect(withSigns("p\u0430y", true)).toBe("p\u0430[U+0430]y");
  });
});
