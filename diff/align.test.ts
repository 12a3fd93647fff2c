import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { align, type Run } from "./align";
import { createBudget } from "./budget";

const runsOf = (from: string, to: string) => align([...from], [...to], createBudget(5000));
const generated = (runs: Run[]) =>
  runs.map(({ same, from, to }) => `${same ? "=" : "≠"}${from.join("-")}:${to.join("-")}`).join(" ");

describe("align", () => {
  it.each([
    ["", "", ""],
    ["ab", "ab", "=0-2:0-2"],
    ["ab", "", "≠0-2:0-0"],
    ["", "ab", "≠0-0:0-2"],
    ["a", "b", "≠0-1:0-1"],
    ["axb", "ayb", "=0-1:0-1 ≠1-2:1-2 =2-3:2-3"],
    ["ab", "axb", "=0-1:0-1 ≠1-1:1-2 =1-2:2-3"],
    ["axb", "ab", "=0-1:0-1 ≠1-2:1-1 =2-3:1-2"],
    ["aa", "aaa", "=0-2:0-2 ≠2-2:2-3"],
    ["aba", "aa", "=0-1:0-1 ≠1-2:1-1 =2-3:1-2"],
    ["xaby", "uabv", "≠0-1:0-1 =1-3:1-3 ≠3-4:3-4"],
    ["axbyc", "aubvc", "=0-1:0-1 ≠1-2:1-2 =2-3:2-3 ≠3-4:3-4 =4-5:4-5"],
    ["abcd", "acbd", "=0-1:0-1 ≠1-2:1-1 =2-3:1-2 ≠3-3:2-3 =3-4:3-4"],
  ])("of %j and %j is %s", (from, to, runs) => {
    expect(generated(runsOf(from, to))).toBe(runs);
  });

  it("covers both lists without a gap, same and different in turn", () => {
    const list = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 30 });
    fc.assert(
      fc.property(list, list, (from, to) => {
        let [left, right] = [0, 0];
        let previous: boolean | null = null;
        for (const run of runsOf(from, to)) {
          expect([run.from[0], run.to[0]]).toEqual([left, right]);
          expect(run.same).not.toBe(previous);
          [left, right] = [run.from[1], run.to[1]];
          expect(from.slice(...run.from) === to.slice(...run.to)).toBe(run.same);
          previous = run.same;
        }
        expect([left, right]).toEqual([from.length, to.length]);
      }),
    );
  });

  it("takes the middle for one difference when the time is over, and notes it", () => {
    const budget = createBudget(0);
    const numbers = (seed: number) => Array.from({ length: 3000 }, (_, at) => `${((at + 1) * seed) % 1009}`);
    const from = ["head", ...numbers(31), "tail"];
    const to = ["head", ...numbers(57), "tail"];
    expect(generated(align(from, to, budget))).toBe("=0-1:0-1 ≠1-3001:1-3001 =3001-3002:3001-3002");
    expect(budget.notes).toEqual(["The versions differ too much to find every part that is the same."]);
  });
});
