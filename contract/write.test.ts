import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { issueOf } from "#test/schema";
import { ArtifactCreate, ArtifactCreateMany, ArtifactIds, ArtifactRead, ArtifactUpdate } from "./artifact";
import { CollectionKey, CollectionKeys } from "./collection";
import { DeploymentCreate, DeploymentUpdate } from "./deployment";
import { FlowCreate, FlowUpdate } from "./flow";
import { FlowRunCreate, FlowRunUpdate } from "./flow-run";
import { RawJson } from "./raw-json";
import { StateSet } from "./run";
import { CollectionSeries } from "./series";
import { TaskRunCreate, TaskRunUpdate } from "./task-run";
import { Removal, TrashPurge } from "./trash";

const ID = "0198c0de-0000-7000-8000-000000000001";
const TIME = "2026-11-23T03:45:00Z";
const STATE = { type: "RUNNING", name: "Running", message: "started" };
const TIMES = { startTime: TIME, endTime: TIME, expectedStartTime: TIME };
const times = <T>(length: number, value: T): T[] => Array.from({ length }, () => value);

interface Input {
  schema: z.ZodType;
  /** Only the required fields. */
  least: object;
  /** All fields. */
  full: object;
  /** What the fields that are left out become. */
  defaults?: object;
  /** Fields that can be null. */
  nullable: string[];
}

const INPUTS: [string, Input][] = [
  [
    "ArtifactCreate",
    {
      schema: ArtifactCreate,
      least: {},
      full: {
        key: "a",
        type: "t",
        description: "d",
        metadata: { a: 1 },
        flowRunId: ID,
        taskRunId: ID,
        created: TIME,
        idempotencyKey: "once",
      },
      nullable: ["key", "type", "description", "metadata", "flowRunId", "taskRunId"],
    },
  ],
  [
    "ArtifactUpdate",
    {
      schema: ArtifactUpdate,
      least: { id: ID },
      full: { id: ID, description: "d", metadata: {}, ifUpdated: TIME },
      nullable: ["description", "metadata"],
    },
  ],
  [
    "DeploymentCreate",
    {
      schema: DeploymentCreate,
      least: { flowId: ID, name: "d" },
      full: {
        flowId: ID,
        name: "d",
        tags: ["a"],
        labels: { a: 1 },
        paused: true,
        parameters: { n: 1 },
        parameterOpenapiSchema: { type: "object" },
        enforceParameterSchema: false,
        jobVariables: { a: "b" },
        path: "/srv",
        entrypoint: "flow.py:etl",
        pullSteps: [{ step: {} }],
        description: "d",
        version: "1",
        workQueueName: "q",
        concurrencyLimit: 1,
      },
      defaults: { tags: [], labels: {}, paused: false, parameters: {}, enforceParameterSchema: true, jobVariables: {} },
      nullable: [
        "description",
        "version",
        "parameterOpenapiSchema",
        "path",
        "entrypoint",
        "pullSteps",
        "workQueueName",
        "concurrencyLimit",
      ],
    },
  ],
  [
    "DeploymentUpdate",
    {
      schema: DeploymentUpdate,
      least: { id: ID },
      full: {
        id: ID,
        tags: ["a"],
        labels: { a: 1 },
        paused: true,
        description: "d",
        version: "1",
        workQueueName: "q",
        concurrencyLimit: 1,
      },
      nullable: ["description", "version", "workQueueName", "concurrencyLimit"],
    },
  ],
  [
    "FlowCreate",
    {
      schema: FlowCreate,
      least: { name: "f" },
      full: { name: "f", tags: ["a"], labels: { a: 1 } },
      defaults: { tags: [], labels: {} },
      nullable: [],
    },
  ],
  [
    "FlowUpdate",
    { schema: FlowUpdate, least: { id: ID }, full: { id: ID, tags: ["a"], labels: { a: 1 } }, nullable: [] },
  ],
  [
    "FlowRunCreate",
    {
      schema: FlowRunCreate,
      least: { flowId: ID },
      full: {
        flowId: ID,
        name: "r",
        deploymentId: ID,
        parentTaskRunId: ID,
        idempotencyKey: "once",
        flowVersion: "1",
        workQueueName: "q",
        tags: ["a"],
        parameters: { a: 1 },
        createdBy: { id: ID, type: "user", displayValue: "Ada" },
        state: STATE,
        nextScheduledStartTime: TIME,
        ...TIMES,
      },
      defaults: { tags: [], parameters: {} },
      nullable: [
        ...["name", "deploymentId", "parentTaskRunId", "idempotencyKey", "flowVersion", "workQueueName", "createdBy"],
        ...["state", "nextScheduledStartTime", "startTime", "endTime", "expectedStartTime"],
      ],
    },
  ],
  [
    "FlowRunUpdate",
    {
      schema: FlowRunUpdate,
      least: { id: ID },
      full: {
        id: ID,
        name: "r",
        tags: ["a"],
        state: STATE,
        flowVersion: "1",
        parameters: { a: 1 },
        nextScheduledStartTime: TIME,
        ...TIMES,
      },
      nullable: ["flowVersion", "nextScheduledStartTime", "startTime", "endTime", "expectedStartTime"],
    },
  ],
  [
    "TaskRunCreate",
    {
      schema: TaskRunCreate,
      least: { taskKey: "t", dynamicKey: "0" },
      full: { id: ID, flowRunId: ID, taskKey: "t", dynamicKey: "0", name: "n", tags: ["a"], state: STATE, ...TIMES },
      defaults: { tags: [] },
      nullable: ["id", "flowRunId", "name", "state", "startTime", "endTime", "expectedStartTime"],
    },
  ],
  [
    "TaskRunUpdate",
    {
      schema: TaskRunUpdate,
      least: { id: ID },
      full: { id: ID, name: "r", tags: ["a"], state: STATE, ...TIMES },
      nullable: ["startTime", "endTime", "expectedStartTime"],
    },
  ],
  ["StateSet", { schema: StateSet, least: { type: "RUNNING" }, full: STATE, nullable: ["name", "message"] }],
  ["CollectionKey", { schema: CollectionKey, least: { key: "a" }, full: { key: "a" }, nullable: [] }],
  ["Removal", { schema: Removal, least: { removal: ID }, full: { removal: ID }, nullable: [] }],
  [
    "CollectionSeries",
    {
      schema: CollectionSeries,
      least: { key: "a" },
      full: { key: "a", measure: "size" },
      defaults: { measure: "number" },
      nullable: [],
    },
  ],
];

describe.each(INPUTS)("%s", (_, { schema, least, full, defaults = {}, nullable }) => {
  it("accepts all its fields and keeps them", () => {
    expect(schema.parse(full)).toEqual(full);
  });

  it("needs its required fields alone", () => {
    expect(schema.parse(least)).toEqual({ ...least, ...defaults });
    for (const field of Object.keys(least)) {
      const rest = Object.fromEntries(Object.entries(least).filter(([name]) => name !== field));
      expect(issueOf(schema, rest)).toMatch(new RegExp(`^${field}: `));
    }
  });

  it("accepts null where a field can be cleared", () => {
    for (const field of Object.keys(full)) {
      expect([field, issueOf(schema, { ...least, [field]: null }) === null]).toEqual([field, nullable.includes(field)]);
    }
  });

  it("rejects other fields and other types", () => {
    expect(issueOf(schema, { ...full, other: 1 })).toMatch("other: is unknown");
    for (const field of Object.keys(full)) {
      expect(issueOf(schema, { ...least, [field]: [[1]] })).toMatch(new RegExp(`^${field}`));
    }
  });
});

describe("sizes", () => {
  const bytes = (length: number) => "x".repeat(length);
  const object = (length: number) => ({ a: bytes(length - '{"a":""}'.length) });

  it.each<[string, z.ZodType, object, string, (length: number) => unknown, number]>([
    ["ArtifactCreate", ArtifactCreate, {}, "description", bytes, 65_536],
    ["ArtifactCreate", ArtifactCreate, {}, "metadata", object, 65_536],
    ["ArtifactCreate", ArtifactCreate, {}, "type", bytes, 64],
    ["ArtifactCreate", ArtifactCreate, {}, "idempotencyKey", bytes, 255],
    ["ArtifactUpdate", ArtifactUpdate, { id: ID }, "description", bytes, 65_536],
    ["ArtifactUpdate", ArtifactUpdate, { id: ID }, "metadata", object, 65_536],
    ["DeploymentCreate", DeploymentCreate, { flowId: ID }, "name", bytes, 255],
    ["DeploymentUpdate", DeploymentUpdate, { id: ID }, "description", bytes, 65_536],
    ["DeploymentUpdate", DeploymentUpdate, { id: ID }, "version", bytes, 255],
    ["DeploymentUpdate", DeploymentUpdate, { id: ID }, "workQueueName", bytes, 255],
    ["DeploymentUpdate", DeploymentUpdate, { id: ID }, "labels", object, 65_536],
    ["DeploymentUpdate", DeploymentUpdate, { id: ID }, "parameters", object, 524_288],
    ["DeploymentUpdate", DeploymentUpdate, { id: ID }, "parameterOpenapiSchema", object, 524_288],
    ["DeploymentUpdate", DeploymentUpdate, { id: ID }, "jobVariables", object, 524_288],
    ["DeploymentUpdate", DeploymentUpdate, { id: ID }, "entrypoint", bytes, 4096],
    ["FlowCreate", FlowCreate, {}, "name", bytes, 255],
    ["FlowUpdate", FlowUpdate, { id: ID }, "labels", object, 65_536],
    ["FlowRunCreate", FlowRunCreate, { flowId: ID }, "name", bytes, 255],
    ["FlowRunCreate", FlowRunCreate, { flowId: ID }, "idempotencyKey", bytes, 255],
    ["FlowRunCreate", FlowRunCreate, { flowId: ID }, "flowVersion", bytes, 255],
    ["FlowRunCreate", FlowRunCreate, { flowId: ID }, "workQueueName", bytes, 255],
    ["FlowRunCreate", FlowRunCreate, { flowId: ID }, "parameters", object, 524_288],
    ["FlowRunUpdate", FlowRunUpdate, { id: ID }, "name", bytes, 255],
    ["FlowRunUpdate", FlowRunUpdate, { id: ID }, "flowVersion", bytes, 255],
    ["FlowRunUpdate", FlowRunUpdate, { id: ID }, "parameters", object, 524_288],
    ["TaskRunCreate", TaskRunCreate, { dynamicKey: "0" }, "taskKey", bytes, 255],
    ["TaskRunCreate", TaskRunCreate, { taskKey: "t" }, "dynamicKey", bytes, 255],
    ["TaskRunCreate", TaskRunCreate, { taskKey: "t", dynamicKey: "0" }, "name", bytes, 255],
    ["TaskRunUpdate", TaskRunUpdate, { id: ID }, "name", bytes, 255],
    ["StateSet", StateSet, { type: "FAILED" }, "name", bytes, 255],
    ["StateSet", StateSet, { type: "FAILED" }, "message", bytes, 65_536],
  ])("%s takes a %4$s of its limit", (_, schema, rest, field, make, limit) => {
    expect(issueOf(schema, { ...rest, [field]: make(limit) })).toBeNull();
    expect(issueOf(schema, { ...rest, [field]: make(limit + 1) })).toMatch(
      new RegExp(`^${field}: must (have|be) at most`),
    );
  });

  it("a creator has fields of 255 characters, each optional", () => {
    const creator = (createdBy: object) => issueOf(FlowRunCreate, { flowId: ID, createdBy });
    expect(creator({})).toBeNull();
    expect(creator({ id: null, type: null, displayValue: null })).toBeNull();
    for (const field of ["type", "displayValue"]) {
      expect(creator({ [field]: bytes(255) })).toBeNull();
      expect(creator({ [field]: bytes(256) })).toMatch(/must have at most/);
    }
    expect(creator({ name: "x" })).toMatch(/is unknown/);
  });

  it("a concurrency limit is a whole number up to 2^31 - 1", () => {
    const limit = (concurrencyLimit: unknown) => issueOf(DeploymentUpdate, { id: ID, concurrencyLimit });
    for (const value of [0, 2 ** 31 - 1]) expect(limit(value)).toBeNull();
    for (const value of [-1, 2 ** 31, 0.5]) expect(limit(value)).toMatch(/^concurrencyLimit: /);
  });
});

describe("data", () => {
  it("is optional, any JSON, and kept as RawJson", () => {
    expect(ArtifactCreate.parse({})).not.toHaveProperty("data");
    for (const data of [null, 0, "", [1], { a: "\0" }]) {
      const parsed = ArtifactCreate.parse({ data });
      expect(parsed.data).toBeInstanceOf(RawJson);
      expect(parsed.data?.text()).toBe(JSON.stringify(data));
      expect(ArtifactUpdate.parse({ id: ID, data }).data?.text()).toBe(JSON.stringify(data));
    }
  });
});

describe("inputs for many rows", () => {
  it.each<[string, z.ZodType, (length: number) => object, string]>([
    ["ArtifactCreateMany", ArtifactCreateMany, (length) => ({ items: times(length, {}) }), "items"],
    ["ArtifactIds", ArtifactIds, (length) => ({ ids: times(length, ID) }), "ids"],
    ["CollectionKeys", CollectionKeys, (length) => ({ keys: times(length, "a") }), "keys"],
  ])("%s takes 1 to 1,000", (_, schema, make, field) => {
    for (const length of [1, 1000]) expect(issueOf(schema, make(length))).toBeNull();
    expect(issueOf(schema, make(0))).toMatch(new RegExp(`^${field}: must have at least`));
    expect(issueOf(schema, make(1001))).toMatch(new RegExp(`^${field}: must have at most`));
    expect(issueOf(schema, { [field]: [1] })).toMatch(new RegExp(`^${field}\\[0\\]: must be`));
    expect(issueOf(schema, { ...make(1), other: 1 })).toMatch(/is unknown/);
    expect(issueOf(schema, {})).toMatch(new RegExp(`^${field}: `));
  });

  it("TrashPurge takes 1 to 1,000 ids, or everything", () => {
    for (const input of [{ all: true }, { ids: [ID] }, { ids: times(1000, ID) }])
      expect(TrashPurge.parse(input)).toEqual(input);
    for (const input of [{}, { all: false }, { ids: [] }, { ids: times(1001, ID) }, { all: true, ids: [ID] }]) {
      expect(issueOf(TrashPurge, input)).not.toBeNull();
    }
  });
});

it("ArtifactRead takes an id, or a key with a version from 1", () => {
  for (const input of [{ id: ID }, { key: "a", version: 1 }]) expect(ArtifactRead.parse(input)).toEqual(input);
  for (const input of [
    {},
    { key: "a" },
    { version: 1 },
    { key: "a", version: 0 },
    { key: "a", version: 1.5 },
    { id: ID, key: "a", version: 1 },
  ]) {
    expect(issueOf(ArtifactRead, input)).not.toBeNull();
  }
});

it("CollectionSeries measures numbers, rows and sizes", () => {
  for (const measure of ["number", "rows", "size"]) expect(issueOf(CollectionSeries, { key: "a", measure })).toBeNull();
  expect(issueOf(CollectionSeries, { key: "a", measure: "age" })).toMatch(/^measure: /);
});
