import type { Element } from "hast";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { renderNode } from "../elements";
import { emojiOf } from "./emoji";
import { parseHtml } from "./html";
import { parse } from "./parse";
import { elementsIn } from "./tree";

const nodes = (text: string, anchors = true) => parse(text, { anchors, html: parseHtml, emoji: emojiOf });
const elements = (text: string, anchors = true): Element[] =>
  nodes(text, anchors).flatMap((node) => [...elementsIn(node)]);
const values = (text: string, name: string, anchors = true) =>
  elements(text, anchors).flatMap(({ properties }) => (properties[name] === undefined ? [] : [properties[name]]));
const html = (text: string) => renderToStaticMarkup(nodes(text).map(renderNode));

describe("URLs", () => {
  it.each(["https://a.b/c", "http://a.b", "mailto:a@b.c", "/a", "a/b:c", "?a:b", "#a"])("keep %s", (url) => {
    expect(values(`[x](<${url}>)`, "href")).toEqual([url]);
    expect(values(`<a href="${url}">x</a>`, "href")).toEqual([url]);
  });

  it("have their scheme in lower case", () => {
    expect(values("[x](HTTPS://A.b/C)", "href")).toEqual(["https://A.b/C"]);
  });

  it.each([
    ...["javascript:x", "JavaScript:x", "java\tscript:x", " javascript:x", "\u0001javascript:x", "vbscript:x"],
    ...["file:///a", "data:text/html,x", "data:,x", "DATA:text/html,x", "blob:x", "a-b:c", "xmpp:a@b"],
  ])("lose %j", (url) => {
    for (const text of [`[x](<${url}>) ![y](<${url}>)`, `<a href="${url}">x</a><img src="${url}">`]) {
      expect(values(text, "href")).toEqual([]);
      expect(values(text, "src").filter((src) => src !== "data:image/png;base64,AAAA")).toEqual([]);
    }
  });

  it("may hold the data of images, not of links", () => {
    const url = "data:image/png;base64,AAAA";
    expect(values(`![x](${url})`, "src")).toEqual([url]);
    expect(values(`<img src="${url}">`, "src")).toEqual([url]);
    expect(values(`[x](${url})`, "href")).toEqual([]);
  });
});

describe("headings", () => {
  // The ids that GitHub gives to these headings, before its prefix.
  it.each([
    ["# A b!", ["a-b"]],
    ["# a\n\n# a\n\n# a-1", ["a", "a-1", "a-1-1"]],
    ["## `code` & *more*", ["code--more"]],
    ["# Ünï 1_2", ["ünï-1_2"]],
    ["# :rocket: Up", ["rocket-up"]],
    ["# 你好, World", ["你好-world"]],
    ["<h2 align=center>In HTML</h2>\n\n# In html", ["in-html", "in-html-1"]],
    ['<h2 id="Own">x</h2>', ["Own"]],
    [`# ${"long ".repeat(50)}`, ["long-".repeat(50).slice(0, -1)]],
    ["# !!!", []],
  ])("of %j have the ids %j", (text, ids) => {
    expect(values(text, "id")).toEqual(ids.map((id) => `user-content-${id}`));
  });

  it("start below the page's own and skip no level", () => {
    const levels = elements("### a\n\n###### b\n\n<h1>c</h1>\n\n### d").map(({ tagName }) => tagName);
    expect(levels).toEqual(["h2", "h3", "h2", "h3"]);
  });

  it("are targets of fragment links in any case, as are anchors in HTML", () => {
    const text = '# A é\n\n<a name="Here"></a>\n\n[x](#A-%C3%A9) [y](#Here) [z](#here) [w](#nowhere)';
    expect(values(text, "href").map((href) => decodeURIComponent(String(href)))).toEqual([
      "#user-content-a-é",
      "#user-content-Here",
      "#here",
      "#nowhere",
    ]);
  });

  it("have no ids in descriptions, whose footnotes have a prefix of their own", () => {
    expect(values("# A", "id", false)).toEqual([]);
    expect(values("a[^1]\n\n[^1]: b", "id", false)).toContain("description-fn-1");
  });
});

it("links footnotes both ways", () => {
  const text = "a[^x]\n\n[^x]: b";
  const ids = values(text, "id").map((id) => `#${id}`);
  expect(values(text, "href")).toHaveLength(2);
  for (const href of values(text, "href")) expect(ids).toContain(href);
});

describe("GitHub-flavoured markdown", () => {
  it.each([
    ["~~a~~", "del"],
    ["|a|\n|-|\n|b|", "table"],
    ["- [x] a", "input"],
    ["www.a.b", "a"],
    ["a[^1]\n\n[^1]: b", "section"],
  ])("%j has the element %s", (text, tag) => {
    expect(elements(text).map(({ tagName }) => tagName)).toContain(tag);
  });

  it("has short codes, outside of code and words", () => {
    expect(html(":rocket: :+1::heart:")).toBe("<p>🚀 👍❤️</p>");
    for (const text of ["10:100:20", "a:heart:b", ":no_such:"]) expect(html(text)).toBe(`<p>${text}</p>`);
    expect(html("`:rocket:`")).toContain(":rocket:");
  });

  it.each(["NOTE", "Tip", "important", "WARNING", "CAUTION"])("has the alert %s", (kind) => {
    expect(html(`> [!${kind}]\n> words\n>\n> more`)).toMatch(
      new RegExp(
        `<div data-alert="${kind.toLowerCase()}" class="alert"><p class="alert-title">.*${kind}</p>\\s*<p>words</p>\\s*<p>more</p>`,
        "i",
      ),
    );
    expect(html(`> [!${kind}]\n>\n> - *words*`)).toContain("<em>words</em>");
  });

  it.each(["> [!NOTE] words", "> [!NOTE]*words*", "> [!OTHER]\n> words", "> words\n> [!NOTE]", "[!NOTE]"])(
    "has no alert in %j",
    (text) => {
      expect(html(text)).not.toContain("alert");
    },
  );
});

describe("HTML", () => {
  it.each([
    ["| a |\n|---|\n| x<br>y |", "<td>x<br/>y</td>"],
    ["| a |\n|---|\n| 3<br/>4 |", "<td>3<br/>4</td>"],
    ["| a |\n|---|\n| *x<br>y* [p<br>q](/z) |", "<em>x<br/>y</em>"],
    ["H<sub>2</sub>O, x<sup>2</sup> <kbd>Ctrl</kbd>", "<p>H<sub>2</sub>O, x<sup>2</sup> <kbd>Ctrl</kbd></p>"],
    ["<details>\n<summary>More</summary>\n\n**words**\n\n</details>", "<p><strong>words</strong></p>\n</details>"],
    ['<div align="center">\n\n# A\n\n</div>', '<div align="center">'],
    ["<table><tr><td colspan=2>a</td></tr></table>", '<td colSpan="2">a</td>'],
    ["<mark>a</mark> <ins>b</ins> <del>c</del>", "<mark>a</mark> <ins>b</ins> <del>c</del>"],
    ["<dl><dt>a</dt><dd>b</dd></dl>", "<dl><dt>a</dt><dd>b</dd></dl>"],
    ["<p>a &amp; b &lt;c&gt;", "<p>a &amp; b &lt;c&gt;"],
    ['<img src="/a.png" alt="A" width="20">', 'width="20"'],
    ["a <!-- b --> c", "<p>a  c</p>"],
    ["<!-- a\n\nb -->\n\nc", "<p>c</p>"],
    ["<blink>a</blink> <custom-x>b</custom-x>", "<p>a b</p>"],
    ["List<String> and <T>", "<p>List and </p>"],
  ])("%j is %j", (text, expected) => {
    expect(html(text)).toContain(expected);
  });

  it.each([
    "<script>x</script>",
    "<style>x</style>",
    "<iframe srcdoc=x></iframe>",
    "<svg onload=x><script>x</script></svg>",
    "<form action=x><button>b</button></form>",
    '<p style="color:red" class="fixed" onclick="x">a</p>',
    "<meta http-equiv=refresh content=x><base href=x><link rel=stylesheet href=x>",
    "<input type=text autofocus onfocus=x>",
    "<video src=x autoplay></video><audio src=x></audio><source srcset=x>",
  ])("of %s keeps nothing that acts", (text) => {
    const shown = html(text);
    expect(shown).not.toMatch(/<(?:script|style|iframe|svg|form|button|meta|base|link|video|audio|source)\b/);
    expect(shown).not.toMatch(/ (?:on\w+|style|class|srcdoc|srcset|autofocus)=/);
  });

  it.each(["style", "script", "title", "textarea", "iframe", "xmp", "plaintext"])(
    "swallows no text after an open %s",
    (tag) => {
      expect(html(`<${tag}>\n\n# a\n\nb`)).toMatch(/a[\s\S]*b/);
      expect(html(`a <${tag}> b\n\nc`)).toMatch(/<p>a\s+b<\/p>\s*<p>c<\/p>/);
    },
  );

  it.each(["style", "script", "title", "textarea", "iframe", "noembed", "noframes"])(
    "hides the text of <%s> in a line, a heading and a cell as in a block",
    (name) => {
      const hidden = `<${name} a="b">x *y* \`z\` <${name}></${name.toUpperCase()} >`;
      expect(html(hidden)).toMatch(/^(?:<p><\/p>)?$/);
      expect(html(`a ${hidden} b ${hidden}`)).toBe("<p>a  b </p>");
      expect(html(`# ${hidden}a`)).toBe('<h2 id="user-content-a" class="depth-1">a</h2>');
      expect(html(`|a|\n|-|\n|${hidden}1|`)).toContain("<td>1</td>");
      expect(html(`a <${name}> b`)).toBe("<p>a  b</p>");
    },
  );

  it("is valid to nest after elements were left out", () => {
    const within = (tag: string, text: string) =>
      html(text).match(new RegExp(`<${tag}\\b[^>]*>(?:(?!</${tag}>).)*<${tag}\\b`));
    expect(within("p", "<p><button><p>a</p></button></p>")).toBeNull();
    expect(within("a", "<a href=/x><marquee><a href=/y>b</a></marquee></a>")).toBeNull();
  });

  it("that is nested too deeply is text", () => {
    expect(html(`${"<b>".repeat(100)}a`)).toContain("&lt;b&gt;");
    expect(html(`${"<b>".repeat(10)}a`)).toContain("<b>a</b>");
    expect(html("<b>a</b> ".repeat(100))).toContain("<b>a</b>");
    const hidden = ["</x>", "<!-- </b> -->", '<i title="</b>"></i>'];
    for (const end of hidden) expect(html(`<b>${end}`.repeat(100))).toContain("&lt;b&gt;");
    const reopened = `${Array.from({ length: 50 }, (_, n) => `<b id=${n}>`).join("")}\n\n${"a\n\n".repeat(3000)}`;
    expect(html(reopened)).toContain("&lt;b id=0&gt;");
  });
});
