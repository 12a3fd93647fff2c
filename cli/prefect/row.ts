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

/** A row as Prefect gives it. */
type Given = Record<string, Json | undefined>;

/** A row as it is sent here, with the JSON text of its data; or why it cannot be. */
export type Row = { id: string; key: string | null } & ({ sent: object; text: string | null } | { reason: string });

/** A moment as this store writes it, so that moments compare as texts. */
export function toTimestamp(given: Json | undefined): string {
  const [, moment = "", fraction = ""] = /^(.{19})(?:\.(\d{1,6}))?(?:Z|\+00:00)$/.exec(String(given)) ?? [];
  return moment ? `${moment}.${fraction.padEnd(6, "0")}Z` : String(given);
}

const SCHEMAS = {
  flows: FlowImport,
  deployments: DeploymentImport,
  flowRuns: FlowRunImport,
  taskRuns: TaskRunImport,
  artifacts: ArtifactImport,
} as const;

/** The rows of an answer, as they are sent here; the data of artifacts is cut out, and stays the text that it is. */
export function parseRows(kind: ImportKind, text: string): Row[] {
  if (kind !== "artifacts") return listed(text).map((given) => judged(kind, FIELDS[kind](given), given, null));
  const spans = scanJson(text, [["*", "data"]]);
  const parts = spans.map(({ to }, i) => text.slice(to, spans[i + 1]?.from));
  const without = listed([text.slice(0, spans[0]?.from), ...parts].join("null"));
  return without.map((given, i) => {
    const span = spans[i];
    return judged(kind, artifact(given), given, span ? text.slice(span.from, span.to) : "null");
  });
}

function listed(text: string): Given[] {
  const rows = parseJson(text);
  return Array.isArray(rows) ? rows.filter(isRow) : [];
}

function isRow(value: Json | undefined): value is { [name: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function judged(kind: ImportKind, fields: object, given: Given, text: string | null): Row {
  const named = { id: String(given.id).toLowerCase(), key: typeof given.key === "string" ? given.key : null };
  const { data, error } = SCHEMAS[kind].safeParse(fields);
  if (data) return { ...named, sent: data, text };
  const { path, message } = error.issues[0] ?? { path: [], message: "cannot be read" };
  return { ...named, reason: `Its ${path.join(".") || "form"} was refused: ${message.replace(/\.$/, "")}.` };
}

const stamps = ({ id, created, updated }: Given) => ({
  id,
  created: toTimestamp(created),
  updated: toTimestamp(updated),
});

const tagged = ({ tags, labels }: Given) => ({ tags: tags ?? [], labels: labels ?? {} });

function run(given: Given) {
  const state = isRow(given.state) ? given.state : null;
  return {
    ...stamps(given),
    name: given.name,
    tags: given.tags ?? [],
    state: state && {
      type: state.type,
      name: state.name,
      message: state.message ?? null,
      timestamp: toTimestamp(state.timestamp),
    },
    expectedStartTime: given.expected_start_time && toTimestamp(given.expected_start_time),
    startTime: given.start_time && toTimestamp(given.start_time),
    endTime: given.end_time && toTimestamp(given.end_time),
  };
}

function creator(by: Json | undefined) {
  return isRow(by) ? { id: by.id, type: by.type, displayValue: by.display_value } : null;
}

function artifact(given: Given) {
  const { key, type, description, metadata_: metadata, flow_run_id: flowRunId, task_run_id: taskRunId } = given;
  return { ...stamps(given), key, type, description, metadata, flowRunId, taskRunId };
}

const FIELDS: Record<Exclude<ImportKind, "artifacts">, (given: Given) => object> = {
  flows: (given) => ({ ...stamps(given), name: given.name, ...tagged(given) }),
  deployments: (given) => ({
    ...stamps(given),
    ...tagged(given),
    flowId: given.flow_id,
    name: given.name,
    description: given.description,
    version: given.version,
    paused: given.paused ?? false,
    workQueueName: given.work_queue_name,
    concurrencyLimit: given.concurrency_limit,
  }),
  flowRuns: (given) => ({
    ...run(given),
    flowId: given.flow_id,
    deploymentId: given.deployment_id,
    parentTaskRunId: given.parent_task_run_id,
    idempotencyKey: given.idempotency_key,
    flowVersion: given.flow_version,
    workQueueName: given.work_queue_name,
    parameters: given.parameters ?? {},
    createdBy: creator(given.created_by),
    nextScheduledStartTime: given.next_scheduled_start_time && toTimestamp(given.next_scheduled_start_time),
  }),
  taskRuns: (given) => ({
    ...run(given),
    flowRunId: given.flow_run_id,
    taskKey: given.task_key,
    dynamicKey: given.dynamic_key,
  }),
};
