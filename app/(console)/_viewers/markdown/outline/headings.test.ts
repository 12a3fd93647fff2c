import { describe, expect, it } from "vitest";
import { blockOf, groupsOf } from "../parse/block";
import { parse } from "../parse/parse";
import { type Heading, headingsOf, headingsOfGroups, mayHaveOutline, outlineOf } from "./headings";

const nodes = (text: string) => parse(text, { anchors: true });
const headings = (count: number, depth: (at: number) => number): Heading[] =>
  Array.from({ length: count }, (_, at) => ({ id: `h${at}`, title: `${at}`, depth: depth(at) }));

describe("headingsOf", () => {
  it("has the id, text and written level of each heading", () => {
    expect(headingsOf(nodes("## A *b* `c`\n\ntext\n\n#### D\n\n> # E\n\nF\n=\n"))).toEqual([
      { id: "user-content-a-b-c", title: "A b c", depth: 2 },
      { id: "user-content-d", title: "D", depth: 4 },
      { id: "user-content-e", title: "E", depth: 1 },
      { id: "user-content-f", title: "F", depth: 1 },
    ]);
  });

  it("leaves out headings without text, and that of the footnotes", () => {
    expect(headingsOf(nodes("# A[^1]\n\n#\n\n[^1]: note")).map(({ title }) => title)).toEqual(["A1"]);
  });

  it("has none where headings have no ids", () => {
    expect(headingsOf(parse("# A", { anchors: false }))).toEqual([]);
  });
});

it("the headings of groups include those in long elements", () => {
  const text = `# A\n\n> ${"- b\n> ".repeat(500)}\n>\n> ## C\n\n# D`;
  const groups = [...groupsOf(nodes(text).map((node) => blockOf(node, text)))];
  expect(groups.flat().some((block) => "long" in block)).toBe(true);
  expect(headingsOfGroups(groups).map(({ title }) => title)).toEqual(["A", "C", "D"]);
  expect(headingsOfGroups(groups)).toEqual(headingsOfGroups(groups));
});

describe("outlineOf", () => {
  it("indents by the levels that occur", () => {
    const { entries, left } = outlineOf(headings(5, (at) => [2, 4, 4, 6, 2][at] ?? 1));
    expect(entries.map(({ indent }) => indent)).toEqual([0, 1, 1, 2, 0]);
    expect(left).toBe(0);
  });

  it("leaves out the lowest levels of a long one", () => {
    const { entries, left } = outlineOf(headings(2000, (at) => (at % 10 === 0 ? 2 : 3)));
    expect(entries).toHaveLength(200);
    expect(left).toBe(1800);
  });

  it("has the first of too many headings of one level", () => {
    const { entries, left } = outlineOf(headings(2000, () => 2));
    expect(entries.map(({ id }) => id)).toEqual(headings(500, () => 2).map(({ id }) => id));
    expect(left).toBe(1500);
  });
});

it.each([
  ["# a\n\n## b\n\n### c\n\n###### d", true],
  ["a\n=\n\nb\n---\n\nc\n=\n\nd\n-", true],
  ["<h1>a</h1><H2 align=center>b</H2><h3>c</h3>\n# d", true],
  ["# a\n# b\n# c", false],
  ["#a\n#b\n#c\n#d\n####### e", false],
])("%j may have an outline: %j", (text, expected) => {
  expect(mayHaveOutline(text)).toBe(expected);
});
