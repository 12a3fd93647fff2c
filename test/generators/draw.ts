import fc from "fast-check";
import { v5 } from "uuid";
import type { About } from "#contract/about";
import type { Artifact, Metadata } from "#contract/artifact";
import type { Deployment } from "#contract/deployment";
import type { Flow } from "#contract/flow";
import type { FlowRun } from "#contract/flow-run";
import type { TaskRun } from "#contract/task-run";
import { StateType } from "#contract/where";
import {
  KEYS,
  LABELS,
  METADATA_NAMES,
  METADATA_VALUES,
  NAMES,
  NUMBERS,
  QUEUES,
  TAGS,
  TIMESTAMPS,
  TYPES,
  WORDS,
} from "./pools";

/** Random content of a database, from which the expected result of a filter is computed. */
export interface Dataset {
  flows: Flow[];
  deployments: Deployment[];
  flowRuns: FlowRun[];
  taskRuns: TaskRun[];
  /** Which version each key's label names: at most one of each name under a key. */
  labels: { key: string; name: string; artifactId: string; version: number }[];
  /** Who published versions; an actor may have published none, and have the name of another. */
  actors: { id: string; name: string }[];
  /** The actor of versions that have one, by the id of the version. */
  authors: ReadonlyMap<string, string>;
  /** The facts of keys that have versions, in the trash or not. */
  abouts: (About & { key: string })[];
  /** The versions not in the trash. */
  artifacts: Artifact[];
  /** The versions in the trash, which no result may contain. */
  trash: Artifact[];
}

const NAMESPACE = "6f1c9f0e-3c1b-4e38-9a44-2f5d4b8f5a10";

/** A unique id for each row, in an order unrelated to its creation. */
export function idOf(noun: string, number: number, salt = 0): string {
  return v5(`${noun} ${number} ${salt}`, NAMESPACE);
}

const maybe = <T>(input: fc.Arbitrary<T>) => fc.option(input, { nil: null, freq: 3 });
const pick = <T>(values: readonly T[]) => fc.constantFrom(...values);
const tags = fc.uniqueArray(pick(TAGS), { maxLength: 3 });
const sortedTags = tags.map((each) => each.toSorted());
const timestamp = pick(TIMESTAMPS);
const stamps = { created: timestamp, updated: timestamp };
const times = { expectedStartTime: maybe(timestamp), startTime: maybe(timestamp), endTime: maybe(timestamp) };
/** The row that another one refers to; the lowest numbers refer to one that does not exist. */
const reference = maybe(fc.nat({ max: 60 }));
const DANGLING = 5;

const state = maybe(
  fc.record({
    type: pick(StateType.options),
    name: pick(["Completed", "Late", "AwaitingRetry"]),
    message: fc.constant(null),
    timestamp: timestamp,
  }),
);

const createdBy = maybe(
  fc.record(
    { id: maybe(fc.nat({ max: 3 }).map((n) => idOf("user", n))), type: maybe(pick(WORDS)) },
    { requiredKeys: [], noNullPrototype: true },
  ),
);

const flowArbitrary = fc.record({ name: pick(NAMES), tags, labels: fc.constant({}), ...stamps });

const deploymentArbitrary = fc.record({
  of: fc.nat(),
  name: pick(NAMES),
  description: fc.constant(null),
  version: fc.constant(null),
  tags,
  labels: fc.constant({}),
  paused: fc.boolean(),
  parameters: fc.constant({}),
  parameterOpenapiSchema: fc.constant(null),
  enforceParameterSchema: fc.boolean(),
  path: fc.constant(null),
  entrypoint: fc.constant(null),
  pullSteps: fc.constant(null),
  jobVariables: fc.constant({}),
  workQueueName: maybe(pick(QUEUES)),
  concurrencyLimit: maybe(fc.nat({ max: 4 })),
  ...stamps,
});

const flowRunArbitrary = fc.record({
  of: fc.nat(),
  name: pick(NAMES),
  deployment: reference,
  parent: reference,
  idempotencyKey: maybe(pick(WORDS)),
  flowVersion: maybe(pick(WORDS)),
  workQueueName: maybe(pick(QUEUES)),
  tags,
  parameters: fc.constant({}),
  createdBy,
  state,
  nextScheduledStartTime: maybe(timestamp),
  runCount: fc.nat(9),
  retries: maybe(fc.nat(9)),
  retryDelay: maybe(fc.nat(600)),
  ...times,
  ...stamps,
});

const taskRunArbitrary = fc.record({ of: maybe(fc.nat()), name: pick(NAMES), tags, state, ...times, ...stamps });

const metadata: fc.Arbitrary<Metadata> = fc.dictionary(pick(METADATA_NAMES), pick(METADATA_VALUES), {
  maxKeys: 4,
  noNullPrototype: true,
});

const artifactArbitrary = fc.record({
  key: maybe(pick(KEYS)),
  exists: fc.nat({ max: 4 }).map((n) => n > 0),
  type: maybe(pick(TYPES)),
  description: maybe(pick([...NAMES, ""])),
  metadata: maybe(metadata),
  tags: sortedTags,
  flowRun: reference,
  taskRun: reference,
  size: fc.nat({ max: 99 }),
  rows: maybe(fc.nat({ max: 9 })),
  number: maybe(fc.oneof(pick(NUMBERS), fc.double({ min: 0, max: 100, noNaN: true }))),
  labels: fc.uniqueArray(pick(LABELS), { maxLength: 2 }),
  author: maybe(fc.nat({ max: 3 })),
  sha256: maybe(fc.nat().map((n) => n.toString(16).padStart(64, "0"))),
  restoredFrom: maybe(fc.integer({ min: 1, max: 9 })),
  ...stamps,
});

const aboutArbitrary = fc.record({
  key: pick(KEYS),
  title: maybe(pick(NAMES)),
  description: fc.constant(null),
  owner: maybe(pick(WORDS)),
  links: fc.boolean().map((has) => (has ? [{ url: "https://example.com", text: null }] : [])),
  tags: sortedTags,
  updated: timestamp,
});

/** Rows of each table: at least some, or, if sparse, possibly none. */
const sample = (poor: boolean) => {
  const sizes = (most: number) => ({ minLength: poor ? 0 : most >> 1, maxLength: most, size: "max" as const });
  return fc.record({
    salt: fc.nat(),
    flows: fc.uniqueArray(flowArbitrary, { ...sizes(7), selector: ({ name }) => name }),
    deployments: fc.array(deploymentArbitrary, sizes(9)),
    flowRuns: fc.array(flowRunArbitrary, sizes(30)),
    taskRuns: fc.array(taskRunArbitrary, sizes(30)),
    actors: fc.array(pick(NAMES), { minLength: 4, maxLength: 4 }),
    artifacts: fc.array(artifactArbitrary, sizes(120)),
    abouts: fc.uniqueArray(aboutArbitrary, { maxLength: 6, selector: ({ key }) => key }),
  });
};

const anyDataset = fc.oneof({ weight: 9, arbitrary: sample(false) }, { weight: 1, arbitrary: sample(true) });

/** Datasets of up to 120 artifacts, with everything that the invariants allow. */
export const datasets: fc.Arbitrary<Dataset> = anyDataset.map(({ salt, ...rows }) => {
  const id = (noun: string) => (_: unknown, i: number) => ({ id: idOf(noun, i, salt) });
  const flows = rows.flows.map((row, i) => ({ ...id("flow")(row, i), ...row }));
  const deployments = unique(
    rows.deployments.flatMap(({ of, ...row }, i) => {
      const flow = at(flows, of);
      return flow ? [{ ...id("deployment")(row, i), flowId: flow.id, ...row }] : [];
    }),
    ({ flowId, name }) => `${flowId} ${name}`,
  );
  const named = (items: { id: string }[], number: number | null) =>
    number === null ? null : number < DANGLING ? idOf("nothing", number) : (at(items, number)?.id ?? null);
  const taskRunIds = rows.taskRuns.map(id("task run"));
  const flowRuns = rows.flowRuns.flatMap(({ of, deployment, parent, ...row }, i) => {
    const flow = at(flows, of);
    const parentTaskRunId = (parent !== null && at(taskRunIds, parent)?.id) || null;
    const deploymentId = named(deployments, deployment);
    return flow ? [{ ...id("flow run")(row, i), flowId: flow.id, deploymentId, parentTaskRunId, ...row }] : [];
  });
  const taskRuns = rows.taskRuns.map(({ of, ...row }, i) => {
    const flowRunId = (of !== null && at(flowRuns, of)?.id) || null;
    return { ...id("task run")(row, i), flowRunId, taskKey: "task", dynamicKey: String(i), ...row };
  });
  const versions = numbered(
    rows.artifacts.map(({ flowRun, taskRun, ...row }, i) => {
      const runs = { flowRunId: named(flowRuns, flowRun), taskRunId: named(taskRuns, taskRun) };
      return { ...id("artifact")(row, i), version: null, ...runs, ...row };
    }),
  );
  const actors = rows.actors.map((name, i) => ({ ...id("actor")(name, i), name }));
  const authors = versions.flatMap(({ id, author }): [string, string][] => {
    const { id: actorId } = (author !== null && actors[author]) || {};
    return actorId ? [[id, actorId]] : [];
  });
  return {
    flows,
    deployments,
    flowRuns: keyedOnce(flowRuns),
    taskRuns,
    labels: labelsOf(versions.filter(({ exists }) => exists)),
    abouts: rows.abouts.filter((about) => versions.some(({ key }) => key === about.key)),
    actors,
    authors: new Map(authors),
    artifacts: versions.filter(({ exists }) => exists).map(({ exists, labels, author, ...row }) => row),
    trash: versions.filter(({ exists }) => !exists).map(({ exists, labels, author, ...row }) => row),
  };
});

function at<T>(values: T[], number: number): T | undefined {
  return values[number % values.length];
}

function unique<T>(rows: T[], by: (row: T) => string): T[] {
  return [...new Map(rows.map((row) => [by(row), row])).values()];
}

/** A flow has one run of each idempotency key. */
function keyedOnce(rows: FlowRun[]): FlowRun[] {
  const used = new Set<string>();
  return rows.map((row) => {
    const key = `${row.flowId} ${row.idempotencyKey}`;
    if (row.idempotencyKey === null || !used.has(key)) {
      used.add(key);
      return row;
    }
    return { ...row, idempotencyKey: null };
  });
}

function labelsOf(rows: (Artifact & { labels: string[] })[]): Dataset["labels"] {
  const set = rows.flatMap(({ key, version, id: artifactId, labels }) =>
    key === null || version === null ? [] : labels.map((name) => ({ key, name, artifactId, version })),
  );
  return unique(set, ({ key, name }) => `${key}@${name}`);
}

/** Numbers the versions of each key from 1, with `created` never decreasing. */
function numbered<Row extends Artifact>(rows: Row[]): Row[] {
  const byKey = groupedByKey(rows);
  return rows.map((row) => {
    if (row.key === null) return row;
    const versions = byKey.get(row.key) ?? [];
    const at = versions.indexOf(row);
    const created = versions.map((each) => each.created).sort()[at] ?? row.created;
    return { ...row, version: at + 1, created };
  });
}

/** Rows grouped by key, in order of appearance; rows without a key are one group. */
export function groupedByKey<Row extends { key: string | null }>(rows: Row[]): Map<string | null, Row[]> {
  const groups = new Map<string | null, Row[]>();
  for (const row of rows) groups.set(row.key, [...(groups.get(row.key) ?? []), row]);
  return groups;
}
