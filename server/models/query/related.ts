import { aliasedTable, and, type Column, eq, exists, inArray, not, or, type SQL, sql } from "drizzle-orm";
import type {
  DeploymentFilter,
  FlowFilter,
  FlowRunFilter,
  FlowRunWhere,
  RunWhere,
  StateCondition,
  TaskRunFilter,
  TaskRunWhere,
} from "#contract/where";
import { adHoc } from "#db/ad-hoc";
import type { Database } from "#db/postgres";
import { type actor, deployment, flow, flowRun, taskRun } from "#db/schema";
import {
  caseInsensitive,
  choiceIs,
  combine,
  idIs,
  nameIs,
  numberIs,
  optionalIdIs,
  optionalTextIs,
  patternIs,
  tagsAre,
  timestampIs,
} from "./where";

/** More flows, deployments or actors than this are joined instead of listed by id. */
const MAX_IDS = 1000;

/**
 * The four filters on what produced a row, as one EXISTS on its flow run and one on its task run; undefined without
 * filters. Flows and deployments are resolved to ids first, so that a filter without a match costs nothing. A row with a
 * flow column is filtered by it, and the EXISTS only checks that the run exists: with the flow in both, PostgreSQL would
 * treat the conditions as independent and underestimate the rows.
 */
export async function producedBy(
  db: Database,
  row: { flowRunId: Column; taskRunId: Column; flowId?: Column },
  where: RunWhere | undefined,
): Promise<SQL | undefined> {
  const { flowRuns, taskRuns, deployments, flows } = where ?? {};
  const ofFlow = row.flowId && flows ? await flowMatches(db, row.flowId, flows) : null;
  const condition = flowRuns || deployments || flows;
  const oneFlowRun = condition
    ? and(
        eq(flowRun.id, row.flowRunId),
        await flowRunMatches(db, { flowRuns, deployments, flows: ofFlow ? null : flows }),
      )
    : undefined;
  const oneTaskRun = taskRuns ? and(eq(taskRun.id, row.taskRunId), taskRunIs(db, taskRuns)) : undefined;
  return and(
    ofFlow ?? undefined,
    oneFlowRun && exists(db.select({ id: flowRun.id }).from(flowRun).where(oneFlowRun)),
    oneTaskRun && exists(db.select({ id: taskRun.id }).from(taskRun).where(oneTaskRun)),
  );
}

/** A condition on a flow column; null where many or all flows match. A single flow is found in the statement itself. */
async function flowMatches(db: Database, flowId: Column, flows: FlowFilter): Promise<SQL | null> {
  const matches = flowIs(db, flows);
  if (namesOne(flows)) return sql`${flowId} = (${db.select({ id: flow.id }).from(flow).where(matches)})`;
  const ids = await matchingIds(db, flow, matches);
  return ids && (idIs(flowId, { any: ids }) ?? null);
}

/** Whether a filter is no more than one id or one name, which are unique. */
function namesOne(filter: FlowFilter): boolean {
  const present = (value: object) => Object.entries(value).filter(([, each]) => each != null);
  const [[field, condition] = [], ...more] = present(filter);
  if ((field !== "id" && field !== "name") || more.length > 0) return false;
  const [[test, values] = [], ...others] = present(condition);
  return test === "any" && values.length === 1 && others.length === 0;
}

/** The filters of a flow run: its own, its deployment's and its flow's. */
export async function flowRunMatches(db: Database, where: FlowRunWhere | undefined): Promise<SQL | undefined> {
  const { flowRuns, deployments, flows } = where ?? {};
  return and(
    flowRuns ? flowRunIs(db, flowRuns) : undefined,
    deployments ? await refersTo(db, flowRun.deploymentId, deployment, deploymentIs(db, deployments)) : undefined,
    flows ? await refersTo(db, flowRun.flowId, flow, flowIs(db, flows)) : undefined,
  );
}

/** The filters of a task run: its own and those of its flow run. */
export async function taskRunMatches(db: Database, where: TaskRunWhere | undefined): Promise<SQL | undefined> {
  const { taskRuns, ...flowRunWhere } = where ?? {};
  const ofFlowRun = await producedBy(db, { flowRunId: taskRun.flowRunId, taskRunId: taskRun.id }, flowRunWhere);
  return and(taskRuns ? taskRunIs(db, taskRuns) : undefined, ofFlowRun);
}

/** The filters of a deployment: its own and its flow's. */
export async function deploymentMatches(
  db: Database,
  where: { deployments?: DeploymentFilter | null; flows?: FlowFilter | null } | undefined,
): Promise<SQL | undefined> {
  const { deployments, flows } = where ?? {};
  return and(
    deployments ? deploymentIs(db, deployments) : undefined,
    flows ? await refersTo(db, deployment.flowId, flow, flowIs(db, flows)) : undefined,
  );
}

type Named = typeof flow | typeof deployment | typeof actor;

/** The ids of the matching rows; null for many or all. */
async function matchingIds(db: Database, table: Named, matches: SQL | undefined): Promise<string[] | null> {
  if (!matches) return null;
  const rows = db.select({ id: table.id }).from(table).where(adHoc(matches));
  const found = await db.execute<{ id: string }>(rows.limit(MAX_IDS + 1));
  return found.length > MAX_IDS ? null : found.map(({ id }) => id);
}

/** A condition on a reference to matching rows: a list of ids if they are few, false if there are none. */
export async function refersTo(db: Database, reference: Column, table: Named, matches: SQL | undefined): Promise<SQL> {
  const ids = await matchingIds(db, table, matches);
  if (ids) return (ids.length > 0 && idIs(reference, { any: ids })) || sql`false`;
  const one = and(eq(table.id, reference), matches);
  return exists(db.select({ id: table.id }).from(table).where(one));
}

function stateIs(runs: typeof flowRun | typeof taskRun, condition: StateCondition | null | undefined): SQL | undefined {
  const { operator, type, name } = condition ?? {};
  return combine(operator, [choiceIs(runs.stateType, type), choiceIs(runs.stateName, name)]);
}

function flowRunIs(db: Database, filter: FlowRunFilter): SQL | undefined {
  const parents = aliasedTable(taskRun, "parent");
  const childOf = filter.parentFlowRunId && idIs(parents.flowRunId, filter.parentFlowRunId);
  const { createdBy } = filter;
  return combine(filter.operator, [
    idIs(flowRun.id, filter.id),
    nameIs(flowRun.name, filter.name),
    tagsAre(flowRun.tags, filter.tags),
    idIs(flowRun.flowId, filter.flowId),
    optionalIdIs(flowRun.deploymentId, filter.deploymentId),
    optionalTextIs(flowRun.workQueueName, filter.workQueueName),
    stateIs(flowRun, filter.state),
    choiceIs(flowRun.flowVersion, filter.flowVersion),
    timestampIs(sql`coalesce(${flowRun.startTime}, ${flowRun.expectedStartTime})`, filter.startTime, flowRun.startTime),
    timestampIs(flowRun.endTime, filter.endTime),
    timestampIs(flowRun.expectedStartTime, filter.expectedStartTime),
    timestampIs(flowRun.nextScheduledStartTime, filter.nextScheduledStartTime),
    childOf ? inArray(flowRun.parentTaskRunId, db.select({ id: parents.id }).from(parents).where(childOf)) : undefined,
    optionalIdIs(flowRun.parentTaskRunId, filter.parentTaskRunId),
    choiceIs(flowRun.idempotencyKey, filter.idempotencyKey),
    combine(createdBy?.operator, [
      choiceIs(sql`${flowRun.createdBy} ->> 'id'`, { any: createdBy?.id }),
      choiceIs(sql`${flowRun.createdBy} ->> 'type'`, { any: createdBy?.type }),
      optionalTextIs(flowRun.createdBy, { isNull: createdBy?.isNull }),
    ]),
  ]);
}

function taskRunIs(db: Database, filter: TaskRunFilter): SQL | undefined {
  const children = aliasedTable(flowRun, "child");
  const child = exists(db.select({ id: children.id }).from(children).where(eq(children.parentTaskRunId, taskRun.id)));
  const hasChild = filter.subflowRuns?.exists;
  return combine(filter.operator, [
    idIs(taskRun.id, filter.id),
    nameIs(taskRun.name, filter.name),
    tagsAre(taskRun.tags, filter.tags),
    stateIs(taskRun, filter.state),
    timestampIs(taskRun.startTime, filter.startTime),
    timestampIs(taskRun.endTime, filter.endTime),
    timestampIs(taskRun.expectedStartTime, filter.expectedStartTime),
    hasChild == null ? undefined : hasChild ? child : not(child),
    optionalIdIs(taskRun.flowRunId, filter.flowRunId),
  ]);
}

function deploymentIs(db: Database, filter: DeploymentFilter): SQL | undefined {
  const flows = aliasedTable(flow, "its_flow");
  const named = patternIs(caseInsensitive(deployment.name), filter.flowOrDeploymentName);
  const flowNamed = patternIs(caseInsensitive(flows.name), filter.flowOrDeploymentName);
  const ofFlow = db
    .select({ id: flows.id })
    .from(flows)
    .where(and(eq(flows.id, deployment.flowId), flowNamed));
  const paused = filter.paused?.eq;
  return combine(filter.operator, [
    idIs(deployment.id, filter.id),
    nameIs(deployment.name, filter.name),
    idIs(deployment.flowId, filter.flowId),
    named && or(named, exists(ofFlow)),
    paused == null ? undefined : eq(deployment.paused, paused),
    tagsAre(deployment.tags, filter.tags),
    choiceIs(deployment.workQueueName, filter.workQueueName),
    numberIs(deployment.concurrencyLimit, filter.concurrencyLimit),
  ]);
}

/** The flow's own filter as SQL; undefined when it has no criteria. */
export function flowIs(db: Database, filter: FlowFilter): SQL | undefined {
  const deployments = aliasedTable(deployment, "its_deployment");
  const deployed = exists(db.select({ id: deployments.id }).from(deployments).where(eq(deployments.flowId, flow.id)));
  const undeployed = filter.deployment?.isNull;
  return combine(filter.operator, [
    idIs(flow.id, filter.id),
    nameIs(flow.name, filter.name),
    tagsAre(flow.tags, filter.tags),
    undeployed == null ? undefined : undeployed ? not(deployed) : deployed,
  ]);
}
