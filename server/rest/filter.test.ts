import { expect, test } from "vitest";
import type { z } from "zod";
import * as filter from "./filter";
import { contractFieldName, restFieldName, toContractFields } from "./rest-schema";

const ID = "0199b3c8-0000-7000-8000-000000000001";
const HEX = ID.replaceAll("-", "").toUpperCase();
const DAY = "2026-01-02";
const AT = "2026-01-02T00:00:00Z";

/** The path and code of each issue that a schema has with an input, with the message of a rule of our own. */
const issuesOf = (schema: z.ZodType, input: unknown) =>
  schema
    .safeParse(input)
    .error?.issues.map(({ path, code, message }) => [path.join("."), code === "custom" ? message : code]);

test.each([
  ["flowRunId", "flow_run_id"],
  ["nextScheduledStartTime", "next_scheduled_start_time"],
  ["metadata", "metadata_"],
  ["name", "name"],
])("the field %s is called %s", (contract, rest) => {
  expect(restFieldName(contract)).toBe(rest);
  expect(contractFieldName(rest)).toBe(contract);
});

test("a body's fields get the contract's names, and keep their values", () => {
  const body = { flow_run_id: ID, metadata_: { a_b: "c_d" }, name: null };
  expect(toContractFields(body)).toEqual({ flowRunId: ID, metadata: { a_b: "c_d" }, name: null });
});

test.each([
  [filter.ArtifactFilter, { sort: "ID_DESC", include: ["data"] }],
  [filter.LatestFilter, { sort: "ID_DESC", include: ["data"] }],
  [filter.FlowFilter, { sort: "NAME_ASC" }],
  [filter.DeploymentFilter, { sort: "NAME_ASC" }],
  [filter.FlowRunFilter, { sort: "ID_DESC" }],
  [filter.TaskRunFilter, { sort: "ID_DESC" }],
])("a list has Prefect's defaults, also for null", (schema, more) => {
  const defaults = { where: {}, limit: 200, offset: 0, ...more };
  expect(schema.parse({})).toEqual(defaults);
  expect(schema.parse({ sort: null, limit: null, offset: null })).toEqual(defaults);
  const sort = schema === filter.ArtifactFilter || schema === filter.LatestFilter ? "KEY_ASC" : "NAME_DESC";
  expect(schema.parse({ sort, limit: 7, offset: "9" })).toEqual({ ...defaults, sort, limit: 7, offset: 9 });
});

test("counts take the filters alone", () => {
  const { ArtifactCount, LatestCount, FlowCount, DeploymentCount, FlowRunCount, TaskRunCount } = filter;
  for (const schema of [ArtifactCount, LatestCount, FlowCount, DeploymentCount, FlowRunCount, TaskRunCount]) {
    expect(schema.parse({ flows: { name: { any_: ["etl"] } } })).toEqual({
      where: { flows: { name: { any: ["etl"] } } },
    });
    expect(schema.parse({ flows: null })).toEqual({ where: { flows: null } });
  }
});

test.each<[string, object, object]>([
  [
    "artifacts",
    {
      operator: "or_",
      id: { any_: [HEX] },
      key: { any_: ["a", "No key", ""], like_: "x", contains_: "y", starts_with_: "z", exists_: "yes" },
      type: { any_: ["t"], not_any_: ["u"] },
      flow_run_id: { any_: [HEX] },
      task_run_id: { any_: null },
      has_run_: "no",
      version: { any_: [1], ge_: 2, le_: 3 },
      description: { contains_: "d" },
      rows: { not_any_: [0], is_null_: "no" },
      number: { ge_: -1.5 },
      metadata_: [{ name_: "m", path_: ["a_b"], exists_: true, equals_: { a_b: 1 }, any_: [null], ge_: 0 }],
      created: { after_: DAY, before_: DAY },
      updated: null,
    },
    {
      operator: "or",
      id: { any: [ID] },
      key: { any: ["a"], like: "x", contains: "y", startsWith: "z", exists: true },
      type: { any: ["t"], notAny: ["u"] },
      flowRunId: { any: [ID] },
      taskRunId: { any: null },
      hasRun: false,
      version: { any: [1], min: 2, max: 3 },
      description: { contains: "d" },
      rows: { notAny: [0], isNull: false },
      number: { min: -1.5 },
      metadata: [{ name: "m", path: ["a_b"], exists: true, equals: { a_b: 1 }, any: [null], min: 0 }],
      created: { after: AT, before: AT },
      updated: null,
    },
  ],
  [
    "flow_runs",
    {
      operator: "and_",
      id: { any_: [HEX], not_any_: [ID] },
      tags: { operator: "or_", all_: ["a"], any_: ["b"], is_null_: false },
      deployment_id: { operator: "or_", any_: [ID], is_null_: "true" },
      state: { operator: "or_", type: { any_: ["FAILED"], not_any_: [] }, name: { any_: ["Late"] } },
      start_time: { after_: DAY, is_null_: 0 },
      next_scheduled_start_time: { before_: DAY },
      parent_flow_run_id: { any_: [HEX] },
      created_by: { id_: [HEX], type_: ["USER"], is_null_: true },
    },
    {
      operator: "and",
      id: { any: [ID], notAny: [ID] },
      tags: { operator: "or", all: ["a"], any: ["b"], isNull: false },
      deploymentId: { operator: "or", any: [ID], isNull: true },
      state: { operator: "or", type: { any: ["FAILED"], notAny: [] }, name: { any: ["Late"] } },
      startTime: { after: AT, isNull: false },
      nextScheduledStartTime: { before: AT },
      parentFlowRunId: { any: [ID] },
      createdBy: { id: [ID], type: ["USER"], isNull: true },
    },
  ],
  [
    "deployments",
    {
      flow_or_deployment_name: { like_: "n" },
      paused: { eq_: "off" },
      concurrency_limit: { ge_: 1, le_: 2, is_null_: false },
    },
    { flowOrDeploymentName: { like: "n" }, paused: { eq: false }, concurrencyLimit: { min: 1, max: 2, isNull: false } },
  ],
  ["flows", { deployment: { is_null_: true } }, { deployment: { isNull: true } }],
  ["task_runs", { subflow_runs: { exists_: true } }, { subflowRuns: { exists: true } }],
])("the filter of %s has REST names and becomes the contract's", (name, rest, contract) => {
  const kind = { flow_runs: "flowRuns", task_runs: "taskRuns" }[name] ?? name;
  expect(filter.ArtifactCount.parse({ [name]: rest })).toEqual({ where: { [kind]: contract } });
});

test("only the latest version's own id is called latest_id", () => {
  const byLatest = { artifacts: { latest_id: { any_: [HEX] } } };
  const parsed = { where: { artifacts: { id: { any: [ID] } } } };
  expect(filter.LatestCount.parse(byLatest)).toEqual(parsed);
  expect(filter.LatestFilter.parse(byLatest)).toMatchObject(parsed);
  expect(issuesOf(filter.ArtifactCount, byLatest)).toEqual([["artifacts", "unrecognized_keys"]]);
  expect(issuesOf(filter.LatestCount, { artifacts: { id: { any_: [] } } })).toEqual([
    ["artifacts", "unrecognized_keys"],
  ]);
});

test.each([
  [{}, { isNull: false }],
  [{ any_: [ID] }, { any: [ID] }],
  [{ any_: [] }, { any: [] }],
  [{ is_null_: true }, { isNull: true }],
  [{ is_null_: true, any_: [ID] }, { isNull: true }],
  [{ is_null_: false, any_: [ID] }, { any: [ID] }],
  [{ is_null_: false }, { isNull: false }],
  [{ is_null_: null }, { isNull: null }],
  [null, null],
])("the flow run %j of task runs means %j", (rest, contract) => {
  const parsed = filter.TaskRunCount.parse({ task_runs: { flow_run_id: rest, name: { like_: "x" } } });
  expect(parsed).toEqual({ where: { taskRuns: { flowRunId: contract, name: { like: "x" } } } });
  expect(filter.TaskRunCount.parse({ task_runs: {} })).toEqual({ where: { taskRuns: {} } });
  expect(filter.TaskRunCount.parse({ task_runs: null })).toEqual({ where: { taskRuns: null } });
});

test("a filter that a list does not support is rejected unless it is null", () => {
  const unsupported = (name: string) => [[name, "this list does not support this filter"]];
  for (const name of ["flow_runs", "task_runs", "work_pools", "work_pool_queues"]) {
    expect(issuesOf(filter.FlowFilter, { [name]: {} })).toEqual(unsupported(name));
    expect(issuesOf(filter.FlowCount, { [name]: {} })).toEqual(unsupported(name));
    expect(issuesOf(filter.FlowFilter, { [name]: null })).toBe(undefined);
  }
  expect(issuesOf(filter.FlowRunCount, { task_runs: {} })).toEqual(unsupported("task_runs"));
  expect(issuesOf(filter.DeploymentCount, { deployments: {}, flows: {} })).toBe(undefined);
  expect(issuesOf(filter.DeploymentCount, { flow_runs: {} })).toEqual(unsupported("flow_runs"));
});

test("lists of values are bounded, also where values that match nothing are dropped", () => {
  const many = (length: number) => Array(length).fill("x");
  for (const field of ["key", "type"]) {
    const count = (length: number) =>
      issuesOf(filter.ArtifactCount, { artifacts: { [field]: { any_: many(length) } } });
    expect(count(1000)).toBe(undefined);
    expect(count(1001)).toEqual([[`artifacts.${field}.any_`, "too_big"]]);
  }
  const ids = { artifacts: { id: { any_: Array(1001).fill(ID) } } };
  expect(issuesOf(filter.ArtifactCount, ids)).toEqual([["artifacts.id.any_", "too_big"]]);
});
