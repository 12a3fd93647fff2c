import { describe, expect, it } from "vitest";
import { segmentsOf } from "./segments";

const long = (mark: string) => `${mark} ${"word ".repeat(2000)}\n\n`;
const cut = (text: string) => {
  const segments = [...segmentsOf(text)];
  let start = 0;
  return segments.map(({ end }) => {
    const part = text.slice(start, end);
    start = end;
    return part;
  });
};

describe("a document is cut", () => {
  it("before what stands at the margin after an empty line, and nothing is lost", () => {
    const text = long("one") + long("two") + long("# three");
    expect(cut(text)).toEqual([long("one"), long("two"), long("# three")]);
    expect(cut("")).toEqual([""]);
  });

  it.each([
    ["a list", long("- a") + long("- b")],
    ["a list of paragraphs", long("- a") + long("  b")],
    ["code", `${long("~~~\na")}${long("b")}~~~\n`],
    ["raw HTML", `${long("<!-- a")}${long("b")}-->\n`],
    ["footnotes", `${long("a[^1]")}${long("b")}[^1]: c\n`],
  ])("never within %s", (_, text) => {
    expect(cut(text)).toEqual([text]);
  });

  it("and each part gets the addresses that it refers to", () => {
    const text = `${long("[a] x")}${long("[B] y")}${long("# z")}[a]: /a\n\n[b]: /b\n`;
    const ends = [...segmentsOf(text)].map((segment) => segment.text.trim().slice(-7));
    expect(ends).toEqual(["[a]: /a", "[b]: /b", "rd word", "[b]: /b"]);
  });
});
