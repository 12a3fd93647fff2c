import { expect, it } from "vitest";
import { durationOf, groupByFlow, longestByFlow } from "./run-groups";

const run = (flowId: string, minutes: number | null) => ({
  flowId,
  startTime: "2026-01-01T00:00:00Z",
  endTime: minutes === null ? null : `2026-01-01T00:0${minutes}:00Z`,
});

it("groups runs by flow, in the order of the first run of each", () => {
  const [a, b, c] = [run("load", 1), run("train", 2), run("load", 3)];
  expect(groupByFlow([a, b, c])).toEqual([
    { flowId: "load", runs: [a, c] },
    { flowId: "train", runs: [b] },
  ]);
});

it("knows the longest run of each flow that has ended", () => {
  const longest = longestByFlow([run("load", 1), run("load", 3), run("load", null), run("train", null)]);
  expect([...longest]).toEqual([
    ["load", 180_000],
    ["train", 0],
  ]);
});

it("has no duration for a run that has not ended, and none below zero", () => {
  expect(durationOf(run("load", null))).toBeNull();
  expect(durationOf({ startTime: null, endTime: "2026-01-01T00:00:00Z" })).toBeNull();
  expect(durationOf({ startTime: "2026-01-01T00:01:00Z", endTime: "2026-01-01T00:00:00Z" })).toBe(0);
});
