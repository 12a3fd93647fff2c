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
