import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import type { Nodes } from "mdast";
import { describe, expect, inject, it } from "vitest";
import { parseMarkdown } from "./markdown";
import { parseLongMarkdown } from "./markdown-sections";

const MODULES = join(process.cwd(), "node_modules");

/** A tree without lines and columns, which nothing uses. */
function plain(node: Nodes, isRoot = true): unknown {
  const { position, ...rest } = node;
  return {
    ...rest,
    ...(isRoot ? {} : { from: position?.start.offset, to: position?.end.offset }),
    ...("children" in node ? { children: node.children.map((child) => plain(child, false)) } : {}),
  };
}

function readmes(): string[] {
  return readdirSync(MODULES)
    .filter((name) => !name.startsWith("."))
    .map((name) => join(MODULES, name, "README.md"))
    .filter((path) => (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 12_000)
    .map((path) => readFileSync(path, "utf8"))
    .slice(0, inject("runs") > 1 ? 12 : 5);
}

describe("a text that is parsed in sections has the tree of the whole", () => {
  it.each(readmes().map((text) => [text.slice(0, 40), text]))("%j", (_, text) => {
    expect(plain(parseLongMarkdown(text, 1000))).toEqual(plain(parseMarkdown(text)));
  });

  it("whatever it consists of", () => {
    const piece = fc.constantFrom(
      ...["a b", "# a", "[a] and [b][a]", "[a]: /x", "> [A\n> b]: /y", "> [a\n> b]", "[^1]", "[^1]: note\n\n    more"],
      ...["- a\n\n  b", "- a", "1. a", "```\na", "```", "~~~\n[b]: /x", "<!-- a", "b -->", "<div>", "<pre>", "</pre>"],
      ...["[b]: /x\n[c]: /x", "\\[a]: x", "[a\\]]: x", "[a\\]]", "`[b]: x`", "- [b]: /x", "- ```\n  a", " a", "\tb"],
      ...["<script>", "> a", "> ```\n> a", "*a", "b*", "x\ry", "| a | b |\n|-|-|\n| [a] | 1 |", "    [a]: /x", "[c]"],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), fc.constantFrom("\n", "\r\n"), (pieces, end) => {
        const text = pieces.join("\n\n").replaceAll("\n", end);
        expect(plain(parseLongMarkdown(text, 10))).toEqual(plain(parseMarkdown(text)));
      }),
      { numRuns: 100 * inject("runs") },
    );
  });
});
