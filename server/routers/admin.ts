import type { Violation } from "#contract/admin";
import { doctor } from "#server/models/admin";
import { admin, router } from "#server/trpc";

export const adminRouter = router({
  /** Checks the laws of the store on the live database → what is broken; a sound store gives an empty list. */
  doctor: admin.query(({ ctx }): Promise<Violation[]> => doctor(ctx.db)),
});
