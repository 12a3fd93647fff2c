import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { issueOf } from "#test/schema";
import {
  ArtifactFilter,
  DeploymentFilter,
  DeploymentWhere,
  FlowFilter,
  FlowRunFilter,
  FlowRunWhere,
  FlowWhere,
  StateCondition,
  StateType,
  TaskRunFilter,
  TaskRunWhere,
  Where,
} from "./where";

const ID = "0198c0de-0000-7000-8000-000000000001";
const TIME = "2026-11-23T03:45:00Z";
const IDS = { any: [ID] };
const MAYBE_IDS = { operator: "or", any: [ID], isNull: true };
const NAMES = { any: ["a"], notAny: ["b"] };
const TEXT = { any: ["a"], contains: "b" };
const TAGS = { operator: "and", all: ["a"], isNull: false };
const TIMES = { after: TIME, before: TIME };
const MAYBE_TIMES = { ...TIMES, isNull: true };
const STATE = { operator: "or", type: { any: ["RUNNING"], notAny: ["FAILED"] }, name: NAMES };

const FILTERS: [string, z.ZodType, Record<string, unknown>][] = [
  [
    "ArtifactFilter",
    ArtifactFilter,
    {
      operator: "or",
      id: IDS,
      key: { exists: true },
      type: NAMES,
      flowRunId: IDS,
      taskRunId: IDS,
      hasRun: true,
      version: { min: 1 },
      versions: { notAny: [1] },
      size: { max: 2 },
      rows: { isNull: false },
      number: { min: -0.5 },
      description: { contains: "a" },
      metadata: [{ name: "a", exists: true }],
      created: TIMES,
      updated: TIMES,
    },
  ],
  ["StateCondition", StateCondition, STATE],
  [
    "FlowRunFilter",
    FlowRunFilter,
    {
      operator: "and",
      id: { any: [ID], notAny: [ID] },
      name: TEXT,
      tags: TAGS,
      flowId: IDS,
      deploymentId: MAYBE_IDS,
      workQueueName: { any: ["a"], isNull: false },
      state: STATE,
      flowVersion: { any: ["1"] },
      startTime: MAYBE_TIMES,
      endTime: MAYBE_TIMES,
      expectedStartTime: TIMES,
      nextScheduledStartTime: TIMES,
      parentFlowRunId: IDS,
      parentTaskRunId: MAYBE_IDS,
      idempotencyKey: NAMES,
      createdBy: { type: ["user"] },
    },
  ],
  [
    "TaskRunFilter",
    TaskRunFilter,
    {
      operator: "or",
      id: IDS,
      name: TEXT,
      tags: TAGS,
      state: STATE,
      startTime: MAYBE_TIMES,
      endTime: MAYBE_TIMES,
      expectedStartTime: TIMES,
      subflowRuns: { exists: true },
      flowRunId: MAYBE_IDS,
    },
  ],
  [
    "DeploymentFilter",
    DeploymentFilter,
    {
      operator: "and",
      id: { any: [ID], notAny: [ID] },
      name: TEXT,
      flowId: IDS,
      flowOrDeploymentName: { like: "a" },
      paused: { eq: true },
      tags: TAGS,
      workQueueName: { any: ["a"] },
      concurrencyLimit: { min: 1, isNull: false },
    },
  ],
  [
    "FlowFilter",
    FlowFilter,
    { operator: "or", id: { any: [ID], notAny: [ID] }, name: TEXT, tags: TAGS, deployment: { isNull: true } },
  ],
];

describe.each(FILTERS)("%s", (_, schema, full) => {
  it("accepts all its conditions, each of them null, and none", () => {
    expect(schema.parse(full)).toEqual(full);
    expect(issueOf(schema, {})).toBeNull();
    for (const field of Object.keys(full)) expect(issueOf(schema, { [field]: null })).toBeNull();
  });

  it("rejects other conditions, and other fields within them", () => {
    expect(issueOf(schema, { ...full, other: 1 })).toMatch("other: is unknown");
    for (const [field, value] of Object.entries(full)) {
      expect(issueOf(schema, { [field]: "wrong" })).toMatch(new RegExp(`^${field}: must be`));
      if (typeof value !== "object" || Array.isArray(value)) continue;
      expect(issueOf(schema, { [field]: { ...value, other: 1 } })).toMatch(`${field}.other: is unknown`);
      for (const name of Object.keys(value ?? {})) expect(issueOf(schema, { [field]: { [name]: null } })).toBeNull();
    }
  });
});

it("a description contains at most 255 characters", () => {
  expect(issueOf(ArtifactFilter, { description: { contains: "a".repeat(255) } })).toBeNull();
  expect(issueOf(ArtifactFilter, { description: { contains: "a".repeat(256) } })).toMatch(/must have at most/);
});

it("metadata has at most 20 conditions", () => {
  const conditions = (length: number) => Array.from({ length }, () => ({ name: "a" }));
  expect(issueOf(ArtifactFilter, { metadata: conditions(20) })).toBeNull();
  expect(issueOf(ArtifactFilter, { metadata: conditions(21) })).toMatch(/^metadata: must have at most/);
});

describe("StateType", () => {
  it.each(["SCHEDULED", "PENDING", "RUNNING", "COMPLETED", "FAILED", "CANCELLED", "CRASHED", "PAUSED", "CANCELLING"])(
    "accepts %s",
    (type) => {
      expect(issueOf(StateType, type)).toBeNull();
    },
  );

  it.each(["running", "", "DONE", null])("rejects %j", (type) => {
    expect(issueOf(StateType, type)).not.toBeNull();
  });

  it("comes in lists of at most 100", () => {
    const types = (length: number) => Array.from({ length }, () => "RUNNING");
    for (const field of ["any", "notAny"]) {
      expect(issueOf(StateCondition, { type: { [field]: types(100) } })).toBeNull();
      expect(issueOf(StateCondition, { type: { [field]: types(101) } })).toMatch(/must have at most/);
    }
  });
});

const KINDS = ["artifacts", "flowRuns", "taskRuns", "deployments", "flows"];

describe.each<[string, z.ZodType, string[]]>([
  ["Where", Where, KINDS],
  ["FlowWhere", FlowWhere, ["flows"]],
  ["DeploymentWhere", DeploymentWhere, ["deployments", "flows"]],
  ["FlowRunWhere", FlowRunWhere, ["flowRuns", "deployments", "flows"]],
  ["TaskRunWhere", TaskRunWhere, ["taskRuns", "flowRuns", "deployments", "flows"]],
])("%s", (_, schema, kinds) => {
  it(`has the filters ${kinds.join(", ")} and no other`, () => {
    const filters = Object.fromEntries(kinds.map((kind) => [kind, { operator: "or" }]));
    expect(schema.parse(filters)).toEqual(filters);
    expect(issueOf(schema, {})).toBeNull();
    for (const kind of KINDS) {
      expect(issueOf(schema, { [kind]: null }) === null).toBe(kinds.includes(kind));
      if (kinds.includes(kind)) expect(issueOf(schema, { [kind]: { other: 1 } })).toMatch(/is unknown/);
    }
  });
});
