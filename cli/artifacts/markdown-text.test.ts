import { expect, it } from "vitest";
import { markdownText } from "./markdown-text";

it.each([
  ["a<br>b", "a\nb"],
  ["| a |\n|---|\n| x<br/>y |", "| a |\n|---|\n| x / y |"],
  ["<details>\n<summary>More</summary>\n\nwords\n\n</details>\n\nend", "▸ More\n\nwords\n\nend"],
  ["H<sub>2</sub>O x<sup>2</sup> <kbd>Ctrl</kbd>", "H2O x^2 `Ctrl`"],
  ['<p align="center">\n  <img src="x.png" alt="Logo">\n</p>', "Logo"],
  ['see <a href="https://a.b/?x=1&amp;y">here</a>', "see here (https://a.b/?x=1&y)"],
  ['<h1 title="a > b">Title</h1>\n\n- <b>x</b>', "# Title\n\n- **x**"],
  ["a <!-- b --> c\n\n<!-- d\n\ne -->\n\nf", "a  c\n\nf"],
  ["<script>alert(1)</script>\n\na", "a"],
  ["<ul>\n<li>a &lt; b</li>\n</ul>", "- a < b"],
  ["`<br>` and\n\n```html\n<br>\n```", "`<br>` and\n\n```html\n<br>\n```"],
  ["# A\n\n\n\n1 < 2", "# A\n\n\n\n1 < 2"],
])("prints %j as %j", (text, printed) => {
  expect(markdownText(text)).toBe(printed);
});

it("prints a very long text as it is", () => {
  const text = "a<br>".repeat(50_000);
  expect(markdownText(text)).toBe(text);
});
