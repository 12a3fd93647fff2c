import { describe, expect, it } from "vitest";
import { createBudget } from "./budget";
import { textDifference } from "./text";
import { lineWords, markWords } from "./words";

const compared = (from: string, to: string, budget = createBudget(5000)) => textDifference(from, to, budget);
const generated = (parts: { text: string; marked: boolean }[] | undefined) =>
  parts?.map(({ text, marked }) => (marked ? `<${text}>` : text)).join("");

describe("textDifference", () => {
  it("counts a rewritten line as changed and marks its words", () => {
    const difference = compared("# Report\n\nThe mean is 12.\nend", "# Report\n\nThe mean is 15.\nnew\nend");
    expect(difference).toMatchObject({ added: 1, removed: 0, changed: 1 });
    expect(difference.stretches).toEqual([
      { same: true, lines: ["# Report", ""], from: 1, to: 1 },
      {
        same: false,
        removed: [
          {
            number: 3,
            parts: [
              { text: "The mean is ", marked: false },
              { text: "12", marked: true },
              { text: ".", marked: false },
            ],
          },
        ],
        added: [
          {
            number: 3,
            parts: [
              { text: "The mean is ", marked: false },
              { text: "15", marked: true },
              { text: ".", marked: false },
            ],
          },
          { number: 4, parts: [{ text: "new", marked: false }] },
        ],
      },
      { same: true, lines: ["end"], from: 4, to: 5 },
    ]);
  });

  it("counts unlike lines as removed and added", () => {
    expect(compared("a\nsomething\nb", "a\nquite different\nelse\nb")).toMatchObject({
      added: 2,
      removed: 1,
      changed: 0,
    });
  });

  it("takes an empty text for no lines, and a line end for an empty line", () => {
    expect(compared("", "one\ntwo")).toMatchObject({ added: 2, removed: 0, changed: 0 });
    expect(compared("one", "")).toMatchObject({ added: 0, removed: 1, changed: 0 });
    expect(compared("one", "one\n")).toMatchObject({ added: 1, removed: 0, changed: 0 });
    expect(compared("", "").stretches).toEqual([]);
  });

  it("compares the first 4,000,000 characters, and notes it", () => {
    const budget = createBudget(5000);
    const long = "x".repeat(4_000_000);
    expect(compared(long, long, budget)).toMatchObject({ added: 0, removed: 0, changed: 0 });
    expect(budget.notes).toEqual([]);
    expect(compared(`${long}y`, `${long}z`, budget)).toMatchObject({ added: 0, removed: 0, changed: 0 });
    expect(budget.notes).toEqual(["Only the first 4,000,000 characters of each version are compared."]);
    const other = createBudget(5000);
    compared(long, `${long}z`, other);
    expect(other.notes).toHaveLength(1);
  });

  it("stays within its time, and notes what it left out", () => {
    const lines = (seed: number) => Array.from({ length: 30_000 }, (_, at) => `${(at * seed) % 10_007} ${at % 3}`);
    const budget = createBudget(300);
    compared(lines(31).join("\n"), lines(57).join("\n"), budget);
    expect(budget.notes).toHaveLength(1);
  });
});

describe("lineWords", () => {
  it.each([
    ["to be or not", "to be or what", "to be or <not>", "to be or <what>"],
    ["one two", "one  two", "one< >two", "one<  >two"],
    ["a b c d", "a b c d e", "a b c d", "a b c d< e>"],
    ["same", "same", "same", "same"],
    ["", "", "", ""],
  ])("of %j and %j are %j and %j", (from, to, left, right) => {
    const words = lineWords(from, to, createBudget(5000));
    expect([generated(words?.from), generated(words?.to)]).toEqual([left, right]);
  });

  it.each([
    ["abc", "xyz"],
    ["", "abc"],
    ["one two three four five six", "one 2 3 4 5 6 7 8 9 10 11 12"],
  ])("of %j and %j are null, since they have little in common", (from, to) => {
    expect(lineWords(from, to, createBudget(5000))).toBeNull();
  });

  it("needs 35 per cent of the characters of the longer line in common, spaces at the ends not counted", () => {
    const line = (length: number) => `${"x".repeat(7)} ${"y".repeat(length - 8)}`;
    expect(lineWords("xxxxxxx", line(20), createBudget(5000))).not.toBeNull();
    expect(lineWords("xxxxxxx", line(21), createBudget(5000))).toBeNull();
    expect(lineWords(line(21), "xxxxxxx", createBudget(5000))).toBeNull();
    expect(lineWords(`xxxxxxx${" ".repeat(30)}`, `xxxxxxx${" ".repeat(10)}z`, createBudget(5000))).not.toBeNull();
  });
});

describe("markWords", () => {
  it("marks lines in pairs from the top, and leaves the rest whole", () => {
    const { removed, added, rewritten } = markWords(["a b c 1", "x"], ["a b c 2", "y", "z", ""], createBudget(5000));
    expect(removed.map(generated)).toEqual(["a b c <1>", "x"]);
    expect(added.map(generated)).toEqual(["a b c <2>", "y", "z", ""]);
    expect(added[3]).toEqual([]);
    expect(rewritten).toBe(1);
  });

  it("leaves lines whole that have more than 4,000 characters together, or beyond the first 400 pairs", () => {
    const rewritten = (from: string, to: string) => markWords([from], [to], createBudget(5000)).rewritten;
    const words = (count: number) => "ab ".repeat(count);
    expect(rewritten(`${words(666)}x`, `${words(666)}y2`)).toBe(1);
    expect(rewritten(`${words(666)}xx`, `${words(667)}y`)).toBe(0);
    const lines = (end: string) => Array.from({ length: 401 }, (_, at) => `line ${at} ${end}`);
    expect(markWords(lines("a"), lines("b"), createBudget(60_000)).rewritten).toBe(400);
  });

  it("leaves lines whole when the time is over", () => {
    expect(markWords(["a b c 1"], ["a b c 2"], createBudget(0)).rewritten).toBe(0);
  });
});
