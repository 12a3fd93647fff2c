import type { ExtractTablesWithRelations } from "drizzle-orm";
import type { PgDatabase } from "drizzle-orm/pg-core";
import { drizzle, type PostgresJsQueryResultHKT } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { lasting } from "./pool";
import * as schema from "./schema";
import { listOf } from "./schema/column";

/** The store, or a transaction on it: what every model verb takes first. */
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
  /** Writes and everything else: 10 connections, statements of at most 30 s. */
  writes: Database;
  /** Statements that a caller's filter may make slow: 10 connections, at most 2 s each. */
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

/** How many connections a process holds at most for work that takes its time, and how many for what is quick. */
export const POOL_SIZE = 10;
const QUICK_SIZE = 4;

/** Where a PostgreSQL is: a URL, or the folder of its Unix socket with user and database. */
export type Address = string | { host: string; port: number; user: string; database: string; password?: string };

export interface Connection {
  /** The pool `writes`. */
  db: Database;
  pools: Pools;
  /** Closes every connection, waiting at most 2 s for running statements. */
  close(): Promise<void>;
}

export interface ConnectOptions {
  /** false: no prepared statements, for a pooler between that does not know them. */
  prepare?: boolean;
  /** false: the limits of time are left to the server's own settings, for a pooler that takes none at connect. */
  limits?: boolean;
}

/** How long a statement may run, in milliseconds: any, and one that a caller's filter may make slow. */
const PATIENCE = 30_000;
const SEARCH_PATIENCE = 2_000;

const TYPES = {
  // `json` stays text: parsing would lose big integers, `1.0` and key order.
  exactJson: { to: 114, from: [114], serialize: String, parse: String },
  // Lists arrive read; they are sent as PostgreSQL's own text.
  texts: { to: 1009, from: [1009], serialize: String, parse: listOf },
};

/** Opens pools of connections; none is made before the first statement. */
export function connect(address: Address, { prepare = true, limits = true }: ConnectOptions = {}): Connection {
  const place = placeOf(address);
  const open = (statement_timeout: number, max = POOL_SIZE) => {
    const bounds = limits ? { statement_timeout, idle_in_transaction_session_timeout: PATIENCE } : {};
    const options = {
      max,
      prepare,
      connect_timeout: 5,
      // The driver's own pause grows to 20 s: too long to find out that PostgreSQL is back.
      backoff: () => 0.1,
      idle_timeout: 60,
      onnotice: () => {},
      // Asked at each connect, and the driver lets that question's failure end the process.
      fetch_types: false,
      types: TYPES,
      connection: { application_name: "vitrine", TimeZone: "UTC", DateStyle: "ISO", ...bounds },
    };
    return lasting(() => (typeof place === "string" ? postgres(place, options) : postgres({ ...options, ...place })));
  };
  const singles = Array.from({ length: QUICK_SIZE }, () => open(SEARCH_PATIENCE, 1));
  const clients = [open(PATIENCE), open(SEARCH_PATIENCE), ...singles] as const;
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

/**
 * An address as the driver takes it: `postgres:///database?host=/folder&user=name` names a Unix socket, which the
 * driver does not read from a URL.
 */
export function placeOf(address: Address): Address {
  if (typeof address !== "string" || !URL.canParse(address)) return address;
  const { searchParams, pathname, port, username, password } = new URL(address);
  const host = searchParams.get("host");
  if (!host?.startsWith("/")) return address;
  return {
    host,
    port: Number(searchParams.get("port") ?? (port || 5432)),
    user: searchParams.get("user") ?? decodeURIComponent(username),
    database: pathname.slice(1),
    password: searchParams.get("password") ?? decodeURIComponent(password),
  };
}
