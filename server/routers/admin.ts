import {
  AdminCheckData,
  AdminCheckFiles,
  AdminMoveData,
  AdminRepairFiles,
  AdminRestore,
  type DatabaseStatus,
  type DataCheck,
  type DataMoved,
  type FilesCheck,
  type RestoreState,
  type Violation,
} from "#contract/admin";
import { AdminImport, AdminKnown, type ImportResult, type KnownRow } from "#contract/import";
import { ProtectLabels } from "#contract/label";
import { poolerNote } from "#db/pooler";
import { checkData, doctor } from "#server/models/admin";
import { begin } from "#server/models/backup/restore";
import { checkFiles, repairFiles } from "#server/models/blob-check";
import { importRows, known } from "#server/models/import/import";
import { protectedLabels, protectLabels } from "#server/models/label";
import { moveData } from "#server/models/move-data";
import { checkSearch } from "#server/models/search/check";
import { admin, router } from "#server/routers/trpc";

export const adminRouter = router({
  /** Checks the invariants of the live database. Returns the violations. */
  doctor: admin.query(({ ctx }): Promise<Violation[]> => doctor(ctx.db)),

  /**
   * Checks that the data of the next versions, by id, is what was written, by its size and hash: at most 2,000 versions, or
   * 32 MB. Returns the violations, and where the next batch begins.
   */
  checkData: admin.input(AdminCheckData).query(({ ctx, input }): Promise<DataCheck> => checkData(ctx.db, input)),

  /**
   * Compares the next 1,000 files, by hash, with what the blob store has. Returns the violations, what only one of both knows,
   * and where the next batch begins.
   */
  checkFiles: admin
    .input(AdminCheckFiles)
    .query(({ ctx, input }): Promise<FilesCheck> => checkFiles(ctx.db, ctx.store ?? null, input)),

  /**
   * As `checkFiles`; files that the blob store lacks are asked for again by the next upload of the same bytes, and with
   * `orphans` those that the database does not know are deleted in two days.
   */
  repairFiles: admin
    .input(AdminRepairFiles)
    .mutation(({ ctx, input }): Promise<FilesCheck> => repairFiles(ctx.db, ctx.store ?? null, input)),

  /**
   * Checks that search finds the next versions, by id, and their keys by what they have now: at most 1,000 versions, or 16 MB.
   * Returns the violations, and where the next batch begins; the last one has no versions.
   */
  checkSearch: admin
    .input(AdminCheckData)
    .query(({ ctx, input }): Promise<DataCheck> => checkSearch(ctx.db, input, ctx.searchVersions, false)),

  /** As `checkSearch`; what is wrong is put right in the background. */
  repairSearch: admin
    .input(AdminCheckData)
    .mutation(({ ctx, input }): Promise<DataCheck> => checkSearch(ctx.db, input, ctx.searchVersions, true)),

  /**
   * Moves the next data above the inline limit to the blob store, or back into the database, by id; from then on, what is written
   * goes there too. Returns where the next batch begins. CONFLICT without a blob store, and while a server of an earlier version runs.
   */
  moveData: admin
    .input(AdminMoveData)
    .mutation(({ ctx, input }): Promise<DataMoved> => moveData(ctx.pools, input, ctx.author)),

  /** Whether a pooler is between the server and its database, and what follows from it. */
  database: admin.query(
    ({ ctx: { pools } }): DatabaseStatus => ({ pooler: pools.pooler, note: poolerNote(pools.pooler) }),
  ),

  /** The labels that only the role admin may set and remove, by name. */
  protectedLabels: admin.query(({ ctx }): Promise<string[]> => protectedLabels(ctx.db)),

  /** Replaces the protected labels. Returns them, by name. */
  protectLabels: admin
    .input(ProtectLabels)
    .mutation(({ ctx, input }): Promise<string[]> => protectLabels(ctx.db, input, ctx.author)),

  /**
   * Imports up to 500 rows with their ids and timestamps in one transaction. A row that exists already, also in the trash,
   * stays as it is, so that an import can be repeated.
   */
  import: admin
    .input(AdminImport)
    .mutation(({ ctx, input }): Promise<ImportResult> => importRows(ctx.db, input, ctx.author)),

  /** Which of up to 1,000 ids exist, artifacts also in the trash, each with the timestamp of its last change. */
  known: admin.input(AdminKnown).query(({ ctx, input }): Promise<KnownRow[]> => known(ctx.db, input)),

  /**
   * Starts or resumes the restore of a backup. Returns the parts received so far; send the others to
   * `/api/restore/BACKUP/NUMBER`. CONFLICT where the database is not empty, unless this backup was restored into it.
   */
  restore: admin.input(AdminRestore).mutation(({ ctx, input }): Promise<RestoreState> => begin(ctx.db, input.backup)),
});
