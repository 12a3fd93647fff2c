import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import type { TestServer } from "#test/http-server";
import { type Row, type SendForRow, type SendRequest, startRestServer } from "#test/rest-server";

let server: TestServer;
let send: SendRequest;
let sendForRow: SendForRow;
beforeAll(async () => {
  ({ server, send, sendForRow } = await startRestServer());
});
afterAll(() => server[Symbol.asyncDispose]());

const unknown = "00000000-0000-4000-8000-000000000000";

/** The policy of a flow that runs again so often. */
const retryPolicy = (count: number, retry_delay: number | null = null) =>
  Object.fromEntries([
    ["retries", count],
    ["retry_delay", retry_delay],
  ]);

describe("runs", () => {
  it("start as pending, also when created without a state", async () => {
    const flow = await sendForRow("POST /flows/", { name: "begun" });
    const begun = { state_type: "PENDING", state_name: "Pending", state: { type: "PENDING", name: "Pending" } };
    expect(await sendForRow("POST /flow_runs/", { flow_id: flow.id })).toMatchObject(begun);
    expect(await sendForRow("POST /task_runs/", { task_key: "begun", dynamic_key: "0" })).toMatchObject(begun);
    const result = await (await server.post("flowRun.create", JSON.stringify({ flowId: flow.id }))).json();
    const { id, created } = result.result.data;
    expect(await sendForRow(`GET /flow_runs/${id}`, undefined, 200)).toMatchObject({
      ...begun,
      state: { timestamp: created },
    });
  });

  it("of a task keep the id set by the client", async () => {
    const of = { id: "7B9C0C1E-0000-4000-8000-000000000001", task_key: "named", dynamic_key: "0" };
    const created = await sendForRow("POST /task_runs/", of);
    expect(created.id).toBe(of.id.toLowerCase());
    expect(await sendForRow(`GET /task_runs/${of.id}`, undefined, 200)).toEqual(created);
    expect(await sendForRow("POST /task_runs/", { ...of, id: null }, 200)).toEqual(created);
    const value = { detail: "Another task run has this id." };
    expect(await send("POST /task_runs/", { ...of, dynamic_key: "1" })).toMatchObject({ status: 409, value });
  });

  it("of a task may have an id of any variant", async () => {
    const id = "00000000-0000-0000-0000-00000000000f";
    const created = await sendForRow("POST /task_runs/", { id, task_key: "any-variant", dynamic_key: "0" });
    expect(created).toMatchObject({ id, state: { id: created.state_id } });
  });

  it("change state", async () => {
    const flow = await sendForRow("POST /flows/", { name: "stated" });
    const created = {
      flow_id: flow.id,
      state: { type: "PENDING", data: null, state_details: {} },
      empirical_policy: {},
    };
    const run = await sendForRow("POST /flow_runs/", created);
    expect(run).toMatchObject({
      state_name: "Pending",
      state: { type: "PENDING", id: run.state_id },
      start_time: null,
    });
    const set = (state: object) => send(`POST /flow_runs/${run.id}/set_state`, { state, force: false });
    expect(await set({ type: "RUNNING", name: "Retrying" })).toMatchObject({
      status: 201,
      value: { status: "ACCEPT", details: { type: "accept_details" }, state: { name: "Retrying" } },
    });
    const { value } = await set({ type: "COMPLETED", message: "All states completed.", data: { type: "unpersisted" } });
    const done = await sendForRow(`GET /flow_runs/${run.id}`, undefined, 200);
    expect(done).toMatchObject({
      state: (value as Row).state,
      start_time: expect.any(String),
      end_time: expect.any(String),
    });
    expect((await set({ type: "FINISHED" })).status).toBe(422);
    const changes = { name: "named", flow_version: "1", parameters: { n: 2 } };
    expect((await send(`PATCH /flow_runs/${run.id}`, changes)).status).toBe(204);
    expect(await sendForRow(`GET /flow_runs/${run.id}`, undefined, 200)).toMatchObject(changes);
    expect((await send("POST /flow_runs/filter", { flow_runs: { name: { any_: ["named"] } } })).value).toHaveLength(1);
    expect((await send(`POST /flow_runs/${unknown}/set_state`, created)).value).toEqual({
      detail: "Flow run not found",
    });
  });

  it("that fail are scheduled again while they have retries left, unless forced", async () => {
    const { id: flow_id } = await sendForRow("POST /flows/", { name: "retried" });
    const run = await sendForRow("POST /flow_runs/", { flow_id, empirical_policy: retryPolicy(1) });
    const read = () => sendForRow(`GET /flow_runs/${run.id}`, undefined, 200);
    const set = async (state: object, more = {}) =>
      (await send(`POST /flow_runs/${run.id}/set_state`, { state, ...more })).value;
    const failed = { type: "FAILED", message: "It failed" };
    await set(failed);
    expect(await read(), "one that never ran").toMatchObject({ state_type: "FAILED", run_count: 0 });
    await set({ type: "RUNNING" });
    expect(await set({ type: "RUNNING" })).toMatchObject({ status: "ACCEPT" });
    expect(await set(failed)).toEqual({
      status: "REJECT",
      details: { type: "reject_details", reason: "Retrying" },
      state: expect.objectContaining({
        type: "SCHEDULED",
        name: "AwaitingRetry",
        message: "It failed",
        state_details: { scheduled_time: expect.any(String) },
      }),
    });
    expect(await read()).toMatchObject({
      state_name: "AwaitingRetry",
      end_time: null,
      run_count: 1,
      empirical_policy: retryPolicy(1),
    });
    expect(await set({ type: "RUNNING" })).toMatchObject({ status: "ACCEPT" });
    expect(await set(failed)).toMatchObject({ status: "ACCEPT", state: { type: "FAILED" } });
    expect(await read()).toMatchObject({ run_count: 2, end_time: expect.any(String), next_scheduled_start_time: null });
    await set({ type: "RUNNING" });
    await send(`PATCH /flow_runs/${run.id}`, { empirical_policy: { ...retryPolicy(9), pause_keys: [] } });
    expect(await set(failed, { force: true })).toMatchObject({ status: "ACCEPT", state: { type: "FAILED" } });
  });

  it("wait for their scheduled time and for the delay of a retry", async () => {
    const { id: flow_id } = await sendForRow("POST /flows/", { name: "delayed" });
    const deployment = await sendForRow("POST /deployments/", { flow_id, name: "d" });
    const at = new Date(Date.now() + 60_000).toISOString();
    const run = await sendForRow(`POST /deployments/${deployment.id}/create_flow_run`, {
      state: { type: "SCHEDULED", state_details: { scheduled_time: at } },
      empirical_policy: retryPolicy(1, 20),
    });
    const set = async (type: string, more = {}) =>
      (await send(`POST /flow_runs/${run.id}/set_state`, { state: { type }, ...more })).value as Row; // an object
    const waits = (seconds: number) => ({
      status: "WAIT",
      details: {
        type: "wait_details",
        delay_seconds: expect.closeTo(seconds, -1),
        reason: "Scheduled time is in the future",
      },
    });
    expect(await set("RUNNING")).toMatchObject({ ...waits(60), state: { type: "SCHEDULED" } });
    expect(await set("PENDING")).toMatchObject({ status: "ACCEPT" });
    expect(await set("RUNNING")).toMatchObject({ ...waits(60), state: { type: "PENDING" } });
    expect(await set("RUNNING", { force: true })).toMatchObject({ status: "ACCEPT" });
    expect(await set("FAILED")).toMatchObject({ status: "REJECT" });
    expect(await set("RUNNING")).toMatchObject({ ...waits(20), state: { name: "AwaitingRetry" } });
  });

  it("inside of another give their state to the task run that stands for them", async () => {
    const { id: flow_id } = await sendForRow("POST /flows/", { name: "inside" });
    const outer = await sendForRow("POST /flow_runs/", { flow_id });
    const task = await sendForRow("POST /task_runs/", { flow_run_id: outer.id, task_key: "inside", dynamic_key: "0" });
    const inner = await sendForRow("POST /flow_runs/", { flow_id, parent_task_run_id: task.id });
    const set = (state: object) => send(`POST /flow_runs/${inner.id}/set_state`, { state });
    const parent = () => sendForRow(`GET /task_runs/${task.id}`, undefined, 200);
    await set({ type: "RUNNING", name: "Retrying" });
    const started = await sendForRow(`GET /flow_runs/${inner.id}`, undefined, 200);
    expect(await parent()).toMatchObject({ state_name: "Retrying", start_time: started.start_time, end_time: null });
    await set({ type: "COMPLETED", message: "Done" });
    const { end_time } = await sendForRow(`GET /flow_runs/${inner.id}`, undefined, 200);
    expect(await parent()).toMatchObject({ state: { type: "COMPLETED", message: "Done" }, end_time });
  });

  it("link artifacts to flows, and keep the artifacts when deleted", async () => {
    const flow = await sendForRow("POST /flows/", { name: "linked" });
    const run = await sendForRow("POST /flow_runs/", { flow_id: flow.id, state: { type: "RUNNING" } });
    const of = { flow_run_id: run.id, task_key: "t", dynamic_key: "0", name: "t-0" };
    const task = await sendForRow("POST /task_runs/", of);
    expect(await sendForRow("POST /task_runs", of, 200)).toEqual(task);
    const links = { flow_run_id: run.id, task_run_id: task.id };
    const { id } = await sendForRow("POST /artifacts/", { key: "linked", ...links });
    const count = async (filter: object) => (await send("POST /artifacts/count", filter)).value;
    expect(await count({ flows: { name: { any_: ["linked"] } } })).toBe(1);
    expect(await count({ flow_runs: { state: { type: { any_: ["FAILED"] } } } })).toBe(0);
    expect(await count({ task_runs: { operator: "or_", name: { like_: "T-" }, flow_run_id: { any_: [] } } })).toBe(1);
    expect((await send(`DELETE /flow_runs/${run.id}`)).status).toBe(204);
    expect((await send(`GET /task_runs/${task.id}`)).value).toEqual({ detail: "Task not found" });
    expect(await sendForRow(`GET /artifacts/${id}`, undefined, 200)).toMatchObject(links);
    expect(await count({ flow_runs: {} })).toBe(0);
  });
});

test.each([
  ["POST /deployments/", { name: "d", flow_id: unknown }, "Flow not found."],
  ["POST /flow_runs/", { flow_id: unknown }, "Flow not found."],
  ["POST /task_runs/", { flow_run_id: unknown, task_key: "t", dynamic_key: "0" }, "Flow run not found."],
])("%s of what is not there is a conflict", async (request, body, sentence) => {
  const value = { detail: `Data integrity conflict: ${sentence}` };
  expect(await send(request, body)).toMatchObject({ status: 409, value });
});

test("a run of an unknown parent is a conflict", async () => {
  const { id: flow_id } = await sendForRow("POST /flows/", { name: "orphaned" });
  const { id } = await sendForRow("POST /deployments/", { flow_id, name: "d" });
  const value = { detail: "Data integrity conflict: Task run not found." };
  for (const path of ["/flow_runs/", `/deployments/${id}/create_flow_run`]) {
    expect(await send(`POST ${path}`, { flow_id, parent_task_run_id: unknown })).toMatchObject({ status: 409, value });
  }
});

test("task runs filter by flow run as in Prefect", async () => {
  const flow = await sendForRow("POST /flows/", { name: "of-task" });
  const run = await sendForRow("POST /flow_runs/", { flow_id: flow.id });
  const within = await sendForRow("POST /task_runs/", { flow_run_id: run.id, task_key: "in", dynamic_key: "0" });
  const alone = await sendForRow("POST /task_runs/", { task_key: "alone", dynamic_key: "0" });
  const ids = async (flow_run_id: object | null) => {
    const { value } = await send("POST /task_runs/filter", {
      task_runs: { id: { any_: [within.id, alone.id] }, flow_run_id },
    });
    return (value as Row[]).map(({ id }) => id).sort(); // a list returns rows
  };
  const both = [within.id, alone.id].sort();
  expect(await ids({})).toEqual([within.id]);
  expect(await ids({ any_: [run.id] })).toEqual([within.id]);
  expect(await ids({ is_null_: true })).toEqual([alone.id]);
  expect(await ids({ is_null_: true, any_: [run.id] })).toEqual([alone.id]);
  expect(await ids({ is_null_: false, any_: [run.id] })).toEqual([within.id]);
  expect(await ids({ is_null_: null })).toEqual(both);
  expect(await ids(null)).toEqual(both);
});

test.each([
  ["2026-01-01", 1],
  ["2026-01-01T00:00:00", 1],
  ["2026-01-01 02:00+02:00", 1],
  ["2026-01-01T00:00:00.000001Z", 0],
  ["2026-01-01T00:00:00.000001", 0],
  [1767225600, 1],
  ["1767225600", 1],
  [1767225600000, 1],
  [1767225601.5, 0],
])("a moment may be written %j", async (after_, count) => {
  const flow = await sendForRow("POST /flows/", { name: `moment ${typeof after_} ${after_}` });
  const at = "2026-01-01T00:00:00Z";
  await sendForRow("POST /flow_runs/", { flow_id: flow.id, expected_start_time: at });
  const filter = { flows: { id: { any_: [flow.id] } }, flow_runs: { expected_start_time: { after_ } } };
  expect((await send("POST /flow_runs/count", filter)).value).toBe(count);
});

test("lists are paginated by the number of a page", async () => {
  const flow = await sendForRow("POST /flows/", { name: "paged" });
  for (const name of ["a", "b", "c"]) await sendForRow("POST /flow_runs/", { flow_id: flow.id, name });
  const of = { flows: { id: { any_: [flow.id] } }, sort: "NAME_ASC", limit: 2 };
  const page = async (body: object) => (await send("POST /flow_runs/paginate", { ...of, ...body })).value;
  const run = (name: string) => ({ name, flow_id: flow.id, state: { type: "PENDING" } });
  expect(await page({})).toMatchObject({ results: [run("a"), run("b")], count: 3, limit: 2, pages: 2, page: 1 });
  expect(await page({ page: 2 })).toMatchObject({ results: [run("c")], count: 3, pages: 2, page: 2 });
  expect(await page({ page: 3 })).toMatchObject({ results: [], page: 3 });
  expect((await send("POST /flow_runs/paginate", { page: 0 })).status).toBe(422);
  expect(await page({ page: 10_737_419, limit: 200 })).toMatchObject({ results: [], page: 10_737_419 });
  const beyond = await send("POST /flow_runs/paginate", { page: 10_737_420 });
  expect(beyond).toMatchObject({ status: 422, value: { exception_detail: [{ loc: ["body", "page"] }] } });
});

test("`operator` is accepted where there is one condition, as Prefect's interface sends it", async () => {
  const flow_runs = { parent_flow_run_id: { operator: "and_", any_: [unknown] } };
  expect(await send("POST /flow_runs/count", { flow_runs })).toMatchObject({ status: 200, value: 0 });
  const flows = { deployment: { operator: "or_", is_null_: false } };
  expect(await send("POST /flows/count", { flows })).toMatchObject({ status: 200, value: expect.any(Number) });
});
