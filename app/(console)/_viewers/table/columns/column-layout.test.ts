import { expect, it } from "vitest";
import { clampWidth, parseLayout } from "./column-layout";

it.each([
  [null, { widths: {}, wrap: false }],
  ["x", { widths: {}, wrap: false }],
  ["[]", { widths: {}, wrap: false }],
  ['{"widths":{"a":120,"b":"2","c":-5,"d":1e9},"wrap":true}', { widths: { a: 120 }, wrap: true }],
  ['{"widths":null,"wrap":1}', { widths: {}, wrap: false }],
])("of a stored layout only what is valid counts: %s", (text, layout) => {
  expect(parseLayout(text)).toEqual(layout);
});

it("keeps widths within bounds", () => {
  expect([clampWidth(0), clampWidth(99.6), clampWidth(1e6)]).toEqual([76, 100, 1200]);
});
