import { expect, it } from "vitest";
import type { StateType } from "#contract/where";
import { chartSpan } from "../../flow-queries";
import { daysOf, percent, successOf } from "./success";

const state = (type: StateType, count: number) => ({ type, name: type, count, runTime: 0, lateness: 0 });
const interval = (day: string, ...states: ReturnType<typeof state>[]) => ({
  start: `${day}T00:00:00.000Z`,
  end: `${day}T23:59:59.999Z`,
  states,
});

const DAYS = daysOf([
  interval("2026-11-24", state("COMPLETED", 3), state("FAILED", 1), state("CRASHED", 1)),
  interval("2026-11-25"),
  interval("2026-11-26", state("RUNNING", 1), state("CANCELLED", 2)),
]);

it("counts what became of the runs of each day", () => {
  expect(DAYS).toEqual([
    { date: "2026-11-24", completed: 3, failed: 2, other: 0 },
    { date: "2026-11-25", completed: 0, failed: 0, other: 0 },
    { date: "2026-11-26", completed: 0, failed: 0, other: 3 },
  ]);
});

it("compares the runs that completed with those that failed", () => {
  expect(successOf(DAYS)).toEqual({ runs: 8, share: 0.6 });
  expect(successOf(DAYS.slice(1))).toEqual({ runs: 3, share: null });
});

it.each([
  [1, "100 %"],
  [0.999, "99 %"],
  [0.5, "50 %"],
  [0.001, "1 %"],
  [0, "0 %"],
])("writes the share %d", (share, text) => {
  expect(percent(share)).toBe(text);
});

it.each([
  [[], "2026-11-26", 1],
  [["2026-11-25T17:45:30Z", "2026-11-20T00:00:00Z"], "2026-11-26", 1],
  [["2026-11-27T00:00:00Z", "2026-11-25T00:00:00Z"], "2026-11-28", 1],
  [["2026-11-25T00:00:00Z", "2026-10-20T00:00:00Z"], "2026-11-26", 7],
  [["2015-12-31T12:00:00Z"], "2016-01-01", 1],
  [["2015-12-31T12:00:00Z", "2015-03-31T12:00:00Z"], "2016-01-01", 30],
  [["2015-12-31T12:00:00Z", "1999-03-31T12:00:00Z"], "2016-01-01", 30],
])("covers the newest runs %j until %s in steps of %d days", (starts, end, days) => {
  const now = Date.parse("2026-11-25T12:00:00Z");
  const span = chartSpan(
    starts.map((each) => Date.parse(each)),
    now,
  );
  expect([new Date(span.end).toISOString(), span.step]).toEqual([`${end}T00:00:00.000Z`, days * 86_400_000]);
});
