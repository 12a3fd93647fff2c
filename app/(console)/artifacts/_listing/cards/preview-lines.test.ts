import { expect, it } from "vitest";
import { previewLines } from "./preview-lines";

const MARKDOWN = `# Weekly **report**

---

It [works](https://a.example).
- one
2. two
> quoted

\`\`\`sh
npm  start
\`\`\`

| a | b |
| --- | :-: |
| 1 | 2 |`;

it("are the first lines that have text, by kind and without syntax", () => {
  expect(previewLines(MARKDOWN, 8)).toEqual([
    { kind: "heading", text: "Weekly report" },
    { kind: "text", text: "It works." },
    { kind: "item", text: "one" },
    { kind: "item", text: "two" },
    { kind: "quote", text: "quoted" },
    { kind: "code", text: "npm  start" },
    { kind: "text", text: "a · b" },
    { kind: "text", text: "1 · 2" },
  ]);
  expect(previewLines(MARKDOWN, 2)).toHaveLength(2);
});
