import { and, eq } from "drizzle-orm";
import type {
  Deployment,
  DeploymentCount,
  DeploymentCountBy,
  DeploymentCreate,
  DeploymentList,
  DeploymentPage,
  DeploymentUpdate,
} from "#contract/deployment";
import { VitrineError } from "#contract/error";
import type { Counts, Page } from "#contract/paging";
import { adHoc } from "#db/ad-hoc";
import type { Database } from "#db/postgres";
import { deployment, nextUpdated } from "#db/schema";
import { existing } from "./existing";
import { flowOrder, read as readFlow } from "./flow";
import { boundedCount, countValues } from "./query/count";
import { orderBy, readPage } from "./query/page";
import { deploymentMatches } from "./query/related";

/** Creates a deployment, or returns the existing one of that flow and name. NOT_FOUND for an unknown flow. */
export async function create(db: Database, input: DeploymentCreate): Promise<Deployment> {
  await readFlow(db, input.flowId);
  const [created] = await db.insert(deployment).values(input).onConflictDoNothing().returning();
  if (created) return created;
  const natural = and(eq(deployment.flowId, input.flowId), eq(deployment.name, input.name));
  const [earlier] = await db.select().from(deployment).where(natural);
  return existing(found(earlier));
}

/** One deployment. NOT_FOUND. */
export async function read(db: Database, id: string): Promise<Deployment> {
  const [row] = await db.select().from(deployment).where(eq(deployment.id, id));
  return found(row);
}

/** Changes a deployment: absent keeps, null clears. NOT_FOUND. */
export async function update(db: Database, { id, ...changes }: DeploymentUpdate): Promise<Deployment> {
  if (!Object.values(changes).some((value) => value !== undefined)) return read(db, id);
  const [row] = await db
    .update(deployment)
    .set({ ...changes, updated: nextUpdated(deployment.updated) })
    .where(eq(deployment.id, id))
    .returning();
  return found(row);
}

/** Deletes a deployment; its flow runs stay. NOT_FOUND. */
export async function remove(db: Database, id: string): Promise<{ id: string }> {
  const [row] = await db.delete(deployment).where(eq(deployment.id, id)).returning({ id: deployment.id });
  return found(row);
}

/** The deployments that match, by limit and offset. */
export async function list(db: Database, { where, sort, limit, offset }: DeploymentList): Promise<Deployment[]> {
  const which = adHoc(await deploymentMatches(db, where));
  const order = orderBy(flowOrder(deployment, sort));
  return db.select().from(deployment).where(which).orderBy(order).limit(limit).offset(offset);
}

/** The deployments that match, a page at a time. BAD_REQUEST for a foreign cursor. */
export async function page(db: Database, input: DeploymentPage): Promise<Page<Deployment>> {
  const { where, sort } = input;
  const which = adHoc(await deploymentMatches(db, where));
  return readPage(input, flowOrder(deployment, sort), ["deployment", sort, where ?? {}], (from, by, limit) =>
    db.select().from(deployment).where(and(which, from)).orderBy(by).limit(limit),
  );
}

/** How many deployments match; with `atMost`, counted no further than one beyond it. */
export async function total(db: Database, { where, atMost }: DeploymentCount): Promise<number> {
  const rows = db
    .select({ id: deployment.id })
    .from(deployment)
    .where(adHoc(await deploymentMatches(db, where)));
  return boundedCount(db, rows.$dynamic(), atMost);
}

function found<Row>(row: Row | undefined): Row {
  if (!row) throw new VitrineError("NOT_FOUND", "Deployment not found.");
  return row;
}

/** How many of the deployments that match are of each flow. */
export async function countBy(db: Database, { where }: DeploymentCountBy): Promise<Counts> {
  return countValues(db, deployment, deployment.flowId, await deploymentMatches(db, where));
}
