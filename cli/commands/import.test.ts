import { expect, test } from "vitest";
import type { ImportSummary } from "../prefect/import-all";
import { formatSummary } from "./import";

const summary = (fields: Partial<ImportSummary>): ImportSummary => ({
  counts: [],
  left: [],
  instead: {},
  loosened: [],
  ...fields,
});

test("prints the numbers of both sides", () => {
  const counts: ImportSummary["counts"] = [
    { kind: "flows", there: 2, read: 2, here: 2, copied: 1, changed: 0 },
    { kind: "artifacts", there: 12_480, read: 12_479, here: 12_470, copied: 12_000, changed: 3 },
  ];
  expect(formatSummary(summary({ counts })).split("\n")).toEqual([
    "             in Prefect in Vitrine   imported    skipped",
    "flows                 2          2          1          0",
    "artifacts        12,480     12,470     12,000          9",
    "1 new artifacts since: run the command again.",
    "3 rows changed in Prefect after the import and kept as imported.",
    "Nothing was skipped.",
  ]);
});

test("lists skipped rows, those of one key and reason together", () => {
  const left: ImportSummary["left"] = [
    { kind: "artifacts", id: "1", key: "A", reason: "Invalid key." },
    { kind: "artifacts", id: "2", key: "A", reason: "Invalid key." },
    { kind: "taskRuns", id: "3", key: null, reason: "Its flow run was not imported." },
  ];
  expect(
    formatSummary(summary({ left, instead: { "4": "5" }, loosened: ["6", "7"] }))
      .split("\n")
      .slice(1),
  ).toEqual([
    "2 flow runs imported without a parent, which no longer exists.",
    "4 exists under the same name as 5, which is used instead.",
    "Skipped:",
    '  artifact "A" (2 versions): Invalid key.',
    "  task run 3: Its flow run was not imported.",
  ]);
});

test("prints at most 20 reasons", () => {
  const left: ImportSummary["left"] = Array.from({ length: 23 }, (_, n) => ({
    kind: "flows",
    id: String(n),
    key: null,
    reason: "Invalid.",
  }));
  const lines = formatSummary(summary({ left })).split("\n");
  expect(lines.filter((line) => line.startsWith("  flow "))).toHaveLength(20);
  expect(lines.at(-1)).toBe("  and 3 more; to list all, use --json");
});
