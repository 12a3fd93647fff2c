import { and, eq } from "drizzle-orm";
import type { Deployment } from "#contract/deployment";
import { VitrineError } from "#contract/error";
import type { Flow, FlowCount, FlowCreate, FlowList, FlowPage, FlowSort, FlowUpdate } from "#contract/flow";
import type { Page } from "#contract/paging";
import { adHoc } from "#db/ad-hoc";
import type { Database } from "#db/postgres";
import { type deployment, flow, nextUpdated } from "#db/schema";
import type { Author } from "./author";
import { existing } from "./existing";
import { boundedCount } from "./query/count";
import { type Order, orderBy, readPage } from "./query/page";
import { flowIs } from "./query/related";
import { hiddenError, reachable } from "./reach";
import { recordChange, recordCreation, recordDeletion } from "./recorded";

/** A row as a flow. NOT_FOUND without one. */
function toFlow(row: typeof flow.$inferSelect | undefined): Flow {
  if (!row) throw new VitrineError("NOT_FOUND", "Flow not found.");
  const { limitedTo, ...rest } = row;
  return rest;
}

/** Creates a flow, or returns the existing one of that name. CONFLICT for one that the author does not reach. */
export async function create(db: Database, input: FlowCreate, author: Author): Promise<Flow> {
  const { keys = null } = author;
  const natural = eq(flow.name, input.name);
  const find = () => reachable(db, keys).select().from(flow).where(natural);
  const [known] = await find();
  if (known) return existing(toFlow(known));
  const values = { ...input, limitedTo: keys };
  const created = await recordCreation(db, author, "flow.create", (tx) =>
    tx.insert(flow).values(values).onConflictDoNothing().returning(),
  );
  if (created) return toFlow(created);
  const [earlier] = await find();
  if (!earlier && keys !== null) throw hiddenError("A flow of this name", "name");
  return existing(toFlow(earlier));
}

/** One flow. NOT_FOUND. */
export async function read(db: Database, id: string): Promise<Flow> {
  const [row] = await db.select().from(flow).where(eq(flow.id, id));
  return toFlow(row);
}

/** Changes a flow's tags or labels: absent keeps. NOT_FOUND. */
export async function update(db: Database, { id, ...changes }: FlowUpdate, author: Author): Promise<Flow> {
  if (!Object.values(changes).some((value) => value !== undefined)) return read(db, id);
  const byId = eq(flow.id, id);
  const row = await recordChange(db, author, "flow.update", {
    lock: (tx) => tx.select().from(flow).where(byId).for("update"),
    update: (tx) =>
      tx
        .update(flow)
        .set({ ...changes, updated: nextUpdated(flow.updated) })
        .where(byId)
        .returning(),
  });
  return toFlow(row);
}

/** Deletes a flow with its deployments, flow runs and task runs; their artifacts stay. NOT_FOUND. */
export async function remove(db: Database, id: string, author: Author): Promise<{ id: string }> {
  const row = await recordDeletion(db, author, "flow.remove", (tx) =>
    tx.delete(flow).where(eq(flow.id, id)).returning(),
  );
  return { id: toFlow(row).id };
}

/** The flows that match, by limit and offset. */
export async function list(db: Database, { where, sort, limit, offset }: FlowList): Promise<Flow[]> {
  const which = adHoc(flowIs(db, where?.flows ?? {}));
  const rows = db
    .select()
    .from(flow)
    .where(which)
    .orderBy(orderBy(flowOrder(flow, sort)));
  return (await rows.limit(limit).offset(offset)).map(toFlow);
}

/** The flows that match, a page at a time. BAD_REQUEST for a foreign cursor. */
export async function page(db: Database, input: FlowPage): Promise<Page<Flow>> {
  const { where, sort } = input;
  const which = adHoc(flowIs(db, where?.flows ?? {}));
  return readPage(input, flowOrder(flow, sort), ["flow", sort, where ?? {}], async (from, by, limit) =>
    (await db.select().from(flow).where(and(which, from)).orderBy(by).limit(limit)).map(toFlow),
  );
}

/** How many flows match; with `atMost`, counted no further than one beyond it. */
export async function total(db: Database, { where, atMost }: FlowCount): Promise<number> {
  const which = adHoc(flowIs(db, where?.flows ?? {}));
  return boundedCount(db, db.select({ id: flow.id }).from(flow).where(which).$dynamic(), atMost);
}

/** The orders of flows and of deployments. */
export function flowOrder(table: typeof flow | typeof deployment, sort: FlowSort): Order<Flow | Deployment> {
  const { id, name, created, updated } = table;
  const orders: Record<FlowSort, Order<Flow | Deployment>> = {
    CREATED_DESC: { value: created, type: "timestamptz", id, descending: true, of: (row) => row.created },
    UPDATED_DESC: { value: updated, type: "timestamptz", id, descending: true, of: (row) => row.updated },
    NAME_ASC: { value: name, type: "text", id, descending: false, of: (row) => row.name },
    NAME_DESC: { value: name, type: "text", id, descending: true, of: (row) => row.name },
  };
  return orders[sort];
}
