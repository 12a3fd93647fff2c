import { expect, test } from "vitest";
import { artifactRow } from "#test/artifact-row";
import * as row from "./row";

const ID = "0199b3c8-0000-7000-8000-000000000001";
const AT = "2026-01-01T00:00:00.000000Z";

/** The response to one row. */
const bodyOf = (schema: Parameters<typeof row.toRestBody>[0], value: unknown) =>
  row.toRestBody(schema, value) as Record<string, unknown>; // a row becomes a row

const run = { id: ID, name: "r", created: AT, updated: AT, tags: [] };
const running = { type: "RUNNING", name: "Retrying", message: "again", timestamp: AT };

test("a row has exactly the fields of its schema in their order, and null for what is absent", () => {
  const body = bodyOf(row.Artifact, { ...artifactRow({ key: "k", flowRunId: ID }), data: [1], secret: 1 });
  expect(Object.keys(body)).toEqual(Object.keys(row.Artifact.shape));
  expect(body).toMatchObject({ id: artifactRow().id, key: "k", flow_run_id: ID, task_run_id: null, data: [1] });
  expect(bodyOf(row.Artifact, {})).toEqual(
    Object.fromEntries(Object.keys(row.Artifact.shape).map((field) => [field, null])),
  );
  expect(row.toRestBody(row.Artifact, "text")).toBe("text");
  expect(row.toRestBody(row.Artifact, null)).toBe(null);
});

test("a list has a body per row, and is empty where there are none", () => {
  const list = row.Flow.array();
  const bodies = row.toRestBody(list, [{ id: "1" }, { id: "2" }]);
  expect(bodies).toMatchObject([{ id: "1" }, { id: "2" }]);
  expect(row.toRestBody(list, null)).toEqual([]);
});

test("a collection has its own id, and that of its latest version beside it", () => {
  const body = bodyOf(row.ArtifactCollection, { ...artifactRow(), collectionId: ID });
  expect(body).toMatchObject({ id: ID, latest_id: artifactRow().id });
});

test("metadata values are texts, and label values scalars: others become JSON", () => {
  const deep = { text: "x", n: 1, flag: true, list: [1], none: null };
  expect(bodyOf(row.Artifact, { metadata: deep }).metadata_).toEqual({
    text: "x",
    n: "1",
    flag: "true",
    list: "[1]",
    none: "null",
  });
  expect(bodyOf(row.Artifact, { metadata: null }).metadata_).toBe(null);
  expect(bodyOf(row.Flow, { labels: deep }).labels).toEqual({ ...deep, list: "[1]", none: "null" });
  expect(bodyOf(row.Flow, { labels: null }).labels).toEqual({});
});

test("a state has a stable id that is its own", () => {
  const body = bodyOf(row.FlowRun, { ...run, state: running });
  const id = expect.stringMatching(/^[0-9a-f-]{36}$/);
  expect(body).toMatchObject({ state_id: id, state_type: "RUNNING", state_name: "Retrying" });
  expect(body.state).toEqual({ id: body.state_id, ...running, state_details: {}, data: null });
  const stateId = (value: object) => bodyOf(row.FlowRun, { ...run, state: running, ...value }).state_id;
  expect(stateId({ name: "other" })).toBe(body.state_id);
  expect(stateId({ id: artifactRow({ id: ID.replace(/1$/, "2") }).id })).not.toBe(body.state_id);
  expect(stateId({ state: { ...running, timestamp: "2026-01-01T00:00:00.000001Z" } })).not.toBe(body.state_id);
});

test("a run without a state is pending since its creation", () => {
  for (const state of [null, undefined]) {
    const pending = { type: "PENDING", name: "Pending", message: null, timestamp: AT };
    expect(bodyOf(row.TaskRun, { ...run, state })).toMatchObject({
      state: pending,
      state_type: "PENDING",
      state_name: "Pending",
    });
  }
});

test("the creator of a run has the fields that are known", () => {
  const createdBy = (value: unknown) => bodyOf(row.FlowRun, { ...run, createdBy: value }).created_by;
  expect(createdBy({ id: ID, type: "USER", displayValue: "me" })).toEqual({
    id: ID,
    type: "USER",
    display_value: "me",
  });
  expect(createdBy({ type: "USER" })).toEqual({ type: "USER" });
  expect(createdBy(null)).toBe(null);
});

test("every state of a task run is accepted", () => {
  const body = row.toRestBody(row.Orchestration, row.toOrchestration({ ...run, state: running }));
  expect(body).toEqual({
    state: expect.objectContaining(running),
    status: "ACCEPT",
    details: { type: "accept_details" },
  });
});

test("a state of a flow run is accepted, rejected for a retry, or early", () => {
  const flowRun = { ...run, state: { ...running, type: "SCHEDULED" }, nextScheduledStartTime: AT };
  const state = expect.objectContaining({ type: "SCHEDULED", state_details: { scheduled_time: AT } });
  const body = (proposal: object) =>
    row.Orchestration.parse(row.toRestBody(row.Orchestration, row.toFlowRunOrchestration({ flowRun, ...proposal })));
  expect(body({ outcome: "entered" })).toEqual({ state, status: "ACCEPT", details: { type: "accept_details" } });
  expect(body({ outcome: "retrying" })).toMatchObject({ state, status: "REJECT", details: { reason: "Retrying" } });
  expect(body({ outcome: "early", delay: 7 })).toMatchObject({ state, status: "WAIT", details: { delay_seconds: 7 } });
});

test("rows are documented with their formats", () => {
  const { properties, required } = row.FlowRun.toJSONSchema({ unrepresentable: "any" });
  expect(required).toEqual(Object.keys(row.FlowRun.shape));
  expect(properties).toMatchObject({
    id: { type: "string", format: "uuid" },
    created: { type: "string", format: "date-time" },
    tags: { type: "array", items: { type: "string" } },
    deployment_id: { anyOf: [{ type: "string", format: "uuid" }, { type: "null" }] },
    start_time: { anyOf: [{ type: "string", format: "date-time" }, { type: "null" }] },
    created_by: {
      anyOf: [{ type: "object", properties: { id: {}, type: {}, display_value: {} } }, { type: "null" }],
    },
    state: { additionalProperties: false, properties: { state_details: { type: "object" }, data: { type: "null" } } },
  });
  expect(Object.keys(row.ArtifactCollection.shape)).toContain("latest_id");
  expect(row.Orchestration.toJSONSchema({ unrepresentable: "any" }).properties).toMatchObject({
    status: { enum: ["ACCEPT", "REJECT", "WAIT"] },
    details: { oneOf: [{ properties: { type: { const: "accept_details" } } }, {}, {}] },
  });
});

const RUN_FIELDS = [
  ..."state_id state_type state_name state tags expected_start_time start_time end_time".split(" "),
  ..."total_run_time estimated_run_time".split(" "),
];

test.each([
  [row.Flow, ["name", "tags", "labels"]],
  [
    row.Deployment,
    [
      ..."name flow_id description version tags labels paused parameters parameter_openapi_schema".split(" "),
      ..."enforce_parameter_schema path entrypoint pull_steps job_variables schedules".split(" "),
      ..."work_queue_name concurrency_limit".split(" "),
    ],
  ],
  [row.TaskRun, ["name", "flow_run_id", "task_key", "dynamic_key", ...RUN_FIELDS]],
  [
    row.FlowRun,
    [
      ..."name flow_id deployment_id work_queue_name flow_version parameters idempotency_key parent_task_run_id".split(
        " ",
      ),
      ..."created_by next_scheduled_start_time run_count work_pool_id job_variables empirical_policy".split(" "),
      ...RUN_FIELDS,
    ],
  ],
])("a row begins with id and timestamps, then has Prefect's fields", (schema, fields) => {
  expect(Object.keys(schema.shape)).toEqual(["id", "created", "updated", ...fields]);
});
