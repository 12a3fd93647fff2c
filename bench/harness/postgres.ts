import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { embedded } from "#db/embedded/embedded";
import { type Address, type Connection, type ConnectOptions, connect } from "#db/postgres";

/** The root of the checkout. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** Everything that the benchmarks make lies here; it can be removed at any time. */
export const FOLDER = join(ROOT, ".bench");

/** The PostgreSQL of the benchmarks: the embedded one with a data folder of its own, as durable as a user's. */
export interface Place extends AsyncDisposable {
  /** Where one of its databases is. */
  address(database: string): Exclude<Address, string>;
  /** The same as a URL, for a process that takes DATABASE_URL. */
  url(database: string): string;
  /** A database, made where it is missing. */
  open(database: string, options?: ConnectOptions): Promise<Connection>;
  /** Removes a database, whoever is connected. */
  drop(database: string): Promise<void>;
}

/** Starts it: `await using place = await startPlace()`. */
export async function startPlace(): Promise<Place> {
  const own = await embedded({ folder: FOLDER, reached: "a benchmark that is running", say: tell });
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
      const there = await root.db.execute(`select from pg_database where datname = '${database}'`);
      if (there.length === 0) await root.db.execute(`create database ${database}`);
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

/** Says what happens, on stderr: stdout is for the tables. */
export function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** The text of files of this checkout, one after the other. */
export async function textOf(paths: string[]): Promise<string> {
  return (await Promise.all(paths.map((path) => readFile(join(ROOT, path), "utf8")))).join("\n");
}
