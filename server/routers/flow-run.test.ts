import { describe, expect, it } from "vitest";
import { callerOn } from "#test/caller";
import { databaseOfFile } from "#test/database";

const fresh = await databaseOfFile();
const call = callerOn(fresh);

const unknown = "00000000-0000-4000-8000-000000000000";
const notFound = { code: "NOT_FOUND" };

async function concurrently<T>(create: () => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: 20 }, create));
}

describe("repeated creates", () => {
  it("return one flow per name, and one deployment per flow and name, unchanged", async () => {
    const flows = await concurrently(() =>
      call.flow.create({ name: "etl", tags: ["daily"], labels: { team: "data" } }),
    );
    expect(new Set(flows.map((flow) => JSON.stringify(flow))).size).toBe(1);
    expect(await call.flow.create({ name: "etl", tags: ["other"] })).toEqual(flows[0]);
    const flowId = flows[0]?.id ?? "";
    const deployments = await concurrently(() => call.deployment.create({ flowId, name: "prod", paused: true }));
    expect(new Set(deployments.map((deployment) => deployment.id)).size).toBe(1);
    expect(await call.deployment.read({ id: deployments[0]?.id ?? "" })).toEqual(deployments[0]);
    await expect(call.deployment.create({ flowId: unknown, name: "x" })).rejects.toMatchObject(notFound);
  });

  it("return one flow run per idempotency key, and one task run per flow run, task key and dynamic key", async () => {
    const { id: flowId } = await call.flow.create({ name: "retried" });
    const runs = await concurrently(() => call.flowRun.create({ flowId, idempotencyKey: "2026-11-23" }));
    expect(new Set(runs.map((run) => run.id)).size).toBe(1);
    const [one, other] = [await call.flowRun.create({ flowId }), await call.flowRun.create({ flowId })];
    expect(one.id).not.toBe(other.id);
    expect(one.name).toMatch(/^[a-z]+(?:-[a-z]+)+$/);
    const flowRunId = runs[0]?.id ?? "";
    const tasks = await concurrently(() => call.taskRun.create({ flowRunId, taskKey: "load", dynamicKey: "0" }));
    expect(new Set(tasks.map((task) => task.id)).size).toBe(1);
    expect(tasks[0]?.name).toBe("load-0");
    const alone = await concurrently(() => call.taskRun.create({ taskKey: "load", dynamicKey: "0" }));
    expect(new Set(alone.map((task) => task.id)).size).toBe(1);
    expect(alone[0]?.id).not.toBe(tasks[0]?.id);
    await expect(call.flowRun.create({ flowId: unknown })).rejects.toMatchObject(notFound);
    await expect(call.taskRun.create({ flowRunId: unknown, taskKey: "a", dynamicKey: "b" })).rejects.toMatchObject(
      notFound,
    );
  });
});

describe("states and times", () => {
  it("set the start at RUNNING, the end at a final state, and clear the end at the next RUNNING", async () => {
    const { id: flowId } = await call.flow.create({ name: "stateful" });
    const created = await call.flowRun.create({ flowId, state: { type: "PENDING" } });
    expect(created).toMatchObject({ state: { type: "PENDING", name: "Pending", message: null }, startTime: null });
    const running = await call.flowRun.update({ id: created.id, state: { type: "RUNNING" } });
    expect(running.startTime).toMatch(/Z$/);
    const failed = await call.flowRun.update({
      id: created.id,
      state: { type: "FAILED", name: "Broken", message: "why" },
    });
    expect(failed).toMatchObject({ startTime: running.startTime, state: { name: "Broken", message: "why" } });
    expect(failed.endTime).toMatch(/Z$/);
    const again = await call.flowRun.update({ id: created.id, state: { type: "RUNNING" } });
    expect(again).toMatchObject({ startTime: running.startTime, endTime: null });
  });

  it("have a name by default, and imply the times that the call does not set", async () => {
    const { id: flowId } = await call.flow.create({ name: "implied" });
    const at = "2026-11-01T10:00:00.000001Z";
    for (const type of ["COMPLETED", "FAILED", "CANCELLED", "CRASHED"] as const) {
      const created = await call.flowRun.create({ flowId, state: { type } });
      const name = `${type.charAt(0)}${type.slice(1).toLowerCase()}`;
      expect(created).toMatchObject({ state: { type, name, message: null }, startTime: null });
      expect(created.endTime).toMatch(/Z$/);
      expect(await call.flowRun.create({ flowId, state: { type }, endTime: at })).toMatchObject({ endTime: at });
      const { id } = await call.flowRun.create({ flowId });
      const changed = await call.flowRun.update({ id, state: { type } });
      expect(changed).toMatchObject({ state: { type, name }, startTime: null, endTime: expect.any(String) });
    }
    for (const type of ["SCHEDULED", "PENDING", "PAUSED", "CANCELLING"] as const) {
      expect(await call.flowRun.create({ flowId, state: { type } })).toMatchObject({ startTime: null, endTime: null });
    }
    const running = await call.flowRun.create({ flowId, state: { type: "RUNNING" } });
    expect(running).toMatchObject({ startTime: expect.any(String), endTime: null });
    const restarted = { id: running.id, state: { type: "RUNNING" as const }, startTime: at };
    expect(await call.flowRun.update(restarted)).toMatchObject({ startTime: at });
    expect(await call.flowRun.update({ ...restarted, startTime: null })).toMatchObject({ startTime: null });
    const ended = { id: running.id, state: { type: "FAILED" as const }, endTime: null };
    expect(await call.flowRun.update(ended)).toMatchObject({ startTime: null, endTime: null });
  });

  it("accept explicit times, clear with null, and stay without fields", async () => {
    const startTime = "2026-11-01T10:00:00.000001Z";
    const task = await call.taskRun.create({
      taskKey: "t",
      dynamicKey: "times",
      startTime,
      state: { type: "RUNNING" },
    });
    expect(task.startTime).toBe(startTime);
    const done = await call.taskRun.update({
      id: task.id,
      endTime: "2026-11-01T12:00:00+01:00",
      state: { type: "COMPLETED" },
    });
    expect(done.endTime).toBe("2026-11-01T11:00:00.000000Z");
    expect(await call.taskRun.update({ id: task.id })).toEqual(done);
    expect(await call.taskRun.update({ id: task.id, startTime: null })).toMatchObject({ startTime: null });
    await expect(call.taskRun.update({ id: unknown, name: "x" })).rejects.toMatchObject(notFound);
    await expect(call.flowRun.update({ id: unknown, name: "x" })).rejects.toMatchObject(notFound);
  });
});

describe("lists", () => {
  it("sort runs by start, filter by state, flow and name, and have matching counts", async () => {
    const { id: flowId } = await call.flow.create({ name: "listed" });
    const at = (day: number) => `2026-11-0${day}T00:00:00Z`;
    const late = await call.flowRun.create({ flowId, name: "late", startTime: at(3), state: { type: "COMPLETED" } });
    const soon = await call.flowRun.create({
      flowId,
      name: "soon",
      expectedStartTime: at(2),
      state: { type: "SCHEDULED" },
    });
    const early = await call.flowRun.create({ flowId, name: "early", startTime: at(1), state: { type: "FAILED" } });
    const where = { flowRuns: { flowId: { any: [flowId] } } };
    expect(await call.flowRun.list({ where })).toEqual([late, soon, early]);
    expect(await call.flowRun.list({ where, sort: "START_TIME_ASC", limit: 1, offset: 1 })).toEqual([soon]);
    const failed = { flowRuns: { flowId: { any: [flowId] }, state: { type: { any: ["FAILED" as const] } } } };
    expect(await call.flowRun.list({ where: failed })).toEqual([early]);
    expect(await call.flowRun.count({ where: failed })).toBe(1);
    expect(await call.flowRun.count({ where, atMost: 1 })).toBe(2);
    const either = { flowRuns: { operator: "or" as const, name: { any: ["late"] }, id: { any: [soon.id] } } };
    expect(await call.flowRun.list({ where: either })).toEqual([late, soon]);
    await call.taskRun.create({ flowRunId: late.id, taskKey: "a", dynamicKey: "0" });
    expect(await call.taskRun.count({ where: { taskRuns: { flowRunId: { any: [late.id] } } } })).toBe(1);
    expect(await call.taskRun.list({ where: { taskRuns: { name: { like: "a-" } } } })).toHaveLength(1);
    expect(await call.flow.list({ where: { flows: { name: { like: "LIST" } } } })).toHaveLength(1);
    expect(await call.flow.count({ where: { flows: { name: { any: [] } } } })).toBe(0);
  });
});

describe("rows that refer to others", () => {
  it("name the field of a missing parent", async () => {
    const { id: flowId } = await call.flow.create({ name: "parentless" });
    await expect(call.flowRun.create({ flowId, parentTaskRunId: unknown })).rejects.toMatchObject({
      code: "NOT_FOUND",
      message: "Task run not found.",
      cause: { details: { field: "parentTaskRunId" } },
    });
    await expect(call.flowRun.create({ flowId: unknown })).rejects.toMatchObject({ message: "Flow not found." });
    await expect(call.taskRun.create({ flowRunId: unknown, taskKey: "t", dynamicKey: "0" })).rejects.toMatchObject({
      message: "Flow run not found.",
    });
  });

  it("are deleted once, with what belongs to them", async () => {
    const flow = await call.flow.create({ name: "deleted" });
    const deployment = await call.deployment.create({ flowId: flow.id, name: "d" });
    const run = await call.flowRun.create({ flowId: flow.id, deploymentId: deployment.id });
    const task = await call.taskRun.create({ flowRunId: run.id, taskKey: "t", dynamicKey: "0" });
    expect(await call.taskRun.remove({ id: task.id })).toEqual({ id: task.id });
    expect(await call.deployment.remove({ id: deployment.id })).toEqual({ id: deployment.id });
    expect(await call.flowRun.read({ id: run.id })).toMatchObject({ id: run.id });
    expect(await call.flow.remove({ id: flow.id })).toEqual({ id: flow.id });
    for (const noun of ["flow", "deployment", "flowRun", "taskRun"] as const) {
      const { id } = { flow, deployment, flowRun: run, taskRun: task }[noun];
      await expect(call[noun].read({ id })).rejects.toMatchObject(notFound);
      await expect(call[noun].remove({ id })).rejects.toMatchObject(notFound);
    }
  });
});

describe("facets", () => {
  it("count types, flows, deployments, states and tags under a filter, of versions and of the latest", async () => {
    const { id: flowId } = await call.flow.create({ name: "faceted" });
    const { id: deploymentId } = await call.deployment.create({ flowId, name: "nightly" });
    const tags = ["a", "b"];
    const run = await call.flowRun.create({ flowId, deploymentId, tags, state: { type: "COMPLETED" } });
    const other = await call.flowRun.create({ flowId, tags: ["b"], state: { type: "FAILED" } });
    for (const [key, type, flowRunId] of [
      ["f-1", "table", run.id],
      ["f-1", "table", run.id],
      ["f-2", null, other.id],
    ] as const) {
      await call.artifact.create({ key, type, flowRunId });
    }
    await call.artifact.create({ key: "elsewhere", type: "table" });
    for (const [key, label] of [
      ["f-1", "staging"],
      ["f-1", "production"],
      ["f-2", "production"],
      ["elsewhere", "production"],
    ] as const) {
      await call.collection.label({ key, label, version: 1 });
    }
    const where = { flows: { name: { any: ["faceted"] } } };
    expect(await call.artifact.facets({ where })).toEqual({
      types: [
        { value: "table", id: null, count: 2 },
        { value: null, id: null, count: 1 },
      ],
      flows: [{ value: "faceted", id: flowId, count: 3 }],
      deployments: [{ value: "nightly", id: deploymentId, count: 2 }],
      states: [
        { value: "COMPLETED", id: null, count: 2 },
        { value: "FAILED", id: null, count: 1 },
      ],
      tags: [
        { value: "b", id: null, count: 3 },
        { value: "a", id: null, count: 2 },
      ],
      artifactTags: [],
      authors: [{ value: "local", id: null, count: 3 }],
      labels: [
        { value: "production", id: null, count: 2 },
        { value: "staging", id: null, count: 1 },
      ],
      owners: [],
      metadataNames: [],
      complete: true,
    });
    expect(await call.collection.facets({ where })).toMatchObject({
      types: [
        { value: "table", count: 1 },
        { value: null, count: 1 },
      ],
      flows: [{ count: 2 }],
      // The latest version of f-1 has none.
      labels: [{ value: "production", count: 1 }],
    });
  });
});

describe("the runs of a list", () => {
  it("have flows, deployments, states and tags in common, with counts", async () => {
    const flow = await call.flow.create({ name: "in common" });
    const deployment = await call.deployment.create({ flowId: flow.id, name: "daily" });
    const create = (type: "COMPLETED" | "FAILED", deploymentId: string | null, tags: string[]) =>
      call.flowRun.create({ flowId: flow.id, deploymentId, tags, state: { type } });
    await create("COMPLETED", deployment.id, ["eu"]);
    await create("COMPLETED", null, ["eu", "big"]);
    await create("FAILED", null, []);
    const facets = (type: "COMPLETED" | "FAILED") =>
      call.flowRun.facets({
        where: { flows: { id: { any: [flow.id] } }, flowRuns: { state: { type: { any: [type] } } } },
      });
    expect(await facets("COMPLETED")).toEqual({
      types: [],
      flows: [{ value: "in common", id: flow.id, count: 2 }],
      deployments: [{ value: "daily", id: deployment.id, count: 1 }],
      states: [{ value: "COMPLETED", id: null, count: 2 }],
      tags: [
        { value: "eu", id: null, count: 2 },
        { value: "big", id: null, count: 1 },
      ],
      authors: [],
      artifactTags: [],
      labels: [],
      owners: [],
      metadataNames: [],
      complete: true,
    });
    expect((await facets("FAILED")).tags).toEqual([]);
  });

  it("have artifacts, counted up to 1,001", async () => {
    const { id: flowId } = await call.flow.create({ name: "counted" });
    const [none, few, many] = await Promise.all([1, 2, 3].map(() => call.flowRun.create({ flowId })));
    const items = (flowRunId = "", length = 0) => Array.from({ length }, () => ({ flowRunId, data: 1 }));
    const removed = await call.artifact.createMany({ items: items(few?.id, 3) });
    await call.artifact.remove({ id: removed[0]?.id ?? "" });
    await call.artifact.createMany({ items: items(many?.id, 1000) });
    await call.artifact.createMany({ items: items(many?.id, 5) });
    const ids = [none, few, many].map((run) => run?.id ?? "");
    expect(await call.flowRun.artifactCounts({ ids: [...ids, unknown] })).toEqual({
      [ids[0] ?? ""]: 0,
      [ids[1] ?? ""]: 2,
      [ids[2] ?? ""]: 1001,
      [unknown]: 0,
    });
  });
});
