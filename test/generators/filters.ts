import fc from "fast-check";
import type { CreatedByCondition, KeyCondition, MetadataCondition, TagsCondition } from "#contract/filter";
import {
  type ArtifactFilter,
  type DeploymentFilter,
  type FlowFilter,
  type FlowRunFilter,
  type StateCondition,
  StateType,
  type TaskRunFilter,
  type Where,
} from "#contract/where";
import { type Dataset, idOf } from "./draw";
import {
  FOLDERS,
  KEYS,
  LABELS,
  METADATA_NAMES,
  METADATA_VALUES,
  NAMES,
  NUMBERS,
  PATTERNS,
  QUEUES,
  TAGS,
  TIMESTAMPS,
  TYPES,
  WORDS,
} from "./pools";

/** A field that is mostly absent, sometimes null: an object of many such fields has two or three criteria. */
function seldom<T>(input: fc.Arbitrary<T>, absences = 30): fc.Arbitrary<T | null | undefined> {
  return fc.oneof(
    { weight: absences, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 6, arbitrary: input },
  );
}

/** As `seldom`, for objects of few fields. */
const condition = <T>(input: fc.Arbitrary<T>) => seldom(input, 12);
const often = <T>(input: fc.Arbitrary<T>) => seldom(input, 4);
const operator = seldom(fc.constantFrom("and" as const, "or" as const), 3);
const flag = often(fc.boolean());

/** A list of some of these, sometimes empty. */
function some<T>(values: readonly T[]): fc.Arbitrary<T[]> {
  return fc.oneof(
    { weight: 20, arbitrary: fc.subarray([...values], { minLength: Math.min(1, values.length) }) },
    { weight: 1, arbitrary: fc.subarray([...values], { maxLength: 0 }) },
  );
}

function ids(rows: { id: string }[]): fc.Arbitrary<string[]> {
  const known = rows.map((row) => row.id);
  return some([...known, ...known.slice(0, 3).map((id) => id.toUpperCase()), idOf("nothing", 1), idOf("nothing", 9)]);
}

const idChoice = (rows: { id: string }[]) => fc.record({ any: often(ids(rows)), notAny: often(ids(rows)) });
const idIs = (rows: { id: string }[]) => fc.record({ any: often(ids(rows)) });
const optionalId = (rows: { id: string }[]) => fc.record({ operator, any: often(ids(rows)), isNull: flag });
const pattern = fc.constantFrom(...PATTERNS);
const starred = fc.constantFrom("*", "d*", "*y*r*", "e*l", "*\\*", "50\\%*", "a*/b", "*\\", "ÄRGER*o", "nothing*");
const patterns = {
  ...{ like: often(pattern), contains: seldom(pattern, 9), startsWith: seldom(pattern, 9) },
  matches: seldom(starred, 15),
};
const listed = (values: readonly string[]) => ({ any: seldom(some(values), 9), notAny: seldom(some(values), 9) });
const text = fc.record({ ...listed([...NAMES, "nowhere", ""]), ...patterns });
const choice = (values: readonly string[]) =>
  fc.record({ any: often(some([...values, "no"])), notAny: often(some([...values, "no"])) });
const optionalText = (values: readonly string[]) =>
  fc.record({ operator, any: often(some([...values, "no"])), isNull: flag });
const tags: fc.Arbitrary<TagsCondition> = fc.record({
  operator,
  all: often(some(TAGS)),
  any: often(some(TAGS)),
  notAny: often(some(TAGS)),
  isNull: flag,
});

/** The timestamps, also in other time zones and with shorter fractions. */
const timestamp = fc.constantFrom(
  ...TIMESTAMPS,
  "2026-01-01T01:00:00+01:00",
  "2025-12-31T18:30:00.100-05:30",
  "2026-01-01T00:00:01.0Z",
  "1970-01-01T00:00:00Z",
  "2200-12-31T23:59:59Z",
);
const between = { after: often(timestamp), before: seldom(timestamp, 9) };
const instant = fc.record(between);
const optionalInstant = fc.record({ ...between, isNull: seldom(fc.boolean(), 9) });
const whole = fc.constantFrom(0, 1, 2, 3, 4, 7, Number.MAX_SAFE_INTEGER);
const limits = { min: often(whole), max: seldom(whole, 9) };
const numbers = <T>(values: fc.Arbitrary<T>) => ({
  any: seldom(fc.array(values, { maxLength: 4 }), 9),
  notAny: seldom(fc.array(values, { maxLength: 4 }), 9),
  min: often(values),
  max: seldom(values, 9),
});
const size = fc.nat({ max: 99 });
const rows = fc.nat({ max: 9 });
const double = fc.oneof(fc.constantFrom(...NUMBERS), fc.double({ min: -10, max: 110, noNaN: true }));
const value = fc.constantFrom(...METADATA_VALUES);

/** The names on the way to a value, those that PostgreSQL takes for positions among them. */
const path = fc.array(fc.constantFrom("a", "b", "0", "-1", " +1", "1x", "", "constructor"), { maxLength: 2 });

const metadata: fc.Arbitrary<MetadataCondition> = fc.record(
  {
    name: fc.constantFrom(...METADATA_NAMES),
    path: seldom(path, 4),
    exists: flag,
    equals: value,
    any: seldom(some(METADATA_VALUES), 2),
    notAny: seldom(some(METADATA_VALUES), 9),
    contains: seldom(fc.constantFrom("", "X", "x", "%", "r"), 9),
    min: seldom(fc.constantFrom(-1, 1, 1.25, 1e21), 9),
    max: seldom(fc.constantFrom(-0.25, 1, 1.5, 1e300), 9),
  },
  { requiredKeys: ["name"] },
);

const key: fc.Arbitrary<KeyCondition> = fc.record({
  ...listed([...KEYS, "nowhere"]),
  ...patterns,
  exists: flag,
  folder: seldom(fc.constantFrom(...FOLDERS), 9),
});

const state: fc.Arbitrary<StateCondition> = fc.record({
  operator,
  type: often(fc.record({ any: often(some(StateType.options)), notAny: often(some(StateType.options)) })),
  name: often(choice(["Completed", "Late", "completed"])),
});

const createdBy: fc.Arbitrary<CreatedByCondition> = fc.record({
  operator,
  id: often(some([0, 1, 2, 9].map((n) => idOf("user", n)))),
  type: often(some(WORDS)),
  isNull: flag,
});

/** The artifact's own filter. */
function artifacts(dataset: Dataset): fc.Arbitrary<ArtifactFilter> {
  return fc.record({
    operator,
    id: seldom(idIs(dataset.artifacts)),
    key: seldom(key),
    type: seldom(fc.record({ ...listed([...TYPES, "no"]), exists: flag })),
    flowRunId: seldom(idIs(dataset.flowRuns)),
    taskRunId: seldom(idIs(dataset.taskRuns)),
    hasRun: seldom(fc.boolean()),
    version: seldom(fc.record(numbers(whole))),
    versions: seldom(fc.record(numbers(fc.nat({ max: 14 })))),
    author: seldom(fc.record({ ...listed([...NAMES, "nobody"]), ...patterns, exists: flag })),
    tags: seldom(tags),
    label: seldom(fc.record({ any: often(some([...LABELS, "no"])), exists: flag })),
    owner: seldom(fc.record({ ...listed([...WORDS, "no"]), exists: flag })),
    size: seldom(fc.record(numbers(size))),
    rows: seldom(fc.record({ ...numbers(rows), isNull: flag })),
    number: seldom(fc.record({ ...numbers(double), isNull: flag })),
    description: seldom(fc.record({ contains: often(pattern), exists: seldom(fc.boolean(), 9) })),
    metadata: seldom(fc.array(metadata, { maxLength: 2 })),
    created: seldom(instant),
    updated: seldom(instant),
  });
}

function flowRuns(dataset: Dataset): fc.Arbitrary<FlowRunFilter> {
  return fc.record({
    operator,
    id: seldom(idChoice(dataset.flowRuns)),
    name: seldom(text),
    tags: seldom(tags),
    flowId: seldom(idIs(dataset.flows)),
    deploymentId: seldom(optionalId(dataset.deployments)),
    workQueueName: seldom(optionalText(QUEUES)),
    state: seldom(state),
    flowVersion: seldom(fc.record({ any: often(some(WORDS)) })),
    startTime: seldom(optionalInstant),
    endTime: seldom(optionalInstant),
    expectedStartTime: seldom(instant),
    nextScheduledStartTime: seldom(instant),
    parentFlowRunId: seldom(idIs(dataset.flowRuns)),
    parentTaskRunId: seldom(optionalId(dataset.taskRuns)),
    idempotencyKey: seldom(choice(WORDS)),
    createdBy: seldom(createdBy),
  });
}

function taskRuns(dataset: Dataset): fc.Arbitrary<TaskRunFilter> {
  return fc.record({
    operator,
    id: condition(idIs(dataset.taskRuns)),
    name: condition(text),
    tags: condition(tags),
    state: condition(state),
    startTime: condition(optionalInstant),
    endTime: condition(optionalInstant),
    expectedStartTime: condition(instant),
    subflowRuns: condition(fc.record({ exists: flag })),
    flowRunId: condition(optionalId(dataset.flowRuns)),
  });
}

function deployments(dataset: Dataset): fc.Arbitrary<DeploymentFilter> {
  return fc.record({
    operator,
    id: condition(idChoice(dataset.deployments)),
    name: condition(text),
    flowId: condition(idIs(dataset.flows)),
    flowOrDeploymentName: condition(fc.record(patterns)),
    paused: condition(fc.record({ eq: flag })),
    tags: condition(tags),
    workQueueName: condition(fc.record({ any: often(some(QUEUES)) })),
    concurrencyLimit: condition(fc.record({ ...limits, isNull: seldom(fc.boolean(), 9) })),
  });
}

function flows(dataset: Dataset): fc.Arbitrary<FlowFilter> {
  return fc.record({
    operator,
    id: condition(idChoice(dataset.flows)),
    name: condition(text),
    tags: condition(tags),
    deployment: condition(fc.record({ isNull: flag })),
  });
}

/** All five filters over a dataset, with every field, operator and nesting; `absences`: relative to six for presence. */
export function wheres(dataset: Dataset, absences = 24): fc.Arbitrary<Where> {
  return fc.record({
    artifacts: seldom(artifacts(dataset), 5),
    flowRuns: seldom(flowRuns(dataset), absences),
    taskRuns: seldom(taskRuns(dataset), absences),
    deployments: seldom(deployments(dataset), absences),
    flows: seldom(flows(dataset), absences),
  });
}
