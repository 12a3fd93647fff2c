import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Address } from "#db/address";
import { startEmbedded } from "#db/embedded/embedded";
import { type Connection, type ConnectOptions, connect } from "#db/postgres";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** Data of the benchmarks; safe to delete at any time. */
export const FOLDER = join(ROOT, ".bench");

/** The embedded PostgreSQL with a data folder of its own, as durable as in production. */
export interface BenchPostgres extends AsyncDisposable {
  address(database: string): Exclude<Address, string>;
  /** The address as a DATABASE_URL. */
  url(database: string): string;
  /** Connects to a database, created if missing. */
  open(database: string, options?: ConnectOptions): Promise<Connection>;
  /** Drops a database even while others are connected. */
  drop(database: string): Promise<void>;
}

export async function startPostgres(): Promise<BenchPostgres> {
  const own = await startEmbedded({ folder: FOLDER, reached: "a running benchmark", log });
  const address = (database: string) => ({ ...own.address, database });
  const root = connect(address("postgres"));
  return {
    address,
    url(database) {
      const { host, port, user, password } = own.address;
      if (!host.startsWith("/")) return `postgres://${user}:${password}@${host}:${port}/${database}`;
      return `postgres:///${database}?host=${encodeURIComponent(host)}&user=${user}`;
    },
    async open(database, options) {
      const existing = await root.db.execute(`select from pg_database where datname = '${database}'`);
      if (existing.length === 0) await root.db.execute(`create database ${database}`);
      return connect(address(database), options);
    },
    async drop(database) {
      await root.db.execute(`drop database if exists ${database} with (force)`);
    },
    async [Symbol.asyncDispose]() {
      await root.close();
      await own.close();
    },
  };
}

/** Writes to stderr; stdout is for the tables. */
export function log(line: string): void {
  process.stderr.write(`${line}\n`);
}
