import { getTableColumns, type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";

/** The values of a row by column name. A field that the table lacks, or that is undefined, is left out. */
export function byColumn(table: PgTable, row: object): Record<string, unknown> {
  const fields: Record<string, unknown> = { ...row };
  const values: Record<string, unknown> = {};
  const columns = getTableColumns(table);
  for (const field in columns) {
    const column = columns[field];
    const value = fields[field];
    if (!column || value === undefined) continue;
    // PostgreSQL reads all but bytes from their JSON.
    values[column.name] = value !== null && column.getSQLType() === "bytea" ? `\\x${value}` : value;
  }
  return values;
}

/** Rows as a set of records of a table, for FROM: one JSON parameter, matched by column name; absent columns are null. */
export function recordset(table: PgTable, rows: readonly object[]): SQL {
  return sql`json_populate_recordset(null::${table}, ${JSON.stringify(rows.map((row) => byColumn(table, row)))}::json)`;
}
