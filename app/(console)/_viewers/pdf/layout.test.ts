import { describe, expect, it } from "vitest";
import { GAP, layOut, pageAt, placeAt, topOf } from "./layout";

const A4 = { width: 800, height: 1000 };
const WIDE = { width: 1600, height: 500 };

describe("the layout of pages", () => {
  const sizes = [A4, WIDE, A4];

  it("fits the widest page into the view, or has the scale that was chosen", () => {
    const fitted = layOut(sizes, null, 800 + 2 * GAP);
    expect(fitted).toMatchObject({ scale: 0.5, width: 800 + 2 * GAP, height: 1250 + 4 * GAP });
    expect([...fitted.tops]).toEqual([GAP, 500 + 2 * GAP, 750 + 3 * GAP]);
    expect(layOut(sizes, 2, 100).scale).toBe(2);
    expect(layOut(sizes, null, 0).scale).toBe(0.1);
  });

  it("stays below the height that browsers can lay out", () => {
    const { height } = layOut(
      Array.from({ length: 20_000 }, () => A4),
      4,
      800,
    );
    expect(height).toBeLessThan(16_000_000);
  });

  it("keeps a place when the scale changes", () => {
    const [before, after] = [layOut(sizes, 1, 0), layOut(sizes, 3, 0)];
    const place = placeAt(before, sizes, GAP + 1000 + GAP + 250);
    expect(place).toEqual({ page: 1, part: 0.5 });
    expect(topOf(after, sizes, place)).toBe(GAP + 3000 + GAP + 750);
    expect([-5, 0, 1020, 1e9].map((y) => pageAt(before, y))).toEqual([0, 0, 0, 2]);
  });
});
