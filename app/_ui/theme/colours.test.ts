import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const CSS = readFileSync(new URL("../../globals.css", import.meta.url), "utf8");
const COLOURS = new Map(
  [...CSS.matchAll(/--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = "", light = "", dark = ""]) => [name, { light, dark }],
  ),
);
const ICONS = [...COLOURS.keys()].filter((name) => name.startsWith("kind-"));

/** As WCAG 2.2 defines it. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

it.each(["light", "dark"] as const)("icons of types stand out from what is behind them in the %s theme", (theme) => {
  const of = (name: string) => COLOURS.get(name)?.[theme] ?? "";
  const weak = ICONS.flatMap((icon) =>
    ["canvas", "surface", "hover", "raised", "wash"]
      .filter((behind) => !(contrast(of(icon), of(behind)) >= 3))
      .map((behind) => `${icon} on ${behind}`),
  );
  expect(ICONS.length).toBeGreaterThan(3);
  expect(weak).toEqual([]);
});
