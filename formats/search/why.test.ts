import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "#contract/json";
import { Pace, runToEnd } from "../steps";
import { marksOf } from "./marks";
import { parseTerm, parseTerms } from "./term";
import { snippetOf, whyData } from "./why";
import { normalized, wordsOf } from "./words";

const PIECE = 16_384;

const terms = (...texts: string[]) =>
  texts.map((text) => parseTerm({ text, kind: text.endsWith("*") ? "prefix" : "word" }));

function why(data: Json, fields: { type?: string; rows?: number }, ...texts: string[]) {
  return runToEnd(
    whyData(JSON.stringify(data), { type: null, rows: null, ...fields }, terms(...texts), new Pace(PIECE)),
  );
}

function marked(text: string, isName: boolean, ...texts: string[]): string {
  const marks = runToEnd(marksOf(text, terms(...texts), isName, 10, new Pace(PIECE)));
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
        const marks = runToEnd(marksOf(text, terms(term), false, 10, new Pace(PIECE)));
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
    const linked =
      "# [![CI](https://ci.example/a.svg)](https://ci.example) <a href='x'>Tools</a> for [hay](#hay)\nneedle";
    expect(why(linked, { type: "markdown" }, "needle")).toMatchObject({ heading: "Tools for hay" });
  });

  it("that have most of the words, closest together", () => {
    const filler = "drop this, and that. ".repeat(30);
    const text = `Version 12 ${filler}# Node\nwe drop node 8 in 2012, ${filler} and drop node 12. ${filler}`;
    expect(why(text, {}, "drop", "node", "12")?.text).toContain("drop node 12");
    expect(why({ a: "heavy", b: { c: "heavy rain" } }, {}, "heavy", "rain")).toMatchObject({ path: ["b", "c"] });
    const rows = [
      ["a", "b"],
      ["heavy", ""],
      ["rain", "heavy rain"],
    ];
    expect(why(rows, { rows: 2 }, "heavy", "rain")).toMatchObject({ column: "b", text: "heavy rain", rows: [1, 2] });
  });
});

it("cuts a long text around its first match, without cutting characters", () => {
  const text = `${"😀".repeat(200)} before the needle ${"😀".repeat(200)}`;
  const marks = runToEnd(marksOf(text, terms("needle"), false, 10, new Pace(PIECE)));
  const snippet = snippetOf(text, marks);
  expect([snippet.text.isWellFormed(), snippet.text.length <= 164]).toEqual([true, true]);
  expect(snippet.marks.map(([from, to]) => snippet.text.slice(from, to))).toEqual(["needle"]);
});

it("has of long names as much as is shown, and no path that is too long", () => {
  const long = "n".repeat(5_000);
  expect(why([{ [long]: "needle" }], { rows: 1 }, "needle")).toMatchObject({ rows: [1], column: "n".repeat(200) });
  expect(why({ short: "needle" }, {}, "needle")).toMatchObject({ path: ["short"] });
  const deep = why({ [long]: "needle" }, {}, "needle");
  expect([deep?.text.includes("needle"), deep?.path]).toEqual([true, undefined]);
});

describe("is read in steps", () => {
  const LENGTH = 256 * 1024;
  const e = (count: number) => parseTerms(Array.from({ length: count }, () => ({ text: "e", kind: "word" as const })));
  const long = "é".repeat(100_000);

  it.each<[string, string, { type?: string; rows?: number }, ReturnType<typeof terms>, number, number]>([
    ["a text of letters that are words", JSON.stringify("漢".repeat(LENGTH)), {}, terms("漢字"), 40, 70],
    ["one long word, for the same term many times", JSON.stringify("e".repeat(LENGTH)), {}, e(50), 10, 40],
    ["many short words, for a phrase", JSON.stringify("e ".repeat(LENGTH / 2)), {}, terms("e e e e x"), 40, 100],
    ["values with a long name around", JSON.stringify({ [long]: Array(2_000).fill(1) }), {}, terms("x"), 30, 120],
    ["short values, for many terms", `[${"1,".repeat(20_000)}1]`, {}, terms(..."abcdefghijklmnop"), 200, 700],
    ["a long head row", `[[${'"a",'.repeat(60_000)}"a"]]`, { rows: 0 }, terms("x"), 60, 150],
    ["many lines before a mark", JSON.stringify(`${"\n".repeat(LENGTH)}x`), { type: "markdown" }, terms("x"), 40, 90],
  ])("%s", (_, json, fields, terms, least, most) => {
    const steps = whyData(json, { type: null, rows: null, ...fields }, terms, new Pace(PIECE));
    let count = 1;
    while (!steps.next().done) count += 1;
    expect([count >= least, count <= most, count]).toEqual([true, true, count]);
  });

  it("as are many short texts together", () => {
    const pace = new Pace(PIECE);
    const count = (text: string) => [...marksOf(text, terms("needle"), true, 10, pace)].length;
    const steps = Array.from({ length: 200 }, () => count("Of é ".repeat(200))).reduce((sum, each) => sum + each, 0);
    expect([steps > 20, steps < 60, steps]).toEqual([true, true, steps]);
  });

  it("and of a heading with many spaces only the beginning", () => {
    const heading = why(`# One${" ".repeat(100_000)}two\nneedle`, { type: "markdown" }, "needle")?.heading;
    expect(heading).toBe("One");
  });
});
