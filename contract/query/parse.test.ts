import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { queryTrees } from "#test/generators/query-trees";
import { MAX_QUERY } from "../limits";
import { compile } from "./compile";
import { FIELDS } from "./fields";
import { parseQuery } from "./parse";
import { printQuery } from "./print";
import { problemText, type QueryNode } from "./tree";

function treeOf(text: string): QueryNode {
  const { tree, problem } = parseQuery(text);
  if (!tree) throw new Error(problem ? problemText(problem) : "the query is empty");
  return tree;
}

/** The filter of a query at 2026-11-30T12:00:00Z. */
function filterOf(text: string) {
  return compile(treeOf(text), Date.UTC(2026, 10, 30, 12));
}

/** A tree without places. */
function bare(node: QueryNode): unknown {
  return JSON.parse(
    JSON.stringify(node, (name, value) => (name === "offset" || name === "length" ? undefined : value)),
  );
}

describe("a query", () => {
  it("parses to the tree that it was printed from", () => {
    fc.assert(
      fc.property(queryTrees, (tree) => {
        const text = printQuery(tree);
        fc.pre(text.length <= MAX_QUERY);
        expect(bare(treeOf(text))).toEqual(bare(tree));
        expect(printQuery(treeOf(text))).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it("never throws, whatever the text is, and names a place within it", () => {
    const parts = fc.constantFrom(
      "type:",
      "a",
      '"',
      "(",
      ")",
      "-",
      "or ",
      " ",
      ",",
      "*",
      "..",
      ":",
      ">",
      "rows:1",
      "metadata.",
      "\\",
      "has:",
    );
    const texts = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(parts, { maxLength: 12 }).map((each) => each.join("")),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const { tree, problem } = parseQuery(text);
        if (tree) expect(bare(treeOf(printQuery(tree)))).toEqual(bare(tree));
        if (!problem) return;
        expect(problem.offset).toBeGreaterThanOrEqual(0);
        expect(problem.offset + problem.length).toBeLessThanOrEqual(Math.max(text.length, 1));
      }),
      { numRuns: 300 },
    );
  });

  it.each(['type:*""', 'type:""*', 'key:"*"*'])("%s is printed as it is understood", (text) => {
    const { tree } = parseQuery(text);
    expect(tree && bare(treeOf(printQuery(tree)))).toEqual(bare(treeOf(text)));
  });

  it.each(["", "  ", "\n"])("of %j has no tree", (text) => {
    expect(parseQuery(text)).toEqual({ tree: null, problem: null });
  });

  it("parses the example of every operator", () => {
    for (const { example } of FIELDS) expect(parseQuery(example).problem, example).toBeNull();
  });
});

describe("conditions", () => {
  it("that one filter can say together are one filter", () => {
    expect(
      filterOf("type:table flow:weather* label:production tag:wip tag:eu rows:>100 size:<1MB number:>=0.9"),
    ).toEqual({
      kind: "where",
      where: {
        artifacts: {
          type: { any: ["table"] },
          label: { any: ["production"] },
          tags: { all: ["wip", "eu"] },
          rows: { min: 101 },
          size: { max: 999_999 },
          number: { min: 0.9 },
        },
        flows: { name: { startsWith: "weather" } },
      },
    });
  });

  it("bind by and, then by or, and are negated", () => {
    const type = (name: string) => ({ kind: "where", where: { artifacts: { type: { any: [name] } } } });
    expect(filterOf("type:a rain or -(type:b OR type:c) and NOT type:d")).toEqual({
      kind: "or",
      parts: [
        { kind: "and", parts: [type("a"), { kind: "text", term: { text: "rain", kind: "word" } }] },
        {
          kind: "and",
          parts: [
            { kind: "not", part: { kind: "or", parts: [type("b"), type("c")] } },
            { kind: "not", part: type("d") },
          ],
        },
      ],
    });
  });

  it.each([
    ["rows:5..7", { rows: { min: 5, max: 7 } }],
    ["rows:..7", { rows: { max: 7 } }],
    ["rows:!=1,2", { rows: { notAny: [1, 2] } }],
    ["size:1.5KiB", { size: { any: [1536] } }],
    ["size:<=2gb", { size: { max: 2e9 } }],
    ["size:>1.5B", { size: { min: 2 } }],
    ["number:>0.5", { number: { min: 0.5000000000000001 } }],
    ["number:<-1e3", { number: { max: -1000.0000000000001 } }],
    [
      "created:2026-11-01",
      { created: { after: "2026-11-01T00:00:00.000000Z", before: "2026-11-01T23:59:59.999999Z" } },
    ],
    ["created:>2026-11-01", { created: { after: "2026-11-02T00:00:00.000000Z" } }],
    ["created:<2026-11-01T08:00+01:00", { created: { before: "2026-11-01T06:59:59.999999Z" } }],
    ["age:<7d", { created: { after: "2026-11-23T12:00:00.000001Z" } }],
    ["age:1h..2w", { created: { after: "2026-11-16T12:00:00.000000Z", before: "2026-11-30T11:00:00.000000Z" } }],
    ["metadata.region:eu", { metadata: [{ name: "region", any: ["eu"] }] }],
    ["metadata.a.0:5", { metadata: [{ name: "a", path: ["0"], any: ["5", 5] }] }],
    ['metadata."a.b":"5"', { metadata: [{ name: "a.b", any: ["5"] }] }],
    ["metadata.score:0.9..1", { metadata: [{ name: "score", min: 0.9, max: 1 }] }],
    ['metadata.a:="[1,2]",null', { metadata: [{ name: "a", any: [[1, 2], null] }] }],
    ["metadata.a:*", { metadata: [{ name: "a", exists: true }] }],
    ["has:metadata.a", { metadata: [{ name: "a", exists: true }] }],
    ["key:a*b", { key: { matches: "a*b" } }],
    ["by:me", { author: { me: true } }],
    ["by:!=me,ada", { author: { me: false, notAny: ["ada"] } }],
    ['by:"me"', { author: { any: ["me"] } }],
    ['key:*"daily_"*', { key: { contains: "daily_" } }],
    ["type:*", { type: { exists: true } }],
    ["folder:a/b", { key: { folder: "a/b/" } }],
  ])("%s", (text, artifacts) => {
    expect(filterOf(text)).toEqual({ kind: "where", where: { artifacts } });
  });
});

describe("a problem", () => {
  it.each<[text: string, marked: string, nearest: string | null]>([
    ["rows:1 typ:table", "typ", "type"],
    ["https://example.com", "https", null],
    ["run.state:faild", "faild", "failed"],
    ["has:descripton", "descripton", "description"],
    ["x rows>100", "rows>100", "rows:>100"],
    ["rows:many", "many", null],
    ["rows:9..3", "9..3", "3..9"],
    ["size:5parsecs", "5parsecs", null],
    ["size:>1e300", "1e300", null],
    ["size:<1e16", "1e16", null],
    ["rows:>1e300", "1e300", null],
    ["version:<=1e300", "1e300", null],
    ["created:2026-02-30", "2026-02-30", null],
    ["created:yesterday", "yesterday", null],
    ["created:2026-01-01T24:00Z", "2026-01-01T24:00Z", null],
    ["created:2026-01-01T00:00", "2026-01-01T00:00", null],
    ["created:1969-12-31", "1969-12-31", null],
    ["created:2026-01-01T00:00+16:00", "2026-01-01T00:00+16:00", null],
    ["age:<40000d", "40000d", null],
    ["type:=>1", ">1", null],
    ["run.state:failed,,crashed", ",", null],
    ["age:7d", "7d", "<7d"],
    ["key:UPPER", "UPPER", null],
    ["label:latest", "latest", null],
    ["type:(a or b)", "(", null],
    ["type:", ":", null],
    ["(type:a", "(", null],
    ["type:a)", ")", null],
    ["a or", "r", null],
    ["or a", "or", null],
    ["- a", "-", null],
    ['"open', '"open', null],
    ["a*b", "a*b", null],
    ["metadata:x", "metadata", "metadata.NAME"],
    ["metadata.a:eu*", "eu*", "*eu*"],
    ["metadata.a:={", "{", null],
    ["deployment.paused:ture", "ture", "true"],
    ["id:5", "5", null],
    ["type:tab*", "tab*", '"tab*"'],
    ["created:!=2026-01-01", "2026-01-01", "-created:"],
  ])("of %s is at %s", (text, marked, nearest) => {
    const { problem } = parseQuery(text);
    if (!problem) throw new Error("the query has no problem");
    expect(text.slice(problem.offset, problem.offset + problem.length)).toBe(marked);
    if (nearest !== null) expect(problem.nearest).toBe(nearest);
  });

  it("is too many characters, conditions or parentheses", () => {
    const messageOf = (text: string) => parseQuery(text).problem?.message;
    expect(messageOf(`"${"x".repeat(MAX_QUERY)}"`)).toBe("more than 2000 characters");
    expect(messageOf("a ".repeat(51))).toBe("more than 50 conditions");
    expect(messageOf(`${"(".repeat(21)}a${")".repeat(21)}`)).toMatch(/^more than 20 parentheses/);
    expect(messageOf(`${"-(".repeat(900)}`)).toMatch(/^more than 20 parentheses/);
    expect(parseQuery("a ".repeat(50)).problem).toBeNull();
    expect(messageOf("a\0")).toBe("NUL characters or lone surrogates");
  });
});
