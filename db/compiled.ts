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
  return (db, values) => {
    if (!db.$client) throw new Error("A compiled statement runs on a pool, not in a transaction.");
    let query = queries.get(db);
    if (!query) {
      query = db.execute(build(db)).getQuery();
      queries.set(db, query);
    }
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
  return (db, values) => (db.$client ? run(db, values) : db.execute(text(values)));
}

/** A statement whose text depends on a shape alone, of which there are few, and one value of a filter. */
export interface Shape {
  /** Equal for all statements with the same text. */
  name: string;
  /** The parameter of the filter, as it is sent to PostgreSQL; it takes the place of `sql.placeholder("value")`. */
  value?: string;
}

const shapes = new WeakMap<Database, Map<string, Query>>();

/** Runs a statement of a shape; it is built once for each pool. Rows as for `compiled`. */
export async function runShape(
  db: Database,
  { name, value }: Shape,
  values: DriverRow,
  build: () => Promise<SQLWrapper>,
): Promise<DriverRow[]> {
  if (!db.$client) throw new Error("A statement of a shape runs on a pool, not in a transaction.");
  const known = shapes.get(db) ?? new Map<string, Query>();
  shapes.set(db, known);
  let query = known.get(name);
  if (!query) {
    const { sql: text, params } = db.execute(await build()).getQuery();
    query = { sql: text, params: params.map((each) => (each === value ? sql.placeholder("value") : each)) };
    known.set(name, query);
  }
  return db.$client.unsafe(query.sql, fillPlaceholders(query.params, { ...values, value }));
}
