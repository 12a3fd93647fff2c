import { and, type Column, desc, eq, gte, inArray, type SQL, sql } from "drizzle-orm";
import type { FlowRun } from "#contract/flow-run";
import type { TaskRun } from "#contract/task-run";
import type { Database } from "#db/postgres";
import { deployment, flow, flowRun, taskRun } from "#db/schema";
import { toFlowRun } from "./flow-run";
import { uuids } from "./query/where";
import { toTaskRun } from "./task-run";

/** The last seconds, or since a timestamp; with `flowRunIds`, only these flow runs and their task runs. */
export type Since = { seconds: number } | { timestamp: string; flowRunIds: string[] | null };

interface Named {
  id: string;
  name: string;
  tags: string[];
}

/** What a run belongs to, as far as it exists. */
export interface Origin {
  flowRun: Named | null;
  flow: Named | null;
  deployment: Named | null;
}

/** So many states are read at most, the last ones. */
const MAX_STATES = 1_000;

const origin = {
  flowRun: { id: flowRun.id, name: flowRun.name, tags: flowRun.tags },
  flow: { id: flow.id, name: flow.name, tags: flow.tags },
  deployment: { id: deployment.id, name: deployment.name, tags: deployment.tags },
};

/** The flow runs that entered their state, in that order. */
export async function enteredFlowRuns(db: Database, since: Since): Promise<{ run: FlowRun; origin: Origin }[]> {
  const rows = db
    .select({ row: flowRun, ...origin })
    .from(flowRun)
    .leftJoin(flow, eq(flow.id, flowRun.flowId))
    .leftJoin(deployment, eq(deployment.id, flowRun.deploymentId))
    .where(
      "seconds" in since
        ? inLast(flowRun.stateTimestamp, since.seconds)
        : and(gte(flowRun.stateTimestamp, since.timestamp), isOneOf(flowRun.id, since.flowRunIds)),
    )
    .orderBy(desc(flowRun.stateTimestamp))
    .limit(MAX_STATES);
  return (await rows).reverse().map(({ row, ...of }) => ({ run: toFlowRun(row), origin: { ...of, flowRun: null } }));
}

/**
 * The task runs that entered their state, in that order. Their states have the time of their client, whose clock may
 * differ by a minute; `updated` has the database's.
 */
export async function enteredTaskRuns(db: Database, since: Since): Promise<{ run: TaskRun; origin: Origin }[]> {
  const rows = db
    .select({ row: taskRun, ...origin })
    .from(taskRun)
    .leftJoin(flowRun, eq(flowRun.id, taskRun.flowRunId))
    .leftJoin(flow, eq(flow.id, flowRun.flowId))
    .leftJoin(deployment, eq(deployment.id, flowRun.deploymentId))
    .where(
      "seconds" in since
        ? inLast(taskRun.updated, since.seconds)
        : and(
            gte(taskRun.stateTimestamp, since.timestamp),
            since.flowRunIds
              ? isOneOf(taskRun.flowRunId, since.flowRunIds)
              : sql`${taskRun.updated} >= ${since.timestamp}::timestamptz - interval '1 minute'`,
          ),
    )
    .orderBy(desc("seconds" in since || !since.flowRunIds ? taskRun.updated : taskRun.stateTimestamp))
    .limit(MAX_STATES);
  return (await rows).reverse().map(({ row, ...of }) => ({ run: toTaskRun(row), origin: of }));
}

/** What the task runs of flow runs belong to, by the id of the flow run; only flow runs that exist. */
export async function originsOf(db: Database, flowRunIds: string[]): Promise<Map<string, Origin>> {
  const rows = await db
    .select(origin)
    .from(flowRun)
    .leftJoin(flow, eq(flow.id, flowRun.flowId))
    .leftJoin(deployment, eq(deployment.id, flowRun.deploymentId))
    .where(inArray(flowRun.id, flowRunIds));
  return new Map(rows.map((row) => [row.flowRun.id, row]));
}

function inLast(time: Column, seconds: number): SQL {
  return sql`${time} >= clock_timestamp() - make_interval(secs => ${seconds})`;
}

function isOneOf(id: Column, ids: string[] | null): SQL | undefined {
  return ids ? sql`${id} = any(${uuids(ids)})` : undefined;
}
