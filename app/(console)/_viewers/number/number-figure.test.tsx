import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { NumberFigure } from "./number-figure";

const textOf = (props: Parameters<typeof NumberFigure>[0]) =>
  renderToStaticMarkup(<NumberFigure {...props} />)
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();

it("a figure has its change in units and per cent since the version before", () => {
  expect(textOf({ value: 414.54, before: { value: 411.5, version: 47 } })).toBe("414.54 +3.04 +0.74 % since v47");
  expect(textOf({ value: 1234567, before: { value: 0, version: 1 } })).toBe("1,234,567 +1,234,567 since v1");
  expect(textOf({ value: -2, before: { value: -1, version: 3 } })).toBe("−2 −1 −100 % since v3");
  expect(textOf({ value: 5, before: { value: 5, version: 3 } })).toBe("5 unchanged since v3");
});

it("a number with more digits than the figure is shown as it was written too", () => {
  expect(textOf({ value: 2 ** 53, text: "9007199254740993" })).toBe(
    "9,007,199,254,740,992 Published as 9007199254740993",
  );
  expect(textOf({ value: 1234.5, text: "1234.5" })).toBe("1,234.5");
  expect(textOf({ value: 1, text: "1.0" })).toBe("1 Published as 1.0");
});
