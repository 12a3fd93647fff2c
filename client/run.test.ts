import { afterAll, beforeAll, expect, test } from "vitest";
import { type OpenDoor, openDoor } from "#server/door/testing";
import { connect } from "./node";

let door: OpenDoor;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door[Symbol.asyncDispose]());

test("what is published in tasks that run at once belongs to each of them, and their ends are their states", async () => {
  const vitrine = connect({ url: door.origin });
  const made = await vitrine.run({ flow: "etl", deployment: "nightly", tags: ["a"] }, async (run) => {
    const alone = await vitrine.markdown("alone", "in the run");
    const tasks = await Promise.all(
      ["load", "load", "check"].map((name) =>
        vitrine.task(name, async (task) => {
          await new Promise((resolve) => setImmediate(resolve));
          return { id: task.id, artifact: await vitrine.json(`of-${name}`, { name }) };
        }),
      ),
    );
    return { run: run.id, alone, tasks };
  });
  expect(made.alone).toMatchObject({ flowRunId: made.run, taskRunId: null, type: "markdown" });
  for (const { id, artifact } of made.tasks) expect(artifact).toMatchObject({ flowRunId: made.run, taskRunId: id });
  expect(new Set(made.tasks.map(({ id }) => id)).size).toBe(3);
  const run = await vitrine.flowRun.read.query({ id: made.run });
  expect(run).toMatchObject({ state: { type: "COMPLETED" }, tags: ["a"] });
  const names: string[] = [];
  const where = { taskRuns: { flowRunId: { any: [made.run] } } };
  for await (const task of vitrine.taskRuns.page({ where, limit: 1 })) names.push(`${task.name} ${task.state?.type}`);
  expect(names.sort()).toEqual(["check-0 COMPLETED", "load-0 COMPLETED", "load-1 COMPLETED"]);
});
