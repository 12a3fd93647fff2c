import fc from "fast-check";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { Markdown } from "../markdown/markdown";
import { parseInline } from "./inline-markdown";

const asMarkdown = (text: string) =>
  renderToStaticMarkup(<Markdown text={text} compact />).replace(/^<div[^>]*>|<\/div>$/g, "");

const asPieces = (text: string) => {
  const pieces = parseInline(text)?.map(({ mark: Mark, text }) => (Mark ? createElement(Mark, null, text) : text));
  return pieces && renderToStaticMarkup(createElement("p", null, ...pieces));
};

it.each([
  "Orders of the day, **by city**",
  "Closing price of **Apple** (AAPL), *split-adjusted*, by `close_all`.",
  "*All* is well",
  "(`a` and **b**)",
])("parses %s as the markdown parser does", (text) => {
  expect(asPieces(text)).toBe(asMarkdown(text));
});

it.each([
  "- a list",
  "1. a list",
  "* a list",
  "# a title",
  "two\nlines",
  "a [link](https://example.org)",
  "see www.example.org",
  "half**bold**half",
  "5 * 3 * 2",
  "**not closed",
  "a `` b ``",
  "",
])("leaves %j to the markdown parser", (text) => {
  expect(parseInline(text)).toBeNull();
});

it("agrees with the markdown parser on every line it parses", () => {
  const word = fc.constantFrom(
    "a",
    "b c",
    "**",
    "*",
    "`",
    " ",
    ".",
    ",",
    "-",
    "+",
    "1.",
    "(",
    ")",
    '"',
    "é",
    "x-y",
    "=",
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 12 }), (words) => {
      const text = words.join("");
      const pieces = asPieces(text);
      if (pieces) expect(pieces).toBe(asMarkdown(text));
    }),
    { numRuns: 1000 },
  );
});
