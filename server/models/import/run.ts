import { getTableColumns, type SQL, sql } from "drizzle-orm";
import type { DeploymentImport, FlowImport, FlowRunImport, TaskRunImport } from "#contract/import";
import type { Database } from "#db/postgres";
import { deployment, flow, flowRun, taskRun } from "#db/schema";
import { uuids } from "../query/where";
import { recordset } from "../recordset";

/** What an import did with one row. */
export type Outcome = { id: string } & (
  | { outcome: "created" | "existing" }
  | { outcome: "replaced"; replacement: string }
  | { outcome: "rejected"; reason: string }
);

type Table = typeof flow | typeof deployment | typeof flowRun | typeof taskRun;

/** Imports flows; an existing flow of the same name replaces the imported one. */
export async function importFlows(tx: Database, rows: FlowImport[]): Promise<Outcome[]> {
  return insert(tx, flow, rows, sql`existing.name = imported.name`);
}

/** Imports deployments of existing flows; an existing deployment of the same flow and name replaces the imported one. */
export async function importDeployments(tx: Database, rows: DeploymentImport[]): Promise<Outcome[]> {
  const [valid, rejected] = await withParents(tx, rows, flow, "flowId", "Its flow does not exist.");
  const same = sql`existing.flow_id = imported.flow_id and existing.name = imported.name`;
  return [...rejected, ...(await insert(tx, deployment, valid, same))];
}

/** Imports flow runs of existing flows and parent task runs. */
export async function importFlowRuns(tx: Database, rows: FlowRunImport[]): Promise<Outcome[]> {
  const [ofFlow, withoutFlow] = await withParents(tx, rows, flow, "flowId", "Its flow does not exist.");
  const reason = "Its parent task run does not exist.";
  const [valid, withoutParent] = await withParents(tx, ofFlow, taskRun, "parentTaskRunId", reason);
  const duplicate = "Its flow has another run with this idempotency key.";
  return [...withoutFlow, ...withoutParent, ...(await insert(tx, flowRun, valid.map(withStateColumns), duplicate))];
}

/** Imports task runs of existing flow runs, or of none. */
export async function importTaskRuns(tx: Database, rows: TaskRunImport[]): Promise<Outcome[]> {
  const [valid, rejected] = await withParents(tx, rows, flowRun, "flowRunId", "Its flow run does not exist.");
  const duplicate = "Its flow run has another task run with this task key and dynamic key.";
  return [...rejected, ...(await insert(tx, taskRun, valid.map(withStateColumns), duplicate))];
}

function withStateColumns<Run extends FlowRunImport | TaskRunImport>({ state, ...run }: Run) {
  const { type = null, name = null, message = null, timestamp = null } = state ?? {};
  return { ...run, stateType: type, stateName: name, stateMessage: message, stateTimestamp: timestamp };
}

/**
 * Splits rows into those whose parent exists, or which name none, and outcomes for the others. The parents are locked
 * until the end of the transaction.
 */
async function withParents<Row extends { id: string }, Field extends keyof Row>(
  tx: Database,
  rows: Row[],
  table: Table,
  field: Field,
  reason: string,
): Promise<[Row[], Outcome[]]> {
  const parentOf = (row: Row) => (typeof row[field] === "string" ? row[field] : null);
  const ids = rows.map(parentOf).filter((id) => id !== null);
  if (ids.length === 0) return [rows, []];
  const found = await tx
    .select({ id: table.id })
    .from(table)
    .where(sql`${table.id} = any(${uuids(ids)})`)
    .orderBy(table.id)
    .for("key share");
  const existing = new Set(found.map(({ id }) => id));
  const isValid = (row: Row) => existing.has(parentOf(row) ?? "") || parentOf(row) === null;
  const rejected = rows.filter((row) => !isValid(row));
  return [rows.filter(isValid), rejected.map(({ id }) => ({ id, outcome: "rejected", reason }))];
}

/**
 * Inserts the rows that do not exist.
 * @param duplicate how a row under another id is found that replaces an imported one, or the reason to reject that one
 */
async function insert(
  tx: Database,
  table: Table,
  rows: ({ id: string } & object)[],
  duplicate: SQL | string,
): Promise<Outcome[]> {
  if (rows.length === 0) return [];
  const names = sql.join(
    Object.values(getTableColumns(table)).map(({ name }) => sql.identifier(name)),
    sql`, `,
  );
  const imported = recordset(table, rows);
  const inserted = await tx.execute(
    sql`insert into ${table} (${names}) select ${names} from ${imported} on conflict do nothing returning id`,
  );
  const created = new Set(inserted.map(({ id }) => id));
  const isDuplicate = typeof duplicate === "string" ? sql`false` : duplicate;
  const found = await tx.execute<{ imported: string; existing: string }>(
    sql`select imported.id as imported, existing.id as existing
      from ${imported} imported join ${table} existing on existing.id = imported.id or (${isDuplicate})
      order by existing.id = imported.id`,
  );
  const existingOf = new Map(found.map(({ imported, existing }) => [imported, existing]));
  const reason =
    typeof duplicate === "string" ? duplicate : "The row with its name was deleted a moment ago: import it again.";
  return rows.map(({ id }) => {
    if (created.delete(id)) return { id, outcome: "created" };
    const existing = existingOf.get(id);
    if (existing === id) return { id, outcome: "existing" };
    return existing ? { id, outcome: "replaced", replacement: existing } : { id, outcome: "rejected", reason };
  });
}
