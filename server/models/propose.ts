import { and, eq, not, sql } from "drizzle-orm";
import type { FlowRunProposal, FlowRunPropose } from "#contract/flow-run";
import type { Database } from "#db/postgres";
import { flowRun } from "#db/schema";
import { flowRunColumns, toFlowRun } from "./flow-run";
import { update as updateTaskRun } from "./task-run";

/** Shorter delays count as none, as in Prefect, which rounds to seconds. */
const scheduled = sql`case ${flowRun.stateType} when 'SCHEDULED' then ${flowRun.nextScheduledStartTime}
  when 'PENDING' then ${flowRun.expectedStartTime} end`;
const isEarly = sql`coalesce(${scheduled} > clock_timestamp() + interval '0.5 s', false)`;

const hasRetriesLeft = sql`${flowRun.stateType} = 'RUNNING' and ${flowRun.runCount} <= ${flowRun.retries}`;
const retryTime = sql`clock_timestamp() + make_interval(secs => coalesce(${flowRun.retryDelay}, 0))`;

/**
 * Sets the state of a flow run by the rules of Prefect's server: a run that fails with retries left is scheduled to run
 * again, and one that starts before its scheduled time has to wait. A flow run inside of another gives its state to the
 * task run that is its parent. NOT_FOUND.
 */
export async function propose(db: Database, proposed: FlowRunPropose): Promise<FlowRunProposal> {
  const proposal = await decide(db, proposed);
  const { parentTaskRunId, state, startTime, endTime } = proposal.flowRun;
  if (parentTaskRunId !== null && state !== null && proposal.outcome !== "early") {
    const { timestamp: _, ...rest } = state;
    await updateTaskRun(db, { id: parentTaskRunId, state: rest, startTime, endTime });
  }
  return proposal;
}

async function decide(db: Database, { id, state, scheduledTime, force }: FlowRunPropose): Promise<FlowRunProposal> {
  const next = state.type === "SCHEDULED" ? (scheduledTime ?? sql`clock_timestamp()`) : null;
  const changes = { ...flowRunColumns({ state }), nextScheduledStartTime: next };
  const byId = eq(flowRun.id, id);
  if (!force && state.type === "FAILED") {
    const retry = { type: "SCHEDULED", name: "AwaitingRetry", message: state.message } as const;
    const again = { ...flowRunColumns({ state: retry }), nextScheduledStartTime: retryTime };
    const [row] = await db.update(flowRun).set(again).where(and(byId, hasRetriesLeft)).returning();
    if (row) return { outcome: "retrying", delay: null, flowRun: toFlowRun(row) };
  }
  const isDue = !force && state.type === "RUNNING" ? not(isEarly) : undefined;
  const [row] = await db.update(flowRun).set(changes).where(and(byId, isDue)).returning();
  if (!row && isDue) return early(db, id);
  return { outcome: "entered", delay: null, flowRun: toFlowRun(row) };
}

async function early(db: Database, id: string): Promise<FlowRunProposal> {
  const delay = sql<number>`greatest(1, round(extract(epoch from ${scheduled} - clock_timestamp())))::int`;
  const [found] = await db.select({ row: flowRun, delay }).from(flowRun).where(eq(flowRun.id, id));
  return { outcome: "early", delay: found?.delay ?? null, flowRun: toFlowRun(found?.row) };
}
