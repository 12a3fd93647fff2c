import type { FlowRunCreate } from "#contract/flow-run";
import type { StateSet } from "#contract/run";
import { randomKey } from "./call";
import type { Procedures } from "./procedures";
import type { Progress } from "./progress";
import type { Connection } from "./publish";
import type { Scope } from "./scope";

/** A flow run: its flow and deployment are named, and created if they do not exist. */
export interface RunOptions
  extends Partial<Pick<FlowRunCreate, "name" | "tags" | "parameters" | "flowVersion" | "idempotencyKey">> {
  flow: string;
  deployment?: string | undefined;
}

/** A task run of the current flow run. */
export interface TaskOptions {
  /** Names the task, such as `load`. */
  task: string;
  /** Names this run of it; `load-0`, `load-1` … by default. */
  name?: string | undefined;
  tags?: string[] | undefined;
}

/** `id`: of the run; null if it could not be created and that was reported. */
type Work<T> = (scope: Scope, id: string | null) => T | Promise<T>;

/**
 * Runs `work` as a flow run: RUNNING, then COMPLETED, or FAILED with the message of the error, which is rethrown. Within
 * a task it is a sub-flow run of the task; within a flow run, of a task run created for it.
 */
export function runFlow<T>(
  connection: Connection,
  parent: Scope | undefined,
  options: RunOptions,
  work: Work<T>,
): Promise<T> {
  if (parent?.flowRunId && parent.taskRunId === null) {
    return runTask(connection, parent, { task: options.flow }, (task) => runInFlow(connection, task, options, work));
  }
  return runInFlow(connection, parent, options, work);
}

async function runInFlow<T>(
  connection: Connection,
  parent: Scope | undefined,
  options: RunOptions,
  work: Work<T>,
): Promise<T> {
  const { procedures, errorPolicy } = connection;
  const flowRunId = await errorPolicy.attempt(`starting a run of ${options.flow}`, () =>
    startFlowRun(procedures, parent, options),
  );
  const scope = { flowRunId, taskRunId: null, counts: new Map<string, number>(), progress: new Set<Progress>() };
  const setState = async (state: StateSet) => flowRunId && procedures.flowRun.update.mutate({ id: flowRunId, state });
  return runWithState(connection, scope, () => work(scope, flowRunId), setState);
}

async function startFlowRun(
  { flow, deployment, flowRun }: Procedures,
  parent: Scope | undefined,
  { flow: name, deployment: deploymentName, ...options }: RunOptions,
): Promise<string> {
  const { id: flowId } = await flow.create.mutate({ name });
  const deployed =
    deploymentName === undefined ? null : await deployment.create.mutate({ flowId, name: deploymentName });
  const running = { type: "RUNNING" } as const;
  const { id, state } = await flowRun.create.mutate({
    ...options,
    flowId,
    deploymentId: deployed?.id,
    parentTaskRunId: parent?.taskRunId,
    state: running,
  });
  // The idempotency key found an earlier run, which continues.
  if (state?.type !== "RUNNING") await flowRun.update.mutate({ id, state: running });
  return id;
}

/** Runs `work` as a task run, with states as in `runFlow`; outside a flow run it belongs to none. */
export async function runTask<T>(
  connection: Connection,
  parent: Scope | undefined,
  options: TaskOptions,
  work: Work<T>,
): Promise<T> {
  const { procedures, errorPolicy } = connection;
  const { flowRunId = null, counts = new Map<string, number>() } = parent ?? {};
  const count = counts.get(options.task) ?? 0;
  counts.set(options.task, count + 1);
  const dynamicKey = flowRunId === null ? randomKey() : String(count);
  const taskRunId = await errorPolicy.attempt(`starting the task ${options.task}`, () =>
    startTaskRun(procedures, flowRunId, dynamicKey, options),
  );
  const scope = { flowRunId, taskRunId, counts, progress: new Set<Progress>() };
  const setState = async (state: StateSet) => taskRunId && procedures.taskRun.update.mutate({ id: taskRunId, state });
  return runWithState(connection, scope, () => work(scope, taskRunId), setState);
}

async function startTaskRun(
  { taskRun }: Procedures,
  flowRunId: string | null,
  dynamicKey: string,
  { task: taskKey, ...options }: TaskOptions,
): Promise<string> {
  const running = { type: "RUNNING" } as const;
  const { id, state } = await taskRun.create.mutate({ ...options, flowRunId, taskKey, dynamicKey, state: running });
  if (state?.type !== "RUNNING") await taskRun.update.mutate({ id, state: running });
  return id;
}

/** Runs `work` in a scope, finishes its progress artifacts and sets the final state of the run. */
async function runWithState<T>(
  { errorPolicy, scopes }: Connection,
  scope: Scope,
  work: () => T | Promise<T>,
  setState: (state: StateSet) => Promise<unknown>,
): Promise<T> {
  let result: T;
  try {
    result = await scopes.within(scope, async () => work());
    await Promise.all([...scope.progress].map((progress) => progress.finish()));
  } catch (error) {
    const flushes = [...scope.progress].map((progress) => progress.flush());
    // The caller gets the error of the work; errors in recording it are only reported.
    const ends = await Promise.allSettled([...flushes, setState({ type: "FAILED", message: messageOf(error) })]);
    for (const end of ends) if (end.status === "rejected") errorPolicy.report("ending a run", end.reason);
    throw error;
  }
  await errorPolicy.attemptNow("ending a run", () => setState({ type: "COMPLETED" }));
  return result;
}

/** The message of an error, within what PostgreSQL can store. */
function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message || error.name : String(error);
  return message.slice(0, 16_000).replaceAll("\0", "").toWellFormed();
}
