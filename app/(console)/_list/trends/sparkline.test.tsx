import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { pointsOf, Sparkline } from "./sparkline";

it("draws the least value at the bottom and the greatest at the top", () => {
  expect(pointsOf([1, 3, 2])).toEqual([
    [2, 14],
    [24, 2],
    [46, 8],
  ]);
});

it("draws equal values as a line in the middle", () => {
  expect(pointsOf([5, 5])).toEqual([
    [2, 8],
    [46, 8],
  ]);
});

it("draws nothing of a single value", () => {
  expect(renderToStaticMarkup(<Sparkline values={[1]} />)).toBe("");
  expect(renderToStaticMarkup(<Sparkline values={[1, 2]} />)).toContain("<polyline");
});
