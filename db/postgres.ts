import type { ExtractTablesWithRelations } from "drizzle-orm";
import type { PgDatabase } from "drizzle-orm/pg-core";
import { drizzle, type PostgresJsQueryResultHKT } from "drizzle-orm/postgres-js";
import { AD_HOC } from "./ad-hoc";
import { type Address, APPLICATION_NAME, namesConnections, openClient } from "./address";
import { isRunning, type Query, terminate } from "./connection/backend";
import { createDialer } from "./connection/socket";
import { openPool, type Pool } from "./pool";
import type { Pooler } from "./pooler";
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
  /** Writes of a few rows: VITRINE_POOL connections, statements of at most 3 s. */
  writes: Database;
  /** Statements that a caller's filter may make slow: as many connections, at most 2 s each. */
  searches: Database;
  /** Work on many rows: half as many connections, statements of at most 30 s unless a transaction sets another limit. */
  long: Database;
  /**
   * The next of 4 pools of one connection, for quick statements that lock nothing: they are pipelined, at most 2 s each.
   */
  reads(): Database;
  /** For questions about the database itself, of at most 2 s: one connection that no caller's work can take. */
  control: Database;
  /** What is between this process and PostgreSQL. */
  readonly pooler: Pooler;
  /** Whether connections of earlier programs to this address cannot be told from those of others. */
  readonly hidesPrograms: boolean;
  /** Resolves once every pool responded; one whose connections all have work counts as responding. Rejects otherwise. */
  probe(): Promise<void>;
}

interface Client {
  unsafe(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
}

/** Connections of `writes`, and as many of `searches`, where nothing else is set. */
export const POOL_SIZE = 10;
/** Connections that point reads share: statements of one connection leave in one packet and need fewer system calls. */
const QUICK_SIZE = 2;

/** Connections of `long`, where there are that many of `writes`. */
export function longSize(poolSize: number): number {
  return Math.ceil(poolSize / 2);
}

export interface Connection {
  /** The pool `long`. */
  db: Database;
  pools: Pools;
  /** Closes every connection, after at most 2 s for running statements. */
  close(): Promise<void>;
}

export interface ConnectOptions {
  /** The number of connections for writes, and of those for searches. */
  poolSize?: number;
  /** false: no prepared statements. */
  prepare?: boolean;
  /** false: no time limits. */
  limits?: boolean;
  /** Of any but "none", time limits are set in each transaction; "transaction" means no prepared statements too. */
  pooler?: Pooler;
  /** Called when the pooler turns out to be one in transaction mode, after which it is treated as such. */
  onPooler?(): void;
}

/** Time limits of statements in milliseconds. */
const QUICK_TIMEOUT = 2_000;
const WRITE_TIMEOUT = 3_000;
const LONG_TIMEOUT = 30_000;

/** How much longer than its limit a statement may take before its connection counts as silent, in milliseconds. */
const GRACE = 2_000;

/** How long a connection may be silent before a query checks whether its long statement still runs, in milliseconds. */
const LONG_SILENCE = 4_000;

/** How long a transaction may wait for its next statement: one on a broken network path keeps its locks until then. */
const IDLE_TIMEOUT = 5_000;
const LONG_IDLE_TIMEOUT = 60_000;

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
  const { prepare = true, limits = true, poolSize = POOL_SIZE, onPooler = () => {} } = options;
  let { pooler = "none" } = options;
  const isPrepared = (text: string) => pooler !== "transaction" && !text.includes(AD_HOC);
  const onPoolerError = () => {
    if (pooler === "transaction") return;
    pooler = "transaction";
    onPooler();
  };
  const dialer = createDialer();
  const pools: Pool[] = [];
  const open = (
    size: number,
    statement_timeout: number,
    { silence = statement_timeout + GRACE, idle = IDLE_TIMEOUT, ...watching }: Watching = {},
  ) => {
    const bounds = { statement_timeout, idle_in_transaction_session_timeout: idle };
    const atConnect = () => (limits && pooler === "none" ? bounds : {});
    const setLocal = Object.entries(bounds)
      .map(([name, value]) => `set local ${name} = ${value}`)
      .join("; ");
    const options = {
      max: 1,
      prepare,
      connect_timeout: 4,
      // The driver's own backoff grows to 20 s, which would delay reconnecting.
      backoff: () => 0.1,
      idle_timeout: 60,
      onnotice: () => {},
      // This query would run at each connect, and its failure ends the process.
      fetch_types: false,
      types: TYPES,
    };
    const pool = openPool({
      size,
      dialer,
      silence,
      isRunning: watching.isRunning,
      isPrepared,
      onPoolerError,
      limits: () => (limits && pooler !== "none" ? setLocal : null),
      open(createSocket) {
        const connection = { application_name: APPLICATION_NAME, TimeZone: "UTC", DateStyle: "ISO", ...atConnect() };
        return openClient(address, { ...options, connection }, createSocket);
      },
      onSilence(link) {
        for (const each of pools) each.closeIdle();
        // A pooler may have given that process to another client.
        if (link.pid !== null && pooler !== "transaction") terminate(query, link.pid);
      },
    });
    pools.push(pool);
    return { pool, db: drizzle(pool.sql, { schema }) };
  };
  const { db: control } = open(1, QUICK_TIMEOUT, { silence: QUICK_TIMEOUT });
  const query: Query = async (text, values) => control.$client.unsafe(text, values);
  const { db: writes } = open(poolSize, WRITE_TIMEOUT);
  const { db: searches } = open(poolSize, QUICK_TIMEOUT);
  const { db: long } = open(longSize(poolSize), LONG_TIMEOUT, {
    silence: LONG_SILENCE,
    idle: LONG_IDLE_TIMEOUT,
    isRunning: (pid) => isRunning(query, pid),
  });
  const quick = Array.from({ length: QUICK_SIZE }, () => open(1, QUICK_TIMEOUT));
  // In turn, but past one that still receives the results of others.
  const reads = () => {
    quick.push(...quick.splice(0, 1));
    return quick.reduce((a, b) => (b.pool.pending < a.pool.pending ? b : a)).db;
  };
  const probe = async () => {
    await Promise.all(pools.map((pool) => pool.probe()));
  };
  const close = async () => {
    await Promise.all(pools.map((pool) => pool.end(2)));
  };
  const all = {
    ...{ writes, searches, long, reads, control, probe },
    get pooler() {
      return pooler;
    },
    get hidesPrograms() {
      return pooler !== "none" || namesConnections(address);
    },
  };
  return { db: long, pools: all, close };
}

interface Watching {
  silence?: number;
  idle?: number;
  isRunning?: (pid: number | null) => Promise<boolean>;
}
