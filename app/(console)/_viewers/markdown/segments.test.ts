import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { segmentsOf } from "./segments";

const long = (start: string) => `${start} ${"word ".repeat(2000)}\n\n`;
const split = (text: string) => {
  let start = 0;
  return [...segmentsOf(text)].map(({ end }) => {
    const part = text.slice(start, end);
    start = end;
    return part;
  });
};

describe("segmentsOf", () => {
  it("splits before unindented blocks after an empty line", () => {
    const text = long("one") + long("two") + long("# three");
    expect(split(text)).toEqual([long("one"), long("two"), long("# three")]);
    expect(split("")).toEqual([""]);
  });

  it("does not split short blocks", () => {
    const text = "one\n\ntwo\n\n".repeat(100);
    expect(split(text)).toEqual([text]);
  });

  it.each([
    ["a list", long("- a") + long("- b")],
    ["a numbered list", long("1. a") + long("2. b")],
    ["a list of paragraphs", long("- a") + long("  b")],
    ["a quote", long("> a") + long("> b")],
    ["fenced code", `${long("~~~\na")}${long("b")}~~~\n`],
    ["code in a longer fence", `${long("`````\na")}${long("```\nb")}\`\`\`\`\`\n`],
    ["code that holds an opening fence", `${long("```\na")}${long("```js\nb")}\`\`\`\n`],
    ["an HTML comment", `${long("<!-- a")}${long("b")}-->\n`],
    ["an HTML element", `${long("<pre>a")}${long("b")}</pre>\n`],
    ["a document with footnotes", `${long("a[^1]")}${long("b")}[^1]: c\n`],
  ])("does not split %s", (_, text) => {
    expect(split(text)).toEqual([text]);
  });

  it("takes no inline code of three backticks for a fence", () => {
    const [inline, code] = [long("```a``b()``` c"), `${long("```js\nd")}${long("e")}\`\`\`\n\n`];
    expect(split(inline + code + long("f"))).toEqual([inline, code, long("f")]);
  });

  it("splits after a closed fence or HTML comment", () => {
    const code = `${long("~~~\na")}~~~\n\n`;
    expect(split(code + long("b"))).toEqual([code, long("b")]);
    const comment = `${long("<!-- a")}-->\n\n`;
    expect(split(comment + long("b"))).toEqual([comment, long("b")]);
  });

  it("appends to each segment the link definitions that it refers to", () => {
    const text = `${long("[a] x")}${long("[B] y")}${long("# z")}[a]: /a\n\n[b]: /b\n`;
    const ends = [...segmentsOf(text)].map((segment) => segment.text.trim().slice(-7));
    expect(ends).toEqual(["[a]: /a", "[b]: /b", "rd word", "[b]: /b"]);
  });

  it("loses and repeats nothing", () => {
    const block = fc.constantFrom("a", "- b", "```", "<!--", "-->", "> c", "  d", "[e]: /f", "# g", "");
    fc.assert(
      fc.property(fc.array(block, { maxLength: 12 }), (starts) => {
        const text = starts.map(long).join("");
        expect(split(text).join("")).toBe(text);
      }),
      { numRuns: 50 },
    );
  });
});
