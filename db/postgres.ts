import type { ExtractTablesWithRelations } from "drizzle-orm";
import type { PgDatabase } from "drizzle-orm/pg-core";
import { drizzle, type PostgresJsQueryResultHKT } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import * as schema from "./schema";

/** The store, or a transaction on it: what every model verb takes first. */
export type Database = PgDatabase<PostgresJsQueryResultHKT, typeof schema, ExtractTablesWithRelations<typeof schema>>;

/** How many connections a process holds at most. */
export const POOL_SIZE = 10;

/** Where a PostgreSQL is: a URL, or the folder of its Unix socket with user and database. */
export type Address = string | { host: string; port: number; user: string; database: string; password?: string };

export interface Connection {
  db: Database;
  /** Closes every connection, waiting at most 2 s for running statements. */
  close(): Promise<void>;
}

/** Opens a pool of connections; none is made before the first statement. */
export function connect(address: Address): Connection {
  const options = {
    max: POOL_SIZE,
    connect_timeout: 5,
    idle_timeout: 60,
    onnotice: () => {},
    // `json` stays text: parsing would lose big integers, `1.0` and key order.
    types: { exactJson: { to: 114, from: [114], serialize: String, parse: String } },
    connection: {
      application_name: "vitrine",
      TimeZone: "UTC",
      DateStyle: "ISO",
      statement_timeout: 30_000,
      idle_in_transaction_session_timeout: 30_000,
    },
  };
  const client = typeof address === "string" ? postgres(address, options) : postgres({ ...options, ...address });
  return { db: drizzle(client, { schema }), close: () => client.end({ timeout: 2 }) };
}
