import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { Markdown } from "./markdown";

const html = (text: string) => renderToStaticMarkup(<Markdown text={text} />);

it("shows raw HTML as text, without comments", () => {
  const shown = html(
    "<script>alert(1)</script>\n\nwords <b onclick=x>bold</b> <!-- hidden --> on<br>two\n\n<!-- alone -->",
  );
  expect(shown).not.toMatch(/<script|<b | hidden |alone/);
  expect(shown).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  expect(shown).toContain("&lt;b onclick=x&gt;bold");
  expect(shown).toMatch(/on<br\/?>\s*two/);
});

it("starts headings below the page's own and skips no level", () => {
  const levels = [...html("### a\n\n###### b\n\n# c\n\n### d").matchAll(/<h(\d)/g)].map((match) => match[1]);
  expect(levels).toEqual(["2", "3", "2", "3"]);
});

it.each(["javascript:alert(1)", "JAVASCRIPT:alert(1)", "java&#10;script:alert(1)", "data:text/html,x", "vbscript:x"])(
  "drops the URL %s",
  (url) => {
    expect(html(`[a](${url}) ![b](${url})`)).not.toMatch(/href=|src=/);
  },
);

it("gives headings ids that fragment links lead to", () => {
  const shown = html("# A b!\n\n## A b\n\n[there](#a-b) [up](#)");
  expect([...shown.matchAll(/id="([^"]*)"/g)].map((match) => match[1])).toEqual([
    "user-content-a-b",
    "user-content-a-b-1",
  ]);
  expect(shown).toContain('href="#user-content-a-b"');
});

it("opens links without a referrer and loads no image from another host", () => {
  const shown = html("[a](https://a.b) ![c](https://d.e/f.png) ![g](//h.i/j) ![k](data:image/png;base64,AAAA)");
  expect(shown).toContain('rel="noopener noreferrer nofollow"');
  expect([...shown.matchAll(/src="([^"]*)"/g)].map((match) => match[1])).toEqual(["data:image/png;base64,AAAA"]);
  expect(shown).toContain("d.e");
  expect(shown).toContain("h.i");
});
