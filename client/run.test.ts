import { setImmediate as turn } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openFaultyProxy } from "#test/faulty-proxy";
import { startHttpServer, type TestServer } from "#test/http-server";
import { connect as connectUntracked } from "./connect";
import { connect } from "./node";

let server: TestServer;
let vitrine: ReturnType<typeof connect>;
beforeAll(async () => {
  server = await startHttpServer();
  vitrine = connect({ url: server.origin });
});
afterAll(() => server[Symbol.asyncDispose]());

/** The task runs of a flow run, as `name STATE`. */
async function tasksOf(flowRunId: string): Promise<string[]> {
  const names: string[] = [];
  const where = { taskRuns: { flowRunId: { any: [flowRunId] } } };
  for await (const { name, state } of vitrine.taskRuns.page({ where, limit: 2 })) names.push(`${name} ${state?.type}`);
  return names.sort();
}

describe("artifacts belong to the run around the call", () => {
  test("in parallel tasks", async () => {
    const result = await vitrine.run({ flow: "etl", deployment: "nightly", tags: ["a"] }, async (run) => {
      const load = async (n: number) =>
        vitrine.task("load", async (task) => {
          await turn();
          const [table] = await vitrine.artifact.createMany.mutate({ items: [{ key: `many-${n}` }] });
          return [task.id, (await vitrine.json(`one-${n}`, n)).taskRunId, table?.taskRunId];
        });
      const tasks = await Promise.all([1, 2, 3].map(load));
      return { id: run.id, tasks, alone: await vitrine.markdown("alone", "in the run") };
    });
    for (const ids of result.tasks) expect(new Set(ids).size).toBe(1);
    expect(new Set(result.tasks.map(([id]) => id)).size).toBe(3);
    expect(result.alone).toMatchObject({ flowRunId: result.id, taskRunId: null });
    const where = { flowRuns: { tags: { all: ["a"] } }, deployments: { name: { any: ["nightly"] } } };
    expect(await vitrine.artifact.count.query({ where })).toBe(7);
    expect(await tasksOf(result.id)).toEqual(["load-0 COMPLETED", "load-1 COMPLETED", "load-2 COMPLETED"]);
    expect(await vitrine.json("after", 1)).toMatchObject({ flowRunId: null });
  });

  test("in nested tasks, and in nested runs, which become sub-flow runs of a task", async () => {
    const ids = await vitrine.run({ flow: "outer" }, async (outer) => {
      const nested = await vitrine.task("a", () =>
        vitrine.task("b", async ({ id }) => ({ id, artifact: await vitrine.json("c", 1) })),
      );
      const inner = await vitrine.run({ flow: "inner" }, async ({ id }) => ({
        id,
        artifact: await vitrine.json("d", 1),
      }));
      return { outer: outer.id, nested, inner };
    });
    expect(ids.nested.artifact).toMatchObject({ flowRunId: ids.outer, taskRunId: ids.nested.id });
    expect(ids.inner.artifact).toMatchObject({ flowRunId: ids.inner.id, taskRunId: null });
    expect(await tasksOf(ids.outer)).toEqual(["a-0 COMPLETED", "b-0 COMPLETED", "inner-0 COMPLETED"]);
    const where = { flowRuns: { parentFlowRunId: { any: [ids.outer] } } };
    expect(await vitrine.flowRun.list.query({ where })).toMatchObject([
      { id: ids.inner.id, state: { type: "COMPLETED" } },
    ]);
  });

  test("but not to a run on another server, nor if they name a run themselves", async () => {
    await using other = await startHttpServer();
    const elsewhere = connect({ url: other.origin });
    await vitrine.run({ flow: "here" }, async (run) => {
      expect(await elsewhere.json("elsewhere", 1)).toMatchObject({ flowRunId: null });
      const both = await elsewhere.run({ flow: "elsewhere" }, async () => vitrine.json("both", 1));
      expect(both).toMatchObject({ flowRunId: run.id });
      expect(await connect({ url: server.origin }).json("same", 1)).toMatchObject({ flowRunId: run.id });
      expect(await vitrine.artifact.create.mutate({ key: "free", flowRunId: null })).toMatchObject({ flowRunId: null });
    });
  });

  test("published through the run or task object where the platform tracks nothing", async () => {
    const plain = connectUntracked({ url: server.origin });
    await plain.run({ flow: "plain" }, async (run) => {
      expect(await plain.json("free", 1)).toMatchObject({ flowRunId: null });
      expect(await run.json("bound", 1)).toMatchObject({ flowRunId: run.id, taskRunId: null });
      await run.task({ task: "load", name: "by hand", tags: ["t"] }, async (task) => {
        expect(await task.markdown("bound", "x")).toMatchObject({ flowRunId: run.id, taskRunId: task.id });
        const inner = await task.run({ flow: "inner" }, async ({ id }) => id);
        expect(await plain.flowRun.read.query({ id: inner })).toMatchObject({ parentTaskRunId: task.id });
      });
      expect(await tasksOf(run.id)).toEqual(["by hand COMPLETED"]);
    });
  });
});

describe("the state of a run", () => {
  test("is FAILED with the message of the error, which is rethrown", async () => {
    const mine = new RangeError("out of \0range");
    let id = "";
    const work = vitrine.run({ flow: "failing" }, async (run) => {
      id = run.id;
      const bar = vitrine.progress("half");
      bar.set(50);
      await vitrine.task("good", () => 1);
      await vitrine.task("bad", () => Promise.reject(mine));
    });
    await expect(work).rejects.toBe(mine);
    const { state, endTime } = await vitrine.flowRun.read.query({ id });
    expect(state).toMatchObject({ type: "FAILED", message: "out of range" });
    expect(endTime).not.toBeNull();
    expect(await tasksOf(id)).toEqual(["bad-0 FAILED", "good-0 COMPLETED"]);
    expect(await vitrine.collection.latest.query({ key: "half" })).toMatchObject({ number: 50 });
  });

  test("is set on one run when responses are lost; its progress ends at 100", async () => {
    await using proxy = await openFaultyProxy(server.origin);
    proxy.faults.push("drop", "drop", "drop", "drop", "drop");
    const id = await connect({ url: proxy.url }).run({ flow: "unreliable" }, async (run) => {
      vitrine.progress("outside");
      run.progress("finished-with-run").set(30);
      return run.id;
    });
    const where = { flows: { name: { any: ["unreliable"] } } };
    expect(await vitrine.flowRun.list.query({ where })).toMatchObject([{ id, state: { type: "COMPLETED" } }]);
    expect(await vitrine.collection.latest.query({ key: "finished-with-run" })).toMatchObject({
      number: 100,
      flowRunId: id,
    });
    expect(await vitrine.artifact.count.query({ where })).toBe(1);
  });

  test("is RUNNING again when a run continues under its idempotency key", async () => {
    const again = { flow: "again", idempotencyKey: "2026-11-25" };
    let id = "";
    const first = vitrine.run(again, async (run) => {
      id = run.id;
      await vitrine.task("load", () => Promise.reject(new Error("once")));
    });
    await expect(first).rejects.toThrow("once");
    const states = await vitrine.run(again, () =>
      vitrine.task("load", async (task) => [
        (await vitrine.flowRun.read.query({ id })).state?.type,
        (await vitrine.taskRun.read.query({ id: task.id })).state?.type,
      ]),
    );
    expect(states).toEqual(["RUNNING", "RUNNING"]);
    expect(await vitrine.flowRun.read.query({ id })).toMatchObject({ state: { type: "COMPLETED", message: null } });
    expect(await tasksOf(id)).toEqual(["load-0 COMPLETED"]);
  });
});
