import { describe, expect, it } from "vitest";
import { isTooDeep } from "#formats/markdown";
import { isCheap } from "./cost";

const paragraph = `${"The quick brown *fox* jumps over the **lazy** dog and `code` sits [here](https://a.b/c). ".repeat(4)}\n\n`;
const nested = (depth: number) => Array.from({ length: depth }, (_, level) => `${"  ".repeat(level)}- a`).join("\n");

describe("isCheap accepts", () => {
  it.each([
    ["an empty text", ""],
    ["an article", paragraph.repeat(20)],
    ["a list of 300 items", "- an *item* with `code`\n".repeat(300)],
    ["a table of 100 rows", `|a|b|\n|-|-|\n${"|x_1|y_2|\n".repeat(100)}`],
    ["20 levels of lists", nested(20)],
    ["20 quotes", `${"> ".repeat(20)}a`],
    ["code", `\`\`\`\n${"const [a] = b_c * d;\n".repeat(100)}\`\`\``],
    ["paired backticks", "`a` ``b`` ```c``` ".repeat(100)],
    ["an article with formulas", `${"The energy is $E = mc^2$ where $m$ is the mass. ".repeat(3)}\n\n`.repeat(5)],
    ["an article with amounts", `${"It was $5, and is $10 from now on. ".repeat(8)}\n\n`.repeat(10)],
    ["formulas with lines of their own", `$$\n\\frac{a}{b}\n$$\n\n${paragraph}`.repeat(5)],
    ["open emphasis spread over many blocks", "*a\n\n".repeat(400)],
  ])("%s", (_, text) => {
    expect(isCheap(text)).toBe(true);
  });
});

describe("isCheap rejects", () => {
  it.each([
    ["a long article", paragraph.repeat(300)],
    ["open emphasis", "*a_ ".repeat(5000)],
    ["open emphasis in many blocks", `${"*a_ ".repeat(300)}\n\n`.repeat(20)],
    ["open strikethrough", "~a~~b".repeat(5000)],
    ["backtick runs of 200 lengths", Array.from({ length: 200 }, (_, size) => "`".repeat(size + 1)).join(" a ")],
    ["1,000 footnotes", Array.from({ length: 1000 }, (_, n) => `[^${n}] a\n\n[^${n}]: b`).join("\n\n")],
    ["open links", "[a](".repeat(7000)],
    ["short rows of a wide table", `${"|a".repeat(500)}|\n${"|-".repeat(500)}|\n${"|b\n".repeat(2000)}`],
    ["7,000 headings", "# a\n".repeat(7000)],
    ["5,000 loose list items", "- a\n\n".repeat(5000)],
    ["3,000 addresses", "www.a.b ".repeat(3000)],
    ["1,200 tags", "a<br>\n\n".repeat(1200)],
    ["1,000 formulas", "$x$ ".repeat(1000)],
    ["a long formula", `$${"+".repeat(4900)}$`],
    ["a long formula after a price", `\\$ a $${"+".repeat(4900)}$`],
    ["a long formula after one in code", `\`$\` $${"+".repeat(4900)}$`],
    ["a long formula after one in an address", `http://a.b/$ $${"+".repeat(4900)}$`],
    ["a long formula after a heading", `a $\n---\n$${"+".repeat(4900)}$`],
    ["a long formula after a list item", `- $\n- $${"+".repeat(4900)}$`],
    ["a formula of many lines", `$$\n${"+\n2. ".repeat(1000)}\n$$`],
    ["a formula with blank lines", `$$\n${"+++\n\n".repeat(500)}\n$$`],
    ["a formula in a list", `- $$\n  ${"+".repeat(4900)}\n  $$`],
    ["a formula after a dollar sign in code", `\`\`\`\n$$\n\`\`\`\n\n$$\n${"+".repeat(4900)}\n$$`],
    ["a formula in a fence", `\`\`\`math\n${"+".repeat(4900)}\n\`\`\``],
    ["a long formula after an amount", `$5 $${"+".repeat(4900)}$`],
    ["a long formula with another in it", `$$ a $ b ${"+".repeat(4900)} $$`],
    ["a wide matrix", `$\\begin{matrix}${"&".repeat(400)}\\end{matrix}$`],
    ["dollar runs of 200 lengths", Array.from({ length: 200 }, (_, size) => "$".repeat(size + 1)).join(" a ")],
    ["a table of 10,000 columns", `${"|a".repeat(10_000)}|`],
  ])("%s", (_, text) => {
    expect(isCheap(text)).toBe(false);
    expect(isTooDeep(text)).toBe(false);
  });

  it("a text of more than 30,000 characters", () => {
    expect(isCheap("a".repeat(10_000))).toBe(true);
    expect(isCheap("a".repeat(30_001))).toBe(false);
  });
});

describe("isTooDeep", () => {
  it.each([
    ["5,000 quotes", ">".repeat(5000)],
    ["quotes and lists in turn", `${"> - ".repeat(40)}a`],
    ["500 levels of lists", nested(500)],
    ["31 quotes", `${"> ".repeat(31)}a`],
    ["a line after 62 spaces", `- a\n${" ".repeat(62)}b`],
  ])("rejects %s", (_, text) => {
    expect(isTooDeep(text)).toBe(true);
    expect(isCheap(text)).toBe(false);
  });

  it.each([
    ["30 quotes", `${"> ".repeat(30)}a`],
    ["30 levels of lists", nested(30)],
    ["a rule of 100 dashes", "-".repeat(100)],
    ["100 numbers in a paragraph", "a 1. ".repeat(100)],
  ])("accepts %s", (_, text) => {
    expect(isTooDeep(text)).toBe(false);
  });
});
