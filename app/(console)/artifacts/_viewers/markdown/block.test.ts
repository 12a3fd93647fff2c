import { expect, it } from "vitest";
import { blockOf, partsOf } from "./block";
import { highlight } from "./highlight";
import { createParser, textIn } from "./tree";

const blocks = (text: string) =>
  createParser({ anchors: true })(text).flatMap((node) => (node.type === "element" ? [blockOf(node, text)] : []));

it("draws long lists and tables part by part, and leaves as it was written what no part of is light enough", () => {
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

it("sends no positions along", () => {
  expect(JSON.stringify(blocks("# a\n\n- *b*"))).not.toContain("position");
});

it("colours code whose language is known, and changes no letter of it", () => {
  const code = "def area(r):\n    return 3.14 * r ** 2  # <b>\n";
  for (const [language, coloured] of [
    ["python", true],
    ["PY", true],
    ["nothing-known", false],
    ["", false],
  ] as const) {
    const [node] = createParser({ anchors: true })(`\`\`\`${language}\n${code}\`\`\``);
    if (!node) throw new Error("There is no code.");
    highlight(node);
    expect(textIn(node)).toBe(code);
    expect(JSON.stringify(node).includes("hljs-")).toBe(coloured);
  }
});
