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
import type { Author } from "./author";
import { existing } from "./existing";
import { flowOrder, read as readFlow } from "./flow";
import { boundedCount, countValues } from "./query/count";
import { orderBy, readPage } from "./query/page";
import { deploymentMatches } from "./query/related";
import { hiddenError, reachable } from "./reach";
import { recordChange, recordCreation, recordDeletion } from "./recorded";

/** A row as a deployment. NOT_FOUND without one. */
function toDeployment(row: typeof deployment.$inferSelect | undefined): Deployment {
  if (!row) throw new VitrineError("NOT_FOUND", "Deployment not found.");
  const { limitedTo, ...rest } = row;
  return rest;
}

/**
 * Creates a deployment, or returns the existing one of that flow and name. NOT_FOUND for an unknown flow, CONFLICT for a
 * deployment that the author does not reach.
 */
export async function create(db: Database, input: DeploymentCreate, author: Author): Promise<Deployment> {
  const { keys = null } = author;
  const natural = and(eq(deployment.flowId, input.flowId), eq(deployment.name, input.name));
  const find = () => reachable(db, keys).select().from(deployment).where(natural);
  const [known] = await find();
  if (known) return existing(toDeployment(known));
  await readFlow(db, input.flowId);
  const values = { ...input, limitedTo: keys };
  const created = await recordCreation(db, author, "deployment.create", (tx) =>
    tx.insert(deployment).values(values).onConflictDoNothing().returning(),
  );
  if (created) return toDeployment(created);
  const [earlier] = await find();
  if (!earlier && keys !== null) throw hiddenError("A deployment of this flow and name", "name");
  return existing(toDeployment(earlier));
}

/** One deployment. NOT_FOUND. */
export async function read(db: Database, id: string): Promise<Deployment> {
  const [row] = await db.select().from(deployment).where(eq(deployment.id, id));
  return toDeployment(row);
}

/** Changes a deployment: absent keeps, null clears. NOT_FOUND. */
export async function update(db: Database, { id, ...changes }: DeploymentUpdate, author: Author): Promise<Deployment> {
  if (!Object.values(changes).some((value) => value !== undefined)) return read(db, id);
  const byId = eq(deployment.id, id);
  const row = await recordChange(db, author, "deployment.update", {
    lock: (tx) => tx.select().from(deployment).where(byId).for("update"),
    update: (tx) =>
      tx
        .update(deployment)
        .set({ ...changes, updated: nextUpdated(deployment.updated) })
        .where(byId)
        .returning(),
  });
  return toDeployment(row);
}

/** Deletes a deployment; its flow runs stay. NOT_FOUND. */
export async function remove(db: Database, id: string, author: Author): Promise<{ id: string }> {
  const row = await recordDeletion(db, author, "deployment.remove", (tx) =>
    tx.delete(deployment).where(eq(deployment.id, id)).returning(),
  );
  return { id: toDeployment(row).id };
}

/** The deployments that match, by limit and offset. */
export async function list(db: Database, { where, sort, limit, offset }: DeploymentList): Promise<Deployment[]> {
  const which = adHoc(await deploymentMatches(db, where));
  const order = orderBy(flowOrder(deployment, sort));
  const rows = db.select().from(deployment).where(which).orderBy(order);
  return (await rows.limit(limit).offset(offset)).map(toDeployment);
}

/** The deployments that match, a page at a time. BAD_REQUEST for a foreign cursor. */
export async function page(db: Database, input: DeploymentPage): Promise<Page<Deployment>> {
  const { where, sort } = input;
  const which = adHoc(await deploymentMatches(db, where));
  return readPage(input, flowOrder(deployment, sort), ["deployment", sort, where ?? {}], async (from, by, limit) =>
    (await db.select().from(deployment).where(and(which, from)).orderBy(by).limit(limit)).map(toDeployment),
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

/** How many of the deployments that match are of each flow. */
export async function countBy(db: Database, { where }: DeploymentCountBy): Promise<Counts> {
  return countValues(db, deployment, deployment.flowId, await deploymentMatches(db, where));
}
