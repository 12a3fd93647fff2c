import { expect, it } from "vitest";
import type { TrashedArtifact } from "#contract/trash";
import { together } from "./removals";

const row = (id: string, removal: string): TrashedArtifact => ({
  id,
  removal,
  removed: "2026-11-23T03:45:00.123456Z",
  key: "a",
  version: 1,
  type: null,
  description: null,
  metadata: null,
  flowRunId: null,
  taskRunId: null,
  created: "2026-11-23T03:45:00.123456Z",
  updated: "2026-11-23T03:45:00.123456Z",
  size: 4,
  rows: null,
  number: null,
});

it("keeps the order and puts together what was removed together", () => {
  const groups = together([row("1", "x"), row("2", "y"), row("3", "y"), row("4", "x")]);
  expect(groups.map(({ rows }) => rows.map(({ id }) => id))).toEqual([["1"], ["2", "3"], ["4"]]);
});
