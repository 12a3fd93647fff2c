import { expect, it } from "vitest";
import { clampWidth, isWrapped, parseLayout, withWidth, withWrap } from "./column-layout";

const NONE = { widths: {}, wrap: false, exceptions: [] };

it.each([
  [null, NONE],
  ["x", NONE],
  ["[]", NONE],
  ['{"widths":{"a":120,"b":"2","c":-5,"d":1e9},"wrap":true}', { ...NONE, widths: { a: 120 }, wrap: true }],
  ['{"widths":null,"wrap":1,"exceptions":["a",2]}', { ...NONE, exceptions: ["a"] }],
  ['{"exceptions":"a"}', NONE],
])("of a stored layout only what is valid counts: %s", (text, layout) => {
  expect(parseLayout(text)).toEqual(layout);
});

it("keeps widths within bounds", () => {
  expect([clampWidth(0), clampWidth(99.6), clampWidth(1e6)]).toEqual([76, 100, 1200]);
});

it.each([true, false])("wraps single columns where the others have wrap %s", (wrap) => {
  const layout = { ...NONE, wrap };
  const changed = withWrap(layout, "a", !wrap);
  expect([isWrapped(changed, "a"), isWrapped(changed, "b")]).toEqual([!wrap, wrap]);
  expect(withWrap(changed, "a", !wrap)).toEqual(changed);
  expect(withWrap(changed, "a", wrap)).toEqual(layout);
});

it("sets and resets the width of a column", () => {
  const layout = withWidth({ ...NONE, widths: { a: 80 } }, "b", 90);
  expect(layout.widths).toEqual({ a: 80, b: 90 });
  expect(withWidth(layout, "a", null).widths).toEqual({ b: 90 });
});
