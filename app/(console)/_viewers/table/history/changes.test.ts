import { describe, expect, it } from "vitest";
import { columnsIn, linesOf, seriesOf } from "./changes";
import { rowIn } from "./row-in";
import type { HistoryEntry } from "./use-row-history";

const encoder = new TextEncoder();
const LINK = { names: ["Oslo"], by: ["city"] };

/** The history of the row of Oslo in these versions, oldest first, given as JSON texts. */
function historyOf(texts: string[]): HistoryEntry[] {
  return texts
    .map((text, at) => ({
      id: `id ${at + 1}`,
      version: at + 1,
      created: `2026-01-0${at + 1}T00:00:00.000000Z`,
      row: rowIn(encoder.encode(text), LINK),
      problem: null,
    }))
    .toReversed();
}

describe("a row in a version", () => {
  it("is found by its key, wherever it and its columns are", () => {
    const row = rowIn(encoder.encode('[["temp","city"],[1,"Rome"],[12345678901234567890,"Os\\u006co"]]'), LINK);
    expect(row).toMatchObject({
      cells: { temp: { text: "12345678901234567890", signature: "1234567890123456789e1" }, city: { text: "Oslo" } },
    });
    expect(rowIn(encoder.encode('[{"a":1},{"a":2}]'), { names: ["2"], by: ["#"] })).toMatchObject({
      cells: { a: { text: "2", number: 2 } },
    });
  });

  it.each([
    ['[{"city":"Rome"}]', "no row"],
    ['[{"town":"Oslo"}]', "no column"],
    ['"Oslo"', "no table"],
    ["[]", "no column"],
  ])("is absent from %s: %s", (text, absent) => {
    expect(rowIn(encoder.encode(text), LINK)).toEqual({ absent });
  });

  it("tells long values apart that differ at their end", () => {
    const long = (end: string) => rowIn(encoder.encode(`[{"city":"Oslo","note":"${"x".repeat(3000)}${end}"}]`), LINK);
    expect(long("a")).not.toEqual(long("b"));
    expect(long("a")).toEqual(long("a"));
  });
});

describe("the history of a row", () => {
  const entries = historyOf([
    '[{"city":"Rome","temp":1}]',
    '[{"city":"Oslo","temp":1,"note":null}]',
    '[{"temp":1,"city":"Oslo","note":null}]',
    '[{"city":"Oslo","temp":1.0,"sky":"clear"}]',
    '[{"city":"Oslo","temp":"7","sky":"clear"}]',
  ]);

  it("marks the cells that changed, and rows that stayed", () => {
    expect(linesOf(entries).map(({ changed, same }) => [changed && [...changed].toSorted(), same])).toEqual([
      [["temp"], false],
      [["note", "sky"], false],
      [[], true],
      [[], false],
      [null, false],
    ]);
    expect(columnsIn(entries)).toEqual(["city", "temp", "sky", "note"]);
  });

  it("has a series for each column of numbers", () => {
    expect(seriesOf(entries, "temp")?.map(({ version, value }) => [version, value])).toEqual([
      [2, 1],
      [3, 1],
      [4, 1],
      [5, 7],
    ]);
    expect(seriesOf(entries, "sky")).toBeNull();
    expect(seriesOf(entries, "note")).toBeNull();
  });
});
