import { describe, expect, it } from "vitest";
import { linesOnPage } from "./page-lines";

const item = (str: string, x: number, y: number, hasEOL = false) => ({
  str,
  dir: "ltr",
  transform: [10, 0, 0, 10, x, y],
  width: str.length * 5,
  height: 10,
  fontName: "f",
  hasEOL,
});

describe("the lines of a page", () => {
  const toView = (x: number, y: number) => [x, 200 - y];

  it("have their text and where it is, without empty ones", () => {
    const items = [
      item("Total", 10, 180),
      item(" ", 35, 180),
      item("42", 40, 180, true),
      item("", 0, 0, true),
      { type: "beginMarkedContent", id: "1", tag: "P" },
      item("End", 10, 100),
    ];
    const lines = linesOnPage({ items, styles: {}, lang: null }, { width: 100, height: 200 }, toView);
    expect(lines).toEqual([
      { text: "Total 42", left: 0.1, top: 0.05, width: 0.4, height: 0.05 },
      { text: "End", left: 0.1, top: 0.45, width: 0.15, height: 0.05 },
    ]);
  });

  it("are found on a page with any number of texts", () => {
    const items = Array.from({ length: 200_000 }, (_, at) => item("a", at % 100, at % 50));
    const [line, ...others] = linesOnPage({ items, styles: {}, lang: null }, { width: 100, height: 200 }, toView);
    expect(others).toEqual([]);
    expect(line).toMatchObject({ left: 0, top: 141 / 200, width: 1.04, height: 59 / 200 });
    expect(line?.text).toHaveLength(200_000);
  });
});
