import { expect, it } from "vitest";
import { groupByTaskRun } from "./run-artifacts";

const groups = (...rows: [id: string, taskRunId: string | null][]) =>
  groupByTaskRun(rows.map(([id, taskRunId]) => ({ id, taskRunId }))).map(({ taskRunId, rows }) => [
    taskRunId,
    rows.map(({ id }) => id).join(" "),
  ]);

it("groups rows by task run, in the order of the newest of each", () => {
  expect(groups(["4", "load"], ["3", "extract"], ["2", "load"], ["1", "extract"])).toEqual([
    ["load", "4 2"],
    ["extract", "3 1"],
  ]);
});

it("has a group for rows without a task run", () => {
  expect(groups(["3", null], ["2", "load"], ["1", null])).toEqual([
    [null, "3 1"],
    ["load", "2"],
  ]);
});

it("returns no groups without rows", () => {
  expect(groups()).toEqual([]);
});
