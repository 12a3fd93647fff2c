import { describe, expect, it } from "vitest";
import type { SearchMatch } from "#contract/search";
import { rowsText, shownMatch } from "./shown-match";

const match = (part: Partial<SearchMatch>): SearchMatch => ({ in: "data", text: "rain", marks: [[0, 4]], ...part });

describe("the match that is shown", () => {
  it("is that in the data, then in what describes it", () => {
    const all = (["key", "title", "metadata", "about", "description", "data"] as const).map((from) =>
      match({ in: from }),
    );
    const shown = all.map((_, at) => shownMatch(all.slice(0, at + 1))?.place);
    expect(shown).toEqual(["Key", "Title", "Metadata", "About", "Description", ""]);
    expect(shownMatch([])).toBeNull();
  });

  it.each([
    [{ rows: [3, 17], column: "city" }, "rows 3 and 17 · city"],
    [{ column: "city" }, "city"],
    [{ heading: "Results" }, "Results"],
    [{ path: ["a", 1] }, ""],
  ])("of %j says where it is", (part, place) => {
    expect(shownMatch([match(part)])?.place).toBe(place);
  });

  it("begins shortly before the first mark, with every other piece marked", () => {
    const text = "A long beginning before the rain and more rain.";
    const marks: [number, number][] = [
      [28, 32],
      [42, 46],
    ];
    expect(shownMatch([match({ text, marks })])?.pieces).toEqual([
      "…beginning before the ",
      "rain",
      " and more ",
      "rain",
      ".",
    ]);
    expect(shownMatch([match({ text: "Some rain", marks: [[5, 9]] })])?.pieces).toEqual(["Some ", "rain", ""]);
  });

  it("is not cut within a character", () => {
    const text = `${"🎉".repeat(20)}rain`;
    const [before = ""] = shownMatch([match({ text, marks: [[40, 44]] })])?.pieces ?? [];
    expect(before.isWellFormed()).toBe(true);
  });
});

describe("rows", () => {
  it.each([
    [[3], false, "row 3"],
    [[3, 17], false, "rows 3 and 17"],
    [[3, 17, 1_200], false, "rows 3, 17 and 1,200"],
    [[1, 2, 3, 4, 5], false, "rows 1, 2, 3 and more"],
    [[1, 2], true, "rows 1, 2 and more"],
    [[7], true, "rows 7 and more"],
  ])("%j, and more: %s", (rows, more, text) => {
    expect(rowsText(rows, more)).toBe(text);
  });
});
