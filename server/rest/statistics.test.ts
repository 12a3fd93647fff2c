import { afterAll, beforeAll, expect, it } from "vitest";
import { type Caller, callerOn } from "#test/caller";
import type { TestServer } from "#test/http-server";
import { type SendRequest, startRestServer } from "#test/rest-server";

let server: TestServer;
let send: SendRequest;
let call: Caller;
let flowId: string;
let runs: { completed: string; late: string; scheduled: string };

const minute = (at: number, second = 0) => `2026-03-01T10:${String(at).padStart(2, "0")}:0${second}.000000Z`;
const UNKNOWN = "00000000-0000-4000-8000-000000000000";

beforeAll(async () => {
  ({ server, send } = await startRestServer());
  call = callerOn(server);
  flowId = (await call.flow.create({ name: "counted" })).id;
  await call.deployment.create({ flowId, name: "a" });
  await call.deployment.create({ flowId, name: "b" });
  const create = async (name: string, type: "COMPLETED" | "FAILED" | "SCHEDULED", times: object) =>
    (await call.flowRun.create({ flowId, name, state: { type }, ...times })).id;
  runs = {
    completed: await create("on-time", "COMPLETED", {
      expectedStartTime: minute(0),
      startTime: minute(0),
      endTime: minute(0, 4),
    }),
    late: await create("late", "FAILED", {
      expectedStartTime: minute(1),
      startTime: minute(1, 6),
      endTime: minute(1, 8),
    }),
    scheduled: await create("next", "SCHEDULED", {
      expectedStartTime: "2100-01-01T00:00:00Z",
      nextScheduledStartTime: "2100-01-01T00:00:00Z",
    }),
  };
  const tasks = [
    ["COMPLETED", 0],
    ["COMPLETED", 3],
    ["FAILED", 3],
  ] as const;
  for (const [type, at] of tasks) {
    const times = { startTime: minute(at), endTime: minute(at, 1) };
    const dynamicKey = `${type} ${at}`;
    await call.taskRun.create({ flowRunId: runs.completed, taskKey: "t", dynamicKey, state: { type }, ...times });
  }
  await call.taskRun.create({ flowRunId: runs.completed, taskKey: "t", dynamicKey: "stateless" });
  const parent = await call.taskRun.create({ flowRunId: runs.completed, taskKey: "sub", dynamicKey: "0" });
  await call.flowRun.create({ flowId, parentTaskRunId: parent.id });
});
afterAll(() => server[Symbol.asyncDispose]());

async function respond(path: string, body: object): Promise<unknown> {
  const response = await send(`POST ${path}`, body);
  expect(response.status, response.text).toBe(200);
  return response.value;
}

const named = (...any_: string[]) => ({ flow_runs: { name: { any_ } } });
const span = (history_interval_seconds: number) => ({
  history_start: minute(0),
  history_end: minute(2),
  history_interval_seconds,
});
const counted = (state_type: string, count_runs: number, sum_estimated_run_time: number, lateness = 0) => {
  const state_name = state_type.charAt(0) + state_type.slice(1).toLowerCase();
  return { state_type, state_name, count_runs, sum_estimated_run_time, sum_estimated_lateness: lateness };
};

it("counts flow runs by interval and state, with how long they ran and how late they started", async () => {
  expect(await respond("/flow_runs/history", span(60))).toEqual([
    {
      interval_start: "2026-03-01T10:00:00.000Z",
      interval_end: "2026-03-01T10:01:00.000Z",
      states: [counted("COMPLETED", 1, 4)],
    },
    {
      interval_start: "2026-03-01T10:01:00.000Z",
      interval_end: "2026-03-01T10:02:00.000Z",
      states: [counted("FAILED", 1, 2, 6)],
    },
  ]);
  const [one] = (await respond("/flow_runs/history", { ...span(3600), ...named("late") })) as { states: object[] }[];
  expect(one?.states).toEqual([counted("FAILED", 1, 2, 6)]);
});

it("counts task runs by interval, of which there are at most 500", async () => {
  const all = (await respond("/task_runs/history", { ...span(1), history_end: minute(30) })) as { states: object[] }[];
  expect(all).toHaveLength(500);
  expect([all[0]?.states, all[180]?.states]).toEqual([
    [counted("COMPLETED", 1, 1)],
    expect.arrayContaining([counted("COMPLETED", 1, 1), counted("FAILED", 1, 1)]),
  ]);
  expect(await respond("/task_runs/history", { ...span(1), history_end: minute(0) })).toEqual([]);
});

it("averages lateness, which is null without runs", async () => {
  expect(await respond("/flow_runs/lateness", named("on-time", "late"))).toBe(3);
  expect(await respond("/flow_runs/lateness", named("none"))).toBeNull();
});

it("lists the bars of flow runs, the last expected first", async () => {
  expect(await respond("/ui/flow_runs/history", { ...named("on-time", "late", "next"), limit: 1000 })).toEqual([
    {
      id: runs.scheduled,
      state_type: "SCHEDULED",
      timestamp: "2100-01-01T00:00:00.000000Z",
      duration: 0,
      lateness: 0,
    },
    { id: runs.late, state_type: "FAILED", timestamp: minute(1, 6), duration: 2, lateness: 6 },
    { id: runs.completed, state_type: "COMPLETED", timestamp: minute(0), duration: 4, lateness: 0 },
  ]);
});

it("counts task runs by flow run, without those that stand for flow runs", async () => {
  const flow_run_ids = [runs.completed, runs.late, UNKNOWN];
  const counts = { [runs.completed]: 4, [runs.late]: 0, [UNKNOWN]: 0 };
  expect(await respond("/ui/flow_runs/count-task-runs", { flow_run_ids })).toEqual(counts);
});

it("counts task runs by state, and those without a state not at all", async () => {
  const counts = await respond("/ui/task_runs/count", named("on-time"));
  expect(counts).toMatchObject({ COMPLETED: 2, FAILED: 1, PENDING: 0, RUNNING: 0 });
});

it("counts finished task runs in 20 intervals, which begin at a given time", async () => {
  const start_time = { after_: minute(0), before_: minute(20) };
  const counts = (await respond("/ui/task_runs/dashboard/counts", { task_runs: { start_time } })) as object[];
  expect(counts).toHaveLength(20);
  expect(counts.slice(0, 5)).toEqual([
    { completed: 1, failed: 0 },
    { completed: 0, failed: 0 },
    { completed: 0, failed: 0 },
    { completed: 1, failed: 1 },
    { completed: 0, failed: 0 },
  ]);
  expect(await respond("/ui/task_runs/dashboard/counts", { task_runs: {} })).toHaveLength(20);
});

it("counts deployments and finds the next run by flow", async () => {
  const flow_ids = [flowId, UNKNOWN];
  expect(await respond("/ui/flows/count-deployments", { flow_ids })).toEqual({ [flowId]: 2, [UNKNOWN]: 0 });
  expect(await respond("/ui/flows/next-runs", { flow_ids })).toEqual({
    [flowId]: {
      id: runs.scheduled,
      flow_id: flowId,
      name: "next",
      state_name: "Scheduled",
      state_type: "SCHEDULED",
      next_scheduled_start_time: "2100-01-01T00:00:00.000000Z",
    },
    [UNKNOWN]: null,
  });
});

it("reports how long runs took", async () => {
  const { value } = await send(`GET /flow_runs/${runs.completed}`);
  expect(value).toMatchObject({ total_run_time: 4, estimated_run_time: 4 });
  const running = await call.flowRun.create({
    flowId,
    state: { type: "RUNNING" },
    startTime: new Date(Date.now() - 60_000).toISOString(),
  });
  const { value: current } = await send(`GET /flow_runs/${running.id}`);
  expect(current).toMatchObject({ total_run_time: 0, estimated_run_time: expect.closeTo(60, -1) });
});
