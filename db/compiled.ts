import { fillPlaceholders, type Query, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Database } from "./postgres";

/** A row of the driver: by column name, with timestamps, arrays and JSON as text. */
export type DriverRow = Record<string, unknown>;

/**
 * Builds a select once for each pool instead of at every call. Its rows skip Drizzle's mapping, which costs more than the
 * query.
 * @param build the select, with `sql.placeholder` for its values
 */
export function compiled<Values extends DriverRow>(
  build: (db: Database) => SQLWrapper,
): (db: Database, values: Values) => Promise<DriverRow[]> {
  const queries = new WeakMap<Database, Query>();
  return async (db, values) => {
    if (!db.$client) throw new Error("A compiled statement runs on a pool, not in a transaction.");
    const query = queries.get(db) ?? db.execute(build(db)).getQuery();
    queries.set(db, query);
    return db.$client.unsafe(query.sql, fillPlaceholders(query.params, values));
  };
}

/** The same for hand-written SQL with named values; in a transaction it is built for each call. */
export function statement<Name extends string>(
  names: readonly Name[],
  text: (values: Record<Name, unknown>) => SQL,
): (db: Database, values: Record<Name, unknown>) => Promise<DriverRow[]> {
  const placeholders = Object.fromEntries(names.map((name) => [name, sql.placeholder(name)]));
  const query = text(placeholders as Record<Name, unknown>); // its keys are `names`
  const run = compiled(() => query);
  return async (db, values) => (db.$client ? run(db, values) : db.execute(text(values)));
}
