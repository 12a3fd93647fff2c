import { describe, expect, it } from "vitest";
import { LONGEST, refusalOf } from "./markdown-cost";

const paragraph = `${"The quick brown *fox* jumps over the **lazy** dog and `code` sits [here](https://a.b/c). ".repeat(4)}\n\n`;
const nested = (depth: number) => Array.from({ length: depth }, (_, level) => `${"  ".repeat(level)}- a`).join("\n");

describe("markdown is rendered", () => {
  it.each([
    ["as long as the most", paragraph.repeat(300).slice(0, LONGEST - 1)],
    ["a list of 2,000 items", "- an *item* with `code`\n".repeat(2000)],
    ["a table of 1,000 rows", `|a|b|\n|-|-|\n${"|x_1|y_2|\n".repeat(1000)}`],
    ["20 levels of lists", nested(20)],
    ["20 quotes", `${"> ".repeat(20)}a`],
    ["long code", `\`\`\`\n${"const [a] = b_c * d;\n".repeat(400)}\`\`\``],
  ])("%s", (_, text) => {
    expect(refusalOf(text)).toBeNull();
  });
});

describe("markdown that would freeze the page is not", () => {
  it.each([
    ["longer than the most", "a".repeat(LONGEST + 1)],
    ["5,000 quotes", ">".repeat(5000)],
    ["quotes and lists in turn", `${"> - ".repeat(40)}a`],
    ["500 levels of lists", nested(500)],
    ["open emphasis", "*a_ ".repeat(5000)],
    ["open emphasis in many blocks", `${"*a_ ".repeat(900)}\n\n`.repeat(20)],
    ["open strikes", "~a~~b".repeat(10_000)],
    ["a ladder of back-ticks", Array.from({ length: 400 }, (_, size) => "`".repeat(size + 1)).join(" a ")],
    ["2,000 footnotes", Array.from({ length: 2000 }, (_, n) => `[^${n}] a\n\n[^${n}]: b`).join("\n\n")],
    ["open links", "[a](".repeat(10_000)],
    ["short rows of a wide table", `${"|a".repeat(500)}|\n${"|-".repeat(500)}|\n${"|b\n".repeat(2000)}`],
    ["20,000 headings", "# a\n".repeat(20_000)],
    ["15,000 list items apart", "- a\n\n".repeat(15_000)],
    ["10,000 addresses", "www.a.b ".repeat(10_000)],
    ["a table of 20,000 columns", `${"|a".repeat(20_000)}|`],
  ])("%s", (_, text) => {
    expect(refusalOf(text)).not.toBeNull();
  });
});
