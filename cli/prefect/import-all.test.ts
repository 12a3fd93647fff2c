import { describe, expect, test } from "vitest";
import { VitrineError } from "#contract/error";
import type { ImportKind } from "#contract/import";
import { importAll } from "./import-all";
import type { ImportRow } from "./row";
import type { Source } from "./source";
import type { Target } from "./target";

const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
const at = (second: number) => `2026-11-01T10:00:${String(second).padStart(2, "0")}.000000Z`;
const STATE = { type: "COMPLETED", name: "Completed", message: null, timestamp: at(0) };

type Rows = Partial<Record<ImportKind, { id: string }[]>>;

/** A source over lists of rows, in the format of Prefect, that responds with at most `limit` of them. */
function sourceOf(rows: Rows, limit = 3): Source {
  const list = (kind: ImportKind) => rows[kind]?.map((row) => ({ updated: at(0), created: at(0), ...row })) ?? [];
  return {
    version: "3",
    limit,
    count: async (kind) => list(kind).length,
    async page(kind, sort, offset) {
      const ascending = list(kind).sort((a, b) => (a.id < b.id ? -1 : 1));
      const sorted = sort === "ID_DESC" ? ascending.reverse() : ascending;
      return { text: JSON.stringify(sorted.slice(offset, offset + limit)), limit };
    },
    rows: async (kind, ids) => JSON.stringify(list(kind).filter(({ id }) => ids.includes(id))),
  };
}

/** A target that keeps the imported rows in order; `rejects` fails a request that has such a row. */
function recordingTarget({
  known = {},
  replacements = {},
  rejects = () => null,
}: {
  known?: Record<string, string>;
  replacements?: Record<string, string>;
  rejects?: (row: ImportRow) => VitrineError | null;
} = {}) {
  const imported: ImportRow[] = [];
  const target: Target = {
    known: async (_, ids) => new Map(Object.entries(known).filter(([id]) => ids.includes(id))),
    async import(_, rows) {
      const error = rows.map(rejects).find((each) => each !== null);
      if (error) throw error;
      imported.push(...rows);
      return { created: rows.length, existing: 0, replacements, rejected: [] };
    },
  };
  return { target, imported };
}

const flow = { id: idOf(1), name: "etl" };
const flowRun = (n: number, parent: number | null = null) => ({
  id: idOf(n),
  name: `run-${n}`,
  flow_id: flow.id,
  parent_task_run_id: parent && idOf(parent),
  state: STATE,
});
const taskRun = (n: number, run: number) => ({
  id: idOf(n),
  name: `task-${n}`,
  flow_run_id: idOf(run),
  task_key: "t",
  dynamic_key: String(n),
  state: STATE,
});
const artifact = (n: number, key: string | null, created: string) => ({ id: idOf(n), key, data: n, created });

describe("importAll", () => {
  test("imports each run after the run that contains it", async () => {
    // 10 contains task 20, which contains run 11, which contains task 21, which contains run 12.
    const rows = {
      flows: [flow],
      flowRuns: [flowRun(12, 21), flowRun(11, 20), flowRun(10)],
      taskRuns: [taskRun(21, 11), taskRun(20, 10)],
    };
    const { target, imported } = recordingTarget();
    const { counts, left, loosened } = await importAll(sourceOf(rows), target, () => {});
    expect(imported.map(({ id }) => id)).toEqual([flow.id, ...[10, 20, 11, 21, 12].map(idOf)]);
    expect([left, loosened]).toEqual([[], []]);
    expect(counts).toContainEqual({ kind: "flowRuns", there: 3, read: 3, here: 3, copied: 3, changed: 0 });
  });

  test("imports a flow run without its parent if that is missing, and skips the task runs of a missing flow run", async () => {
    const rows = { flows: [flow], flowRuns: [flowRun(10, 99)], taskRuns: [taskRun(20, 10), taskRun(21, 98)] };
    const { target, imported } = recordingTarget();
    const { left, loosened } = await importAll(sourceOf(rows), target, () => {});
    expect(imported.map(({ id }) => id)).toEqual([flow.id, idOf(10), idOf(20)]);
    expect(imported[1]?.fields).toMatchObject({ parentTaskRunId: null });
    expect(loosened).toEqual([idOf(10)]);
    expect(left).toEqual([{ kind: "taskRuns", id: idOf(21), key: null, reason: "Its flow run was not imported." }]);
  });

  test("does not count a flow run without its parent as imported if it is rejected", async () => {
    const { target } = recordingTarget({
      rejects: ({ id }) => (id === idOf(10) ? new VitrineError("BAD_REQUEST", "No.") : null),
    });
    const rows = { flows: [flow], flowRuns: [flowRun(10, 99)] };
    const { left, loosened } = await importAll(sourceOf(rows), target, () => {});
    expect(loosened).toEqual([]);
    expect(left).toEqual([{ kind: "flowRuns", id: idOf(10), key: null, reason: "No." }]);
  });

  test("imports versions in the order of creation, each with the id of the one before under its key", async () => {
    const artifacts = [
      artifact(1, "a", at(5)),
      artifact(2, "b", at(1)),
      artifact(3, "a", at(3)),
      artifact(4, null, at(4)),
      artifact(5, "a", at(3)),
      artifact(6, "b", at(6)),
    ];
    const { target, imported } = recordingTarget();
    await importAll(sourceOf({ artifacts }), target, () => {});
    expect(imported.map(({ id, fields }) => [id, "previous" in fields ? fields.previous : undefined])).toEqual([
      [idOf(2), null],
      [idOf(3), null],
      [idOf(5), idOf(3)],
      [idOf(4), undefined],
      [idOf(1), idOf(5)],
      [idOf(6), idOf(2)],
    ]);
  });

  test("skips rows that the target has, and counts those that changed since", async () => {
    const artifacts = [1, 2, 3, 4].map((n) => ({ ...artifact(n, "a", at(n)), updated: at(n) }));
    const { target, imported } = recordingTarget({ known: { [idOf(1)]: at(1), [idOf(2)]: at(0) } });
    const { counts } = await importAll(sourceOf({ artifacts }), target, () => {});
    expect(imported.map(({ id }) => id)).toEqual([idOf(3), idOf(4)]);
    expect(imported[0]?.fields).toMatchObject({ previous: idOf(2) });
    expect(counts).toContainEqual({ kind: "artifacts", there: 4, read: 4, here: 4, copied: 2, changed: 1 });
  });

  test("skips only the row that the target rejects", async () => {
    const artifacts = [1, 2, 3, 4, 5, 6, 7].map((n) => artifact(n, "a", at(n)));
    const { target, imported } = recordingTarget({
      rejects: ({ id }) => (id === idOf(4) ? new VitrineError("PAYLOAD_TOO_LARGE", "Too large.") : null),
    });
    const { left } = await importAll(sourceOf({ artifacts }, 7), target, () => {});
    expect(imported.map(({ id }) => id)).toEqual([1, 2, 3, 5, 6, 7].map(idOf));
    expect(imported[3]?.fields).toMatchObject({ previous: idOf(3) });
    expect(left).toEqual([{ kind: "artifacts", id: idOf(4), key: "a", reason: "Too large." }]);
  });

  test("rejects with an error that is not about rows", async () => {
    const { target } = recordingTarget({ rejects: () => new VitrineError("FORBIDDEN", "No access.") });
    await expect(importAll(sourceOf({ flows: [flow] }), target, () => {})).rejects.toThrow("No access.");
  });

  test("sends requests with at most 1 MiB beside the data", async () => {
    const description = "é".repeat(30_000);
    const artifacts = Array.from({ length: 40 }, (_, n) => ({ ...artifact(n, "a", at(n)), description }));
    const { target, imported } = recordingTarget();
    const sizes: number[] = [];
    const counting: Target = {
      ...target,
      import(kind, rows) {
        sizes.push(Buffer.byteLength(JSON.stringify(rows.map(({ fields }) => fields))));
        return target.import(kind, rows);
      },
    };
    await importAll(sourceOf({ artifacts }, 40), counting, () => {});
    expect(imported.map(({ id }) => id)).toEqual(artifacts.map(({ id }) => id));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1024 * 1024);
    expect(sizes).toHaveLength(4);
  });

  test("skips only the row that cannot be read together with others", async () => {
    const artifacts = [1, 2, 3, 4].map((n) => artifact(n, "a", at(n)));
    const source = sourceOf({ artifacts }, 4);
    const rows: Source["rows"] = async (kind, ids) => (ids.includes(idOf(2)) ? null : source.rows(kind, ids));
    const { target, imported } = recordingTarget();
    const { left } = await importAll({ ...source, rows }, target, () => {});
    expect(imported.map(({ id }) => id)).toEqual([1, 3, 4].map(idOf));
    expect(left).toEqual([{ kind: "artifacts", id: idOf(2), key: "a", reason: "Too large to read." }]);
  });

  test("skips a row that is deleted in Prefect during the import", async () => {
    const source = sourceOf({ flows: [flow] });
    const { target } = recordingTarget();
    const { left } = await importAll({ ...source, rows: async () => "[]" }, target, () => {});
    expect(left).toMatchObject([{ id: flow.id, reason: "Deleted in Prefect during the import." }]);
  });

  test("uses the flow of the target that has the same name", async () => {
    const rows = { flows: [flow], flowRuns: [flowRun(10)] };
    const { target, imported } = recordingTarget({ replacements: { [flow.id]: idOf(77) } });
    const { instead } = await importAll(sourceOf(rows), target, () => {});
    expect(imported[1]?.fields).toMatchObject({ flowId: idOf(77) });
    expect(instead).toEqual({ [flow.id]: idOf(77) });
  });

  test("reports progress of reading and copying", async () => {
    const log: string[] = [];
    const flows = [1, 2, 3, 4].map((n) => ({ id: idOf(n), name: `flow-${n}` }));
    await importAll(sourceOf({ flows }), recordingTarget().target, (...args) => log.push(args.join(" ")));
    expect(log.filter((line) => line.startsWith("flows"))).toEqual([
      "flows read 3 4",
      "flows read 4 4",
      "flows copied 3 4",
      "flows copied 4 4",
    ]);
  });
});
