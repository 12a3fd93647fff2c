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
import { idOf, type World } from "./draw";
import { KEYS, METADATA_NAMES, METADATA_VALUES, MOMENTS, NAMES, PATTERNS, QUEUES, TAGS, TYPES, WORDS } from "./pools";

/** A field that is mostly absent, now and then null: an object of many such fields asks for two or three things. */
function seldom<T>(given: fc.Arbitrary<T>, absences = 30): fc.Arbitrary<T | null | undefined> {
  return fc.oneof(
    { weight: absences, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 6, arbitrary: given },
  );
}

/** The same for objects of few fields. */
const asked = <T>(given: fc.Arbitrary<T>) => seldom(given, 12);
const often = <T>(given: fc.Arbitrary<T>) => seldom(given, 4);
const operator = seldom(fc.constantFrom("and" as const, "or" as const), 3);
const flag = often(fc.boolean());

/** A list of some of these, now and then an empty one. */
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
const patterns = { like: often(pattern), contains: seldom(pattern, 9), startsWith: seldom(pattern, 9) };
const text = fc.record({ any: seldom(some([...NAMES, "nowhere", ""]), 9), ...patterns });
const choice = (values: readonly string[]) =>
  fc.record({ any: often(some([...values, "no"])), notAny: often(some([...values, "no"])) });
const optionalText = (values: readonly string[]) =>
  fc.record({ operator, any: often(some([...values, "no"])), isNull: flag });
const tags: fc.Arbitrary<TagsCondition> = fc.record({
  operator,
  all: often(some(TAGS)),
  any: often(some(TAGS)),
  isNull: flag,
});

/** The moments themselves, also as other zones and shorter fractions spell them. */
const moment = fc.constantFrom(
  ...MOMENTS,
  "2026-01-01T01:00:00+01:00",
  "2025-12-31T18:30:00.100-05:30",
  "2026-01-01T00:00:01.0Z",
  "1970-01-01T00:00:00Z",
  "2200-12-31T23:59:59Z",
);
const between = { after: often(moment), before: seldom(moment, 9) };
const instant = fc.record(between);
const optionalInstant = fc.record({ ...between, isNull: seldom(fc.boolean(), 9) });
const whole = fc.constantFrom(0, 1, 2, 3, 4, 7, Number.MAX_SAFE_INTEGER);
const limits = { min: often(whole), max: seldom(whole, 9) };
const value = fc.constantFrom(...METADATA_VALUES);

const metadata: fc.Arbitrary<MetadataCondition> = fc.record(
  { name: fc.constantFrom(...METADATA_NAMES), exists: flag, equals: value, any: seldom(some(METADATA_VALUES), 2) },
  { requiredKeys: ["name"] },
);

const key: fc.Arbitrary<KeyCondition> = fc.record({
  any: seldom(some([...KEYS, "nowhere"]), 9),
  ...patterns,
  exists: flag,
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
function artifacts(world: World): fc.Arbitrary<ArtifactFilter> {
  return fc.record({
    operator,
    id: seldom(idIs(world.artifacts)),
    key: seldom(key),
    type: seldom(choice(TYPES)),
    flowRunId: seldom(idIs(world.flowRuns)),
    taskRunId: seldom(idIs(world.taskRuns)),
    hasRun: seldom(fc.boolean()),
    version: seldom(fc.record({ any: seldom(some([0, 1, 2, 3, Number.MAX_SAFE_INTEGER]), 9), ...limits })),
    description: seldom(fc.record({ contains: often(pattern) })),
    metadata: seldom(fc.array(metadata, { maxLength: 2 })),
    created: seldom(instant),
    updated: seldom(instant),
  });
}

function flowRuns(world: World): fc.Arbitrary<FlowRunFilter> {
  return fc.record({
    operator,
    id: seldom(idChoice(world.flowRuns)),
    name: seldom(text),
    tags: seldom(tags),
    flowId: seldom(idIs(world.flows)),
    deploymentId: seldom(optionalId(world.deployments)),
    workQueueName: seldom(optionalText(QUEUES)),
    state: seldom(state),
    flowVersion: seldom(fc.record({ any: often(some(WORDS)) })),
    startTime: seldom(optionalInstant),
    endTime: seldom(optionalInstant),
    expectedStartTime: seldom(instant),
    nextScheduledStartTime: seldom(instant),
    parentFlowRunId: seldom(idIs(world.flowRuns)),
    parentTaskRunId: seldom(optionalId(world.taskRuns)),
    idempotencyKey: seldom(choice(WORDS)),
    createdBy: seldom(createdBy),
  });
}

function taskRuns(world: World): fc.Arbitrary<TaskRunFilter> {
  return fc.record({
    operator,
    id: asked(idIs(world.taskRuns)),
    name: asked(text),
    tags: asked(tags),
    state: asked(state),
    startTime: asked(optionalInstant),
    endTime: asked(optionalInstant),
    expectedStartTime: asked(instant),
    subflowRuns: asked(fc.record({ exists: flag })),
    flowRunId: asked(optionalId(world.flowRuns)),
  });
}

function deployments(world: World): fc.Arbitrary<DeploymentFilter> {
  return fc.record({
    operator,
    id: asked(idChoice(world.deployments)),
    name: asked(text),
    flowId: asked(idIs(world.flows)),
    flowOrDeploymentName: asked(fc.record(patterns)),
    paused: asked(fc.record({ eq: flag })),
    tags: asked(tags),
    workQueueName: asked(fc.record({ any: often(some(QUEUES)) })),
    concurrencyLimit: asked(fc.record({ ...limits, isNull: seldom(fc.boolean(), 9) })),
  });
}

function flows(world: World): fc.Arbitrary<FlowFilter> {
  return fc.record({
    operator,
    id: asked(idChoice(world.flows)),
    name: asked(text),
    tags: asked(tags),
    deployment: asked(fc.record({ isNull: flag })),
  });
}

/** All five filters over a world, every field, operator and nesting of them; `absences`: against six times each kind is asked. */
export function wheres(world: World, absences = 24): fc.Arbitrary<Where> {
  return fc.record({
    artifacts: seldom(artifacts(world), 5),
    flowRuns: seldom(flowRuns(world), absences),
    taskRuns: seldom(taskRuns(world), absences),
    deployments: seldom(deployments(world), absences),
    flows: seldom(flows(world), absences),
  });
}
