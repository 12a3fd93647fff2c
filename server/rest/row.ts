import { v5 as uuid } from "uuid";
import { z } from "zod";
import { FILE, isFileType } from "#contract/file-type";
import type { Json } from "#contract/json";
import { RawJson } from "#contract/raw-json";
import { StateType } from "#contract/where";
import { listedFiles } from "#formats/files/file-list";
import { pluralize } from "#formats/number";
import { computedField, type JsonField, type JsonFields, withIncluded } from "#server/models/query/json-rows";
import { contractFieldName } from "./rest-schema";

const id = z.string().meta({ format: "uuid" });
const timestamp = z.string().meta({ format: "date-time" });
const text = z.string().nullable();
const time = timestamp.nullable();
const tags = z.array(z.string());
const seconds = z.number().min(0);
const anyObject = z.record(z.string(), z.unknown());

const producer = { flow_run_id: id.nullable(), task_run_id: id.nullable() };
const content = {
  type: text,
  description: text,
  data: z.unknown(),
  metadata_: z.record(z.string(), z.string()).nullable(),
  ...producer,
};

/** The rows of Prefect's REST API: exactly these fields, in this order. */
export const Artifact = z.strictObject({ id, created: timestamp, updated: timestamp, key: text, ...content });
export const ArtifactCollection = z.strictObject({
  id,
  created: timestamp,
  updated: timestamp,
  key: z.string(),
  latest_id: id,
  ...content,
});

export const Flow = z.strictObject({
  id,
  created: timestamp,
  updated: timestamp,
  name: z.string(),
  tags,
  labels: anyObject,
});

export const Deployment = z.strictObject({
  id,
  created: timestamp,
  updated: timestamp,
  name: z.string(),
  flow_id: id,
  description: text,
  version: text,
  tags,
  labels: anyObject,
  paused: z.boolean(),
  parameters: anyObject,
  parameter_openapi_schema: anyObject.nullable(),
  enforce_parameter_schema: z.boolean(),
  path: text,
  entrypoint: text,
  pull_steps: z.array(anyObject).nullable(),
  job_variables: anyObject,
  schedules: z.array(anyObject),
  work_queue_name: text,
  concurrency_limit: z.int().nullable(),
});

export const State = z.strictObject({
  id,
  type: StateType,
  name: z.string(),
  timestamp: timestamp,
  message: text,
  state_details: z.strictObject({ scheduled_time: timestamp.optional() }),
  data: z.null(),
});

const run = {
  state_id: id,
  state_type: StateType,
  state_name: z.string(),
  state: State,
  tags,
  expected_start_time: time,
  start_time: time,
  end_time: time,
  total_run_time: seconds,
  estimated_run_time: seconds,
};

export const FlowRun = z.strictObject({
  id,
  created: timestamp,
  updated: timestamp,
  name: z.string(),
  flow_id: id,
  deployment_id: id.nullable(),
  work_queue_name: text,
  flow_version: text,
  parameters: anyObject,
  idempotency_key: text,
  parent_task_run_id: id.nullable(),
  created_by: z.strictObject({ id: id.nullish(), type: text.optional(), display_value: text.optional() }).nullable(),
  next_scheduled_start_time: time,
  run_count: z.int(),
  // Required by Prefect 3.0.
  work_pool_id: z.null(),
  job_variables: z.strictObject({}),
  empirical_policy: z.strictObject({ retries: z.int().nullable(), retry_delay: z.int().nullable() }),
  ...run,
});

export const TaskRun = z.strictObject({
  id,
  created: timestamp,
  updated: timestamp,
  name: z.string(),
  flow_run_id: id.nullable(),
  task_key: z.string(),
  dynamic_key: z.string(),
  ...run,
});

const nothing = z.array(z.never());

/** The drawing of a flow run in Prefect's interface. */
export const Graph = z.strictObject({
  start_time: time,
  end_time: time,
  root_node_ids: nothing,
  nodes: nothing,
  artifacts: nothing,
  states: nothing,
});

export const Orchestration = z.strictObject({
  state: State,
  status: z.enum(["ACCEPT", "REJECT", "WAIT"]),
  details: z.discriminatedUnion("type", [
    z.strictObject({ type: z.literal("accept_details") }),
    z.strictObject({ type: z.literal("reject_details"), reason: z.string() }),
    z.strictObject({ type: z.literal("wait_details"), delay_seconds: z.int(), reason: z.string() }),
  ]),
});

/** One page of a list, by its number. */
function pageOf(row: z.ZodObject): z.ZodObject {
  const number = z.int().min(0);
  return z.strictObject({ results: z.array(row), count: number, limit: number, pages: number, page: number });
}

export const FlowPage = pageOf(Flow);
export const DeploymentPage = pageOf(Deployment);
export const FlowRunPage = pageOf(FlowRun);
export const TaskRunPage = pageOf(TaskRun);

/** A row of a procedure's output, under the contract's field names. */
type Row = Record<string, unknown>;

/** Fields that are not a contract field under another name. */
const COMPUTED_FIELDS: Record<string, (row: Row) => unknown> = {
  id: (row) => row.collectionId ?? row.id,
  latest_id: (row) => row.id,
  labels: (row) => scalarsOf(row.labels),
  metadata_: (row) => textsOf(row.metadata),
  data: ({ type, id, data }) =>
    typeof type === "string" && isFileType(type) && data instanceof RawJson
      ? fileLink(String(id), type, data.toJSON())
      : null,
  created_by: ({ createdBy }) => (isRow(createdBy) ? toCreatedBy(createdBy) : null),
  schedules: () => [],
  job_variables: ({ jobVariables = {} }) => jobVariables,
  root_node_ids: () => [],
  nodes: () => [],
  artifacts: () => [],
  states: () => [],
  empirical_policy: ({ retries = null, retryDelay = null }) => ({ retries, retry_delay: retryDelay }),
  state: (row) => stateOf(row),
  state_id: (row) => stateOf(row).id,
  state_type: (row) => stateOf(row).type,
  state_name: (row) => stateOf(row).name,
  total_run_time: ({ startTime, endTime }) => secondsBetween(startTime, endTime),
  estimated_run_time: (row) => runTime(row),
};

/** How long a run took, until now where it is running; 0 where it has not started. */
export function runTime({ startTime, endTime, state }: { startTime?: unknown; endTime?: unknown; state?: unknown }) {
  const isRunning = isRow(state) && state.type === "RUNNING";
  return secondsBetween(startTime, endTime ?? (isRunning ? new Date().toISOString() : null));
}

/** At least 0; 0 where one of the timestamps is absent. */
export function secondsBetween(from: unknown, to: unknown): number {
  if (typeof from !== "string" || typeof to !== "string") return 0;
  return Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);
}

/** How each field of an object is read from a row, by schema: lists have many rows. */
const readers = new WeakMap<z.ZodObject, [field: string, read: (row: Row) => unknown][]>();

/** Shapes a procedure's output by `schema`: exactly its fields, in its order. */
export function toRestBody(schema: z.core.$ZodType, value: unknown): unknown {
  if (schema instanceof z.ZodArray)
    return Array.isArray(value) ? value.map((each) => toRestBody(schema.element, each)) : [];
  if (!(schema instanceof z.ZodObject) || !isRow(value)) return value;
  const body: Row = {};
  for (const [field, read] of readersOf(schema)) body[field] = read(value);
  return body;
}

/** Fields that are written in another way than a contract field under another name. */
const COMPUTED_COLUMNS: Record<string, (fields: JsonFields) => JsonField | undefined> = {
  id: ({ collectionId, id }) => collectionId ?? id,
  latest_id: ({ id }) => id,
  metadata_: ({ metadata }) => metadata && computedField(metadata.column, (text) => textsOf(JSON.parse(text))),
  data: ({ data, type, id }) => data && type && id && { ...data, instead: linkOf(type.column, id.column) },
};

/** A link to the files of a version, in place of data that only names them. */
function linkOf(type: string, id: string): NonNullable<JsonField["instead"]> {
  return {
    columns: [type, id],
    text: (data, [type, id]) =>
      type && isFileType(type.toString()) ? fileLink(String(id), type.toString(), JSON.parse(data.toString())) : null,
  };
}

/** As Prefect has links: markdown. Null for data that names no files. */
function fileLink(id: string, type: string, data: Json): string | null {
  const files = listedFiles(type, data);
  if (!files) return null;
  const [first] = files;
  const name = type === FILE && first ? first.path.replace(/[[\]\\]/g, "\\$&") : pluralize(files.length, "file");
  return `[${name}](/api/artifacts/${id}/data)`;
}

const written = new WeakMap<z.ZodObject, JsonFields>();

/** The fields of rows that are written as JSON, by `schema`: what `toRestBody` makes of rows with their data. */
export function toRestFields(schema: z.ZodObject, fields: JsonFields): JsonFields {
  const known = written.get(schema);
  if (known) return known;
  const all = withIncluded(fields, ["data"]);
  const named = Object.keys(schema.shape).map((field) => {
    const found = COMPUTED_COLUMNS[field]?.(all) ?? all[contractFieldName(field)];
    if (!found) throw new Error(`no column has the field ${field}`);
    return [field, { ...found, missing: found.missing ?? "null" }];
  });
  const created: JsonFields = Object.fromEntries(named);
  written.set(schema, created);
  return created;
}

function readersOf(schema: z.ZodObject) {
  const known = readers.get(schema);
  if (known) return known;
  const created = Object.entries(schema.shape).map(([field, of]): [string, (row: Row) => unknown] => [
    field,
    readerOf(field, of),
  ]);
  readers.set(schema, created);
  return created;
}

function readerOf(field: string, schema: z.core.$ZodType): (row: Row) => unknown {
  const name = contractFieldName(field);
  const isList = schema instanceof z.ZodArray && schema.element instanceof z.ZodObject;
  const member = (row: Row) => (isList ? toRestBody(schema, row[name]) : (row[name] ?? null));
  const computed = COMPUTED_FIELDS[field];
  return computed ? (row) => computed(row) ?? member(row) : member;
}

/** The response to the change of a task run's state: every state is accepted. */
export function toOrchestration(run: unknown): unknown {
  return { ...Object(run), status: "ACCEPT", details: { type: "accept_details" } };
}

/** The response to a proposed state of a flow run; what its `state` is depends on `status`. */
export function toFlowRunOrchestration(proposal: unknown): unknown {
  const { outcome, delay, flowRun } = Object(proposal);
  const responses: Record<string, object> = {
    retrying: { status: "REJECT", details: { type: "reject_details", reason: "Retrying" } },
    early: {
      status: "WAIT",
      details: { type: "wait_details", delay_seconds: delay, reason: "Scheduled time is in the future" },
    },
  };
  return { ...Object(toOrchestration(flowRun)), ...responses[outcome] };
}

/**
 * States have no id in the database: a stable one is derived from run and timestamp. A run without a state is reported
 * as pending, since Prefect's client fails on a missing state.
 */
function stateOf({ id, state, created, nextScheduledStartTime }: Row) {
  const pending = { type: "PENDING", name: "Pending", timestamp: created, message: null };
  const { type, name, timestamp, message } = isRow(state) ? state : pending;
  // As bytes, since the library rejects ids of other variants as text.
  const namespace = Uint8Array.from(Buffer.from(String(id).replaceAll("-", ""), "hex"));
  const stateId = uuid(String(timestamp), namespace);
  const details = type === "SCHEDULED" && nextScheduledStartTime ? { scheduled_time: nextScheduledStartTime } : {};
  return { id: stateId, type, name, timestamp, message, state_details: details, data: null };
}

/** Prefect's client accepts strings, numbers and booleans as label values and fails on others: those become JSON text. */
function scalarsOf(labels: unknown): Row {
  const scalars = Object.entries(isRow(labels) ? labels : {}).map(([name, value]) => [
    name,
    typeof value === "object" ? JSON.stringify(value) : value,
  ]);
  return Object.fromEntries(scalars);
}

function textsOf(metadata: unknown): unknown {
  if (!isRow(metadata)) return null;
  const texts = Object.entries(metadata).map(([name, value]) => [
    name,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return Object.fromEntries(texts);
}

function toCreatedBy({ displayValue, ...rest }: Row): Row {
  return displayValue === undefined ? rest : { ...rest, display_value: displayValue };
}

function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
