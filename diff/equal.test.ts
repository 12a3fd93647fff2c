import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "#contract/json";
import { canonical, equal } from "./equal";
import { parseNumbersExactly } from "./values/exact-number";

const CASES: [Json | undefined, Json | undefined, boolean][] = [
  [1, 1, true],
  [1, 2, false],
  [1, "1", false],
  ["a", "a", true],
  [null, null, true],
  [null, undefined, false],
  [undefined, undefined, true],
  [null, {}, false],
  [{}, null, false],
  [0, null, false],
  [[], [], true],
  [[], {}, false],
  [{}, [], false],
  [[1, 2], [1, 2], true],
  [[1, 2], [2, 1], false],
  [[1], [1, 2], false],
  [[1, 2], [1], false],
  [[[]], [[]], true],
  [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
  [{ a: 1 }, { a: 2 }, false],
  [{ a: 1 }, { b: 1 }, false],
  [{ a: 1 }, { a: 1, b: 1 }, false],
  [{ a: 1, b: 1 }, { a: 1 }, false],
  [{ a: { b: [1] } }, { a: { b: [1] } }, true],
  [{ toString: 1 }, { a: 1 }, false],
];

describe("equal", () => {
  it.each(CASES)("of %j and %j is %s", (a, b, result) => {
    expect(equal(a, b)).toBe(result);
    expect(equal(b, a)).toBe(result);
  });

  it("does not take a member of every object for an own one", () => {
    expect(equal({ toString: 1 }, Object.create({ toString: 1 }, { a: { value: 1, enumerable: true } }))).toBe(false);
  });
});

describe("canonical", () => {
  it.each<[Json | undefined, string]>([
    [undefined, ""],
    [null, "null"],
    ["a", '"a"'],
    [1.5, "1.5"],
    [[1, [true], {}], "[1,[true],{}]"],
    [{ b: 1, a: [2], "": { d: 1, c: null } }, '{"":{"c":null,"d":1},"a":[2],"b":1}'],
  ])("of %j is %s", (value, text) => {
    expect(canonical(value)).toBe(text);
  });

  it("is the same for two values exactly if they are equal", () => {
    const value = fc.jsonValue({ maxDepth: 3 }).map((each): Json => JSON.parse(JSON.stringify(each)));
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(canonical(a) === canonical(b)).toBe(equal(a, b));
        expect(JSON.parse(canonical(a))).toEqual(a);
      }),
    );
  });
});

describe("equal within a tolerance", () => {
  it.each<[Json, Json, "1e-9" | "1%", boolean]>([
    [0.1 + 0.2, 0.3, "1e-9", true],
    [1, 1.000001, "1e-9", false],
    [1e12, 1e12 + 1, "1e-9", true],
    [0, 1e-10, "1e-9", true],
    [100, 101, "1%", true],
    [100, 102, "1%", false],
    [-100, -101, "1%", true],
    [1, -1, "1%", false],
    [{ a: [1, 2] }, { a: [1.001, 2] }, "1%", true],
    [1, "1", "1%", false],
    [parseNumbersExactly("9007199254740993"), 9007199254740992, "1e-9", true],
  ])("of %j and %j by %s is %s", (one, other, tolerance, result) => {
    expect([equal(one, other, tolerance), equal(other, one, tolerance)]).toEqual([result, result]);
  });
});
