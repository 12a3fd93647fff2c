import type { Element, RootContent } from "hast";
import { describe, expect, it } from "vitest";
import { createParser, elementsIn, textIn } from "./tree";

const parse = (text: string, anchors = true) => createParser({ anchors })(text);
const elements = (nodes: RootContent[]): Element[] => nodes.flatMap((node) => [...elementsIn(node)]);
const values = (nodes: RootContent[], name: string) =>
  elements(nodes).flatMap(({ properties }) => (properties[name] === undefined ? [] : [properties[name]]));

describe("URLs in markdown", () => {
  it.each(["https://a.b/c", "http://a.b", "mailto:a@b.c", "xmpp:a@b.c", "/a", "a/b:c", "?a:b", "#a"])(
    "keep %s",
    (url) => {
      expect(values(parse(`[x](<${url}>)`, false), "href")).toEqual([url]);
    },
  );

  it.each(["javascript:x", "JavaScript:x", "vbscript:x", "file:///a", "data:text/html,x", "blob:x", "a-b:c"])(
    "lose %s",
    (url) => {
      expect(values(parse(`[x](<${url}>) ![y](<${url}>)`), "href")).toEqual([""]);
      expect(values(parse(`![y](<${url}>)`), "src")).toEqual([""]);
    },
  );

  it("may hold the data of images, not of links", () => {
    const url = "data:image/png;base64,AAAA";
    expect(values(parse(`![x](${url})`), "src")).toEqual([url]);
    expect(values(parse(`[x](${url})`), "href")).toEqual([""]);
  });
});

describe("headings", () => {
  it("have unique ids throughout a document", () => {
    const parser = createParser({ anchors: true });
    const ids = ["# A b!", "## A b", "# Ünï 1_2"].flatMap((text) => values(parser(text), "id"));
    expect(ids).toEqual(["user-content-a-b", "user-content-a-b-1", "user-content-ünï-1_2"]);
  });

  it("have ids of at most 80 characters, and one without letters", () => {
    expect(values(parse(`# ${"long ".repeat(50)}`), "id")[0]).toHaveLength("user-content-".length + 80);
    expect(values(parse("# !!!"), "id")).toEqual(["user-content-section"]);
  });

  it("are targets of fragment links in any case", () => {
    expect(values(parse("[x](#A-b) [y](#user-content-a)"), "href")).toEqual(["#user-content-a-b", "#user-content-a"]);
  });

  it("have no ids and leave fragment links alone without anchors", () => {
    expect(values(parse("# A", false), "id")).toEqual([]);
    expect(values(parse("[x](#A-b)", false), "href")).toEqual(["#A-b"]);
  });
});

describe("GitHub-flavoured markdown", () => {
  it.each([
    ["~~a~~", "del"],
    ["|a|\n|-|\n|b|", "table"],
    ["- [x] a", "input"],
    ["www.a.b", "a"],
    ["a[^1]\n\n[^1]: b", "section"],
  ])("%j has the element %s", (text, tag) => {
    expect(elements(parse(text)).map(({ tagName }) => tagName)).toContain(tag);
  });

  it("has raw HTML as text", () => {
    const nodes = parse('<b onclick="x">a</b>\n\n<script>x</script>');
    expect(elements(nodes).map(({ tagName }) => tagName)).not.toContain("script");
    expect(nodes.map(textIn).join("")).toContain('<b onclick="x">a</b>');
  });
});

it("walks trees that are too deep for recursion", () => {
  let node: Element = { type: "element", tagName: "p", properties: {}, children: [] };
  for (let depth = 0; depth < 50_000; depth += 1) node = { ...node, children: [node] };
  expect([...elementsIn(node)]).toHaveLength(50_001);
});
