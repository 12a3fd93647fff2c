import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, inject, it } from "vitest";
import { renderNode } from "../elements";
import { type Block, nodeOf } from "./block";
import { readDocument } from "./document";
import { emojiOf } from "./emoji";
import { highlight } from "./highlight";
import { parseHtml } from "./html";
import { addPart, messagesOf } from "./message";
import { parse } from "./parse";

const MODULES = join(process.cwd(), "node_modules");
/** In bytes: all together, so that the test takes some seconds. */
const MAX_SAMPLE = inject("runs") > 1 ? 600_000 : 120_000;
/** Has inline code that begins like a fence. */
const POSTGRES = join("postgres", "README.md");
const plugins = { anchors: true, html: parseHtml, emoji: emojiOf };

/** READMEs and changelogs of packages that are too long to be parsed in the page, shortest first. */
function longDocuments(): { name: string; text: string }[] {
  const files = readdirSync(MODULES)
    .filter((name) => !name.startsWith("."))
    .flatMap((name) =>
      (name.startsWith("@") ? readdirSync(join(MODULES, name)).map((each) => join(name, each)) : [name]).flatMap(
        (path) => ["README.md", "readme.md", "CHANGELOG.md"].map((file) => join(path, file)),
      ),
    );
  const sizes = files.flatMap((name) => {
    const size = statSync(join(MODULES, name), { throwIfNoEntry: false })?.size ?? 0;
    return size > 30_000 ? [{ name, size }] : [];
  });
  let sum = 0;
  return sizes
    .sort((a, b) => a.size - b.size || a.name.localeCompare(b.name))
    .filter(({ name, size }) => {
      sum += size;
      return sum <= MAX_SAMPLE || name === POSTGRES;
    })
    .map(({ name }) => ({ name, text: readFileSync(join(MODULES, name), "utf8") }));
}

function groupsIn(text: string, maxElements?: number): { groups: Block[][]; end: number } {
  const reading = readDocument(text, plugins, maxElements);
  const groups: Block[][] = [];
  for (;;) {
    const { done, value } = reading.next();
    if (done) return { groups, end: value };
    groups.push(sent(value));
  }
}

/** A group as the page receives it, in messages. */
function sent(group: Block[]): Block[] {
  let received: Block[] = [];
  for (const message of messagesOf(group)) {
    if ("group" in message) received = message.group;
    if ("part" in message) addPart(received, message.part, message.of);
  }
  return received;
}

/** The document as a long one is shown: in groups of blocks. */
function inGroups(text: string): string {
  const { groups, end } = groupsIn(text);
  expect(end).toBe(text.length);
  return renderToStaticMarkup(
    groups.flat().map((block) => {
      const node = nodeOf(block);
      return node ? renderNode(node) : "source" in block && block.source;
    }),
  );
}

function asWhole(text: string): string {
  const nodes = parse(text, plugins);
  for (const node of nodes) highlight(node);
  return renderToStaticMarkup(nodes.map(renderNode));
}

describe("a long document reads as a whole", () => {
  const documents = longDocuments();

  it("among them the README of postgres", () => {
    expect(documents.map(({ name }) => name)).toContain(POSTGRES);
  });

  it.each(documents)("$name", ({ text }) => {
    expect(inGroups(text)).toBe(asWhole(text));
  });

  it("whatever it consists of", () => {
    const piece = fc.constantFrom(
      ...[
        "```js\na\n\nb\n```",
        "```x``y()``` z",
        "~~~\n```\n~~~",
        "    code\n\n    more",
        "- a\n\n  b\n\n- c",
        "1. a\n2. b",
      ],
      ...["> a\n>\n> b", "<details>\n\n# c\n\n</details>", "<div>", "</div>", "<!-- a\n\nb -->", "<pre>\n\na</pre>"],
      ...[
        "[^1]",
        "[^1]: note",
        "[ref] and [*other*][ref]",
        "[ref]: /x",
        "|a|b|\n|-|-|\n|1<br>2|3|",
        "# Title",
        ":rocket:",
      ],
      `${"*a* ".repeat(300)}`,
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join("\n\n");
        expect(inGroups(text)).toBe(asWhole(text));
      }),
      { numRuns: 30 * inject("runs") },
    );
  });
});

it("reads text between elements that are left out, whose position has no start", () => {
  const text = "# Title\n\n<article>\n  <nav>b</nav>\n  <img>\n</article>\n\nc\n";
  expect(inGroups(text)).toBe(asWhole(text));
});

it("leaves out the rest of a document with very many elements, and says where it begins", () => {
  const text = "- a\n\n# Title\n\n1. b\n2. c\n";
  const { end, groups } = groupsIn(text, 4);
  expect(text.slice(end, end + 4)).toBe("1. b");
  expect(groups.flat()).not.toHaveLength(0);
});
