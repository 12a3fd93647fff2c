import { getTableColumns, type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";

/** The values of a row by column name; a field that the table lacks is dropped, one that is undefined is left out. */
export function byColumn(table: PgTable, row: object): Record<string, unknown> {
  const values = new Map(Object.entries(row));
  const columns = Object.entries(getTableColumns(table));
  return Object.fromEntries(
    columns.flatMap(([field, { name }]) => (values.has(field) ? [[name, values.get(field)]] : [])),
  );
}

/** Rows as a set of records of a table, for FROM: one JSON parameter, matched by column name; absent columns are null. */
export function recordset(table: PgTable, rows: readonly object[]): SQL {
  return sql`json_populate_recordset(null::${table}, ${JSON.stringify(rows.map((row) => byColumn(table, row)))}::json)`;
}
