import { type SQL, sql } from "drizzle-orm";

/** A marker in statements whose text depends on a caller's input. */
export const AD_HOC = "/* ad hoc */";

/**
 * Marks a condition built from a caller's input. All other statements are prepared, and the driver never frees a prepared
 * statement, so that their number must be bounded.
 */
export function adHoc(condition: SQL | undefined): SQL | undefined {
  return condition && sql`${condition} ${sql.raw(AD_HOC)}`;
}
