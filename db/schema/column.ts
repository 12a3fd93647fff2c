import { type Column, type SQL, sql } from "drizzle-orm";
import { type AnyPgColumn, customType, index, text, uuid } from "drizzle-orm/pg-core";

/** `2026-11-23 03:45:00.1234+00`, as PostgreSQL writes it in a UTC session, as `2026-11-23T03:45:00.123400Z`. */
export function timestampText(postgres: string): string {
  const fraction = postgres.slice(20, postgres.indexOf("+", 19));
  return `${postgres.slice(0, 10)}T${postgres.slice(11, 19)}.${fraction.padEnd(6, "0")}Z`;
}

/** The same on bytes. @returns the index after the last byte that was written to `target`, from `to` on */
export function writeTimestamp(postgres: Uint8Array, target: Uint8Array, to: number): number {
  const end = postgres.indexOf(PLUS, 19);
  for (let at = 0; at < 26; at++) target[to + at] = at < end ? (postgres[at] ?? ZERO) : ZERO;
  target[to + 10] = T;
  target[to + 19] = DOT;
  target[to + 26] = Z;
  return to + 27;
}

const [PLUS = 0, ZERO = 0, T = 0, DOT = 0, Z = 0] = Buffer.from("+0T.Z");

/** A timestamp with microseconds, as text: a JavaScript Date would lose them. */
export const timestamp = customType<{ data: string; driverData: string }>({
  dataType: () => "timestamptz",
  fromDriver: timestampText,
});

/** A list of texts as PostgreSQL writes it: `{plain,"a \"quoted\" word"}`. Drizzle's own reader drops every backslash. */
export function parseTextArray(postgres: string): string[] {
  const items = postgres.slice(1, -1).matchAll(/"((?:[^"\\]|\\.)*)"|[^,]+/gs);
  return [...items].map(([plain, quoted]) => quoted?.replace(/\\(.)/gs, "$1") ?? plain);
}

/** Text in byte order, so that sorting does not depend on the database's locale. */
export const plainText = customType<{ data: string; driverData: string }>({
  dataType: () => 'text collate "C"',
});

export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => "bytea" });

/** The id of a transaction, with its epoch: it rises for the life of a database server. */
export const transactionId = customType<{ data: string; driverData: string }>({ dataType: () => "xid8" });

/** Bytes as lowercase hex. */
export const hex = customType<{ data: string; driverData: Uint8Array }>({
  dataType: () => "bytea",
  toDriver: (value) => Buffer.from(value, "hex"),
  fromDriver: (value) => Buffer.from(value).toString("hex"),
});

/** JSON stored as text: number spelling, key order and escapes survive. */
export const jsonText = customType<{ data: string; driverData: string }>({
  dataType: () => "json",
});

/** JSON that PostgreSQL can query; the driver gets text, because Drizzle replaces its JSON serializer. */
export const jsonb = customType<{ data: unknown; driverData: unknown }>({
  dataType: () => "jsonb",
  toDriver: (value) => JSON.stringify(value),
});

/**
 * The columns of a row whose id is generated: of one timestamp, so that ids and `created` have one order. It is that of
 * PostgreSQL's clock, which all servers share.
 */
export const generatedId = () => uuid("id").primaryKey().default(sql`id_at(statement_timestamp(), gen_random_uuid())`);

export const timestamps = () => ({
  created: timestamp("created").notNull().default(sql`statement_timestamp()`),
  updated: timestamp("updated").notNull().default(sql`statement_timestamp()`),
});

/** The key patterns to which the role that created the row was limited; null: it was not. */
export const limitedTo = () => ({ limitedTo: text("limited_to") });

/** An index of the rows that limited roles created, which are none where there is no such role. */
export const limitedIndex = (name: string, table: { id: AnyPgColumn; limitedTo: AnyPgColumn }) =>
  index(name).on(table.id).where(sql`${table.limitedTo} is not null`);

/** The next value of an `updated` column: now, and always later than before. */
export function nextUpdated(updated: Column): SQL {
  return sql`greatest(clock_timestamp(), ${updated} + interval '1 microsecond')`;
}

/** The expression of an index on names that supports case-insensitive patterns. */
export function caseInsensitiveIndex(name: Column): SQL {
  return sql`${name} collate "default" gin_trgm_ops`;
}
