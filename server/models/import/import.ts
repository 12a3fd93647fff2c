import { sql } from "drizzle-orm";
import type { AdminImport, AdminKnown, ImportResult, KnownRow } from "#contract/import";
import type { Database } from "#db/postgres";
import { artifact, artifactTrash, deployment, flow, flowRun, taskRun } from "#db/schema";
import type { Author } from "../author";
import { recordEvent } from "../event";
import { lockLarge, storeLarge } from "../large-data";
import { uuids } from "../query/where";
import { importDeployments, importFlowRuns, importFlows, importTaskRuns, type Outcome } from "./run";
import { importVersions } from "./version";

// Any fixed number: imports take this advisory lock in turn, so that what one finds missing stays missing.
const LOCK = 0x76_69_74_69;

/** Imports rows with their ids and timestamps, in one transaction; a row that exists, in the trash too, is left as it is. */
export async function importRows(db: Database, rows: AdminImport, author: Author): Promise<ImportResult> {
  const large = await storeLarge(db, rows.artifacts, author);
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
    // Artifacts that name these runs get their flow when the runs are inserted; no such artifact is created meanwhile.
    if (rows.flowRuns.length > 0) await tx.execute(sql`lock table ${artifact} in share row exclusive mode`);
    const result = resultOf([
      ...(await importFlows(tx, rows.flows)),
      ...(await importDeployments(tx, rows.deployments)),
      ...(await importFlowRuns(tx, rows.flowRuns)),
      ...(await importTaskRuns(tx, rows.taskRuns)),
      ...(await importVersions(tx, rows.artifacts, await lockLarge(tx, large))),
    ]);
    const { created, existing } = result;
    if (created > 0) await recordEvent(tx, author, { verb: "database.import", after: { created, existing } });
    return result;
  });
}

function resultOf(rows: Outcome[]): ImportResult {
  const count = (outcome: Outcome["outcome"]) => rows.filter((row) => row.outcome === outcome).length;
  return {
    created: count("created"),
    existing: count("existing"),
    replacements: Object.fromEntries(
      rows.flatMap((row) => (row.outcome === "replaced" ? [[row.id, row.replacement]] : [])),
    ),
    rejected: rows.flatMap((row) => (row.outcome === "rejected" ? [{ id: row.id, reason: row.reason }] : [])),
  };
}

const TABLES = { flows: flow, deployments: deployment, flowRuns: flowRun, taskRuns: taskRun, artifacts: artifact };

/** Which of these ids exist, artifacts in the trash too, each with when it was last updated. */
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
