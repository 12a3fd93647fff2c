import { expect, it } from "vitest";
import { blockOf, partsOf } from "./block";
import { highlight } from "./highlight";
import { createParser, textIn } from "./tree";

const blocks = (text: string) =>
  createParser({ anchors: true })(text).flatMap((node) => (node.type === "element" ? [blockOf(node, text)] : []));

it("keeps long lists and tables, whose parts are small, and returns the source of blocks with a large part", () => {
  const list = "- an *item*\n".repeat(3000);
  const wide = `${"|a".repeat(4000)}|\n${"|-".repeat(4000)}|`;
  const words = "word ".repeat(20_000).trim();
  const [before, long, after, last] = blocks(`# Title\n\n${list}\n${wide}\n\n${words}\n`);
  expect(before).toMatchObject({ elements: 1 });
  expect(long).toMatchObject({ elements: 6001 });
  expect(long && "node" in long && partsOf(long.node).filter((part) => part.type === "element")).toHaveLength(3000);
  expect(after).toEqual({ source: wide });
  expect(last).toEqual({ source: words });
});

it("removes positions", () => {
  expect(JSON.stringify(blocks("# a\n\n- *b*"))).not.toContain("position");
});

it("highlights code of known languages without changing its text", () => {
  const code = "def area(r):\n    return 3.14 * r ** 2  # <b>\n";
  for (const [language, isHighlighted] of [
    ["python", true],
    ["PY", true],
    ["unknown-language", false],
    ["", false],
  ] as const) {
    const [node] = createParser({ anchors: true })(`\`\`\`${language}\n${code}\`\`\``);
    if (!node) throw new Error("There is no code.");
    highlight(node);
    expect(textIn(node)).toBe(code);
    expect(JSON.stringify(node).includes("hljs-")).toBe(isHighlighted);
  }
});
