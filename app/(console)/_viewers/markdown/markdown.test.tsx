import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { Markdown } from "./markdown";

const html = (text: string) => renderToStaticMarkup(<Markdown text={text} />);

it("opens links without a referrer and loads no image from another host", () => {
  const shown = html("[a](https://a.b) ![c](https://d.e/f.png) ![g](//h.i/j) ![k](data:image/png;base64,AAAA)");
  expect(shown).toContain('rel="noopener noreferrer nofollow"');
  expect([...shown.matchAll(/src="([^"]*)"/g)].map((match) => match[1])).toEqual(["data:image/png;base64,AAAA"]);
  expect(shown).toContain("d.e");
  expect(shown).toContain("h.i");
});

it("shows the beginning of a long text until the whole is parsed", () => {
  const shown = html(`# First\n\n${"words ".repeat(200)}\n\n${"words ".repeat(20_000)}\n\n# Last`);
  expect(shown).toMatch(/<h2[^>]*>First<\/h2>/);
  expect(shown).not.toContain("Last");
  expect(shown).toContain("Rendering…");
});

it("shows a text that is nested too deeply as its source", () => {
  expect(html(">".repeat(100))).toContain("nested too deeply");
});
