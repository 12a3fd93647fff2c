import type { ExtractTablesWithRelations } from "drizzle-orm";
import type { PgDatabase } from "drizzle-orm/pg-core";
import { drizzle, type PostgresJsQueryResultHKT } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { type Address, driverAddress } from "./address";
import { resilientPool } from "./pool";
import * as schema from "./schema";
import { parseTextArray } from "./schema/column";

/** The database, or a transaction on it: the first parameter of every model verb. */
export type Database = PgDatabase<
  PostgresJsQueryResultHKT,
  typeof schema,
  ExtractTablesWithRelations<typeof schema>
> & {
  /** The driver's own client; a transaction has none. */
  $client?: Client;
};

/** The pools of connections of a process, each for one kind of statement. */
export interface Pools {
  /** Writes and everything else: VITRINE_POOL connections, statements of at most 30 s. */
  writes: Database;
  /** Statements that a caller's filter may make slow: as many connections, at most 2 s each. */
  searches: Database;
  /**
   * The next of 4 pools of one connection, for quick statements that lock nothing: they are pipelined, at most 2 s each.
   * In a pool of several connections the driver looks for the next one in a list that only grows.
   */
  reads(): Database;
}

interface Client {
  unsafe(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
}

/** Connections of `writes`, and as many of `searches`, where nothing else is set. */
export const POOL_SIZE = 10;
const QUICK_SIZE = 4;

export interface Connection {
  /** The pool `writes`. */
  db: Database;
  pools: Pools;
  /** Closes every connection, after at most 2 s for running statements. */
  close(): Promise<void>;
}

export interface ConnectOptions {
  /** The number of connections for writes, and of those for searches. */
  poolSize?: number;
  /** false: no prepared statements, for a pooler that does not support them. */
  prepare?: boolean;
  /** false: no time limits as startup parameters, for a pooler that rejects them; the server's own settings hold. */
  limits?: boolean;
}

/** Time limits of statements in milliseconds: of any, and of searches by a caller's filter. */
const STATEMENT_TIMEOUT = 30_000;
const SEARCH_TIMEOUT = 2_000;

const TYPES = {
  // `json` stays text: parsing would lose big integers, `1.0` and the order of keys.
  exactJson: { to: 114, from: [114], serialize: String, parse: String },
  // Arrays are parsed here; they are sent in PostgreSQL's own text format.
  texts: { to: 1009, from: [1009], serialize: String, parse: parseTextArray },
};

/**
 * Opens pools of connections; the first statement of each opens its connection.
 * @throws StartupError for an address that cannot be used
 */
export function connect(address: Address, options: ConnectOptions = {}): Connection {
  const { prepare = true, limits = true, poolSize = POOL_SIZE } = options;
  const target = driverAddress(address);
  const open = (statement_timeout: number, max = poolSize) => {
    const bounds = limits ? { statement_timeout, idle_in_transaction_session_timeout: STATEMENT_TIMEOUT } : {};
    const options = {
      max,
      prepare,
      connect_timeout: 5,
      // The driver's own backoff grows to 20 s, which would delay reconnecting.
      backoff: () => 0.1,
      idle_timeout: 60,
      onnotice: () => {},
      // This query would run at each connect, and its failure ends the process.
      fetch_types: false,
      types: TYPES,
      connection: { application_name: "vitrine", TimeZone: "UTC", DateStyle: "ISO", ...bounds },
    };
    return resilientPool(() =>
      typeof target === "string" ? postgres(target, options) : postgres({ ...options, ...target }),
    );
  };
  const singles = Array.from({ length: QUICK_SIZE }, () => open(SEARCH_TIMEOUT, 1));
  const clients = [open(STATEMENT_TIMEOUT), open(SEARCH_TIMEOUT), ...singles] as const;
  const [writes, searches] = [drizzle(clients[0], { schema }), drizzle(clients[1], { schema })];
  const quick = singles.map((client) => drizzle(client, { schema }));
  let index = 0;
  const reads = () => {
    index = (index + 1) % quick.length;
    return quick[index] ?? writes;
  };
  const close = async () => {
    await Promise.all(clients.map((client) => client.end({ timeout: 2 })));
  };
  return { db: writes, pools: { writes, searches, reads }, close };
}
