import { and, eq } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { StoreError } from "#contract/error";
import type {
  Deployment,
  DeploymentCount,
  DeploymentCreate,
  DeploymentList,
  Flow,
  FlowCount,
  FlowCreate,
  FlowList,
  FlowSort,
} from "#contract/flow";
import type { Database } from "#db/postgres";
import { deployment, flow } from "#db/schema";
import { boundedCount } from "./count";
import { type Order, orderBy } from "./page";
import { deploymentMatches, flowIs } from "./related";

/** The flow of that name: made, or as it already is. */
export async function createFlow(db: Database, input: FlowCreate): Promise<Flow> {
  const [made] = await db
    .insert(flow)
    .values({ id: uuid(), ...input })
    .onConflictDoNothing()
    .returning();
  if (made) return made;
  return found(await db.select().from(flow).where(eq(flow.name, input.name)), "flow");
}

/** One flow. NOT_FOUND. */
export async function readFlow(db: Database, id: string): Promise<Flow> {
  return found(await db.select().from(flow).where(eq(flow.id, id)), "flow");
}

/** The flows that match, by limit and offset. */
export async function listFlows(db: Database, { where, sort, limit, offset }: FlowList): Promise<Flow[]> {
  const rows = db
    .select()
    .from(flow)
    .where(flowIs(db, where?.flows ?? {}))
    .orderBy(orderBy(orderOf(flow, sort)));
  return rows.limit(limit).offset(offset);
}

/** How many flows match; with `atMost`, counted no further than one beyond it. */
export async function countFlows(db: Database, { where, atMost }: FlowCount): Promise<number> {
  return boundedCount(
    db,
    db
      .select({ id: flow.id })
      .from(flow)
      .where(flowIs(db, where?.flows ?? {}))
      .$dynamic(),
    atMost,
  );
}

/** The deployment of that flow and name: made, or as it already is. NOT_FOUND for an unknown flow. */
export async function createDeployment(db: Database, input: DeploymentCreate): Promise<Deployment> {
  await readFlow(db, input.flowId);
  const [made] = await db
    .insert(deployment)
    .values({ id: uuid(), ...input })
    .onConflictDoNothing()
    .returning();
  if (made) return made;
  const natural = and(eq(deployment.flowId, input.flowId), eq(deployment.name, input.name));
  return found(await db.select().from(deployment).where(natural), "deployment");
}

/** One deployment. NOT_FOUND. */
export async function readDeployment(db: Database, id: string): Promise<Deployment> {
  return found(await db.select().from(deployment).where(eq(deployment.id, id)), "deployment");
}

/** The deployments that match, by limit and offset. */
export async function listDeployments(db: Database, input: DeploymentList): Promise<Deployment[]> {
  const { where, sort, limit, offset } = input;
  const order = orderBy(orderOf(deployment, sort));
  return db
    .select()
    .from(deployment)
    .where(await deploymentMatches(db, where))
    .orderBy(order)
    .limit(limit)
    .offset(offset);
}

/** How many deployments match; with `atMost`, counted no further than one beyond it. */
export async function countDeployments(db: Database, { where, atMost }: DeploymentCount): Promise<number> {
  const rows = db
    .select({ id: deployment.id })
    .from(deployment)
    .where(await deploymentMatches(db, where));
  return boundedCount(db, rows.$dynamic(), atMost);
}

function found<Row>(rows: Row[], noun: string): Row {
  const [row] = rows;
  if (!row) throw new StoreError("NOT_FOUND", `There is no such ${noun}.`);
  return row;
}

function orderOf(table: typeof flow | typeof deployment, sort: FlowSort): Order<Flow | Deployment> {
  const { id, name, created, updated } = table;
  const orders: Record<FlowSort, Order<Flow | Deployment>> = {
    CREATED_DESC: { value: created, type: "timestamptz", id, descending: true, of: (row) => row.created },
    UPDATED_DESC: { value: updated, type: "timestamptz", id, descending: true, of: (row) => row.updated },
    NAME_ASC: { value: name, type: "text", id, descending: false, of: (row) => row.name },
    NAME_DESC: { value: name, type: "text", id, descending: true, of: (row) => row.name },
  };
  return orders[sort];
}
