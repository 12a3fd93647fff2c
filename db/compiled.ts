import { fillPlaceholders, type Query, type SQL, sql } from "drizzle-orm";
import type { Database } from "./postgres";

/** A row as the driver gives it: by column name, instants, lists and JSON text not yet read. */
export type Raw = Record<string, unknown>;

/**
 * A select that is put together once for each pool and not at every call; `build` gives it with placeholders
 * (`sql.placeholder`). Its rows come as the driver gives them: Drizzle's own mapping looks at every field anew.
 */
export function compiled<Values extends Raw>(
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

/** The same for SQL written by hand, of named values; in a transaction it is put together for the call. */
export function statement<Name extends string>(
  names: readonly Name[],
  text: (values: Record<Name, unknown>) => SQL,
): (db: Database, values: Record<Name, unknown>) => Promise<Raw[]> {
  const places = names.map((name) => [name, sql.placeholder(name)]);
  // Its names are those of `names`.
  const placed = text(Object.fromEntries(places) as Record<Name, unknown>);
  const known = compiled((db) => ({ toSQL: () => db.execute(placed).getQuery() }));
  return async (db, values) => (db.$client ? known(db, values) : db.execute(text(values)));
}
