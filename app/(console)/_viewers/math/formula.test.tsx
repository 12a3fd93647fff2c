import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { Formula } from "./formula";

const html = (source: string, display = true) => renderToStaticMarkup(<Formula source={source} display={display} />);

describe("Formula", () => {
  it.each([
    "\\frac{a}{b}",
    "\\leftarrow \\longrightarrow \\text{a@b.c} \\operatorname{def} \\left( x \\right)",
    "\\tag{1} x^2",
  ])("renders %s", (source) => {
    expect(html(source)).toContain('class="katex"');
  });

  it.each([
    "\\def\\d#1{#1#1}\\d{x}",
    "\\gdef\\d{x}\\d",
    "\\edef\\d{x}\\d",
    "\\xdef\\d{x}\\d",
    "\\let\\d=x\\d",
    "\\futurelet\\d xx",
    "\\global\\def\\d{x}\\d",
    "\\long\\def\\d{x}\\d",
    "\\newcommand{\\d}[1]{#1#1}x",
    "\\renewcommand\\frac{x}\\frac",
    "\\providecommand{\\dd}{x}\\dd",
    "\\def1{x}1",
    "\\verb\\x\\\\def\\d{x}\\d",
    "\\message{x}",
    "\\tag{x}\\df@tag\\df@tag",
  ])("shows the source of %s", (source) => {
    expect(html(source)).toContain("This formula has a command that isn&#x27;t supported.");
    expect(html(source)).not.toContain("katex");
  });

  it("paints nothing outside of its box", () => {
    expect(html("\\kern-60em\\text{a}", false)).toContain("contain-paint");
    expect(html("\\kern-60em\\text{a}")).toContain("overflow-y-hidden");
  });
});
