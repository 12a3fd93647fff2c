import {
  ArtifactImport,
  DeploymentImport,
  FlowImport,
  FlowRunImport,
  type ImportKind,
  TaskRunImport,
} from "#contract/import";
import { type Json, parseJson } from "#contract/json";
import { scanJson } from "#contract/json-scan";
import { brokenRule, ruleSentence } from "#contract/rules/broken-rule";
import { ruleMessage } from "#contract/rules/rule";

type PrefectRow = Record<string, Json | undefined>;

/** A row that can be imported, with the exact JSON text of its data apart. */
export interface ImportRow {
  id: string;
  key: string | null;
  fields: object;
  /** Null: the kind has no data. */
  data: string | null;
}

export interface InvalidRow {
  id: string;
  key: string | null;
  reason: string;
}

const SCHEMAS = {
  flows: FlowImport,
  deployments: DeploymentImport,
  flowRuns: FlowRunImport,
  taskRuns: TaskRunImport,
  artifacts: ArtifactImport,
} as const;

/** Parses a response of Prefect; the data of artifacts keeps its exact text. */
export function parseRows(kind: ImportKind, text: string): (ImportRow | InvalidRow)[] {
  if (kind !== "artifacts") return parseList(text).map((row) => validate(kind, FIELDS[kind](row), row, null));
  const spans = scanJson(text, [["*", "data"]]);
  const rest = spans.map(({ to }, i) => text.slice(to, spans[i + 1]?.from));
  const withoutData = [text.slice(0, spans[0]?.from), ...rest].join("null");
  return parseList(withoutData).map((row, i) => {
    const span = spans[i];
    return validate(kind, artifactFields(row), row, span ? text.slice(span.from, span.to) : "null");
  });
}

/** A UTC timestamp of Prefect with six digits after the point, so that timestamps compare as strings. */
export function toTimestamp(value: Json | undefined): string {
  const [, seconds = "", fraction = ""] = /^(.{19})(?:\.(\d{1,6}))?(?:Z|\+00:00)$/.exec(String(value)) ?? [];
  return seconds ? `${seconds}.${fraction.padEnd(6, "0")}Z` : String(value);
}

function parseList(text: string): PrefectRow[] {
  const rows = parseJson(text);
  return Array.isArray(rows) ? rows.filter(isObject) : [];
}

function isObject(value: Json | undefined): value is { [name: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function validate(kind: ImportKind, fields: object, row: PrefectRow, data: string | null): ImportRow | InvalidRow {
  const id = String(row.id).toLowerCase();
  const key = typeof row.key === "string" ? row.key : null;
  const result = SCHEMAS[kind].safeParse(fields, { error: ruleMessage });
  if (result.success) return { id, key, fields: result.data, data };
  return { id, key, reason: ruleSentence(brokenRule(result.error.issues)) };
}

const common = ({ id, created, updated }: PrefectRow) => ({
  id,
  created: toTimestamp(created),
  updated: toTimestamp(updated),
});

const optionalTimestamp = (value: Json | undefined) => value && toTimestamp(value);

function runFields(row: PrefectRow) {
  const state = isObject(row.state) ? row.state : null;
  return {
    ...common(row),
    name: row.name,
    tags: row.tags ?? [],
    state: state && {
      type: state.type,
      name: state.name,
      message: state.message ?? null,
      timestamp: toTimestamp(state.timestamp),
    },
    expectedStartTime: optionalTimestamp(row.expected_start_time),
    startTime: optionalTimestamp(row.start_time),
    endTime: optionalTimestamp(row.end_time),
  };
}

function creator(by: Json | undefined) {
  return isObject(by) ? { id: by.id, type: by.type, displayValue: by.display_value } : null;
}

function artifactFields(row: PrefectRow) {
  const { key, type, description, metadata_: metadata, flow_run_id: flowRunId, task_run_id: taskRunId } = row;
  return { ...common(row), key, type, description, metadata, flowRunId, taskRunId };
}

const FIELDS: Record<Exclude<ImportKind, "artifacts">, (row: PrefectRow) => object> = {
  flows: (row) => ({ ...common(row), name: row.name, tags: row.tags ?? [], labels: row.labels ?? {} }),
  deployments: (row) => ({
    ...common(row),
    tags: row.tags ?? [],
    labels: row.labels ?? {},
    flowId: row.flow_id,
    name: row.name,
    description: row.description,
    version: row.version,
    paused: row.paused ?? false,
    parameters: row.parameters ?? {},
    parameterOpenapiSchema: row.parameter_openapi_schema,
    enforceParameterSchema: row.enforce_parameter_schema ?? true,
    path: row.path,
    entrypoint: row.entrypoint,
    pullSteps: row.pull_steps,
    jobVariables: row.job_variables ?? {},
    workQueueName: row.work_queue_name,
    concurrencyLimit: row.concurrency_limit,
  }),
  flowRuns: (row) => ({
    ...runFields(row),
    flowId: row.flow_id,
    deploymentId: row.deployment_id,
    parentTaskRunId: row.parent_task_run_id,
    idempotencyKey: row.idempotency_key,
    flowVersion: row.flow_version,
    workQueueName: row.work_queue_name,
    parameters: row.parameters ?? {},
    createdBy: creator(row.created_by),
    nextScheduledStartTime: optionalTimestamp(row.next_scheduled_start_time),
    runCount: row.run_count ?? 0,
    retries: isObject(row.empirical_policy) ? row.empirical_policy.retries : null,
    retryDelay: isObject(row.empirical_policy) ? row.empirical_policy.retry_delay : null,
  }),
  taskRuns: (row) => ({
    ...runFields(row),
    flowRunId: row.flow_run_id,
    taskKey: row.task_key,
    dynamicKey: row.dynamic_key,
  }),
};
