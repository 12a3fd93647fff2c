import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeRows } from "./stable-rows";

/** Rows from words: `a1` is key `a` in state 1. */
const rows = (words: string) =>
  words
    .split(" ")
    .filter(Boolean)
    .map((word) => ({ key: word.slice(0, 1), id: word, updated: "" }));

const text = (merged: { id: string }[]) => merged.map(({ id }) => id).join(" ");

it.each<[title: string, displayed: string, fresh: string, hasMore: boolean, merged: string, newCount: number]>([
  ["changes nothing where nothing is new", "a1 b1", "a1 b1", false, "a1 b1", 0],
  ["counts a new key without moving rows", "a1 b1", "c1 a1 b1", false, "a1 b1", 1],
  ["updates a row in place and counts it where its position changed", "a1 b1", "b2 a1", false, "a1 b2", 1],
  ["does not count a row that was updated at its position", "a1 b1", "a1 b2", false, "a1 b2", 0],
  ["leaves out a deleted row", "a1 b1 c1", "a1 c1", true, "a1 c1", 0],
  ["keeps rows that new ones pushed off the page", "a1 b1 c1", "x1 y1 a1", true, "a1 b1 c1", 2],
  ["leaves out missing rows at the end of the last page", "a1 b1 c1", "x1 a1", false, "a1", 1],
  ["keeps all rows where a whole page is new", "a1 b1", "x1 y1", true, "a1 b1", 2],
  ["displays a row that is appended at once", "a1 b1", "a1 c1", false, "a1 c1", 0],
  ["displays the first rows at once", "", "a1 b1", true, "a1 b1", 0],
  ["ends up empty where everything was deleted", "a1 b1", "", false, "", 0],
])("%s", (_, displayed, fresh, hasMore, merged, newCount) => {
  const result = mergeRows(rows(displayed), rows(fresh), hasMore, (row) => row.key);
  expect(text(result.rows)).toBe(merged);
  expect(result.newCount).toBe(newCount);
});

describe("with any two results", () => {
  const page = fc
    .uniqueArray(fc.tuple(fc.constantFrom(..."abcdef"), fc.constantFrom(1, 2)), { selector: ([key]) => key })
    .map((pairs) => rows(pairs.map(([key, state]) => `${key}${state}`).join(" ")));
  const keyOf = ({ key }: { key: string }) => key;

  it("keeps the displayed order, unless it adopts the fresh rows", () => {
    fc.assert(
      fc.property(page, page, fc.boolean(), (displayed, fresh, hasMore) => {
        const merged = mergeRows(displayed, fresh, hasMore, keyOf).rows;
        const order = displayed.map(keyOf);
        const positions = merged.map((row) => order.indexOf(row.key)).filter((position) => position >= 0);
        expect(positions).toEqual(positions.toSorted((a, b) => a - b));
      }),
    );
  });

  it("displays no outdated state of a row that the fresh page has", () => {
    fc.assert(
      fc.property(page, page, fc.boolean(), (displayed, fresh, hasMore) => {
        const states = new Map(fresh.map((row) => [row.key, row.id]));
        for (const { key, id } of mergeRows(displayed, fresh, hasMore, keyOf).rows) {
          expect(id).toBe(states.get(key) ?? id);
        }
      }),
    );
  });

  it("adopts the fresh page where nothing is new, and counts something new where it does not", () => {
    fc.assert(
      fc.property(page, page, fc.boolean(), (displayed, fresh, hasMore) => {
        const merged = mergeRows(displayed, fresh, hasMore, keyOf);
        if (merged.rows === fresh) expect(merged.newCount).toBe(0);
        expect(mergeRows(fresh, fresh, hasMore, keyOf)).toEqual({ rows: fresh, newCount: 0 });
      }),
    );
  });
});
