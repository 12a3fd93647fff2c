import fc from "fast-check";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { Markdown } from "../markdown/markdown";
import { isPlainLine } from "./description";

it.each(["Orders of the day, by city", "Closing price (AAPL); split-adjusted.", "Größe = 3 + 4"])(
  "%j is plain",
  (text) => {
    expect(isPlainLine(text)).toBe(true);
  },
);

it.each([
  ...["- a", "1. a", "# a", "two\nlines", "a *b*", "a `b`", "[a](b)", "see www.example.org", "a@b.c", "http://a.b"],
  ...["a &amp; b", "a <br> b", ":rocket:", "a $b$", ""],
])("%j is not plain", (text) => {
  expect(isPlainLine(text)).toBe(false);
});

it("is a paragraph for the markdown parser", () => {
  const word = fc.constantFrom(
    "a",
    "b c",
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
    "=",
    "--",
    "x-y",
    "$",
    "'",
    "*",
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 12 }), (words) => {
      const text = words.join("");
      if (!isPlainLine(text)) return;
      const plain = renderToStaticMarkup(<p dir="auto">{text.trim()}</p>);
      expect(renderToStaticMarkup(<Markdown text={text} compact />)).toContain(`>${plain}<`);
    }),
    { numRuns: 1000 },
  );
});
