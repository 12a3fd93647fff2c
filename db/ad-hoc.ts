import { type SQL, sql } from "drizzle-orm";

/** Stands in a statement whose text depends on what a caller asked for. */
export const AD_HOC = "/* ad hoc */";

/**
 * Marks a condition of a caller's making. Every other statement is prepared, and stays so for good: the driver forgets
 * none, so that only as many may be prepared as the program itself has.
 */
export function adHoc(condition: SQL | undefined): SQL | undefined {
  return condition && sql`${condition} ${sql.raw(AD_HOC)}`;
}
