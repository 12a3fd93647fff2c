import { expect, it } from "vitest";
import type { Preview } from "#contract/preview";
import { contentValue } from "./value";

const none = { type: null, rows: null, number: null };

it.each([
  ["12 rows", { ...none, rows: 12 }],
  ["62 %", { ...none, type: "progress", number: 62 }],
  ["94.85", { ...none, number: 94.853356 }],
])("a value of %s is by its number or rows", (text, content) => {
  expect(contentValue(content)).toMatchObject({ text, isWords: false });
});

it.each<[string | null, Preview]>([
  ["A bold title", { kind: "text", text: "\n# A **bold** title\nmore" }],
  [null, { kind: "text", text: "---" }],
  ["INFO step 1", { kind: "text", text: "\u001b[32mINFO\u001b[0m step 1\nINFO step 2" }],
  ["Docs", { kind: "link", text: "Docs", url: "https://a.example" }],
  ["1 item", { kind: "list", items: 1, first: ["a"] }],
  [
    "accuracy 0.92, loss 0.1",
    {
      kind: "object",
      items: 2,
      first: [
        ["accuracy", "0.92"],
        ["loss", "0.1"],
      ],
    },
  ],
  ["Empty", { kind: "object", items: 0, first: [] }],
  [null, { kind: "image", embedded: true }],
])("a value of %j is by its preview", (text, preview) => {
  expect(contentValue({ ...none, preview })?.text ?? null).toBe(text);
});

it("is unknown where a text begins with words of its format", () => {
  const preview: Preview = { kind: "object", items: 4, first: [["nbformat", "4"]] };
  expect(contentValue({ ...none, type: "notebook", preview })).toBeNull();
  expect(contentValue({ ...none, type: "json", preview })?.text).toBe("nbformat 4");
});

it("is unknown without a number, rows and a preview", () => {
  expect(contentValue(none)).toBeNull();
});
