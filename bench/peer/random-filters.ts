import type { StateType, Where } from "#contract/where";

/** Values that random filters pick from. */
export interface FilterValues {
  artifacts: string[];
  keys: string[];
  flowRuns: string[];
  flowRunNames: string[];
  taskRuns: string[];
  taskRunNames: string[];
  parents: string[];
  deployments: string[];
  deploymentNames: string[];
  flows: string[];
  flowNames: string[];
  tags: string[];
  timestamps: string[];
}

const TYPES = ["markdown", "table", "link", "image", "progress", "result", "none-such"];
const STATES: StateType[] = ["COMPLETED", "FAILED", "CANCELLED", "CRASHED", "RUNNING", "SCHEDULED", "PENDING"];
const STATE_NAMES = ["Completed", "Failed", "Cancelled", "Running", "Late"];
const QUEUES = ["default", "gpu", "batch", "none-such"];
const UNKNOWN_ID = "00000000-0000-4000-8000-000000000000";

/** Returns a generator of filters that both APIs support, without the known bugs of Prefect (see bench/agree.ts). */
export function randomFilters(values: FilterValues, random: () => number): () => Where {
  const chance = (share: number) => random() < share;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] ?? noValues();
  const some = <T>(list: readonly T[], max = 4): T[] =>
    chance(0.04) ? [] : Array.from({ length: 1 + Math.floor(random() * max) }, () => pick(list));
  const ids = (list: string[], max?: number) => some(chance(0.1) ? [...list, UNKNOWN_ID] : list, max);
  const substring = (list: string[]) => {
    const name = pick(list);
    const from = Math.floor(random() * (name.length - 2));
    const text = name.slice(from, from + 2 + Math.floor(random() * 4));
    return chance(0.1) ? text.replace(/.$/, pick(["%", "_"])) : chance(0.3) ? text.toUpperCase() : text;
  };
  const operator = () => (chance(0.3) ? { operator: "or" as const } : chance(0.2) ? { operator: "and" as const } : {});

  /** One to three conditions with an operator. Each has criteria, since an empty one under `or` means something else to Prefect. */
  const object = (conditions: Record<string, () => unknown>): object => {
    const names = Object.keys(conditions);
    const chosen = Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(names));
    return { ...operator(), ...Object.fromEntries([...new Set(chosen)].map((name) => [name, conditions[name]?.()])) };
  };
  const choice = (list: readonly string[]) => (chance(0.6) ? { any: some(list) } : { notAny: [pick(list)] });
  const idChoice = (list: string[]) => (chance(0.7) ? { any: ids(list, 100) } : { notAny: [pick(list)] });
  const nameOf = (list: string[]) => (chance(0.4) ? { any: some(list, 40) } : { like: substring(list) });
  const optional = (list: readonly string[]) =>
    chance(0.3)
      ? { isNull: chance(0.5) }
      : chance(0.2)
        ? { operator: "or", any: some(list), isNull: true }
        : { any: some(list, 20) };
  const timestamp = () =>
    chance(0.3)
      ? { after: pick(values.timestamps), before: pick(values.timestamps) }
      : chance(0.5)
        ? { after: pick(values.timestamps) }
        : { before: pick(values.timestamps) };
  const optionalTimestamp = () => (chance(0.3) ? { isNull: chance(0.5) } : timestamp());
  const tags = (any: boolean) => ({
    ...operator(),
    ...(chance(0.6)
      ? { all: [pick(values.tags)] }
      : any && chance(0.5)
        ? { any: some(values.tags) }
        : { isNull: chance(0.5) }),
  });

  const artifacts = () =>
    object({
      id: () => ({ any: ids(values.artifacts, 300) }),
      key: () => (chance(0.2) ? { exists: chance(0.7) } : nameOf(values.keys)),
      type: () => choice(TYPES),
      flowRunId: () => ({ any: ids(values.flowRuns, 100) }),
      taskRunId: () => ({ any: ids(values.taskRuns, 100) }),
    });
  const flowRuns = () =>
    object({
      id: () => idChoice(values.flowRuns),
      name: () => nameOf(values.flowRunNames),
      tags: () => tags(true),
      deploymentId: () => optional(values.deployments),
      workQueueName: () => optional(QUEUES),
      state: () => object({ type: () => choice(STATES), name: () => choice(STATE_NAMES) }),
      flowVersion: () => ({ any: some(["1.0", "1.5", "1.9", "2.0"]) }),
      startTime: optionalTimestamp,
      endTime: optionalTimestamp,
      expectedStartTime: timestamp,
      parentFlowRunId: () => ({ any: ids(values.flowRuns, 100) }),
      parentTaskRunId: () => optional(values.parents),
      idempotencyKey: () => choice(["none-such"]),
    });
  const taskRuns = () =>
    object({
      id: () => ({ any: ids(values.taskRuns, 100) }),
      name: () => nameOf(values.taskRunNames),
      tags: () => tags(false),
      state: () => object({ type: () => ({ any: some(STATES) }), name: () => ({ any: some(STATE_NAMES) }) }),
      startTime: optionalTimestamp,
      endTime: optionalTimestamp,
      expectedStartTime: timestamp,
      subflowRuns: () => ({ exists: chance(0.5) }),
      flowRunId: () => ({ any: ids(values.flowRuns, 100) }),
    });
  const deployments = () =>
    object({
      id: () => idChoice(values.deployments),
      name: () => nameOf(values.deploymentNames),
      flowOrDeploymentName: () => ({ like: substring([...values.flowNames, ...values.deploymentNames]) }),
      paused: () => ({ eq: chance(0.5) }),
      tags: () => tags(true),
      workQueueName: () => ({ any: some(QUEUES) }),
    });
  const flows = () =>
    object({
      id: () => idChoice(values.flows),
      name: () => nameOf(values.flowNames),
      tags: () => tags(false),
      deployment: () => ({ isNull: chance(0.3) }),
    });

  return () => {
    const where = {
      ...(chance(0.5) && { artifacts: artifacts() }),
      ...(chance(0.35) && { flowRuns: chance(0.1) ? {} : flowRuns() }),
      ...(chance(0.25) && { taskRuns: chance(0.1) ? {} : taskRuns() }),
      ...(chance(0.25) && { deployments: chance(0.1) ? {} : deployments() }),
      ...(chance(0.3) && { flows: chance(0.1) ? {} : flows() }),
    };
    return where;
  };
}

function noValues(): never {
  throw new Error("No values to pick from; delete .bench/ to fill the database again.");
}

/** A seeded generator of numbers from 0 to 1 (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
