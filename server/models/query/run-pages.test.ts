import { beforeAll, expect, test } from "vitest";
import { type Flow, FlowSort } from "#contract/flow";
import { type FlowRun, FlowRunSort } from "#contract/flow-run";
import type { Page } from "#contract/paging";
import { type TaskRun, TaskRunSort } from "#contract/task-run";
import { callerOn } from "#test/caller";
import { databaseOfFile } from "#test/database";

const fresh = await databaseOfFile();
const call = callerOn(fresh);
beforeAll(async () => {
  const at = (day: number) => `2026-11-0${day}T00:00:00Z`;
  // Each subset of the times, which are in another order than the ids, with ties.
  const times = Array.from({ length: 16 }, (_, i) => ({
    ...(i & 1 ? { startTime: at(1 + ((i * 5) % 4)) } : {}),
    ...(i & 2 ? { expectedStartTime: at(1 + ((i * 3) % 5)) } : {}),
    ...(i & 4 ? { endTime: at(9 - (i % 3)) } : {}),
  }));
  for (const name of ["b", "d", "a", "c"]) {
    const { id: flowId } = await call.flow.create({ name });
    for (const deployed of ["y", "z", "x"]) await call.deployment.create({ flowId, name: deployed });
    const { id: flowRunId } = await call.flowRun.create({ flowId, name: "parent" });
    for (const [i, run] of times.entries()) {
      const next = i & 8 ? { nextScheduledStartTime: at(1 + ((i * 7) % 6)) } : {};
      await call.flowRun.create({ flowId, name: `run ${i % 3}`, ...run, ...next });
      await call.taskRun.create({ flowRunId, taskKey: "t", dynamicKey: String(i), name: `task ${i % 3}`, ...run });
    }
  }
  await call.taskRun.create({ taskKey: "alone", dynamicKey: "0" });
  // Changed in another order than created.
  const [first] = await call.flow.list({ sort: "CREATED_DESC", offset: 3 });
  await call.flow.update({ id: first?.id ?? "", tags: ["changed"] });
  const [deployment] = await call.deployment.list({ sort: "CREATED_DESC", offset: 7 });
  await call.deployment.update({ id: deployment?.id ?? "", tags: ["changed"] });
});

interface Input<Sort> {
  where?: { flows: { name: { any: string[] } } };
  sort: Sort;
  limit: number;
}

interface Noun<Row, Sort> {
  list(input: Input<Sort> & { offset?: number }): Promise<Row[]>;
  page(input: Input<Sort> & { cursor: string | null }): Promise<Page<Row>>;
  count(input: Pick<Input<Sort>, "where">): Promise<number>;
}

/** More rows than there are: a walk that revisits rows ends here. */
const MAX_ROWS = 300;

/** Follows `next` to the end, then `previous` back to the start. */
async function walk<Row>(page: (cursor: string | null) => Promise<Page<Row>>): Promise<{ there: Row[]; back: Row[] }> {
  let current = await page(null);
  const there = [...current.items];
  while (current.next && there.length < MAX_ROWS) {
    current = await page(current.next);
    there.push(...current.items);
  }
  const back = [...current.items];
  while (current.previous && back.length < MAX_ROWS) {
    current = await page(current.previous);
    back.unshift(...current.items);
  }
  return { there, back };
}

/** Compares pages and lists of every sort with the rows as sorted here; a row without the time comes last. */
async function expectSorted<Row extends { id: string }, Sort extends string>(
  noun: Noun<Row, NoInfer<Sort>>,
  sorts: readonly Sort[],
  sortValue: (row: Row, sort: NoInfer<Sort>) => string | null,
): Promise<void> {
  const where = { flows: { name: { any: ["a", "b", "c"] } } };
  for (const sort of sorts) {
    const direction = sort.endsWith("DESC") ? -1 : 1;
    const value = (row: Row) => sortValue(row, sort) ?? (direction < 0 ? "" : "~");
    const compare = (a: string, b: string) => (a < b ? -direction : a > b ? direction : 0);
    const all = await noun.list({ where, sort, limit: 200 });
    const sorted = all.toSorted((a, b) => compare(value(a), value(b)) || compare(a.id, b.id));
    expect([sort, all]).toEqual([sort, sorted]);
    expect(await noun.count({ where })).toBe(all.length);
    expect(await noun.list({ where, sort, limit: 2, offset: 1 })).toEqual(sorted.slice(1, 3));
    for (const limit of [1, 4, 200]) {
      const { there, back } = await walk((cursor) => noun.page({ where, sort, limit, cursor }));
      expect([sort, limit, there, back]).toEqual([sort, limit, sorted, sorted]);
    }
    const { next } = await noun.page({ where, sort, limit: 1, cursor: null });
    const foreign = { code: "BAD_REQUEST", cause: { details: { field: "cursor" } } };
    const other = sorts.find((each) => each !== sort) ?? sort;
    await expect(noun.page({ where, sort: other, limit: 1, cursor: next })).rejects.toMatchObject(foreign);
    await expect(noun.page({ sort, limit: 1, cursor: next })).rejects.toMatchObject(foreign);
  }
}

const valueOfFlow = ({ name, created, updated }: Pick<Flow, "name" | "created" | "updated">, sort: FlowSort) =>
  sort.startsWith("NAME") ? name : sort.startsWith("CREATED") ? created : updated;

function valueOfRun(row: FlowRun | TaskRun, sort: FlowRunSort): string | null {
  if (sort.startsWith("NAME")) return row.name;
  if (sort.startsWith("END")) return row.endTime;
  if (sort.startsWith("EXPECTED")) return row.expectedStartTime;
  if (sort.startsWith("NEXT")) return "nextScheduledStartTime" in row ? row.nextScheduledStartTime : null;
  return sort.startsWith("START") ? (row.startTime ?? row.expectedStartTime ?? row.created) : row.id;
}

test("flows are sorted and paged by each sort", () => expectSorted(call.flow, FlowSort.options, valueOfFlow));

test("deployments are sorted and paged by each sort", () =>
  expectSorted(call.deployment, FlowSort.options, valueOfFlow));

test("flow runs are sorted and paged by each sort", () => expectSorted(call.flowRun, FlowRunSort.options, valueOfRun));

test("task runs are sorted and paged by each sort", () => expectSorted(call.taskRun, TaskRunSort.options, valueOfRun));

test("a cursor of one kind of row is rejected by another", async () => {
  const { next } = await call.flow.page({ sort: "NAME_ASC", limit: 1 });
  const refused = { code: "BAD_REQUEST", cause: { details: { field: "cursor" } } };
  await expect(call.deployment.page({ sort: "NAME_ASC", limit: 1, cursor: next })).rejects.toMatchObject(refused);
  const { next: run } = await call.flowRun.page({ sort: "NAME_ASC", limit: 1 });
  await expect(call.taskRun.page({ sort: "NAME_ASC", limit: 1, cursor: run })).rejects.toMatchObject(refused);
});
