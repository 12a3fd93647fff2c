import fc from "fast-check";
import type { Nodes } from "mdast";
import { describe, expect, it } from "vitest";
import { parseMarkdown } from "../markdown";

/** The math of a text: within lines as it is, and of blocks with `block:` before it. */
const mathIn = (text: string) => {
  const found: string[] = [];
  const visit = (node: Nodes) => {
    if (node.type === "inlineMath") found.push(node.value);
    if (node.type === "math") found.push(`block:${node.value}`);
    if ("children" in node) for (const child of node.children) visit(child);
  };
  visit(parseMarkdown(text));
  return found;
};

describe("math in markdown", () => {
  it.each([
    ["$x$", ["x"]],
    ["is $E = mc^2$.", ["E = mc^2"]],
    ["($a_1$, $a_2$)", ["a_1", "a_2"]],
    ["$a*b$ and *c*", ["a*b"]],
    ["$\\$5$", ["\\$5"]],
    ["$a\n= b$", ["a\n= b"]],
    ["> $a\n> = b$", ["a\n= b"]],
    ["$$x$$", ["x"]],
    ["$$\na\n= b\n\n- c\n$$", ["block:a\n= b\n\n- c"]],
    ["| $a$ | b |\n|---|---|\n| c | $d$ |", ["a", "d"]],
    ["**$x$**", ["x"]],
    ["between $5 and $x$", ["x"]],
  ])("%j has %j", (text, expected) => {
    expect(mathIn(text)).toEqual(expected);
  });

  it.each([
    "$5 and $10",
    "$5-$10, $3.50/$4",
    "costs 5$ and 6$",
    "US$5 and CA$6",
    "a$b$, 5$b$ and é$b$",
    "$HOME/$USER and $PATH",
    "\\$x$",
    "$ x $",
    "$x $",
    "$x",
    "$",
    "`$x$`",
    "    $x$",
    "**Revenue**: $5M (up from $4M)",
  ])("%j has none", (text) => {
    expect(mathIn(text)).toEqual([]);
  });

  it("of any text is parsed, of many dollar signs in linear time", () => {
    const piece = fc.constantFrom("$", "$$", "\\", "a", " ", "\n", "5", "`", "*", "> ", "|");
    fc.assert(fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => void parseMarkdown(pieces.join(""))));
    const start = performance.now();
    parseMarkdown("$a ".repeat(10_000));
    expect(performance.now() - start).toBeLessThan(3_000);
  });
});
