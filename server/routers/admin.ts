import type { Violation } from "#contract/admin";
import { AdminRestore, type RestoreState } from "#contract/backup";
import { AdminImport, AdminKnown, type ImportResult, type KnownRow } from "#contract/import";
import { doctor } from "#server/models/admin";
import { begin } from "#server/models/backup/restore";
import { importRows, known } from "#server/models/import/import";
import { admin, router } from "#server/routers/trpc";

export const adminRouter = router({
  /** Checks the laws of the store on the live database → what is broken; a sound store gives an empty list. */
  doctor: admin.query(({ ctx }): Promise<Violation[]> => doctor(ctx.db)),

  /**
   * Takes up to 500 rows from elsewhere, with their ids and moments, in one transaction → what became of them. A row that
   * is here already, alive or in the trash, stays as it is, so that an import can be sent again.
   */
  import: admin.input(AdminImport).mutation(({ ctx, input }): Promise<ImportResult> => importRows(ctx.db, input)),

  /** Which of up to 1,000 ids are here, artifacts also in the trash → those, each with when it was changed last. */
  known: admin.input(AdminKnown).query(({ ctx, input }): Promise<KnownRow[]> => known(ctx.db, input)),

  /**
   * Begins to restore a backup, or goes on → which of its parts are here; they are sent to `/api/restore/BACKUP/NUMBER`.
   * CONFLICT where the store is not empty, unless this very backup was restored into it.
   */
  restore: admin.input(AdminRestore).mutation(({ ctx, input }): Promise<RestoreState> => begin(ctx.db, input.backup)),
});
