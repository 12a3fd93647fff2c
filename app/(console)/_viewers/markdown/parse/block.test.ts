import { expect, it } from "vitest";
import { blockOf, childrenOf, ELEMENTS_PER_FRAME, groupsOf, isContainer } from "./block";
import { highlight } from "./highlight";
import { parseHtml } from "./html";
import { parse } from "./parse";
import { textIn } from "./tree";

const nodesOf = (text: string) => parse(text, { anchors: true, html: parseHtml });
const blocks = (text: string) =>
  nodesOf(text).flatMap((node) => (node.type === "element" ? [blockOf(node, text)] : []));

it("keeps long lists and tables, whose parts are small, and returns the source of blocks with a large part", () => {
  const list = "- an *item*\n".repeat(3000);
  const wide = `${"|a".repeat(4000)}|\n${"|-".repeat(4000)}|`;
  const words = "word ".repeat(20_000).trim();
  const [before, long, after, last] = blocks(`# Title\n\n${list}\n${wide}\n\n${words}\n`);
  expect(before).toMatchObject({ elements: 1 });
  expect(long).toMatchObject({ elements: 6001 });
  expect(after).toEqual({ source: wide });
  expect(last).toEqual({ source: words });
});

it("keeps a large part of HTML by its children", () => {
  const [block] = blocks(`<div>\n\n${"a *b*\n\n".repeat(5000)}</div>`);
  expect(block).toMatchObject({ elements: 10_001 });
  if (!block || !("long" in block)) throw new Error("It has no parts.");
  const { parts } = block.long;
  expect(parts.length).toBeGreaterThan(20);
  expect(parts.flat().filter((part) => "type" in part && part.type === "element")).toHaveLength(5000);
});

it("leaves the spaces within tables out", () => {
  const [table] = nodesOf("|a|\n|-|\n|b|");
  expect(table && isContainer(table) && childrenOf(table).map(({ type }) => type)).toEqual(["element", "element"]);
});

it("divides blocks into groups, and no line between its elements", () => {
  const groups = [...groupsOf(nodesOf("a\n\n".repeat(1000)).map((node) => blockOf(node, "")))];
  expect(groups.length).toBe(Math.ceil(1000 / ELEMENTS_PER_FRAME));
  const line = nodesOf("<b>a</b>".repeat(1000)).flatMap((node) => ("children" in node ? node.children : []));
  expect([...groupsOf(line.map((node) => blockOf(node, "")))]).toHaveLength(1);
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
    const [node] = nodesOf(`\`\`\`${language}\n${code}\`\`\``);
    if (!node) throw new Error("There is no code.");
    highlight(node);
    expect(textIn(node)).toBe(code);
    expect(JSON.stringify(node).includes("hljs-")).toBe(isHighlighted);
  }
});
