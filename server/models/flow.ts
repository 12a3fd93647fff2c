import { and, eq } from "drizzle-orm";
import type { Deployment } from "#contract/deployment";
import { VitrineError } from "#contract/error";
import type { Flow, FlowCount, FlowCreate, FlowList, FlowPage, FlowSort, FlowUpdate } from "#contract/flow";
import type { Page } from "#contract/paging";
import { adHoc } from "#db/ad-hoc";
import type { Database } from "#db/postgres";
import { type deployment, flow, nextUpdated } from "#db/schema";
import { existing } from "./existing";
import { boundedCount } from "./query/count";
import { type Order, orderBy, readPage } from "./query/page";
import { flowIs } from "./query/related";

/** Creates a flow, or returns the existing one of that name. */
export async function create(db: Database, input: FlowCreate): Promise<Flow> {
  const [created] = await db.insert(flow).values(input).onConflictDoNothing().returning();
  if (created) return created;
  const [earlier] = await db.select().from(flow).where(eq(flow.name, input.name));
  return existing(found(earlier));
}

/** One flow. NOT_FOUND. */
export async function read(db: Database, id: string): Promise<Flow> {
  const [row] = await db.select().from(flow).where(eq(flow.id, id));
  return found(row);
}

/** Changes a flow's tags or labels: absent keeps. NOT_FOUND. */
export async function update(db: Database, { id, ...changes }: FlowUpdate): Promise<Flow> {
  if (!Object.values(changes).some((value) => value !== undefined)) return read(db, id);
  const [row] = await db
    .update(flow)
    .set({ ...changes, updated: nextUpdated(flow.updated) })
    .where(eq(flow.id, id))
    .returning();
  return found(row);
}

/** Deletes a flow with its deployments, flow runs and task runs; their artifacts stay. NOT_FOUND. */
export async function remove(db: Database, id: string): Promise<{ id: string }> {
  const [row] = await db.delete(flow).where(eq(flow.id, id)).returning({ id: flow.id });
  return found(row);
}

/** The flows that match, by limit and offset. */
export async function list(db: Database, { where, sort, limit, offset }: FlowList): Promise<Flow[]> {
  const which = adHoc(flowIs(db, where?.flows ?? {}));
  return db
    .select()
    .from(flow)
    .where(which)
    .orderBy(orderBy(flowOrder(flow, sort)))
    .limit(limit)
    .offset(offset);
}

/** The flows that match, a page at a time. BAD_REQUEST for a foreign cursor. */
export async function page(db: Database, input: FlowPage): Promise<Page<Flow>> {
  const { where, sort } = input;
  const which = adHoc(flowIs(db, where?.flows ?? {}));
  return readPage(input, flowOrder(flow, sort), ["flow", sort, where ?? {}], (from, by, limit) =>
    db.select().from(flow).where(and(which, from)).orderBy(by).limit(limit),
  );
}

/** How many flows match; with `atMost`, counted no further than one beyond it. */
export async function total(db: Database, { where, atMost }: FlowCount): Promise<number> {
  const which = adHoc(flowIs(db, where?.flows ?? {}));
  return boundedCount(db, db.select({ id: flow.id }).from(flow).where(which).$dynamic(), atMost);
}

function found<Row>(row: Row | undefined): Row {
  if (!row) throw new VitrineError("NOT_FOUND", "Flow not found.");
  return row;
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
