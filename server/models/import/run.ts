import { getTableColumns, type SQL, sql } from "drizzle-orm";
import type { DeploymentImport, FlowImport, FlowRunImport, TaskRunImport } from "#contract/import";
import type { Database } from "#db/postgres";
import { deployment, flow, flowRun, taskRun } from "#db/schema";
import { uuids } from "../query/where";

/** A row of an import as it was judged. */
export type Judged = { id: string } & (
  | { outcome: "made" | "present" }
  | { outcome: "instead"; instead: string }
  | { outcome: "refused"; reason: string }
);

type Table = typeof flow | typeof deployment | typeof flowRun | typeof taskRun;

/** Takes flows; one whose name is here belongs to the flow of that name. */
export async function importFlows(tx: Database, rows: FlowImport[]): Promise<Judged[]> {
  return judged(tx, flow, rows, sql`here.name = sent.name`);
}

/** Takes deployments of flows that are here; one whose flow has its name is that one. */
export async function importDeployments(tx: Database, rows: DeploymentImport[]): Promise<Judged[]> {
  const [there, lost] = await withParents(tx, rows, flow, "flowId", "Its flow is not here.");
  const same = sql`here.flow_id = sent.flow_id and here.name = sent.name`;
  return [...lost, ...(await judged(tx, deployment, there, same))];
}

/** Takes flow runs of flows, and under parent task runs, that are here. */
export async function importFlowRuns(tx: Database, rows: FlowRunImport[]): Promise<Judged[]> {
  const [there, lost] = await withParents(tx, rows, flow, "flowId", "Its flow is not here.");
  const [whole, astray] = await withParents(tx, there, taskRun, "parentTaskRunId", "Its parent task run is not here.");
  const taken = "Its flow has another run under this idempotency key.";
  return [...lost, ...astray, ...(await judged(tx, flowRun, whole.map(stated), taken))];
}

/** Takes task runs of flow runs that are here, or of none. */
export async function importTaskRuns(tx: Database, rows: TaskRunImport[]): Promise<Judged[]> {
  const [there, lost] = await withParents(tx, rows, flowRun, "flowRunId", "Its flow run is not here.");
  const taken = "Its flow run has another task run under this task key and dynamic key.";
  return [...lost, ...(await judged(tx, taskRun, there.map(stated), taken))];
}

/** A run's state as its four columns. */
function stated<Run extends FlowRunImport | TaskRunImport>({ state, ...run }: Run) {
  const { type = null, name = null, message = null, timestamp = null } = state ?? {};
  return { ...run, stateType: type, stateName: name, stateMessage: message, stateTimestamp: timestamp };
}

/** The rows whose parent is here (and stays, until the end of the transaction) or which name none; and the others. */
async function withParents<Row extends { id: string }, Field extends keyof Row>(
  tx: Database,
  rows: Row[],
  table: Table,
  field: Field,
  reason: string,
): Promise<[Row[], Judged[]]> {
  const parentOf = (row: Row) => (typeof row[field] === "string" ? row[field] : null);
  const ids = rows.map(parentOf).filter((id) => id !== null);
  if (ids.length === 0) return [rows, []];
  const found = await tx
    .select({ id: table.id })
    .from(table)
    .where(sql`${table.id} = any(${uuids(ids)})`)
    .orderBy(table.id)
    .for("key share");
  const here = new Set(found.map(({ id }) => id));
  const isThere = (row: Row) => here.has(parentOf(row) ?? "") || parentOf(row) === null;
  const lost = rows.filter((row) => !isThere(row));
  return [rows.filter(isThere), lost.map(({ id }) => ({ id, outcome: "refused", reason }))];
}

/**
 * Adds rows that are not here. `same`: how a row that is here under another id is found, which then stands for it; or
 * the sentence by which such a row is refused.
 */
async function judged(
  tx: Database,
  table: Table,
  rows: ({ id: string } & object)[],
  same: SQL | string,
): Promise<Judged[]> {
  if (rows.length === 0) return [];
  const columns = Object.entries(getTableColumns(table));
  const sent = JSON.stringify(
    rows.map((row) => {
      const given = new Map(Object.entries(row));
      return Object.fromEntries(columns.map(([field, column]) => [column.name, given.get(field)]));
    }),
  );
  const names = sql.raw(columns.map(([, column]) => `"${column.name}"`).join(", "));
  const recordset = sql`json_populate_recordset(null::${table}, ${sent}::json)`;
  const added = await tx.execute(
    sql`insert into ${table} (${names}) select ${names} from ${recordset} on conflict do nothing returning id`,
  );
  const made = new Set(added.map(({ id }) => id));
  const alike = typeof same === "string" ? sql`false` : same;
  const found = await tx.execute<{ sent: string; here: string }>(
    sql`select sent.id as sent, here.id as here from ${recordset} sent join ${table} here on here.id = sent.id or (${alike})
      order by here.id = sent.id`,
  );
  const standing = new Map(found.map(({ sent, here }) => [sent, here]));
  const reason = typeof same === "string" ? same : "What has its name was removed just now: import it again.";
  return rows.map(({ id }) => {
    if (made.delete(id)) return { id, outcome: "made" };
    const here = standing.get(id);
    if (here === id) return { id, outcome: "present" };
    return here ? { id, outcome: "instead", instead: here } : { id, outcome: "refused", reason };
  });
}
