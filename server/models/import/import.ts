import { sql } from "drizzle-orm";
import type { AdminImport, AdminKnown, ImportResult, KnownRow } from "#contract/import";
import type { Database } from "#db/postgres";
import { artifact, artifactTrash, deployment, flow, flowRun, taskRun } from "#db/schema";
import { uuids } from "../query/where";
import { importDeployments, importFlowRuns, importFlows, importTaskRuns, type Judged } from "./run";
import { importVersions } from "./version";

// Any number that is ours: two imports wait for each other, so that what one of them sees missing stays missing.
const LOCK = 0x76_69_74_69;

/** Takes rows from elsewhere with their ids and moments, in one transaction; a row that is here already stays as it is. */
export async function importRows(db: Database, rows: AdminImport): Promise<ImportResult> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
    // Artifacts may name these runs already, and get their flow when the runs come: none is made of them meanwhile.
    if (rows.flowRuns.length > 0) await tx.execute(sql`lock table ${artifact} in share row exclusive mode`);
    return told([
      ...(await importFlows(tx, rows.flows)),
      ...(await importDeployments(tx, rows.deployments)),
      ...(await importFlowRuns(tx, rows.flowRuns)),
      ...(await importTaskRuns(tx, rows.taskRuns)),
      ...(await importVersions(tx, rows.artifacts)),
    ]);
  });
}

function told(rows: Judged[]): ImportResult {
  const count = (outcome: string) => rows.filter((row) => row.outcome === outcome).length;
  return {
    created: count("made"),
    existing: count("present"),
    replacements: Object.fromEntries(rows.flatMap((row) => (row.outcome === "instead" ? [[row.id, row.instead]] : []))),
    rejected: rows.flatMap((row) => (row.outcome === "refused" ? [{ id: row.id, reason: row.reason }] : [])),
  };
}

const TABLES = { flows: flow, deployments: deployment, flowRuns: flowRun, taskRuns: taskRun, artifacts: artifact };

/** Which of these ids are here, of artifacts also those in the trash, and when each was changed last. */
export async function known(db: Database, { kind, ids }: AdminKnown): Promise<KnownRow[]> {
  const tables = kind === "artifacts" ? [artifact, artifactTrash] : [TABLES[kind]];
  const found = await Promise.all(
    tables.map((table) =>
      db
        .select({ id: table.id, updated: table.updated })
        .from(table)
        .where(sql`${table.id} = any(${uuids(ids)})`),
    ),
  );
  return found.flat();
}
