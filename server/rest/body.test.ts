import { expect, test } from "vitest";
import type { z } from "zod";
import * as body from "./body";

const ID = "0199b3c8-0000-7000-8000-000000000001";
const HEX = ID.replaceAll("-", "").toUpperCase();
const AT = "2026-01-02T00:00:00Z";
const scheduled = { type: "SCHEDULED", state_details: { scheduled_time: "2026-01-02" } };

const errorsOf = (schema: z.ZodType, input: unknown) =>
  schema.safeParse(input).error?.issues.map(({ path, code }) => `${path.join(".")} ${code}`);

test("an artifact's body takes its fields and no others", () => {
  const texts = { key: "k", type: "t", description: "d" };
  const sent = { ...texts, metadata_: { a: "b" }, flow_run_id: HEX, task_run_id: null };
  expect(body.ArtifactCreateBody.parse(sent)).toEqual({
    ...texts,
    metadata: { a: "b" },
    flowRunId: ID,
    taskRunId: null,
  });
  expect(body.ArtifactCreateBody.parse({ metadata_: null })).toEqual({ metadata: null });
  expect(errorsOf(body.ArtifactCreateBody, { idempotency_key: "x" })).toEqual([" unrecognized_keys"]);
  expect(body.ArtifactUpdateBody.parse({ description: null, metadata_: {} })).toEqual({
    description: null,
    metadata: {},
  });
  expect(errorsOf(body.ArtifactUpdateBody, { key: "k" })).toEqual([" unrecognized_keys"]);
});

test("a flow's body: null counts as absent at creation, and unknown fields are ignored", () => {
  expect(body.FlowCreateBody.parse({ name: "f", tags: null, labels: null, id: 1 })).toEqual({ name: "f" });
  expect(body.FlowCreateBody.parse({ name: "f", tags: ["a"], labels: { n: 1 } })).toEqual({
    name: "f",
    tags: ["a"],
    labels: { n: 1 },
  });
  expect(errorsOf(body.FlowCreateBody, { name: "" })).toEqual(["name custom"]);
  expect(errorsOf(body.FlowCreateBody, { name: "x".repeat(256) })).toEqual(["name too_big"]);
  expect(body.FlowUpdateBody.parse({ tags: ["a"], labels: {}, name: "ignored" })).toEqual({ tags: ["a"], labels: {} });
  expect(errorsOf(body.FlowUpdateBody, { tags: null })).toEqual(["tags invalid_type"]);
});

test("a deployment's body", () => {
  const rest = { description: "d", version: "1", work_queue_name: "q", concurrency_limit: 3 };
  const contract = { description: "d", version: "1", workQueueName: "q", concurrencyLimit: 3 };
  const of = { name: "d", flow_id: HEX };
  expect(body.DeploymentCreateBody.parse({ ...of, ...rest, paused: "yes", tags: null, labels: null })).toEqual({
    name: "d",
    flowId: ID,
    ...contract,
    paused: true,
  });
  expect(body.DeploymentCreateBody.parse({ ...of, tags: ["a"], labels: { n: 1 } })).toEqual({
    name: "d",
    flowId: ID,
    tags: ["a"],
    labels: { n: 1 },
  });
  expect(errorsOf(body.DeploymentCreateBody, { name: "a/b", flow_id: ID })).toEqual(["name custom"]);
  expect(body.DeploymentUpdateBody.parse({ ...rest, paused: false, tags: [], labels: {}, name: "ignored" })).toEqual({
    ...contract,
    paused: false,
    tags: [],
    labels: {},
  });
});

test("the poll for scheduled runs has Prefect's limit unless it names one", () => {
  const ids = { deployment_ids: [HEX] };
  expect(body.ScheduledRunsBody.parse(ids)).toEqual({ deploymentIds: [ID], limit: 200 });
  expect(body.ScheduledRunsBody.parse({ ...ids, limit: null, scheduled_before: null })).toEqual({
    deploymentIds: [ID],
    limit: 200,
    scheduledBefore: null,
  });
  expect(body.ScheduledRunsBody.parse({ ...ids, limit: "7", scheduled_before: "2026-01-02" })).toEqual({
    deploymentIds: [ID],
    limit: 7,
    scheduledBefore: AT,
  });
  const many = (length: number) => errorsOf(body.ScheduledRunsBody, { deployment_ids: Array(length).fill(ID) });
  expect([many(1000), many(1001)]).toEqual([undefined, ["deployment_ids too_big"]]);
});

test("a flow run's body takes its fields", () => {
  const sent = {
    ...{ flow_id: HEX, deployment_id: null, flow_version: "1", name: "r", parent_task_run_id: HEX },
    ...{ idempotency_key: "k", work_queue_name: "q", parameters: { n: 1 }, tags: ["a"], empirical_policy: {} },
  };
  expect(body.FlowRunCreateBody.parse(sent)).toEqual({
    ...{ flowId: ID, deploymentId: null, flowVersion: "1", name: "r", parentTaskRunId: ID },
    ...{ idempotencyKey: "k", workQueueName: "q", parameters: { n: 1 }, tags: ["a"], state: { type: "PENDING" } },
    ...{ expectedStartTime: expect.any(String), nextScheduledStartTime: null },
  });
  expect(body.DeploymentRunBody.parse({ flow_id: "ignored", tags: null })).not.toHaveProperty("flowId");
  expect(body.FlowRunUpdateBody.parse({ name: "r", flow_version: "2", parameters: {}, tags: ["a"], x: 1 })).toEqual({
    name: "r",
    flowVersion: "2",
    parameters: {},
    tags: ["a"],
  });
});

test("a scheduled run is expected at the time of its state, or now; one in another state now", () => {
  const times = (schema: z.ZodType, sent: object) => {
    const { expectedStartTime, nextScheduledStartTime, state } = Object(schema.parse({ flow_id: ID, ...sent }));
    return [state.type, expectedStartTime, nextScheduledStartTime];
  };
  expect(times(body.FlowRunCreateBody, {})).toEqual(["PENDING", "now", null]);
  expect(times(body.FlowRunCreateBody, { state: null })).toEqual(["PENDING", "now", null]);
  expect(times(body.FlowRunCreateBody, { state: scheduled })).toEqual(["SCHEDULED", AT, AT]);
  expect(times(body.FlowRunCreateBody, { state: { ...scheduled, type: "RUNNING" } })).toEqual(["RUNNING", "now", null]);
  const own = { expected_start_time: "2026-02-01", next_scheduled_start_time: "2026-03-01" };
  expect(times(body.FlowRunCreateBody, { state: scheduled, ...own })).toEqual([
    "SCHEDULED",
    "2026-02-01T00:00:00Z",
    "2026-03-01T00:00:00Z",
  ]);
  for (const state_details of [undefined, null, {}, { scheduled_time: null }]) {
    const state = { type: "SCHEDULED", state_details };
    expect(times(body.DeploymentRunBody, { state })).toEqual(["SCHEDULED", "now", "now"]);
  }
  expect(times(body.DeploymentRunBody, {})).toEqual(["SCHEDULED", "now", "now"]);
});

test("a state keeps its type, name and message", () => {
  const state = { type: "FAILED", name: "Broken", message: "why" };
  const sent = { state: { ...state, data: { type: "unpersisted" }, id: 1 }, force: true };
  expect(body.FlowRunStateBody.parse(sent)).toEqual({ state, scheduledTime: null, force: true });
  expect(body.FlowRunStateBody.parse({ state: scheduled })).toEqual({
    state: { type: "SCHEDULED" },
    scheduledTime: AT,
  });
  expect(body.TaskRunStateBody.parse(sent)).toEqual({ state });
  expect(body.TaskRunStateBody.parse({ state: scheduled })).toEqual({ state: { type: "SCHEDULED" } });
  expect(errorsOf(body.TaskRunStateBody, {})).toEqual(["state invalid_type"]);
});

test("a task run's body takes its fields and is pending by default", () => {
  const sent = { id: HEX, flow_run_id: HEX, task_key: "t", dynamic_key: "0", name: "n", tags: ["a"] };
  const contract = { id: ID, flowRunId: ID, taskKey: "t", dynamicKey: "0", name: "n", tags: ["a"] };
  expect(body.TaskRunCreateBody.parse(sent)).toEqual({ ...contract, state: { type: "PENDING" } });
  expect(body.TaskRunCreateBody.parse({ ...sent, tags: null, state: scheduled, expected_start_time: AT })).toEqual({
    ...contract,
    tags: undefined,
    state: { type: "SCHEDULED" },
    expectedStartTime: AT,
  });
  expect(body.TaskRunUpdateBody.parse({ name: "n", tags: ["a"], x: 1 })).toEqual({ name: "n", tags: ["a"] });
});
