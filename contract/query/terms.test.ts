import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { queryTrees } from "#test/generators/query-trees";
import { MAX_QUERY } from "../limits";
import { parseQuery } from "./parse";
import { printQuery } from "./print";
import { freeText, termsIn, termsOf } from "./terms";

describe("the free text of a query", () => {
  it.each([
    ["rain type:table -snow", "rain"],
    ['"heavy rain" or (wind* tag:a)', '"heavy rain" wind*'],
    ["rain rain", "rain"],
    ["type:table", ""],
    ["rows:many rain", ""],
    ["", ""],
  ])("of %s is %s", (query, text) => {
    expect(freeText(query)).toBe(text);
  });

  it("finds the same as the query", () => {
    fc.assert(
      fc.property(queryTrees, (tree) => {
        const query = printQuery(tree);
        fc.pre(query.length <= MAX_QUERY);
        const terms = termsOf(parseQuery(query).tree);
        const text = freeText(query);
        const known = new Map(terms.map((term) => [JSON.stringify(term), term]));
        expect(text === "" ? [] : termsIn(text)).toEqual([...known.values()]);
      }),
    );
  });
});

describe("the terms in a text", () => {
  it.each([
    [
      "heavy rain*",
      [
        { text: "heavy", kind: "word" },
        { text: "rain", kind: "prefix" },
      ],
    ],
    ["total: 12", [{ text: "total: 12", kind: "phrase" }]],
    ["rows:many", [{ text: "rows:many", kind: "phrase" }]],
    ["type:table", [{ text: "type:table", kind: "phrase" }]],
    ['"', [{ text: '"', kind: "phrase" }]],
    [" ", []],
  ])("%s", (text, terms) => {
    expect(termsIn(text)).toEqual(terms);
  });
});
