import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "#contract/json";
import { runToEnd } from "../steps";
import { marksOf } from "./marks";
import { parseTerm } from "./term";
import { snippetOf, whyData } from "./why";
import { normalized, wordsOf } from "./words";

const terms = (...texts: string[]) =>
  texts.map((text) => parseTerm({ text, kind: text.endsWith("*") ? "prefix" : "word" }));

function why(data: Json, fields: { type?: string; rows?: number }, ...texts: string[]) {
  return runToEnd(whyData(JSON.stringify(data), { type: null, rows: null, ...fields }, terms(...texts)));
}

function marked(text: string, isName: boolean, ...texts: string[]): string {
  const marks = marksOf(text, terms(...texts), isName, 10);
  return marks.reduceRight((all, [from, to]) => `${all.slice(0, from)}[${all.slice(from, to)}]${all.slice(to)}`, text);
}

describe("marks", () => {
  it.each([
    ["Der Kölner Dom, KÖLN", "koln", "Der Kölner Dom, [KÖLN]"],
    ["Der Ko\u0308lner Dom", "koln*", "Der [Ko\u0308lner] Dom"],
    ["run_id and run-id, run the id", "run id", "[run_id] and [run-id], run the id"],
    ["明日の天気予報です", "天気", "明日の[天気]予報です"],
    ["½ of ﬁles", "files", "½ of [ﬁles]"],
    ["nothing", "other", "nothing"],
  ])("%s for %s", (text, term, expected) => {
    expect(marked(text, false, term)).toBe(expected);
  });

  it("have parts of words in names alone", () => {
    expect([marked("Weather/Oslo-daily", true, "slo-d"), marked("weather", false, "eath")]).toEqual([
      "Weather/O[slo-d]aily",
      "weather",
    ]);
  });

  it("are where the index has the words", () => {
    const text = fc
      .array(fc.constantFrom("a", "ab", "Ä", "天", "-", " ", "b", "½", "ς"), { maxLength: 12 })
      .map((all) => all.join(""));
    fc.assert(
      fc.property(text, text, (text, term) => {
        const words = wordsOf(normalized(text));
        const requested = wordsOf(normalized(term));
        const has = requested.length > 0 && words.some((_, at) => requested.every((word, i) => words[at + i] === word));
        const marks = marksOf(text, terms(term), false, 10);
        expect(marks.length > 0).toBe(has);
        for (const [from, to] of marks) expect(from < to && to <= text.length).toBe(true);
      }),
    );
  });
});

describe("says where data has a word", () => {
  it.each<[string, Json, number]>([
    ["objects", [{ city: "Oslo", n: 1 }, { city: "Rome" }, { city: "Oslo East" }], 3],
    ["columns", { n: [1, null, 3], city: ["Oslo", "Rome", "Oslo East"] }, 3],
    [
      "lists",
      [
        ["n", "city"],
        [1, "Oslo"],
        [2, "Rome"],
        [3, "Oslo East"],
      ],
      3,
    ],
  ])("in a table of %s: rows and column", (_, data, rows) => {
    expect(why(data, { rows }, "oslo")).toEqual({ text: "Oslo", marks: [[0, 4]], rows: [1, 3], column: "city" });
    expect(why(JSON.stringify(data), { rows }, "rome")).toMatchObject({ rows: [2], column: "city" });
    expect(why(data, { rows }, "cit")).toEqual({ text: "city", marks: [[0, 3]], column: "city" });
  });

  it("in many rows", () => {
    const data = Array.from({ length: 12 }, () => ({ a: "x" }));
    expect(why(data, { rows: 12 }, "x")).toMatchObject({ rows: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], moreRows: true });
  });

  it("in JSON: the path", () => {
    expect(why({ a: [null, { "b c": "see the word" }], d: "word" }, {}, "word")).toEqual({
      text: "a.b c: see the word",
      marks: [[15, 19]],
      path: ["a", 1, "b c"],
    });
  });

  it("in markdown: the heading before", () => {
    const text = "# One\n\n```\n# code\n```\nfirst\n## Two ##\nneedle in a haystack";
    expect(why(text, { type: "markdown" }, "needle")).toMatchObject({ heading: "Two" });
    expect(why(text, { type: "markdown" }, "first")).toMatchObject({ heading: "One" });
    expect(why(text, {}, "needle")).not.toHaveProperty("heading");
    expect(why("none", { type: "markdown" }, "needle")).toBe(null);
  });
});

it("cuts a long text around its first match, without cutting characters", () => {
  const text = `${"😀".repeat(200)} before the needle ${"😀".repeat(200)}`;
  const marks = marksOf(text, terms("needle"), false, 10);
  const snippet = snippetOf(text, marks);
  expect([snippet.text.isWellFormed(), snippet.text.length <= 164]).toEqual([true, true]);
  expect(snippet.marks.map(([from, to]) => snippet.text.slice(from, to))).toEqual(["needle"]);
});
