import { fillPlaceholders, type Query } from "drizzle-orm";
import type { Database } from "./postgres";

/** A row as the driver gives it: by column name, instants, lists and JSON text not yet read. */
export type Raw = Record<string, unknown>;

/**
 * A statement that is put together once for each pool and not at every call; `build` gives it with placeholders
 * (`sql.placeholder`). Its rows come as the driver gives them: Drizzle's own mapping looks at every field anew.
 */
export function compiled<Values extends Record<string, unknown>>(
  build: (db: Database) => { toSQL(): Query },
): (db: Database, values: Values) => Promise<Raw[]> {
  const known = new WeakMap<Database, Query>();
  return async (db, values) => {
    if (!db.$client) throw new Error("A compiled statement runs on a pool, not in a transaction.");
    const statement = known.get(db) ?? build(db).toSQL();
    known.set(db, statement);
    return db.$client.unsafe(statement.sql, fillPlaceholders(statement.params, values));
  };
}
