import type { StateType, Where } from "#contract/where";

/** Values of the volume that random filters name. */
export interface Values {
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
  moments: string[];
}

const TYPES = ["markdown", "table", "link", "image", "progress", "result", "none-such"];
const STATES: StateType[] = ["COMPLETED", "FAILED", "CANCELLED", "CRASHED", "RUNNING", "SCHEDULED", "PENDING"];
const STATE_NAMES = ["Completed", "Failed", "Cancelled", "Running", "Late"];
const QUEUES = ["default", "gpu", "batch", "none-such"];
const NOWHERE = "00000000-0000-4000-8000-000000000000";

/** Makes filters that Prefect and the contract both know, without what the reference calls a bug of Prefect's. */
export function filtersFrom(values: Values, random: () => number): () => Where {
  const chance = (share: number) => random() < share;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] ?? fail();
  const some = <T>(list: readonly T[], most = 4): T[] =>
    chance(0.04) ? [] : Array.from({ length: 1 + Math.floor(random() * most) }, () => pick(list));
  const ids = (list: string[], most?: number) => some(chance(0.1) ? [...list, NOWHERE] : list, most);
  const piece = (list: string[]) => {
    const name = pick(list);
    const from = Math.floor(random() * (name.length - 2));
    const text = name.slice(from, from + 2 + Math.floor(random() * 4));
    return chance(0.1) ? text.replace(/.$/, pick(["%", "_"])) : chance(0.3) ? text.toUpperCase() : text;
  };
  const operator = () => (chance(0.3) ? { operator: "or" as const } : chance(0.2) ? { operator: "and" as const } : {});

  /** One to three of the conditions, with an operator; each has criteria, so that `or` means the same to both. */
  const object = (conditions: Record<string, () => unknown>): object => {
    const names = Object.keys(conditions);
    const chosen = Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(names));
    return { ...operator(), ...Object.fromEntries([...new Set(chosen)].map((name) => [name, conditions[name]?.()])) };
  };
  const choice = (list: readonly string[]) => (chance(0.6) ? { any: some(list) } : { notAny: [pick(list)] });
  const idChoice = (list: string[]) => (chance(0.7) ? { any: ids(list, 100) } : { notAny: [pick(list)] });
  const nameOf = (list: string[]) => (chance(0.4) ? { any: some(list, 40) } : { like: piece(list) });
  const optional = (list: readonly string[]) =>
    chance(0.3)
      ? { isNull: chance(0.5) }
      : chance(0.2)
        ? { operator: "or", any: some(list), isNull: true }
        : { any: some(list, 20) };
  const moment = () =>
    chance(0.3)
      ? { after: pick(values.moments), before: pick(values.moments) }
      : chance(0.5)
        ? { after: pick(values.moments) }
        : { before: pick(values.moments) };
  const optionalMoment = () => (chance(0.3) ? { isNull: chance(0.5) } : moment());
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
      startTime: optionalMoment,
      endTime: optionalMoment,
      expectedStartTime: moment,
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
      startTime: optionalMoment,
      endTime: optionalMoment,
      expectedStartTime: moment,
      subflowRuns: () => ({ exists: chance(0.5) }),
      flowRunId: () => ({ any: ids(values.flowRuns, 100) }),
    });
  const deployments = () =>
    object({
      id: () => idChoice(values.deployments),
      name: () => nameOf(values.deploymentNames),
      flowOrDeploymentName: () => ({ like: piece([...values.flowNames, ...values.deploymentNames]) }),
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

function fail(): never {
  throw new Error("A random filter has nothing to choose from: fill the volume again.");
}

/** Numbers from 0 to 1 that a seed decides (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
