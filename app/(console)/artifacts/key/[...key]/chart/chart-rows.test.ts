import fc from "fast-check";
import { expect, it } from "vitest";
import type { SeriesPoint } from "#contract/series";
import { chartRows, type Line } from "./chart-rows";

const point = (version: number, minute: number, value: number): SeriesPoint => ({
  version,
  created: new Date(Date.UTC(2026, 10, 29, 9, minute)).toISOString(),
  value,
  flowRunId: null,
});

it("has the metadata of a version in its row, and versions of other keys in rows of their own", () => {
  const rows = chartRows(
    [point(1, 0, 10), point(3, 20, 30)],
    [
      { overlay: { field: "loss" }, points: [point(2, 10, 0.2), point(3, 20, 0.1)] },
      { overlay: { key: "other" }, points: [point(1, 15, 7)] },
    ],
  );
  expect(rows.map(({ key, version, values }) => [key, version, ...values])).toEqual([
    [null, 3, 30, 0.1, undefined],
    ["other", 1, undefined, undefined, 7],
    [null, 2, undefined, 0.2, undefined],
    [null, 1, 10, undefined, undefined],
  ]);
});

it("has every point of every line once, the newest first", () => {
  const points = fc
    .uniqueArray(fc.nat(50), { maxLength: 20 })
    .map((versions) => versions.sort((a, b) => a - b).map((version) => point(version, version, version)));
  const overlay = fc.oneof(
    fc.constantFrom({ field: "a" }, { field: "b" }),
    fc.constantFrom({ key: "c" }, { key: "d" }),
  );
  const lines = fc.uniqueArray(fc.record<Line>({ overlay, points }), {
    selector: (line) => JSON.stringify(line.overlay),
  });
  fc.assert(
    fc.property(points, lines, (own, lines) => {
      const rows = chartRows(own, lines);
      for (const [line, { length }] of [own, ...lines.map((each) => each.points)].entries()) {
        expect(rows.filter(({ values }) => values[line] !== undefined)).toHaveLength(length);
      }
      const times = rows.map(({ created }) => created);
      expect(times).toEqual(times.toSorted().reverse());
      expect(new Set(rows.map(({ key, version }) => `${key} ${version}`)).size).toBe(rows.length);
    }),
  );
});
