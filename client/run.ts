import type { FlowRunCreate } from "#contract/flow-run";
import type { StateSet } from "#contract/run";
import type { Connection } from "./connection";
import type { Procedures } from "./procedures";
import type { Progress } from "./progress";
import type { Scope } from "./scope";
import { unique } from "./unique";

/** A run to be made: of a flow and deployment by their names, which are made when they are new. */
export interface RunOptions
  extends Partial<Pick<FlowRunCreate, "name" | "tags" | "parameters" | "flowVersion" | "idempotencyKey">> {
  flow: string;
  deployment?: string | undefined;
}

/** A task run to be made, under the flow run around it. */
export interface TaskOptions {
  /** What is done, the same each time: `load`. */
  task: string;
  /** What this one is called; `load-0`, `load-1` … when absent. */
  name?: string | undefined;
  tags?: string[] | undefined;
}

/** What is done in a scope, with the id of the run that was made for it. */
type Work<Id, T> = (scope: Scope, id: Id) => T | Promise<T>;
type Settle = (state: StateSet) => Promise<unknown>;

/**
 * Makes a flow run, RUNNING, and does the work in it: COMPLETED when it is done; FAILED when it throws, with the error's
 * message, and the error goes on. Within a task it is the task's sub-flow run; within a flow run it gets a task run for it.
 */
export function runIn<Miss extends null, T>(
  connection: Connection<Miss>,
  parent: Scope | undefined,
  options: RunOptions,
  work: Work<string | Miss, T>,
): Promise<T> {
  if (parent?.flowRunId && parent.taskRunId === null) {
    return taskIn(connection, parent, { task: options.flow }, (task) => flowRunIn(connection, task, options, work));
  }
  return flowRunIn(connection, parent, options, work);
}

async function flowRunIn<Miss extends null, T>(
  connection: Connection<Miss>,
  parent: Scope | undefined,
  options: RunOptions,
  work: Work<string | Miss, T>,
): Promise<T> {
  const { flowRun } = connection.procedures;
  const flowRunId = await connection.mishaps.attempt(`starting a run of ${options.flow}`, () =>
    startedRun(connection.procedures, parent, options),
  );
  const scope = { flowRunId, taskRunId: null, counts: new Map(), opened: new Set<Progress>() };
  return done(
    connection,
    scope,
    () => work(scope, flowRunId),
    async (state) => flowRunId && flowRun.update.mutate({ id: flowRunId, state }),
  );
}

async function startedRun(
  { flow, deployment, flowRun }: Procedures,
  parent: Scope | undefined,
  { flow: name, deployment: deploymentName, ...given }: RunOptions,
): Promise<string> {
  const { id: flowId } = await flow.create.mutate({ name });
  const made = deploymentName === undefined ? null : await deployment.create.mutate({ flowId, name: deploymentName });
  const running = { type: "RUNNING" } as const;
  const { id, state } = await flowRun.create.mutate({
    ...given,
    flowId,
    deploymentId: made?.id,
    parentTaskRunId: parent?.taskRunId,
    state: running,
  });
  // A run that was there already, by its idempotency key, goes on.
  if (state?.type !== "RUNNING") await flowRun.update.mutate({ id, state: running });
  return id;
}

/** Makes a task run and does the work in it, as `runIn` does. Without a flow run around it belongs to none. */
export async function taskIn<Miss extends null, T>(
  connection: Connection<Miss>,
  parent: Scope | undefined,
  options: TaskOptions,
  work: Work<string | Miss, T>,
): Promise<T> {
  const { taskRun } = connection.procedures;
  const { flowRunId = null, counts = new Map<string, number>() } = parent ?? {};
  const count = counts.get(options.task) ?? 0;
  counts.set(options.task, count + 1);
  const taskRunId = await connection.mishaps.attempt(`starting the task ${options.task}`, async () => {
    const running = { type: "RUNNING" } as const;
    const { task: taskKey, ...given } = options;
    const dynamicKey = flowRunId === null ? unique() : String(count);
    const { id, state } = await taskRun.create.mutate({ ...given, flowRunId, taskKey, dynamicKey, state: running });
    if (state?.type !== "RUNNING") await taskRun.update.mutate({ id, state: running });
    return id;
  });
  const scope = { flowRunId, taskRunId, counts, opened: new Set<Progress>() };
  return done(
    connection,
    scope,
    () => work(scope, taskRunId),
    async (state) => taskRunId && taskRun.update.mutate({ id: taskRunId, state }),
  );
}

async function done<Miss extends null, T>(
  { mishaps, scopes }: Connection<Miss>,
  scope: Scope,
  work: () => T | Promise<T>,
  settle: Settle,
): Promise<T> {
  let result: T;
  try {
    result = await scopes.within(scope, async () => work());
    await Promise.all([...scope.opened].map((progress) => progress.finish()));
  } catch (error) {
    const state: StateSet = { type: "FAILED", message: messageOf(error) };
    // The work's own error is the one to go on; what fails in saying so is told.
    const ends = await Promise.allSettled([...[...scope.opened].map((progress) => progress.flush()), settle(state)]);
    for (const end of ends) if (end.status === "rejected") mishaps.tell("ending a run", end.reason);
    throw error;
  }
  await mishaps.insist("ending a run", () => settle({ type: "COMPLETED" }));
  return result;
}

/** What a failed state says: the error's own words, as far as the store can keep them. */
function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message || error.name : String(error);
  return message.slice(0, 16_000).replaceAll("\0", "").toWellFormed();
}
