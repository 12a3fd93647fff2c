import { describe, expect, it } from "vitest";
import { linesOf, wrapLines } from "../shared/lines";
import { shownRows } from "./rows";

const wrapped = (text: string, width: number) => wrapLines(linesOf(new TextEncoder().encode(text)), width);
const all = (rows: number) => Array.from({ length: rows }, (_, row) => ({ row }));

describe("shownRows", () => {
  it("have the runs of their part of the line", () => {
    const lines = wrapped("ééé𝄞bcd\ne", 6);
    const runs = [{ text: "éé" }, { text: "é𝄞b", className: "x" }, { text: "cd" }];
    expect(shownRows(lines, all(lines.rows), (line) => (line === 0 ? runs : undefined))).toEqual([
      { row: 0, text: "ééé", line: 0, first: true, runs: [{ text: "éé" }, { text: "é", className: "x" }] },
      { row: 1, text: "𝄞bc", line: 0, first: false, runs: [{ text: "𝄞b", className: "x" }, { text: "c" }] },
      { row: 2, text: "d", line: 0, first: false, runs: [{ text: "d" }] },
      { row: 3, text: "e", line: 1, first: true, runs: undefined },
    ]);
  });

  it("ask once for the runs of a line", () => {
    const requested: number[] = [];
    const lines = wrapped(`${"a".repeat(1000)}\nb`, 10);
    shownRows(lines, all(lines.rows), (line) => {
      requested.push(line);
      return [];
    });
    expect(requested).toEqual([0, 1]);
  });

  it("have no runs in a long line, and need nothing of what is before them", () => {
    const lines = wrapped("a".repeat(40_000_000), 100);
    const start = performance.now();
    const rows = shownRows(
      lines,
      all(500).map(({ row }) => ({ row: lines.rows - 1 - row })),
      () => [{ text: "b" }],
    );
    expect(performance.now() - start).toBeLessThan(1000);
    expect(rows[0]).toMatchObject({ text: "a".repeat(100), line: 0, first: false, runs: undefined });
  });
});
