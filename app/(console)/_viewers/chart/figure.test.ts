import { expect, it } from "vitest";
import type { Json } from "#contract/json";
import { figureOf, isFigure, mayBeFigure } from "./figure";

it.each<[Json, boolean, boolean]>([
  [{ data: [{ y: [1] }], layout: {} }, true, true],
  [{ data: [{ y: [1] }] }, false, true],
  [{ data: [1], layout: {} }, false, false],
  [{ data: "x", layout: {} }, false, false],
  [[{ y: [1] }], false, false],
  [null, false, false],
])("%j is a figure: %s, may be one: %s", (data, is, may) => {
  expect([isFigure(data), mayBeFigure(data)]).toEqual([is, may]);
});

it("a figure is its traces, layout and frames, in forms without WebGL", () => {
  const data: Json[] = [{ type: "scattergl", y: [1] }, { type: "bar" }, { type: "constructor" }];
  const config = { plotlyServerURL: "https://a.example" };
  expect(figureOf({ data, layout: { title: "a" }, config, frames: [] })).toEqual({
    data: [{ type: "scatter", y: [1] }, { type: "bar" }, { type: "constructor" }],
    layout: { title: "a" },
  });
  expect(figureOf({ data: [], layout: 5 })).toEqual({ data: [], layout: {} });
});
